//! Events across breaks: streams that end in one way or another in; one run of events, and what was asked for when, out.

use runtime::AnyCall as _;
use runtime::EventCall as _;
use runtime::calls::call::Call;
use runtime::calls::operation::{Method, Operation, Streaming};
use runtime::received::decode;
use runtime::received::streams::event::EventStream;
use runtime::received::streams::reconnect::{ReconnectError, Reconnecting};
use serde_json::Value;

use super::support::{LIST, Script, Step, status};

static EVENTS: Operation = Operation {
    method: Method::GET,
    accept: "text/event-stream",
    stream: Streaming::Bytes,
    ..LIST
};

fn events(script: &Script) -> Reconnecting<i32> {
    let core = script.core();
    let call: Call<'_, EventStream<i32>, Value> = Call::new(&core, &EVENTS, decode::events, decode::json);
    call.reconnecting()
}

fn stream(text: &str) -> Step {
    Step::Answer(200, Vec::new(), text.to_owned())
}

/// The events in short, up to the end.
async fn all(mut events: Reconnecting<i32>) -> Vec<String> {
    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        seen.push(match event {
            Ok(event) => event.data.to_string(),
            Err(ReconnectError::Event(error)) => format!("{error:?}"),
            Err(ReconnectError::Call(error)) => error.status().unwrap().to_string(),
            Err(_) => unreachable!("there are no others"),
        });
    }
    seen
}

#[tokio::test(start_paused = true)]
async fn each_stream_goes_on_where_the_last_one_ended() {
    let script = Script::new([
        stream("id: a\ndata: 1\n\ndata: 2\n\nid: lost\ndata: 3"),
        stream("retry: 500\ndata: 3\n\n"),
        stream("id: ä\ndata: 4\n\n"),
        stream("data: 5\n\ndata: [DONE]\n\ndata: 6\n\n"),
    ]);
    assert_eq!(all(events(&script)).await, ["1", "2", "3", "4", "5"]);
    assert_eq!(script.times(), [0, 3000, 3500, 4000]);
    let ids: Vec<_> = script
        .sent()
        .iter()
        .map(|sent| sent.headers.get("last-event-id").map(|id| id.as_bytes().to_vec()))
        .collect();
    assert_eq!(
        ids,
        [
            None,
            Some(b"a".to_vec()),
            Some(b"a".to_vec()),
            Some("ä".as_bytes().to_vec())
        ]
    );
    assert!(
        script
            .sent()
            .iter()
            .all(|sent| sent.headers["accept"] == "text/event-stream")
    );
}

#[tokio::test(start_paused = true)]
async fn an_event_that_does_not_fit_is_passed_over() {
    let script = Script::new([stream("data: one\n\ndata: 2\n\n"), status(204)]);
    let seen = all(events(&script)).await;
    assert!(seen[0].contains("one"), "{seen:?}");
    assert_eq!(seen[1..], ["2"]);
    assert_eq!(script.times(), [0, 3000]);
}

#[tokio::test(start_paused = true)]
async fn the_first_error_of_a_call_is_the_end() {
    let script = Script::new([stream("data: 1\n\n"), status(404), stream("data: 2\n\n")]);
    assert_eq!(all(events(&script)).await, ["1", "404 Not Found"]);
    assert_eq!(script.sent().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_sent_is_never_sent() {
    let script = Script::new([stream("data: 1\n\n")]);
    let core = script.core();
    let call: Call<'_, EventStream<i32>, Value> = Call::new(&core, &EVENTS, decode::events, decode::json);
    let mut events = call.header("no header", "x").reconnecting();
    assert!(matches!(events.next().await, Some(Err(ReconnectError::Call(_)))));
    assert!(events.next().await.is_none());
    assert!(script.sent().is_empty());
}
