//! Answers of every kind in, typed values and errors out.

use it::runtime::AnyCall as _;
use it::api::responses::{HeadersHeaders, StatusesError, StatusesResponse};
use it::models::{Answer, Point};
use it::prelude::Error;
use it::runtime::{ErrorKind as Kind, Outcome};

use crate::server::Server;

const WORD: &str = r#"{"word":"yes"}"#;

#[tokio::test]
async fn json_under_its_names() {
    let server = Server::start();
    let client = server.client();
    macro_rules! case {
        ($($call:ident, $accept:literal;)*) => {$(
            // Whatever the server calls it.
            for content_type in ["content-type: application/json", "content-type: text/html", "x-none: 1"] {
                server.answer("200 OK", &[content_type], WORD);
                assert_eq!(client.responses().$call().await.unwrap(), Answer::new("yes"));
                assert_eq!(server.request().header("accept"), [$accept], stringify!($call));
            }
        )*};
    }
    case! {
        wildcard, "application/json";
        problem, "application/problem+json";
        suffix, "application/vnd.answer+json";
        text_json, "text/json";
    }
}

#[tokio::test]
async fn text_and_bytes() {
    let server = Server::start();
    let client = server.client();
    server.answer("200 OK", &["content-type: text/plain; charset=iso-8859-1"], b"gr\xFCn");
    assert_eq!(client.responses().text().await.unwrap(), "grün");
    assert_eq!(server.request().header("accept"), ["text/plain"]);
    server.answer(
        "200 OK",
        &["transfer-encoding: chunked"],
        "2\r\n\x00\x01\r\n1\r\n\x02\r\n0\r\n\r\n",
    );
    let bytes = client.responses().bytes().await.unwrap();
    assert_eq!(&bytes.collect(9).await.unwrap()[..], [0, 1, 2]);
    server.answer("404 Not Found", &[], r#"{"path":"/a"}"#);
    let error = client.responses().bytes().await.unwrap_err();
    assert_eq!(error.body().unwrap().path, "/a");
}

#[tokio::test]
async fn events_as_they_come() {
    let server = Server::start();
    let client = server.client();
    let text = ": hello\nid: 1\ndata: {\"word\":\ndata: \"a\"}\n\nevent: more\ndata: {\"word\":\"b\"}\n\ndata: 5\n\ndata: {\"wo";
    server.answer("200 OK", &["content-type: text/event-stream"], text);
    let mut events = client.responses().events().await.unwrap();
    assert_eq!(server.request().header("accept"), ["text/event-stream"]);
    let first = events.next().await.unwrap().unwrap();
    assert_eq!(
        (first.kind.as_str(), first.id.as_str(), first.data),
        ("message", "1", Answer::new("a"))
    );
    let second = events.next().await.unwrap().unwrap();
    assert_eq!(
        (second.kind.as_str(), second.id.as_str(), second.data),
        ("more", "1", Answer::new("b"))
    );
    assert!(events.next().await.unwrap().is_err(), "5 is no answer");
    assert!(events.next().await.is_none(), "an event that is cut off is none");
    server.answer("200 OK", &[], "data: plain text\n\n");
    let mut lines = client.responses().lines().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().data, "plain text");
}

#[tokio::test]
async fn the_status_decides_what_a_success_is() {
    let server = Server::start();
    let client = server.client();
    // One body that would do for all of them.
    let body = r#"{"word":"yes","id":1,"path":"/","title":"t","reason":"r"}"#;
    let statuses = async |status: &str, body: &str| {
        server.answer(status, &[], body);
        client.responses().statuses().await
    };
    assert!(matches!(statuses("200 OK", body).await.unwrap(), StatusesResponse::Ok(answer) if answer.word == "yes"));
    assert!(matches!(statuses("201 Created", body).await.unwrap(), StatusesResponse::Created(made) if made.id == 1));
    assert_eq!(
        statuses("204 No Content", "").await.unwrap(),
        StatusesResponse::NoContent
    );
    let undeclared = statuses("202 Accepted", body).await.unwrap();
    assert!(matches!(undeclared, StatusesResponse::Undeclared(status, made) if status == 202 && made.id == 1));
    let error = |result: Result<_, Error<StatusesError>>| result.unwrap_err();
    let missing = error(statuses("404 Not Found", body).await);
    assert!(matches!(missing.body().unwrap(), StatusesError::NotFound(missing) if missing.path == "/"));
    let refused = error(statuses("422 Unprocessable", body).await);
    assert!(matches!(refused.body().unwrap(), StatusesError::ClientError(refused) if refused.title == "t"));
    let failed = error(statuses("501 Not Implemented", body).await);
    assert!(
        matches!(failed.body().unwrap(), StatusesError::Undeclared(status, failed) if *status == 501 && failed.reason == "r")
    );
    // A redirect is not followed, and no success.
    let moved = error(statuses("302 Found", body).await);
    assert_eq!(moved.status().unwrap(), 302);
    let other = error(statuses("404 Not Found", "<html>").await);
    assert!(other.body().is_none());
    assert_eq!(&other.raw_body().unwrap()[..], b"<html>");
    assert_eq!(other.status().unwrap(), 404);
}

#[tokio::test]
async fn what_has_no_body_is_not_decoded() {
    let server = Server::start();
    let client = server.client();
    for (status, body) in [
        ("200 OK", "not JSON"),
        ("204 No Content", ""),
        ("205 Reset Content", ""),
    ] {
        server.answer(status, &[], body);
        client.responses().empty().await.unwrap();
    }
    assert_eq!(server.requests()[0].header("accept"), ["*/*"]);
}

