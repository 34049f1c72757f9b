//! Successes that are not what was asked for: answers in, errors that say so and that the server acted out.

use runtime::AnyCall as _;
use runtime::EventCall as _;
use runtime::calls::call::Call;
use runtime::calls::error::{Error, Kind, Outcome};
use runtime::calls::operation::{Method, Operation, Streaming};
use runtime::received::decode::{self, DecodeError};
use runtime::received::response::Response;
use runtime::received::stream::ByteStream;
use runtime::received::streams::event::EventStream;
use runtime::received::streams::items::ItemStream;
use runtime::received::streams::reconnect::ReconnectError;
use serde_json::Value;

use super::support::{CREATE, LIST, Script, Step, call, create};

static EVENTS: Operation = Operation {
    method: Method::GET,
    stream: Streaming::Events,
    ..LIST
};

static ITEMS: Operation = Operation {
    method: Method::GET,
    stream: Streaming::Items,
    ..LIST
};

static DOWNLOAD: Operation = Operation {
    method: Method::GET,
    stream: Streaming::Bytes,
    ..LIST
};

type Success<T> = fn(Response) -> Result<T, DecodeError>;

fn typed(content_type: &str, body: &str) -> Step {
    let headers = Vec::from_iter((!content_type.is_empty()).then(|| ("content-type", content_type.to_owned())));
    Step::Answer(200, headers, body.to_owned())
}

fn coded(coding: &str, body: &str) -> Step {
    Step::Answer(200, vec![("content-encoding", coding.to_owned())], body.to_owned())
}

async fn read<T>(operation: &'static Operation, step: Step, success: Success<T>) -> Result<T, Error<Value>> {
    let core = Script::new([step]).core();
    let call: Call<'_, T, Value> = Call::new(&core, operation, success, decode::json);
    call.await
}

/// What an error says behind the status.
fn said<T>(result: Result<T, Error<Value>>) -> String {
    let error = result.err().unwrap();
    let text = error.to_string();
    let (_, said) = text.split_once("cannot be decoded: ").unwrap_or(("", &text));
    said.trim_end_matches(" (the server may have acted on it)").to_owned()
}

const PROBLEM: &str = r#"{"error":"x"}"#;

