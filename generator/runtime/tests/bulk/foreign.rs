//! Answers that are not the API's: they say nothing about inputs, and nothing storms because of them.

use runtime::AnyCall as _;
use std::time::Duration;

use runtime::bulk::Bulk;
use runtime::client::builder::ClientBuilder;
use runtime::pace::retry::RetryPolicy;
use serde_json::{Value, json};

use super::server::Server;
use super::{API, Archive, Create, Described, Named, words};

const PAGE: &str = "<html><body><h1>Not Found</h1></body></html>";

/// A run that does not wait long before it tries again.
fn bulk<O: runtime::bulk::BatchOperation<Input = Value>>(server: &Server, count: usize) -> Bulk<'static, O> {
    let impatient = RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(1));
    let builder = ClientBuilder::new(&API).base_url(&server.url).retry(impatient);
    let inputs: Vec<_> = (0..count).map(|number| json!({ "id": number.to_string() })).collect();
    Bulk::new(&builder.build_core().unwrap(), inputs)
}

/// What is not an answer of the API: a page, nothing, JSON of another make.
fn pages() -> [Value; 6] {
    [
        json!(PAGE),
        Value::Null,
        json!({}),
        json!([]),
        json!({ "error": "blocked", "request": "1" }),
        json!({ "message": null }),
    ]
}

#[tokio::test]
async fn a_4xx_of_another_make_fails_no_input_and_halves_nothing() {
    for status in [400, 401, 403, 404, 409, 412, 413, 422] {
        for page in pages() {
            let shown = page.to_string();
            let server = Server::start(move |_| (status, page.clone())).await;
            let progress = bulk::<Create>(&server, 400).concurrency(1).give_up_after(3).run().await;
            assert_eq!((progress.failed, progress.not_sent), (0, 400), "{status} {shown}");
            // Three batches, each sent whole and as often as the policy says.
            assert_eq!(server.sizes(), [4; 12], "{status} {shown}");
        }
    }
}

#[tokio::test]
async fn where_much_is_described_a_text_alone_is_not_the_apis() {
    let cases = [
        (json!({ "message": "bad gateway" }), false),
        (
            json!({ "message": "bad gateway", "request_id": "1", "path": "/" }),
            false,
        ),
        (
            json!({ "message": "bad gateway", "category": null, "errors": null }),
            false,
        ),
        (json!({ "category": "blocked" }), false),
        (json!({ "errors": [] }), false),
        (json!({ "context": {} }), false),
        (json!([{ "message": "bad gateway" }]), false),
        (json!({ "message": "no", "category": "VALIDATION_ERROR" }), true),
        (json!({ "errors": [{ "title": "no" }] }), true),
        (json!({ "context": { "id": ["1"] } }), true),
        (json!([{ "message": "no", "category": "VALIDATION_ERROR" }]), true),
    ];
    for status in [400, 404, 409, 422] {
        for (body, is_own) in cases.clone() {
            let shown = body.to_string();
            let server = Server::start(move |_| (status, body.clone())).await;
            let progress = bulk::<Described>(&server, 4).run().await;
            let calls = if is_own {
                [4, 2, 1, 1, 2, 1, 1].as_slice()
            } else {
                &[4; 4]
            };
            assert_eq!(server.sizes(), calls, "{status} {shown}");
            assert_eq!(
                (progress.failed, progress.not_sent),
                if is_own { (4, 0) } else { (0, 4) }
            );
        }
    }
}

#[tokio::test]
async fn a_foreign_401_does_not_end_a_run() {
    let server = Server::start(|_| (401, json!({ "message": "log in to the wireless network" }))).await;
    let progress = bulk::<Described>(&server, 8).concurrency(1).run().await;
    assert_eq!(
        (progress.not_sent, server.sizes().len()),
        (8, 8),
        "both batches were tried"
    );
}

#[tokio::test]
async fn a_4xx_of_another_make_is_waited_out() {
    for status in [401, 403, 404] {
        let mut calls = 0;
        let server = Server::start(move |request| {
            calls += 1;
            if calls < 4 {
                return (status, json!(PAGE));
            }
            let inputs = request["inputs"].as_array().unwrap().iter();
            let results: Vec<_> = inputs
                .map(|input| json!({ "id": "1", "trace": input["trace"] }))
                .collect();
            (201, json!({ "results": results }))
        })
        .await;
        let progress = bulk::<Create>(&server, 8).concurrency(1).run().await;
        assert_eq!((progress.succeeded, server.sizes().len()), (8, 5), "{status}");
    }
}

