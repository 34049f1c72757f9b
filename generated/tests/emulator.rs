//! The emulator, spoken to without the client: what it does that a client must cope with.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::time::Duration;

use hubspot_tickets_batch::emulator::{Emulator, Fault, Faults, Limits, ManualClock};
use jiff::Timestamp;
use reqwest::Response;
use serde_json::{Value, json};

/// A client that knows nothing of the API.
fn http() -> reqwest::Client {
    reqwest::Client::new()
}

async fn post(emulator: &Emulator, operation: &str, body: &Value) -> reqwest::Result<Response> {
    http()
        .post(format!("{}/crm/v3/objects/tickets/batch/{operation}", emulator.url()))
        .bearer_auth(emulator.token())
        .header("content-type", "application/json")
        .body(body.to_string())
        .send()
        .await
}

async fn answer(emulator: &Emulator, operation: &str, body: &Value) -> (u16, Value) {
    let response = post(emulator, operation, body).await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

fn good(trace: Option<&str>) -> Value {
    let properties = json!({ "subject": "Printer on fire", "hs_pipeline_stage": "1" });
    match trace {
        Some(trace) => json!({ "properties": properties, "objectWriteTraceId": trace }),
        None => json!({ "properties": properties }),
    }
}

fn bad(trace: Option<&str>) -> Value {
    let mut input = good(trace);
    input["properties"].as_object_mut().unwrap().remove("subject");
    input
}

#[tokio::test]
async fn one_bad_input_spoils_a_batch_without_trace_ids() {
    let emulator = Emulator::start().await.unwrap();
    let (status, body) = answer(&emulator, "create", &json!({ "inputs": [good(None), bad(None)] })).await;
    assert_eq!(status, 400);
    assert_eq!(body["category"], "VALIDATION_ERROR");
    assert_eq!(body["context"]["properties"], json!(["subject"]));
    assert_eq!(emulator.tickets().len(), 0);
}

#[tokio::test]
async fn trace_ids_that_repeat_do_not_count() {
    let emulator = Emulator::start().await.unwrap();
    let inputs = json!({ "inputs": [good(Some("a")), bad(Some("a"))] });
    assert_eq!(answer(&emulator, "create", &inputs).await.0, 400);
    assert_eq!(emulator.tickets().len(), 0);
}

#[tokio::test]
async fn with_trace_ids_the_good_inputs_are_created_and_the_bad_ones_named() {
    let emulator = Emulator::start().await.unwrap();
    let inputs = json!({ "inputs": [bad(Some("a")), good(Some("b"))] });
    let (status, body) = answer(&emulator, "create", &inputs).await;
    assert_eq!(status, 207);
    assert_eq!(body["numErrors"], 1);
    assert_eq!(body["errors"][0]["context"]["objectWriteTraceId"], json!(["a"]));
    assert_eq!(body["results"][0]["objectWriteTraceId"], "b");
    let tickets = emulator.tickets();
    assert_eq!(body["results"][0]["id"], tickets[0].id.to_string());
    assert_eq!(tickets[0].property("subject"), Some("Printer on fire"));
}

#[tokio::test]
async fn a_batch_has_at_most_a_hundred_inputs_and_at_least_one() {
    let emulator = Emulator::start().await.unwrap();
    for (count, expected) in [(0, 400), (100, 201), (101, 400)] {
        let inputs: Vec<_> = (0..count).map(|_| good(None)).collect();
        assert_eq!(
            answer(&emulator, "create", &json!({ "inputs": inputs })).await.0,
            expected,
            "{count} inputs"
        );
    }
    let inputs: Vec<_> = (0..51).map(|id| json!({ "id": id.to_string() })).collect();
    let with_histories = json!({ "inputs": inputs, "propertiesWithHistory": ["subject"] });
    assert_eq!(answer(&emulator, "read", &with_histories).await.0, 400);
}

#[tokio::test]
async fn only_the_token_opens_the_door() {
    let emulator = Emulator::builder().token("right").start().await.unwrap();
    let url = format!("{}/crm/v3/objects/tickets/batch/create", emulator.url());
    let response = http().post(url).bearer_auth("wrong").send().await.unwrap();
    assert_eq!(response.status(), 401);
    let (status, _) = answer(&emulator, "create", &json!({ "inputs": [good(None)] })).await;
    assert_eq!(status, 201);
}

#[tokio::test]
async fn a_window_closes_and_opens_again() {
    let clock = ManualClock::new(Timestamp::UNIX_EPOCH);
    let limits = Limits {
        requests: 2,
        window: Duration::from_secs(10),
        daily: 3,
    };
    let emulator = Emulator::builder()
        .limits(limits)
        .clock(clock.clone())
        .start()
        .await
        .unwrap();
    let inputs = json!({ "inputs": [good(None)] });

    let first = post(&emulator, "create", &inputs).await.unwrap();
    let header = |name: &str| first.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("x-hubspot-ratelimit-max"), "2");
    assert_eq!(header("x-hubspot-ratelimit-remaining"), "1");
    assert_eq!(header("x-hubspot-ratelimit-interval-milliseconds"), "10000");
    assert_eq!(header("x-hubspot-ratelimit-daily-remaining"), "2");

    clock.advance(Duration::from_secs(4));
    assert_eq!(answer(&emulator, "create", &inputs).await.0, 201);
    let (status, body) = answer(&emulator, "create", &inputs).await;
    assert_eq!((status, &body["policyName"]), (429, &json!("TEN_SECONDLY_ROLLING")));

    // The window rolls: only the first request is ten seconds old.
    clock.advance(Duration::from_secs(6));
    assert_eq!(answer(&emulator, "create", &inputs).await.0, 201);
    let (status, body) = answer(&emulator, "create", &inputs).await;
    assert_eq!((status, &body["policyName"]), (429, &json!("DAILY")));

    clock.advance(Duration::from_hours(24));
    assert_eq!(answer(&emulator, "create", &inputs).await.0, 201);
    assert_eq!(emulator.tickets().len(), 4);
}

