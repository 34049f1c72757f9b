//! One answer in several media types in, what was asked for out: by the door, then by the status and the `Content-Type`.

use it::runtime::AnyCall as _;
use it::api::doors::{KindsError, KindsResponse, MixedBytesResponse, MixedResponse};
use it::models::{DoorsTalkBody, Mishap, Saying};
use it::prelude::Error;

use crate::server::Server;

const WORD: &str = r#"{"word":"yes"}"#;
/// What any of the schemas reads.
const ALL: &str = r#"{"word":"w","id":1,"path":"/p","reason":"r"}"#;

#[tokio::test]
async fn a_value_or_its_events() {
    let server = Server::start();
    let client = server.client();
    let body = DoorsTalkBody::new().stream(true);
    server.answer("200 OK", &["content-type: application/json"], WORD);
    assert_eq!(client.doors().talk(&body).await.unwrap(), Saying::new("yes"));
    let request = server.request();
    assert_eq!(request.header("accept"), ["application/json"]);
    server.answer("200 OK", &["content-type: text/event-stream"], "data: {\"id\":1}\n\ndata: {\"id\":2}\n\n");
    let mut events = client.doors().talk(&body).items(7).call_events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data.id, 1);
    assert_eq!(events.next().await.unwrap().unwrap().data.id, 2);
    assert!(events.next().await.is_none());
    let request = server.request();
    assert_eq!(request.header("accept"), ["text/event-stream"]);
    assert_eq!(request.line, "POST /doors/talk?items=7 HTTP/1.1");
    assert_eq!(request.body, br#"{"stream":true}"#);
    server.answer("500 Oops", &["content-type: application/json"], r#"{"reason":"r"}"#);
    let error = client.doors().talk(&body).call_events().await.unwrap_err();
    assert_eq!(error.body().unwrap(), &Mishap::new("r"));
}

#[tokio::test]
async fn rows_in_four_ways() {
    let server = Server::start();
    let client = server.client();
    server.answer("200 OK", &["content-type: application/json"], format!("[{WORD}]"));
    assert_eq!(client.doors().rows().await.unwrap(), [Saying::new("yes")]);
    server.answer("200 OK", &["content-type: text/csv"], "word\nyes");
    assert_eq!(client.doors().rows().text().await.unwrap(), "word\nyes");
    server.answer("200 OK", &["content-type: application/jsonl"], format!("{WORD}\n{WORD}\n"));
    let mut items = client.doors().rows().items().await.unwrap();
    assert_eq!(items.next().await.unwrap().unwrap(), Saying::new("yes"));
    server.answer("200 OK", &["content-type: application/octet-stream"], [0, 1]);
    let bytes = client.doors().rows().bytes().await.unwrap();
    assert_eq!(&bytes.collect(9).await.unwrap()[..], [0, 1]);
    let requests = server.requests();
    let accepted: Vec<_> = requests.iter().map(|request| request.header("accept")).collect();
    let asked = ["application/json", "text/csv", "application/jsonl", "application/octet-stream"];
    assert_eq!(accepted, asked.map(|name| vec![name]));
}

#[tokio::test]
async fn what_is_asked_for_as_a_stream_is_none_whatever_it_is_called() {
    let server = Server::start();
    let client = server.builder().largest_success(4).build().unwrap();
    let long = "x".repeat(1000);
    for content_type in ["content-type: application/json", "content-type: application/octet-stream", "x-none: 1"] {
        server.answer("200 OK", &[content_type], &long);
        let bytes = client.doors().rows().bytes().await.unwrap();
        assert_eq!(bytes.collect(2000).await.unwrap().len(), 1000);
        server.answer("200 OK", &[content_type], &long);
        let bytes = client.doors().free().await.unwrap();
        assert_eq!(bytes.collect(2000).await.unwrap().len(), 1000);
        // Any call hands over the bytes as they come.
        server.answer("200 OK", &[content_type], &long);
        let bytes = client.doors().twins().bytes().await.unwrap();
        assert_eq!(bytes.collect(2000).await.unwrap().len(), 1000);
        // What is decoded is as long as it may be.
        server.answer("200 OK", &[content_type], &long);
        assert!(client.doors().twins().await.is_err());
    }
    // The body never ends, and its first piece is here.
    let pieces = "4\r\nabcd\r\n";
    server.answer("200 OK", &["content-type: application/json", "transfer-encoding: chunked"], pieces);
    let mut bytes = client.doors().free().await.unwrap();
    assert_eq!(&bytes.next().await.unwrap().unwrap()[..], b"abcd");
}

#[tokio::test]
async fn a_door_beside_other_statuses() {
    let server = Server::start();
    let client = server.client();
    let json = ["content-type: application/json"];
    server.answer("200 OK", &json, WORD);
    assert!(matches!(client.doors().mixed().await.unwrap(), MixedResponse::Ok(answer) if answer.word == "yes"));
    server.answer("202 Accepted", &json, ALL);
    assert!(matches!(client.doors().mixed().await.unwrap(), MixedResponse::Accepted(made) if made.id == 1));
    server.answer("206 Partial Content", &json, [0]);
    let MixedResponse::PartialContent(bytes) = client.doors().mixed().await.unwrap() else {
        panic!("206 is bytes")
    };
    assert_eq!(&bytes.collect(9).await.unwrap()[..], [0]);
    server.answer("200 OK", &json, [1]);
    let MixedBytesResponse::Ok(bytes) = client.doors().mixed().bytes().await.unwrap() else {
        panic!("bytes were asked for")
    };
    assert_eq!(&bytes.collect(9).await.unwrap()[..], [1]);
    server.answer("202 Accepted", &json, ALL);
    let later = client.doors().mixed().bytes().await.unwrap();
    assert!(matches!(later, MixedBytesResponse::Accepted(made) if made.id == 1));
}

#[tokio::test]
async fn json_of_which_nothing_is_said_gives_way() {
    let server = Server::start();
    let client = server.client();
    server.answer("200 OK", &["content-type: image/png"], b"\x89PNG");
    let picture = client.doors().picture().await.unwrap();
    assert_eq!(&picture.collect(9).await.unwrap()[..], b"\x89PNG");
    assert_eq!(server.request().header("accept"), ["application/octet-stream, image/png"]);
    server.answer("200 OK", &["content-type: application/json"], "[1]");
    assert_eq!(client.doors().picture().value().await.unwrap().to_string(), "[1]");
    assert_eq!(server.request().header("accept"), ["application/json"]);
    // What is anything at all is JSON for whoever wants it to be.
    server.answer("200 OK", &["content-type: application/json"], WORD);
    let free: Saying = client.doors().free().await.unwrap().json(99).await.unwrap();
    assert_eq!(free.word, "yes");
    assert_eq!(server.request().header("accept"), ["*/*"]);
}

#[tokio::test]
async fn the_type_that_came_chooses() {
    let server = Server::start();
    let client = server.client();
    let kinds = async |status: &str, content_type: &str| {
        let header = format!("content-type: {content_type}");
        server.answer(status, &[header.as_str()], ALL);
        client.doors().kinds().max_attempts(1).await
    };
    for (content_type, shown) in [
        ("application/json", "OkJson"),
        ("APPLICATION/JSON; charset=utf-8", "OkJson"),
        ("application/vnd.made+json", "OkMadeJson"),
        ("application/vnd.made+json; charset=\"utf-8\"", "OkMadeJson"),
        ("application/vnd.made+json; v=2; charset=utf-8", "OkApplicationVndMadeJsonV2"),
        ("application/vnd.made+json; v=3", "OkMadeJson"),
        // Of no type that is described, but within the range.
        ("application/vnd.other+json", "OkApplication"),
        ("application/xml", "OkApplication"),
        // JSON is JSON.
        ("text/json", "OkJson"),
        // And nothing else says anything.
        ("text/html", "OkJson"),
        ("", "OkJson"),
        ("nonsense", "OkJson"),
    ] {
        let answer = kinds("200 OK", content_type).await.unwrap();
        assert_eq!(format!("{answer:?}").split('(').next().unwrap(), shown, "{content_type}");
    }
    let made = kinds("203 Other", "application/vnd.made+json").await.unwrap();
    assert!(matches!(made, KindsResponse::SuccessMadeJson(record) if record.id == 1));
    let body = |result: Result<_, Error<KindsError>>| result.unwrap_err().body().unwrap().clone();
    let failed = body(kinds("400 Bad Request", "application/json").await);
    assert!(matches!(failed, KindsError::BadRequestJson(_)));
    assert_eq!(body(kinds("400 Bad Request", "text/html").await), KindsError::BadRequestPlain(ALL.to_owned()));
    let problem = body(kinds("404 Not Found", "application/json").await);
    assert!(matches!(problem, KindsError::ClientErrorProblemJson(_)));
    let scim = body(kinds("422 Unprocessable", "application/scim+json").await);
    assert!(matches!(scim, KindsError::ClientErrorScimJson(_)));
    let other = body(kinds("500 Oops", "application/json").await);
    assert!(matches!(other, KindsError::OtherJson(_)));
    let other = body(kinds("502 Oops", "application/scim+json").await);
    assert!(matches!(other, KindsError::OtherScimJson(_)));
    let other = body(kinds("503 Oops", "application/other+json").await);
    assert!(matches!(other, KindsError::OtherJson(_)));
}

#[tokio::test]
async fn one_schema_is_one_reading() {
    let server = Server::start();
    for content_type in ["content-type: text/plain", "content-type: text/json", "content-type: application/json"] {
        server.answer("200 OK", &[content_type], WORD);
        assert_eq!(server.client().doors().twins().await.unwrap(), Saying::new("yes"));
    }
    assert_eq!(server.requests()[0].header("accept"), ["application/json, text/json, text/plain"]);
}
