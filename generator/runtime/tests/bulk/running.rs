//! How a run goes: what is sent together, what is sent again, and when it ends.

use runtime::AnyCall as _;
use std::collections::BTreeSet;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::bulk::{Bulk, Failure, Source};
use runtime::client::builder::ClientBuilder;
use runtime::pace::limit::Limiter;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::server::Server;
use super::{API, Create, bulk, named, words};

/// A server that creates everything but inputs whose name begins with `bad`, for which it refuses the whole batch.
fn strict(request: &Value) -> (u16, Value) {
    let inputs = request["inputs"].as_array().unwrap();
    if inputs
        .iter()
        .any(|input| input["name"].as_str().unwrap().starts_with("bad"))
    {
        return (400, json!({ "message": "no" }));
    }
    (201, created(inputs))
}

fn created(inputs: &[Value]) -> Value {
    let results: Vec<_> = inputs
        .iter()
        .map(|input| json!({ "id": input["name"], "trace": input["trace"] }))
        .collect();
    json!({ "results": results })
}

fn numbered(count: u64) -> impl Iterator<Item = Value> {
    (0..count).map(|number| json!({ "name": number.to_string() }))
}

#[tokio::test]
async fn inputs_are_split_at_the_limit_and_keep_their_order() {
    let server = Server::start(strict).await;
    let records = bulk::<Create>(&server, numbered(10)).collect().await;
    let expected: Vec<_> = (0..10).map(|number| format!("succeeded: {number}")).collect();
    assert_eq!(records.iter().map(words).collect::<Vec<_>>(), expected);
    assert_eq!(
        records.iter().map(|record| record.index).collect::<Vec<_>>(),
        (0..10).collect::<Vec<_>>()
    );
    let mut sizes = server.sizes();
    sizes.sort_unstable();
    assert_eq!(sizes, [2, 4, 4]);
}

#[tokio::test]
async fn a_smaller_batch_may_be_asked_for_and_a_larger_one_not() {
    for (asked, expected) in [(0, 1), (3, 3), (100, 4)] {
        let server = Server::start(strict).await;
        bulk::<Create>(&server, numbered(12)).batch_size(asked).run().await;
        assert!(
            server.sizes().iter().all(|&size| size == expected),
            "{asked}: {:?}",
            server.sizes()
        );
    }
}

#[tokio::test]
async fn every_input_gets_a_correlation_id_and_keeps_its_own() {
    let server = Server::start(strict).await;
    let inputs = vec![
        json!({ "name": "a" }),
        json!({ "name": "b", "trace": "mine" }),
        json!({ "name": "c", "trace": "" }),
    ];
    let records = bulk::<Create>(&server, inputs)
        .correlation_prefix("run")
        .collect()
        .await;
    let ids: Vec<_> = records
        .iter()
        .map(|record| record.correlation_id.as_deref().unwrap())
        .collect();
    assert_eq!(ids, ["run-0", "mine", "run-2"]);
    let sent = &server.requests()[0];
    assert_eq!(
        (&sent["inputs"][0]["trace"], &sent["inputs"][2]["trace"]),
        (&json!("run-0"), &json!("run-2"))
    );
}

#[tokio::test]
async fn generated_ids_do_not_repeat() {
    let server = Server::start(strict).await;
    let mut ids = BTreeSet::new();
    for _ in 0..2 {
        let records = bulk::<Create>(&server, numbered(9)).collect().await;
        ids.extend(records.into_iter().map(|record| record.correlation_id.unwrap()));
    }
    assert_eq!(ids.len(), 18);
}

#[tokio::test]
async fn inputs_with_the_same_id_never_share_a_call() {
    let server = Server::start(strict).await;
    let inputs = named(&["a", "b", "a", "a", "c"]);
    let records = bulk::<Create>(&server, inputs).concurrency(1).collect().await;
    assert_eq!(server.sizes(), [3, 1, 1]);
    assert!(records.iter().all(|record| record.outcome.succeeded().is_some()));
}