#[tokio::test]
async fn what_the_client_sees_of_a_fault_and_what_the_server_did() {
    let cases = [
        (Fault::ResetBefore, None, 0),
        (Fault::ResetAfter, None, 1),
        (Fault::Truncated, None, 1),
        (Fault::Storm, Some(429), 0),
        (Fault::Unavailable, Some(503), 0),
        (Fault::MovedStatus, Some(200), 1),
    ];
    for (fault, expected, created) in cases {
        let emulator = Emulator::builder()
            .faults(Faults::script([[fault]]))
            .start()
            .await
            .unwrap();
        let status = match post(&emulator, "create", &json!({ "inputs": [good(None)] })).await {
            Ok(response) => {
                let status = response.status().as_u16();
                response.bytes().await.ok().map(|_| status)
            }
            Err(_) => None,
        };
        assert_eq!((status, emulator.tickets().len()), (expected, created), "{fault:?}");
    }
}

#[tokio::test]
async fn an_error_can_hide_a_success() {
    let emulator = Emulator::builder()
        .faults(Faults::script([[Fault::ErrorAfter]]))
        .start()
        .await
        .unwrap();
    let (status, _) = answer(&emulator, "create", &json!({ "inputs": [good(None)] })).await;
    assert!(status >= 500, "{status}");
    assert_eq!(emulator.tickets().len(), 1);
}

#[tokio::test]
async fn a_ticket_lives() {
    let emulator = Emulator::builder().unique_property("row").start().await.unwrap();
    let mut input = good(None);
    input["properties"]["row"] = json!("r-1");
    input["idProperty"] = json!("row");
    input["id"] = json!("r-1");
    let inputs = json!({ "inputs": [input] });

    let (status, body) = answer(&emulator, "upsert", &inputs).await;
    assert_eq!((status, &body["results"][0]["new"]), (200, &json!(true)));
    let id = body["results"][0]["id"].clone();
    let (_, body) = answer(&emulator, "upsert", &inputs).await;
    assert_eq!(
        (&body["results"][0]["new"], &body["results"][0]["id"]),
        (&json!(false), &id)
    );

    let update = json!({ "inputs": [{ "id": id, "properties": { "subject": "Printer is out" } }] });
    assert_eq!(answer(&emulator, "update", &update).await.0, 200);

    let read = json!({
        "inputs": [{ "id": "r-1" }, { "id": "r-2" }, { "id": "r-3" }],
        "idProperty": "row",
        "properties": ["subject", "content"],
        "propertiesWithHistory": ["subject"],
    });
    let (status, body) = answer(&emulator, "read", &read).await;
    assert_eq!(status, 207);
    assert_eq!(body["errors"][0]["context"]["ids"], json!(["r-2", "r-3"]));
    assert_eq!(body["results"][0]["properties"]["subject"], "Printer is out");
    assert_eq!(body["results"][0]["properties"]["content"], Value::Null);
    assert_eq!(
        body["results"][0]["propertiesWithHistory"]["subject"]
            .as_array()
            .unwrap()
            .len(),
        3
    );

    let archive = json!({ "inputs": [{ "id": id }] });
    assert_eq!(answer(&emulator, "archive", &archive).await, (204, json!("")));
    let (_, body) = answer(&emulator, "read", &json!({ "inputs": [{ "id": id }] })).await;
    assert_eq!(body["results"], json!([]));
}

#[tokio::test]
async fn an_upsert_needs_a_property_to_look_for() {
    let emulator = Emulator::builder().unique_property("row").start().await.unwrap();
    let nameless = json!({ "idProperty": "row" });
    for (more, expected) in [
        (json!({ "id": "1" }), 400),
        (nameless, 400),
        (json!({ "id": "1", "idProperty": "row" }), 200),
    ] {
        let mut input = good(None);
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let (status, body) = answer(&emulator, "upsert", &json!({ "inputs": [input] })).await;
        assert_eq!(status, expected, "{body}");
    }
    assert_eq!(emulator.tickets().len(), 1);
}

#[tokio::test]
async fn a_unique_value_is_taken_once() {
    let emulator = Emulator::builder().unique_property("row").start().await.unwrap();
    let inputs: Vec<_> = ["a", "b"]
        .map(|trace| {
            let mut input = good(Some(trace));
            input["properties"]["row"] = json!("r-1");
            input
        })
        .into();
    let (status, body) = answer(&emulator, "create", &json!({ "inputs": inputs })).await;
    assert_eq!((status, &body["errors"][0]["category"]), (207, &json!("CONFLICT")));
    assert_eq!(emulator.count_by("row"), [("r-1".to_owned(), 1)].into());
}

#[tokio::test]
async fn associations_are_kept() {
    let emulator = Emulator::start().await.unwrap();
    let mut input = good(None);
    input["associations"] = json!([{
        "to": { "id": "512" },
        "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 16 }],
    }]);
    assert_eq!(
        answer(&emulator, "create", &json!({ "inputs": [input.clone()] }))
            .await
            .0,
        201
    );
    let association = emulator.tickets()[0].associations[0].clone();
    assert_eq!((association.to.as_str(), association.type_id), ("512", 16));

    input["associations"][0]["types"][0]
        .as_object_mut()
        .unwrap()
        .remove("associationCategory");
    assert_eq!(answer(&emulator, "create", &json!({ "inputs": [input] })).await.0, 400);
}
