//! What an error says: one line for people, and for programs all that is known.

use runtime::AnyCall as _;
use std::error::Error as _;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use runtime::calls::call::Call;
use runtime::calls::error::{Error, Kind, Outcome};
use runtime::calls::operation::{Method, Operation, Streaming};
use runtime::client::builder::ClientBuilder;
use runtime::network::transport::{Answer, Transport};
use runtime::received::decode;
use runtime::received::stream::ByteStream;
use runtime::received::streams::event::{EventError, EventStream};
use runtime::sent::body::Body;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::support::{API, CREATE, LIST, Script, Step, call, create, status, with};

fn answer(status: u16, body: &str) -> Step {
    Step::Answer(status, Vec::new(), body.to_owned())
}

async fn fails(step: Step) -> Error<Value> {
    create(&Script::new([step]).core()).max_attempts(1).await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn an_error_is_one_clear_line() {
    let long = "x".repeat(300);
    let cut = format!("400 Bad Request: {}…", "x".repeat(200));
    let refused = " (the server did not act on it)";
    let unknown = " (the server may have acted on it)";
    for (step, expected, outcome) in [
        (Step::Refuse, "no connection to the server", refused),
        (Step::Break, "the connection to the server broke", unknown),
        (Step::Hang, "no answer within 60s", unknown),
        (answer(404, ""), "the server answered 404 Not Found", refused),
        (answer(404, " \n"), "the server answered 404 Not Found", refused),
        (
            answer(400, r#"{"category":"VALIDATION_ERROR","message":"No subject."}"#),
            "the server answered 400 Bad Request: VALIDATION_ERROR: No subject.",
            refused,
        ),
        (
            answer(400, r#"{"error":{"code":"x","message":"Wrapped."}}"#),
            "the server answered 400 Bad Request: x: Wrapped.",
            refused,
        ),
        (
            answer(400, r#"{"title":"Out of credit","detail":"It costs 50."}"#),
            "the server answered 400 Bad Request: Out of credit: It costs 50.",
            refused,
        ),
        (
            answer(401, r#"{"error":"invalid_token"}"#),
            "the server answered 401 Unauthorized: invalid_token",
            refused,
        ),
        (
            answer(502, "<html>\r\n<h1>Bad</h1>"),
            "the server answered 502 Bad Gateway: <html>\\r\\n<h1>Bad</h1>",
            unknown,
        ),
        (
            answer(400, "{\"message\":\"a\\u001b[31m\\nb\\u202ec\"}"),
            "the server answered 400 Bad Request: a\\u{1b}[31m\\nb\\u{202e}c",
            refused,
        ),
        (answer(400, &long), &format!("the server answered {cut}"), refused),
        (
            answer(200, "{"),
            "the server answered 200 OK, and the body cannot be decoded: EOF while parsing an object at line 1 column 1; \
             it begins with `{`",
            unknown,
        ),
    ] {
        let error = fails(step).await;
        assert_eq!(error.to_string(), format!("POST /things: {expected}{outcome}"));
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_has_all_that_is_known() {
    let body = r#"{"message":"No.","correlationId":"0a1b"}"#;
    let error = fails(Step::Answer(409, vec![("x-trace", "t".to_owned())], body.to_owned())).await;
    let Kind::Api(api) = error.kind() else {
        panic!("{error}");
    };
    assert_eq!((api.status.as_u16(), &api.raw[..]), (409, body.as_bytes()));
    assert_eq!(api.body.as_ref().unwrap()["message"], "No.");
    assert_eq!(error.headers().unwrap()["x-trace"], "t");
    assert_eq!(error.raw_body().unwrap(), body);
    assert_eq!(error.body().unwrap()["message"], "No.");
    assert_eq!(error.operation().id, "create");
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 1));
    assert_eq!(error.correlation_id(), Some("0a1b"));
    assert!(!error.is_quota_exhausted());
    assert!(error.is_status(409) && !error.is_status(404) && !error.is_timeout() && !error.is_connect());

    let error = fails(Step::Break).await;
    assert!(error.status().is_none() && error.headers().is_none() && error.raw_body().is_none());
    assert_eq!(error.source().unwrap().to_string(), "broken");

    assert!(!error.is_connect() && !error.is_status(409));
    assert!(fails(Step::Refuse).await.is_connect());
    assert!(fails(Step::Hang).await.is_timeout());

    let error = fails(answer(200, "nonsense")).await;
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.raw_body().unwrap(), "nonsense");
    assert!(error.api().is_none());
}

#[tokio::test]
async fn a_body_that_does_not_fit_hides_nothing_and_any_error_can_become_untyped() {
    let script = Script::new([answer(400, r#"{"message":"No."}"#)]);
    let core = script.core();
    let call: Call<'_, Value, u32> = Call::new(&core, &CREATE, decode::json, decode::json);
    let error = call.await.unwrap_err();
    assert!(error.body().is_none());
    assert_eq!(error.raw_body().unwrap(), r#"{"message":"No."}"#);
    let text = error.to_string();
    let untyped: Error<Value> = error.untyped();
    assert_eq!(untyped.body(), Some(&json!({ "message": "No." })));
    assert_eq!((untyped.to_string(), untyped.status().unwrap().as_u16()), (text, 400));
    let _: Box<dyn std::error::Error + Send + Sync> = untyped.into();
}

#[tokio::test]
async fn the_servers_id_of_a_request_is_found_where_it_is() {
    let known = |step: Step| async move { fails(step).await.correlation_id().map(str::to_owned) };
    assert_eq!(known(with(400, "x-request-id", "r-1")).await.unwrap(), "r-1");
    assert_eq!(
        known(with(400, "x-hubspot-correlation-id", "h-1")).await.unwrap(),
        "h-1"
    );
    assert_eq!(known(answer(400, r#"{"requestId":"b-1"}"#)).await.unwrap(), "b-1");
    assert_eq!(known(answer(400, r#"{"requestId":"b 1\n"}"#)).await, None);
    assert_eq!(known(with(400, "x-request-id", &"x".repeat(129))).await, None);
    assert_eq!(known(status(400)).await, None);

    let script = Script::new([with(400, "x-ours", "o-1"), answer(400, r#"{"ticket":"o-2"}"#)]);
    let core = script
        .builder()
        .correlation_header("x-ours")
        .correlation_member("ticket")
        .build_core()
        .unwrap();
    assert_eq!(create(&core).await.unwrap_err().correlation_id(), Some("o-1"));
    assert_eq!(create(&core).await.unwrap_err().correlation_id(), Some("o-2"));
}

/// Answers with the head of a success or failure, and with a body that never ends.
struct Endless(u16, &'static str);

impl Transport for Endless {
    fn send(&self, _: http::Request<Option<Body>>) -> Answer<'_> {
        let endless = futures_util::stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Some((Ok(Bytes::from_static(b"12345678")), ()))
        });
        let response = http::Response::builder().status(self.0).header("content-type", self.1);
        Box::pin(async move { Ok(response.body(ByteStream::new(endless)).unwrap()) })
    }
}

/// Answers with a head and the beginning of a body, after which nothing comes.
struct Stalling(u16, &'static str, &'static str);

impl Transport for Stalling {
    fn send(&self, _: http::Request<Option<Body>>) -> Answer<'_> {
        let begun = futures_util::stream::iter([Ok(Bytes::from_static(self.2.as_bytes()))]);
        let stalled = futures_util::StreamExt::chain(begun, futures_util::stream::pending());
        let response = http::Response::builder().status(self.0).header("content-type", self.1);
        Box::pin(async move { Ok(response.body(ByteStream::new(stalled)).unwrap()) })
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_falls_silent_fails_and_ends() {
    let core = |text| {
        let builder = ClientBuilder::new(&API).transport(Stalling(200, "text/event-stream", text));
        builder.build_core().unwrap()
    };
    let begun = Instant::now();
    let bytes = core("abc");
    let download: Call<'_, ByteStream, Value> = Call::new(&bytes, &DOWNLOAD, decode::bytes, decode::json);
    let mut stream = download.await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), "abc");
    // Time that the reader takes is not the server's.
    tokio::time::sleep(Duration::from_secs(100)).await;
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), begun.elapsed().as_secs()),
        (io::ErrorKind::TimedOut, 160)
    );
    assert_eq!(error.to_string(), "nothing came for 60s");
    assert!(stream.next().await.is_none());

    let begun = Instant::now();
    let events = core("data: 1\n\ndata: 2");
    let watch: Call<'_, EventStream<Value>, Value> = Call::new(&events, &DOWNLOAD, decode::events, decode::json);
    let mut stream = watch.idle_timeout(Duration::from_mins(5)).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().data, 1);
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(matches!(error, EventError::Broken(_)), "{error}");
    assert_eq!(error.source().unwrap().to_string(), "nothing came for 300s");
    assert_eq!(begun.elapsed().as_secs(), 300);
    assert!(stream.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn an_error_whose_body_does_not_come_is_that_error_within_the_time_there_is() {
    let builder = ClientBuilder::new(&API).transport(Stalling(400, "application/json", "{"));
    let core = builder.build_core().unwrap();
    for (call, seconds) in [
        (create(&core), 5),
        (create(&core).attempt_timeout(Duration::from_secs(2)), 2),
        (create(&core).timeout(Duration::from_secs(1)), 1),
    ] {
        let begun = Instant::now();
        let error = call.await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(400), "{error}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 1));
        assert_eq!(begun.elapsed().as_secs(), seconds);
    }
}

static DOWNLOAD: Operation = Operation {
    method: Method::GET,
    stream: Streaming::Bytes,
    ..LIST
};

#[tokio::test(start_paused = true)]
async fn a_stream_is_handed_over_as_it_arrives_and_has_no_limit() {
    let core = |endless| {
        let builder = ClientBuilder::new(&API).transport(endless).largest_success(20);
        builder.build_core().unwrap()
    };
    let endless = core(Endless(200, "application/octet-stream"));
    let download: Call<'_, ByteStream, Value> = Call::new(&endless, &DOWNLOAD, decode::bytes, decode::json);
    let mut stream = download.await.unwrap();
    for _ in 0..200 {
        assert_eq!(stream.next().await.unwrap().unwrap(), "12345678");
    }
    let whole = call(&endless, &LIST).await.unwrap_err();
    assert_eq!(whole.raw_body().unwrap(), "12345678123456781234");
    assert_eq!((whole.outcome(), whole.attempts()), (Outcome::Unknown, 1));

    let refused = core(Endless(404, "text/plain"));
    let download: Call<'_, ByteStream, Value> = Call::new(&refused, &DOWNLOAD, decode::bytes, decode::json);
    let error = download.await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.outcome()),
        (404, Outcome::Rejected)
    );
}
