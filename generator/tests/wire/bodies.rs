//! Bodies of every kind in, requests byte for byte out.

use it::api::bodies::{SendMultipartForm, SendSeveralBody};
use it::models::{Note, NoteForm, Search};
use it::prelude::{ByteStream, Bytes, Multipart, Upload};

use crate::server::Server;

fn note() -> Note {
    Note::new("a&b").tags(vec!["x".to_owned(), "ü".to_owned()])
}

#[tokio::test]
async fn json_under_its_names() {
    let server = Server::start();
    let client = server.client();
    client.bodies().send_json(&note()).await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "POST /bodies/json\ncontent-type: application/json\ncontent-length: 33\n\n{\"title\":\"a&b\",\"tags\":[\"x\",\"ü\"]}"
    );
    client.bodies().send_suffix(&Note::new("a")).await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "POST /bodies/suffix\ncontent-type: application/vnd.note+json; version=2\ncontent-length: 13\n\n{\"title\":\"a\"}"
    );
    client.bodies().send_wildcard(&Note::new("a")).await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "POST /bodies/wildcard\ncontent-type: application/json\ncontent-length: 13\n\n{\"title\":\"a\"}"
    );
}

#[tokio::test]
async fn a_body_that_need_not_be_there() {
    let server = Server::start();
    let client = server.client();
    client.bodies().send_optional().await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "POST /bodies/optional\ncontent-length: 0\n\n"
    );
    client.bodies().send_optional().body(&Search::new().text("a")).await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "POST /bodies/optional\ncontent-type: application/json\ncontent-length: 12\n\n{\"text\":\"a\"}"
    );
}

#[tokio::test]
async fn a_list_of_texts_is_sent_from_whatever_can_be_iterated() {
    let server = Server::start();
    let client = server.client();
    let owned = vec!["a".to_owned(), "b".to_owned()];
    let both = "POST /bodies/texts\ncontent-type: application/json\ncontent-length: 9\n\n[\"a\",\"b\"]";
    client.bodies().send_texts(["a", "b"]).await.unwrap();
    assert_eq!(server.request().to_string(), both);
    client.bodies().send_texts(&owned).await.unwrap();
    assert_eq!(server.request().to_string(), both);
}

#[tokio::test]
async fn a_form_writes_each_member_in_its_style() {
    let server = Server::start();
    let texts = || vec!["a b".to_owned(), "c,d".to_owned()];
    let cases = [
        (Search::new().text("a b&c=d+e"), "text=a+b%26c%3Dd%2Be"),
        (Search::new().tags(texts()), "tags=a+b&tags=c%2Cd"),
        (Search::new().tags([""; 0]), ""),
        (Search::new().note(Note::new("x")), "note=%7B%22title%22%3A%22x%22%7D"),
        (Search::new().joined(texts()), "joined=a+b,c%2Cd"),
        (Search::new().spaced(vec!["a".to_owned(), "b".to_owned()]), "spaced=a+b"),
        (Search::new().piped(texts()), "piped=a+b%7Cc%2Cd"),
        (
            Search::new().deep(note()),
            "deep%5Btitle%5D=a%26b&deep%5Btags%5D%5B0%5D=x&deep%5Btags%5D%5B1%5D=%C3%BC",
        ),
        (Search::new().raw(vec![1, 2]), "raw=%5B1%2C2%5D"),
        (Search::new().reserved("/:?"), "reserved=/:?"),
        (Search::new().odd_name(true), "odd+name=true"),
    ];
    for (search, expected) in cases {
        server.client().bodies().send_form(&search).await.unwrap();
        let length = expected.len();
        assert_eq!(
            server.request().to_string(),
            format!(
                "POST /bodies/form\ncontent-type: application/x-www-form-urlencoded\ncontent-length: {length}\n\n{expected}"
            )
        );
    }
}

