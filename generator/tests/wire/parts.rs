//! Multipart bodies of every kind in, requests byte for byte out.

use it::api::parts::{FixedForm, NamedForm};
use it::prelude::{Multipart, Upload};
use serde_json::json;

use crate::server::Server;

#[tokio::test]
async fn parts_with_names_of_another_kind() {
    let server = Server::start();
    let form = NamedForm::new(json!({ "a": 1 })).photo("png");
    server.client().parts().named(form).await.unwrap();
    let request = server.request().to_string();
    let (head, body) = request.split_once("\n\n").unwrap();
    assert!(head.starts_with("POST /parts/named\ncontent-type: multipart/mixed; boundary=-\n"), "{head}");
    assert_eq!(
        body,
        "---\nContent-Disposition: form-data; name=\"meta\"\nContent-Type: application/json\n\n{\"a\":1}\n\
         ---\nContent-Disposition: form-data; name=\"photo\"; filename=\"photo\"\nContent-Type: image/png\nX-Kind: photo\n\n\
         png\n-----\n"
    );
}

#[tokio::test]
async fn parts_that_are_known_by_where_they_stand() {
    let server = Server::start();
    let photo = Upload::from("png").header("X-Size", "3");
    let parts = Multipart::new()
        .part(Some("application/json"), &json!({}))
        .file_part(Some("image/png"), &photo);
    server.client().parts().positions(parts).await.unwrap();
    let request = server.request().to_string();
    let (head, body) = request.split_once("\n\n").unwrap();
    assert!(head.starts_with("POST /parts/positions\ncontent-type: multipart/related; boundary=-\n"), "{head}");
    assert_eq!(
        body,
        "---\nContent-Type: application/json\n\n{}\n---\nContent-Type: image/png\nX-Size: 3\n\npng\n-----\n"
    );
}

#[tokio::test]
async fn a_media_type_that_is_shared_means_the_same_in_every_place() {
    let server = Server::start();
    server.answer("200 OK", &["content-type: application/json"], "[2]");
    let answer = server.client().parts().shared(&[1]).await.unwrap();
    assert_eq!(answer, [2]);
    assert_eq!(
        server.request().to_string(),
        "POST /parts/shared\ncontent-type: application/json\ncontent-length: 3\n\n[1]"
    );
}

#[tokio::test]
async fn what_has_one_value_only_is_sent_unasked_and_a_file_may_be_several() {
    let server = Server::start();
    let form = FixedForm::new(vec![Upload::from("1"), Upload::from("2")]);
    server.client().parts().fixed(form).await.unwrap();
    let request = server.request();
    assert_eq!((request.target(), request.header("x-kind")), ("/parts/3/fixed?flag=true", vec!["edit"]));
    let request = request.to_string();
    let (_, body) = request.split_once("\n\n").unwrap();
    let page = |text| {
        let head = "Content-Disposition: form-data; name=\"page\"; filename=\"page\"\nContent-Type: image/png";
        format!("---\n{head}\n\n{text}\n")
    };
    let kind = "---\nContent-Disposition: form-data; name=\"kind\"\n\nedit\n";
    assert_eq!(body, format!("{kind}{}{}-----\n", page("1"), page("2")));
}