#[tokio::test]
async fn a_document_that_says_nothing_of_success() {
    let server = Server::start();
    let client = server.client();
    server.answer("200 OK", &[], WORD);
    assert_eq!(client.responses().only_default().await.unwrap(), Answer::new("yes"));
    server.answer("400 Bad Request", &[], WORD);
    let error = client.responses().only_default().await.unwrap_err();
    assert_eq!(error.body().unwrap(), &Answer::new("yes"));
    server.answer("200 OK", &[], "whatever");
    client.responses().no_success().await.unwrap();
    server.answer("404 Not Found", &[], r#"{"path":"/"}"#);
    assert_eq!(
        client.responses().no_success().await.unwrap_err().body().unwrap().path,
        "/"
    );
}

#[tokio::test]
async fn a_success_that_nobody_described_is_one() {
    let server = Server::start();
    let client = server.client();
    for status in ["202 Accepted", "204 No Content", "205 Reset Content", "200 OK"] {
        let done = |error: &Error, called: &str, changes: bool| {
            assert!(matches!(error.kind(), Kind::Unreadable(_)), "{error:?}");
            // Only a status that never has a body says that there is nothing amiss.
            let is_told = ["204", "205"].iter().any(|code| status.starts_with(code));
            let (outcome, told) = if is_told {
                (Outcome::Done, "acted")
            } else {
                (Outcome::Unknown, "may have acted")
            };
            assert_eq!((error.outcome(), error.attempts()), (outcome, 1), "{called}");
            assert!(error.status().is_some_and(|status| status.is_success()));
            // Whether a call that changes nothing was acted on is of no interest.
            let expected = if changes {
                format!("it is empty (the server {told} on it)")
            } else {
                "it is empty".to_owned()
            };
            assert!(error.to_string().ends_with(&expected), "{error}");
        };
        server.answer(status, &[], "");
        done(&client.responses().gone().await.unwrap_err(), status, true);
        server.answer(status, &[], "");
        done(
            &client.responses().only_default().await.unwrap_err().untyped(),
            status,
            false,
        );
        server.answer(status, &[], "");
        assert_eq!(client.responses().gone_or_nothing().await.unwrap(), None);
        server.answer(status, &[], "");
        assert!(client.responses().gone_anyhow().await.unwrap().is_null());
    }
    server.answer("202 Accepted", &[], WORD);
    assert_eq!(client.responses().gone().await.unwrap(), Answer::new("yes"));
}

#[tokio::test]
async fn a_page_is_no_stream() {
    let server = Server::start();
    let client = server.client();
    let page = "<h1>Sign in</h1>";
    for content_type in ["text/html", "application/json"] {
        server.answer("200 OK", &[&format!("content-type: {content_type}")], page);
        let error = client.responses().events().await.unwrap_err();
        let expected = format!("it is `{content_type}`, where server-sent events are expected; it begins with `{page}`");
        assert!(error.to_string().contains(&expected), "{error}");
    }
}

#[tokio::test]
async fn headers_with_types() {
    let server = Server::start();
    let headers = [
        "x-count: 12",
        "X-At: 2026-03-01T12:00:00Z",
        "x-kind: three",
        "x-tags: a, b",
        "x-tags: c",
        "set-cookie: a=1; expires=Sun, 01 Mar 2026 12:00:00 GMT",
        "set-cookie: b=2",
        "x-nothing:",
        "x-point: x,1,y,-2",
        "x-exploded: x=1,y=-2",
        "x-json: {\"x\":1,\"y\":-2}",
    ];
    server.answer("204 No Content", &headers, "");
    let reply = server.client().responses().headers().reply().await.unwrap();
    let typed = HeadersHeaders::from(&reply.headers);
    assert_eq!(typed.x_count, Some(12));
    assert_eq!(typed.x_at.unwrap().to_string(), "2026-03-01T12:00:00Z");
    assert_eq!(typed.x_kind.unwrap().as_str(), "three");
    assert_eq!(typed.x_tags.unwrap(), ["a", "b", "c"]);
    let cookies = typed.set_cookie.unwrap();
    assert_eq!(cookies, ["a=1; expires=Sun, 01 Mar 2026 12:00:00 GMT", "b=2"]);
    assert_eq!(typed.x_nothing, Some(vec![]));
    assert_eq!(typed.x_point, Some(Point::new(1, -2)));
    assert_eq!(typed.x_exploded, Some(Point::new(1, -2)));
    assert_eq!(typed.x_json, Some(Point::new(1, -2)));
    assert_eq!(typed.x_missing, None);
}

#[tokio::test]
async fn every_method() {
    let server = Server::start();
    let client = server.client();
    macro_rules! case {
        ($($call:ident, $method:literal;)*) => {$(
            server.answer("200 OK", &["content-length: 2"], if $method == "HEAD" { "" } else { "ok" });
            let _ = client.methods().$call().await.unwrap();
            let request = server.request();
            assert_eq!(request.line, concat!($method, " /responses/methods HTTP/1.1"));
            // A method that goes with a body says that it has none.
            let length = if matches!($method, "PUT" | "POST" | "PATCH") { &["0"][..] } else { &[] };
            assert_eq!(request.header("content-length"), length, $method);
        )*};
    }
    case! {
        list, "GET"; update_all, "PUT"; create, "POST"; delete, "DELETE";
        options, "OPTIONS"; head, "HEAD"; patch, "PATCH"; trace, "TRACE";
    }
}
