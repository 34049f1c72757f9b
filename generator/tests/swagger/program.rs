//! Calls of a crate that was generated from a Swagger 2.0 document in, what its server saw and its callers got out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

extern crate swagger as it;

#[allow(dead_code, reason = "shared with the program of later versions")]
mod server;

use swagger::runtime::AnyCall as _;
use it::api::forms::AttachForm;
use it::models::{FormsSearchBody, Note, Shape};
use it::prelude::{Credential, Maybe, Upload};

use crate::server::Server;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn lists_are_written_in_the_format_of_their_place() {
    let server = Server::start();
    let client = server.client();
    let lists = client.lists();
    let (none, two) = (texts(&["a"]), texts(&["b c", "d,e|f"]));
    let cases = [
        (lists.send(&none).tags(&two), "tags=b%20c,d%2Ce%7Cf"),
        (lists.send(&none).spaced(&texts(&["b", "d,e|f"])), "spaced=b%20d%2Ce%7Cf"),
        (lists.send(&none).tabbed(&two), "tabbed=b%20c%09d%2Ce%7Cf"),
        (lists.send(&none).piped(&[1, 2]), "piped=1%7C2"),
        (lists.send(&none).repeated(&two), "repeated=b%20c&repeated=d%2Ce%7Cf"),
        (lists.send(&none).nested(&[vec![1, 2], vec![3]]), "nested=1%7C2,3"),
    ];
    for (call, expected) in cases {
        call.await.unwrap();
        assert_eq!(server.request().target(), format!("/lists/a?{expected}"));
    }
    lists.send(&texts(&["b c", "d,e"])).x_list(&texts(&["x", "y z"])).await.unwrap();
    let request = server.request();
    assert_eq!(request.target(), "/lists/b%20c%7Cd%2Ce");
    assert_eq!(request.header("x-list"), ["x\ty z"]);
    // What stands between values is in none of them.
    for call in [lists.send(&two), lists.send(&none).spaced(&two), lists.send(&none).x_list(&texts(&["x\ty"]))] {
        call.await.unwrap_err();
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_header_is_read_in_its_format() {
    let server = Server::start();
    server.answer("204 No Content", &["x-rows: 1|2|3"], "");
    let client = server.client();
    let reply = client.lists().send(&texts(&["a"])).reply().await.unwrap();
    let headers = it::api::lists::SendHeaders::from(&reply.headers);
    assert_eq!(headers.x_rows, Some(vec![1, 2, 3]));
}

#[tokio::test]
async fn a_body_is_what_the_operation_consumes() {
    let server = Server::start();
    let basic = Credential::basic("me", "secret");
    let client = server.builder().credential("basic", basic).build().unwrap();
    let answer = r#"{"title":"b","parent":null}"#;
    server.answer("201 Created", &["content-type: application/json"], answer);
    let note = client.notes().add(&Note::new("a").parent(Maybe::Null)).await.unwrap();
    assert_eq!((note.title.as_str(), &note.parent), ("b", &Maybe::Null));
    let request = server.request();
    assert_eq!(request.header("authorization"), ["Basic bWU6c2VjcmV0"]);
    assert_eq!(
        request.to_string(),
        "POST /notes\ncontent-type: application/json\ncontent-length: 27\n\n{\"title\":\"a\",\"parent\":null}"
    );
    server.answer("200 OK", &["content-type: text/plain"], "said");
    assert_eq!(client.notes().say().body("hello").await.unwrap(), "said");
    let request = server.request();
    assert_eq!(request.header("accept"), ["text/plain"]);
    assert_eq!(
        request.to_string(),
        "PUT /notes\ncontent-type: text/plain\ncontent-length: 5\n\nhello"
    );
}

#[tokio::test]
async fn what_a_default_answer_says_is_an_error_of_its_type() {
    let server = Server::start();
    let basic = Credential::basic("me", "secret");
    let client = server.builder().credential("basic", basic).build().unwrap();
    server.answer("409 Conflict", &["content-type: application/json"], r#"{"code":7}"#);
    let error = client.notes().add(&Note::new("a")).await.unwrap_err();
    assert_eq!(error.body().unwrap().code, 7);
}

#[tokio::test]
async fn forms_are_written_field_by_field() {
    let server = Server::start();
    let key = Credential::fixed("secret");
    let client = server.builder().credential("key", key).build().unwrap();
    let form = FormsSearchBody::new("a b")
        .commas(texts(&["c", "d"]))
        .tabs(texts(&["e", "f"]))
        .again(texts(&["g", "h"]));
    client.forms().search(&form).await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "POST /forms?key=secret\ncontent-type: application/x-www-form-urlencoded\ncontent-length: 46\n\n\
         text=a+b&commas=c,d&tabs=e%09f&again=g&again=h"
    );
}

#[tokio::test]
async fn a_file_is_a_part_of_its_own() {
    let server = Server::start();
    let form = AttachForm::new(Upload::from("png").file_name("me.png"))
        .pipes(texts(&["a", "b"]))
        .caption("Me");
    server.client().forms().attach(form).await.unwrap();
    let request = server.request().to_string();
    let (_, body) = request.split_once("\n\n").unwrap();
    let parts: Vec<&str> = body.split("---\n").filter(|part| !part.is_empty()).collect();
    assert_eq!(
        parts,
        [
            "Content-Disposition: form-data; name=\"photo\"; filename=\"me.png\"\n\
             Content-Type: application/octet-stream\n\npng\n",
            "Content-Disposition: form-data; name=\"pipes\"\n\na|b\n",
            "Content-Disposition: form-data; name=\"caption\"\n\nMe\n--",
        ]
    );
}

#[tokio::test]
async fn a_file_is_answered_as_its_bytes() {
    let server = Server::start();
    server.answer("200 OK", &["content-type: image/png"], b"\x89PNG");
    let photo = server.client().forms().photo().await.unwrap();
    assert_eq!(photo.collect(100).await.unwrap().as_ref(), b"\x89PNG");
    assert_eq!(server.request().header("accept"), ["image/png"]);
}

#[tokio::test]
async fn a_value_is_the_heir_that_its_discriminator_names() {
    let server = Server::start();
    let answer = r#"[{"kind":"Circle","radius":2},{"kind":"Shape"},{"kind":"Later"}]"#;
    server.answer("200 OK", &["content-type: application/json"], answer);
    let shapes = server.client().shapes().list().await.unwrap();
    assert!(matches!(&shapes[0], Shape::Circle(circle) if circle.radius == Some(2)));
    assert_eq!(serde_json::to_string(&shapes).unwrap(), answer);
}