#[tokio::test]
async fn a_multipart_body_has_a_part_for_each_value() {
    let server = Server::start();
    let form = SendMultipartForm::new("raw", "Title")
        .photo(Upload::from("png").file_name("me \"1\".png"))
        .pages(vec![
            Upload::from("1").file_name("1.txt").content_type("text/plain"),
            Upload::from("2"),
        ])
        .count(3)
        .tags(vec!["x".to_owned(), "y".to_owned()])
        .note(Note::new("a"))
        .notes(vec![Note::new("b"), Note::new("c")])
        .table("d,e")
        .list(vec![1, 2]);
    server.client().bodies().send_multipart(form).await.unwrap();
    let request = server.request();
    assert_eq!(request.header("content-length"), [request.body.len().to_string()]);
    let expected = include_str!("multipart.txt");
    let shown = request.to_string();
    let (head, body) = shown.split_once("\n\n").unwrap();
    assert!(
        head.starts_with("POST /bodies/multipart\ncontent-type: multipart/form-data; boundary=-\n"),
        "{head}"
    );
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_file_of_unknown_length_is_streamed() {
    let server = Server::start();
    let stream = || Upload::from(ByteStream::from(Bytes::from_static(b"streamed")));
    server.client().bodies().send_bytes(stream()).await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "PUT /bodies/bytes\ncontent-type: application/octet-stream\ntransfer-encoding: chunked\n\nstreamed"
    );
    let form = SendMultipartForm::new(stream().file_name("s"), "Title");
    server.client().bodies().send_multipart(form).await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "POST /bodies/multipart\ncontent-type: multipart/form-data; boundary=-\ntransfer-encoding: chunked\n\n\
         ---\nContent-Disposition: form-data; name=\"file\"; filename=\"s\"\nContent-Type: application/octet-stream\n\n\
         streamed\n---\nContent-Disposition: form-data; name=\"title\"\n\nTitle\n-----\n"
    );
}

#[tokio::test]
async fn what_the_document_does_not_take_apart_is_put_together_by_hand() {
    let server = Server::start();
    let parts = Multipart::new()
        .value("a", None, "b")
        .file("c", None, &Upload::from("d"));
    server.client().bodies().send_parts(parts).await.unwrap();
    let request = server.request().to_string();
    let (head, body) = request.split_once("\n\n").unwrap();
    assert!(
        head.starts_with("POST /bodies/parts\ncontent-type: multipart/form-data; boundary=-\n"),
        "{head}"
    );
    assert_eq!(
        body,
        "---\nContent-Disposition: form-data; name=\"a\"\n\nb\n\
         ---\nContent-Disposition: form-data; name=\"c\"; filename=\"c\"\nContent-Type: application/octet-stream\n\nd\n\
         -----\n"
    );
    server.client().bodies().send_text_form("a=b").await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "POST /bodies/text-form\ncontent-type: application/x-www-form-urlencoded\ncontent-length: 3\n\na=b"
    );
}

#[tokio::test]
async fn bytes_and_text_as_they_are() {
    let server = Server::start();
    let bodies = server.client();
    let bodies = bodies.bodies();
    bodies.send_bytes(vec![1, 2, 3]).await.unwrap();
    let request = server.request();
    assert_eq!(request.header("content-type"), ["application/octet-stream"]);
    assert_eq!(request.header("content-length"), ["3"]);
    assert_eq!(request.body, [1, 2, 3]);
    bodies.send_bytes("").await.unwrap();
    assert_eq!(server.request().header("content-length"), ["0"]);
    bodies.send_image("png").await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "PUT /bodies/image\ncontent-type: image/png\ncontent-length: 3\n\npng"
    );
    bodies.send_text("grün").await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "PUT /bodies/text\ncontent-type: text/plain\ncontent-length: 5\n\ngrün"
    );
}

#[tokio::test]
async fn a_body_in_the_media_type_that_the_caller_chooses() {
    let server = Server::start();
    let cases = [
        (
            SendSeveralBody::Json(Note::new("a").into()),
            "application/json\ncontent-length: 13\n\n{\"title\":\"a\"}",
        ),
        (
            SendSeveralBody::WwwFormUrlencoded(NoteForm::new("a&b").tags(vec!["x".to_owned(), "ü".to_owned()]).into()),
            "application/x-www-form-urlencoded\ncontent-length: 30\n\ntitle=a%26b&tags=x&tags=%C3%BC",
        ),
        (
            SendSeveralBody::Csv("a,b".to_owned()),
            "text/csv\ncontent-length: 3\n\na,b",
        ),
        (
            SendSeveralBody::OctetStream("raw".into()),
            "application/octet-stream\ncontent-length: 3\n\nraw",
        ),
    ];
    for (body, expected) in cases {
        server.client().bodies().send_several(body).await.unwrap();
        assert_eq!(
            server.request().to_string(),
            format!("POST /bodies/several\ncontent-type: {expected}")
        );
    }
}