#[tokio::test]
async fn a_refusal_of_the_api_is_one_whatever_came_before() {
    let mut calls = 0;
    let server = Server::start(move |_| {
        calls += 1;
        (
            404,
            if calls == 1 {
                json!(PAGE)
            } else {
                json!({ "message": "no" })
            },
        )
    })
    .await;
    let records = bulk::<Create>(&server, 1).collect().await;
    assert_eq!(words(&records[0]), "refused alone: 404");
}

#[tokio::test]
async fn a_refusal_of_another_make_ends_the_halving_of_a_batch() {
    let mut calls = 0;
    let server = Server::start(move |_| {
        calls += 1;
        if calls == 1 {
            (400, json!({ "message": "no" }))
        } else {
            (404, json!(PAGE))
        }
    })
    .await;
    let records = bulk::<Create>(&server, 4).collect().await;
    assert_eq!(records.iter().map(words).collect::<Vec<_>>(), ["not sent: Rejected"; 4]);
    assert_eq!(server.sizes(), [4, 2, 2, 2, 2]);
}

#[tokio::test]
async fn where_an_attempt_before_may_have_acted_a_4xx_of_another_make_leaves_unknown() {
    let mut calls = 0;
    let server = Server::start(move |_| {
        calls += 1;
        (if calls == 1 { 502 } else { 404 }, json!(PAGE))
    })
    .await;
    let run = bulk::<Create>(&server, 2).each_call(|call| call.idempotent(true));
    let records = run.collect().await;
    assert_eq!(records.iter().map(words).collect::<Vec<_>>(), ["unknown: Some(404)"; 2]);
}

#[tokio::test]
async fn a_success_that_is_not_the_described_one_is_no_success_of_inputs_that_it_does_not_name() {
    let errors = json!([{ "message": "no", "context": { "ids": ["1"] } }]);
    for (status, answer) in [
        (200, json!(PAGE)),
        (200, Value::Null),
        (202, json!({})),
        (207, json!({ "errors": errors })),
        (207, json!({ "numErrors": 1 })),
        (200, json!({ "errors": errors })),
        (200, json!([errors])),
    ] {
        let shown = answer.to_string();
        let server = Server::start(move |_| (status, answer.clone())).await;
        let progress = bulk::<Archive>(&server, 8).run().await;
        assert_eq!((progress.succeeded, progress.unknown), (0, 8), "{status} {shown}");
    }
}

#[tokio::test]
async fn a_server_whose_successes_prove_nothing_is_given_up() {
    let server = Server::start(|_| (200, json!(PAGE))).await;
    let progress = bulk::<Archive>(&server, 400)
        .concurrency(1)
        .give_up_after(3)
        .run()
        .await;
    assert_eq!((progress.unknown, progress.not_sent), (12, 388));
    for (status, answer) in [(200, json!({ "ok": true })), (202, json!({ "results": [] }))] {
        let server = Server::start(move |_| (status, answer.clone())).await;
        let progress = bulk::<Create>(&server, 400).concurrency(1).give_up_after(3).run().await;
        assert_eq!((progress.unknown, progress.not_sent), (12, 388), "{status}");
    }
    let server = Server::start(|_| (200, json!({ "results": [] }))).await;
    let progress = bulk::<Create>(&server, 400).concurrency(1).give_up_after(3).run().await;
    assert_eq!(progress.unknown, 400, "a described answer may leave everything out");
}

#[tokio::test]
async fn what_a_described_success_says_besides_is_no_failure() {
    for answer in [
        json!({ "took": 3, "archived": ["1"], "owner": { "name": "x" } }),
        json!({ "errors": [], "numErrors": 0, "failed": false, "error": null, "status": "COMPLETE", "success": true }),
        json!([{ "id": "1" }]),
    ] {
        let shown = answer.to_string();
        let server = Server::start(move |_| (200, answer.clone())).await;
        let progress = bulk::<Named>(&server, 4).run().await;
        assert_eq!(progress.succeeded, 4, "{shown}");
    }
    for answer in [
        json!({ "success": false }),
        json!({ "status": "FAILED" }),
        json!({ "num_errors": 2 }),
        json!([{ "error": "no" }]),
    ] {
        let shown = answer.to_string();
        let server = Server::start(move |_| (200, answer.clone())).await;
        let progress = bulk::<Named>(&server, 4).run().await;
        assert_eq!(progress.unknown, 4, "{shown}");
    }
}