#[tokio::test]
async fn the_other_members_of_the_body_go_with_every_call() {
    let server = Server::start(strict).await;
    let request = json!({ "inputs": [{ "name": "not sent" }], "mode": "fast" });
    bulk::<Create>(&server, numbered(5)).request(&request).run().await;
    assert!(server.requests().iter().all(|request| request["mode"] == "fast"));
    assert_eq!(server.sizes().iter().sum::<usize>(), 5);
}

#[tokio::test]
async fn a_refused_batch_is_halved_until_the_bad_inputs_stand_alone() {
    let server = Server::start(strict).await;
    let records = bulk::<Create>(&server, named(&["a", "b", "bad", "c"])).collect().await;
    let outcomes: Vec<_> = records.iter().map(words).collect();
    assert_eq!(
        outcomes,
        ["succeeded: a", "succeeded: b", "refused alone: 400", "succeeded: c"]
    );
    assert_eq!(server.sizes(), [4, 2, 2, 1, 1]);
}

#[tokio::test]
async fn halving_is_bounded_and_can_be_switched_off() {
    for (splits, expected, sizes) in [
        (0, ["not sent: refused together"; 4], vec![4]),
        (
            2,
            [
                "succeeded: a",
                "succeeded: b",
                "not sent: refused together",
                "not sent: refused together",
            ],
            vec![4, 2, 2],
        ),
    ] {
        let server = Server::start(strict).await;
        let records = bulk::<Create>(&server, named(&["a", "b", "bad", "c"]))
            .splits(splits)
            .collect()
            .await;
        assert_eq!(records.iter().map(words).collect::<Vec<_>>(), expected);
        assert_eq!(server.sizes(), sizes);
    }
}

#[tokio::test]
async fn a_server_error_leaves_a_batch_unknown_and_the_others_untouched() {
    let mut first = true;
    let server = Server::start(move |request| {
        if std::mem::take(&mut first) {
            (500, json!({ "message": "oops" }))
        } else {
            strict(request)
        }
    })
    .await;
    let records = bulk::<Create>(&server, numbered(8)).concurrency(1).collect().await;
    let outcomes: Vec<_> = records.iter().map(words).collect();
    assert_eq!(outcomes[..4], ["unknown: Some(500)"; 4]);
    assert_eq!(
        outcomes[4..],
        ["succeeded: 4", "succeeded: 5", "succeeded: 6", "succeeded: 7"]
    );
    assert_eq!(server.sizes(), [4, 4], "what may have been applied is not sent again");
}