#[tokio::test(start_paused = true)]
async fn another_media_type_is_no_stream_of_events() {
    let events: Success<EventStream<i32>> = decode::events;
    for other in [
        "application/json",
        "text/html",
        "text/plain",
        "application/octet-stream",
        "application/x-ndjson",
    ] {
        let said = said(read(&EVENTS, typed(other, PROBLEM), events).await);
        let expected = format!("it is `{other}`, where server-sent events are expected; it begins with `{PROBLEM}`");
        assert_eq!(said, expected);
    }
    for same in ["", "text/event-stream", "Text/Event-Stream; charset=utf-8"] {
        let mut events = read(&EVENTS, typed(same, "data: 1\n\n"), events).await.unwrap();
        assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn another_media_type_is_no_stream_of_items() {
    let lines: Success<ItemStream<Value>> = decode::lines;
    let sequence: Success<ItemStream<Value>> = decode::sequence;
    for other in [
        "application/json",
        "text/html",
        "text/event-stream",
        "application/problem+json",
    ] {
        for (success, asked) in [
            (lines, "JSON texts on a line each are"),
            (sequence, "a sequence of JSON texts is"),
        ] {
            let said = said(read(&ITEMS, typed(other, PROBLEM), success).await);
            assert_eq!(
                said,
                format!("it is `{other}`, where {asked} expected; it begins with `{PROBLEM}`")
            );
        }
    }
    // What says nothing of what is in it is seen to be what it is.
    let vague = ["", "text/plain", "application/octet-stream"];
    for same in [
        "application/jsonl",
        "application/x-ndjson",
        "application/vnd.api+ndjson",
    ]
    .iter()
    .chain(&vague)
    {
        let mut items = read(&ITEMS, typed(same, PROBLEM), lines).await.unwrap();
        assert_eq!(items.next().await.unwrap().unwrap()["error"], "x");
    }
    for same in ["application/json-seq", "application/geo+json-seq"]
        .iter()
        .chain(&vague)
    {
        let mut items = read(&ITEMS, typed(same, "\u{1e}[1]\n"), sequence).await.unwrap();
        assert_eq!(items.next().await.unwrap().unwrap()[0], 1);
    }
}

#[tokio::test(start_paused = true)]
async fn bytes_are_bytes_whatever_they_are_called() {
    let bytes: Success<ByteStream> = decode::bytes;
    for any in ["", "application/json", "text/html", "text/event-stream"] {
        let bytes = read(&DOWNLOAD, typed(any, PROBLEM), bytes).await.unwrap();
        assert_eq!(bytes.collect(100).await.unwrap(), PROBLEM);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_comes_back_as_something_else_is_the_end() {
    let script = Script::new([
        typed("text/event-stream", "data: 1\n\n"),
        typed("text/html", "<h1>Sign in</h1>"),
        typed("text/event-stream", "data: 2\n\n"),
    ]);
    let core = script.core();
    let call: Call<'_, EventStream<i32>, Value> = Call::new(&core, &EVENTS, decode::events, decode::json);
    let mut events = call.reconnecting();
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    let Some(Err(ReconnectError::Call(error))) = events.next().await else {
        panic!("a page is no stream")
    };
    assert!(error.to_string().contains("<h1>Sign in</h1>"), "{error}");
    assert!(events.next().await.is_none());
    assert_eq!(script.sent().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_success_without_the_body_says_whether_the_server_acted() {
    for (status, outcome, told) in [
        (200, Outcome::Unknown, "may have acted"),
        (202, Outcome::Unknown, "may have acted"),
        (204, Outcome::Done, "acted"),
        (205, Outcome::Done, "acted"),
    ] {
        let script = Script::new([Step::Answer(status, Vec::new(), String::new())]);
        let error = create(&script.core()).await.unwrap_err();
        assert!(matches!(error.kind(), Kind::Unreadable(_)), "{error:?}");
        assert_eq!((error.outcome(), error.attempts()), (outcome, 1));
        assert_eq!(error.status().unwrap(), status);
        assert!(error.status().unwrap().is_success());
        let text = error.to_string();
        let expected = format!("the body cannot be decoded: it is empty (the server {told} on it)");
        assert!(text.ends_with(&expected), "{text}");
        // It is not asked for again, however little harm that does.
        let error = call(&script.core(), &LIST).await.unwrap_err();
        assert_eq!((error.outcome(), error.attempts()), (outcome, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_success_without_a_body_is_nothing_where_that_is_a_value() {
    let nothing: Success<Option<i32>> = decode::json_or_nothing;
    let empty = || Step::Answer(204, Vec::new(), String::new());
    assert_eq!(read(&CREATE, empty(), nothing).await.unwrap(), None);
    assert_eq!(
        read(&CREATE, empty(), decode::json_or_nothing::<Value>).await.unwrap(),
        Value::Null
    );
    assert_eq!(read(&CREATE, typed("", "3"), nothing).await.unwrap(), Some(3));
    assert!(read(&CREATE, typed("", "x"), nothing).await.is_err());
    assert!(read(&CREATE, empty(), decode::json_or_nothing::<i32>).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_coding_that_nobody_asked_for_is_named() {
    let expected = "it is in the coding `br` (`Content-Encoding`), which was not asked for";
    assert_eq!(
        said(read(&LIST, coded("br", "\u{1}\u{2}"), decode::json::<Value>).await),
        expected
    );
    assert_eq!(
        said(read(&LIST, coded("br", "\u{1}\u{2}"), decode::text).await),
        expected
    );
    assert_eq!(
        said(read(&LIST, coded("br", "\u{1}\u{2}"), decode::plain::<String>).await),
        expected
    );
    assert_eq!(
        said(read(&LIST, coded("br", "\u{1}\u{2}"), decode::json_or_text).await),
        expected
    );
    assert_eq!(
        said(read(&EVENTS, coded("br", "\u{1}\u{2}"), decode::events::<i32>).await),
        expected
    );
    assert_eq!(
        said(read(&ITEMS, coded("br", "\u{1}\u{2}"), decode::lines::<i32>).await),
        expected
    );
    assert_eq!(
        said(read(&ITEMS, coded("br", "\u{1}\u{2}"), decode::sequence::<i32>).await),
        expected
    );
    assert!(read(&LIST, coded("identity", "1"), decode::json::<i32>).await.is_ok());
    assert!(read(&LIST, coded("", "1"), decode::json::<i32>).await.is_ok());
    let twice = said(read(&LIST, coded("br, zstd", "1"), decode::json::<i32>).await);
    assert!(twice.contains("`br, zstd`"), "{twice}");
}

#[tokio::test(start_paused = true)]
async fn coded_bytes_are_handed_over_where_the_header_is_seen() {
    let said = said(read(&DOWNLOAD, coded("br", "\u{1}"), decode::bytes).await);
    assert!(
        said.ends_with("not asked for; `reply()` hands it over as it is, with its headers"),
        "{said}"
    );
    let core = Script::new([coded("br", "\u{1}")]).core();
    let download: Call<'_, ByteStream, Value> = Call::new(&core, &DOWNLOAD, decode::bytes, decode::json);
    let reply = download.reply().await.unwrap();
    assert_eq!(reply.headers["content-encoding"], "br");
    assert_eq!(reply.body.collect(9).await.unwrap(), "\u{1}");
}

#[tokio::test(start_paused = true)]
async fn an_error_in_a_coding_that_nobody_asked_for_is_that_error() {
    let step = Step::Answer(
        409,
        vec![("content-encoding", "br".to_owned())],
        "\u{1}\u{2}".to_owned(),
    );
    let error = create(&Script::new([step]).core()).await.unwrap_err();
    let expected = "the server answered 409 Conflict, in the coding `br`, which was not asked for";
    assert!(error.to_string().contains(expected), "{error}");
    assert_eq!(error.raw_body().unwrap(), "\u{1}\u{2}");
}