#[tokio::test]
async fn a_refused_credential_ends_the_run() {
    let server = Server::start(|_| (401, json!({ "message": "who are you" }))).await;
    let records = bulk::<Create>(&server, numbered(100)).concurrency(1).collect().await;
    assert_eq!(records.len(), 100);
    assert!(records.iter().all(|record| words(record) == "not sent: Unauthorized"));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_used_up_quota_ends_the_run() {
    let mut calls = 0;
    let server = Server::start(move |request| {
        calls += 1;
        if calls < 3 {
            strict(request)
        } else {
            (429, json!({ "message": "no more", "policyName": "DAILY" }))
        }
    })
    .await;
    let records = bulk::<Create>(&server, numbered(100)).concurrency(1).collect().await;
    let (sent, rest) = records.split_at(8);
    assert!(sent.iter().all(|record| record.outcome.succeeded().is_some()));
    assert!(rest.iter().all(|record| words(record) == "not sent: QuotaExhausted"));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_quota_that_runs_out_between_two_attempts_leaves_the_batch_unknown() {
    let mut calls = 0;
    let server = Server::start(move |_| {
        calls += 1;
        if calls == 1 {
            (500, Value::Null)
        } else {
            (429, json!({ "policyName": "DAILY" }))
        }
    })
    .await;
    let records = bulk::<Create>(&server, numbered(8))
        .concurrency(1)
        .each_call(|call| call.idempotent(true))
        .collect()
        .await;
    let outcomes: Vec<_> = records.iter().map(words).collect();
    assert_eq!(outcomes[..4], ["unknown: Some(429)"; 4]);
    assert_eq!(outcomes[4..], ["not sent: QuotaExhausted"; 4]);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn what_a_server_says_is_shown_in_a_line() {
    let failure: Failure<String, Value> = Failure::Reported(format!("\u{1b}[2J\n{}", "x".repeat(300)).into());
    let text = failure.to_string();
    assert!(text.starts_with("\\u{1b}[2J\\nxxx") && text.ends_with("x…"), "{text}");
    let failure: Failure<String, Value> = Failure::Undescribed(json!({ "a": "\u{202e}".repeat(300) }).into());
    let text = failure.to_string();
    assert!(text.starts_with(r#"{"a":"\u{202e}"#) && text.ends_with('…'), "{text}");
}

#[tokio::test]
async fn a_server_that_only_fails_is_given_up() {
    let server = Server::start(|_| (500, Value::Null)).await;
    let progress = bulk::<Create>(&server, numbered(1_000))
        .concurrency(1)
        .give_up_after(3)
        .run()
        .await;
    assert_eq!((progress.unknown, progress.not_sent), (12, 988));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_server_that_refuses_everything_is_given_up() {
    let server = Server::start(|_| (404, json!({ "message": "nothing here" }))).await;
    let progress = bulk::<Create>(&server, numbered(1_000))
        .concurrency(1)
        .give_up_after(3)
        .run()
        .await;
    assert_eq!((progress.failed, progress.not_sent), (12, 988));
    // Each batch is sent whole, in halves, and one by one.
    assert_eq!(server.requests().len(), 3 * 7);
}

#[tokio::test]
async fn a_stop_signal_finishes_what_is_on_its_way() {
    let (stop, stopped) = oneshot::channel::<()>();
    let mut stop = Some(stop);
    let mut calls = 0;
    let server = Server::start(move |request| {
        calls += 1;
        if calls == 3 {
            stop.take().unwrap().send(()).unwrap();
        }
        strict(request)
    })
    .await;
    let signal = async { stopped.await.unwrap() };
    let progress = bulk::<Create>(&server, numbered(1_000))
        .concurrency(1)
        .stop(signal)
        .run()
        .await;
    assert_eq!((progress.succeeded, progress.not_sent), (12, 988));
    assert_eq!((progress.calls, progress.in_flight), (3, 0));
}

#[tokio::test]
async fn the_hook_sees_every_input_before_the_server_does() {
    let seen = Arc::new(Mutex::new(BTreeSet::new()));
    let known = Arc::clone(&seen);
    let server = Server::start(move |request| {
        let known = known.lock().unwrap();
        assert!(
            request["inputs"]
                .as_array()
                .unwrap()
                .iter()
                .all(|input| known.contains(input["trace"].as_str().unwrap()))
        );
        strict(request)
    })
    .await;
    let hook = move |departures: &[runtime::bulk::Departure<'_, Value>]| {
        let ids = departures
            .iter()
            .map(|departure| departure.correlation_id.unwrap().to_owned());
        seen.lock().unwrap().extend(ids);
        Ok(())
    };
    let progress = bulk::<Create>(&server, numbered(40)).before_batch(hook).run().await;
    assert_eq!(progress.succeeded, 40);
}

#[tokio::test]
async fn when_the_hook_fails_nothing_more_is_sent() {
    let server = Server::start(strict).await;
    let mut batches = 0;
    let hook = move |_: &[runtime::bulk::Departure<'_, Value>]| {
        batches += 1;
        if batches < 3 {
            Ok(())
        } else {
            Err(io::Error::other("the disk is full"))
        }
    };
    let records = bulk::<Create>(&server, numbered(40))
        .concurrency(1)
        .before_batch(hook)
        .collect()
        .await;
    assert_eq!(server.requests().len(), 2);
    assert!(records[8..].iter().all(|record| words(record) == "not sent: Hook"));
    assert_eq!(records.len(), 40);
}

#[tokio::test]
async fn a_run_that_is_dropped_gives_back_what_it_held() {
    let server = Server::start(strict).await;
    let builder = ClientBuilder::new(&API).base_url(&server.url);
    let core = builder.limiter(Limiter::new(2)).build_core().unwrap();
    for _ in 0..3 {
        let mut outcomes = Bulk::<Create>::new(&core, numbered(100)).outcomes();
        outcomes.next().await.unwrap();
        // More calls are on their way, or wait for their turn.
        while outcomes.progress().in_flight == 0 {
            outcomes.next().await.unwrap();
        }
    }
    assert_eq!(Bulk::<Create>::new(&core, numbered(8)).run().await.succeeded, 8);
}

#[tokio::test]
async fn progress_is_told_after_every_batch() {
    let server = Server::start(strict).await;
    let mut told = Vec::new();
    bulk::<Create>(&server, numbered(10))
        .progress(|progress| told.push((progress.done(), progress.calls)))
        .run()
        .await;
    assert_eq!(told.len(), 3);
    assert_eq!(told.last(), Some(&(10, 3)));
}

#[tokio::test]
async fn unordered_outcomes_are_as_complete() {
    let server = Server::start(strict).await;
    let records = bulk::<Create>(&server, numbered(101)).unordered().collect().await;
    let indices: BTreeSet<_> = records.iter().map(|record| record.index).collect();
    assert_eq!((records.len(), indices.len()), (101, 101));
}

#[tokio::test]
async fn inputs_are_drawn_only_as_outcomes_are_taken() {
    let server = Server::start(strict).await;
    let drawn = AtomicU64::new(0);
    let inputs = numbered(100_000).inspect(|_| {
        drawn.fetch_add(1, Ordering::Relaxed);
    });
    let mut outcomes = bulk::<Create>(&server, inputs).concurrency(2).outcomes();
    for taken in 1..=1_000 {
        outcomes.next().await.unwrap();
        // Two calls of four inputs, four times as many waiting for their turn, and what is ready.
        let ahead = drawn.load(Ordering::Relaxed) - taken;
        assert!(ahead <= 64, "{ahead} inputs ahead");
    }
}

#[tokio::test]
async fn a_stream_of_inputs_may_pause() {
    let server = Server::start(strict).await;
    let (sender, mut receiver) = tokio::sync::mpsc::channel(1);
    tokio::spawn(async move {
        for input in numbered(9) {
            sender.send(input).await.unwrap();
            tokio::task::yield_now().await;
        }
    });
    let inputs = futures_util::stream::poll_fn(move |context| receiver.poll_recv(context));
    let progress = bulk::<Create>(&server, Source::stream(inputs)).run().await;
    assert_eq!(progress.succeeded, 9);
}

#[tokio::test(start_paused = true)]
async fn inputs_do_not_wait_for_ever_for_a_stream_that_pauses() {
    let server = Server::start(strict).await;
    let (sender, mut receiver) = tokio::sync::mpsc::channel(9);
    let inputs = futures_util::stream::poll_fn(move |context| receiver.poll_recv(context));
    let mut outcomes = bulk::<Create>(&server, Source::stream(inputs))
        .linger(Duration::from_secs(3))
        .outcomes();
    for count in [3, 1, 6] {
        let begun = Instant::now();
        for input in numbered(count) {
            sender.send(input).await.unwrap();
        }
        for _ in 0..count {
            assert!(outcomes.next().await.unwrap().outcome.succeeded().is_some());
        }
        assert_eq!(begun.elapsed().as_secs(), 3);
    }
    drop(sender);
    assert!(outcomes.next().await.is_none());
    assert_eq!(server.sizes(), [3, 1, 4, 2]);
}

#[tokio::test]
async fn no_inputs_are_no_calls() {
    let server = Server::start(strict).await;
    assert_eq!(bulk::<Create>(&server, Vec::new()).run().await.done(), 0);
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn an_outcome_has_the_error_of_the_call_that_decided_it() {
    for (status, expected) in [(400, 400), (500, 500), (401, 401)] {
        let server = Server::start(move |_| (status, json!({ "message": "no" }))).await;
        let records = bulk::<Create>(&server, numbered(1)).collect().await;
        let error = records[0].outcome.error().unwrap();
        assert_eq!(error.status().unwrap().as_u16(), expected);
    }
    let server = Server::start(strict).await;
    let records = bulk::<Create>(&server, numbered(1)).collect().await;
    assert!(records[0].outcome.error().is_none());
}
