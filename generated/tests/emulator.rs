//! The emulator, spoken to without the client: what it does that a client must cope with.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::time::Duration;

use hubspot_tickets_batch::emulator::{Emulator, Fault, Faults, Limits, ManualClock};
use hubspot_tickets_batch::models::AssociationCategory;
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

/// An emulator of an account that has a little more than every account has.
async fn account() -> Emulator {
    let builder = Emulator::builder().property("note").unique_property("row");
    let builder = builder.enumeration("colour", ["RED", "BLUE"]).stage("7", "70");
    let builder = builder.association_type(&AssociationCategory::UserDefined, 41);
    builder.start().await.unwrap()
}

#[tokio::test]
async fn what_the_account_does_not_know_is_refused() {
    let association = |to: &str, category: &str, id: i32| json!([{ "to": { "id": to }, "types": [{ "associationCategory": category, "associationTypeId": id }] }]);
    let long = "é".repeat(65_537);
    let cases = [
        (json!({ "note": "any", "colour": "RED", "row": "1" }), None, None),
        (json!({ "hs_pipeline": "7", "hs_pipeline_stage": "70" }), None, None),
        (
            json!({ "closed_date": "2026-11-25", "hubspot_owner_id": "7", "hs_ticket_priority": "" }),
            None,
            None,
        ),
        (
            json!({ "closed_date": 1_764_000_000_000_i64, "hs_ticket_priority": "URGENT" }),
            None,
            None,
        ),
        (json!({ "nothing": "x" }), None, Some("PROPERTY_DOESNT_EXIST")),
        (json!({ "colour": "GREEN" }), None, Some("INVALID_OPTION")),
        (json!({ "hs_ticket_priority": "high" }), None, Some("INVALID_OPTION")),
        (json!({ "hs_ticket_category": "OTHER" }), None, Some("INVALID_OPTION")),
        (json!({ "source_type": "PIGEON" }), None, Some("INVALID_OPTION")),
        (json!({ "hs_pipeline": "8" }), None, Some("INVALID_OPTION")),
        (json!({ "hs_pipeline_stage": "9" }), None, Some("INVALID_OPTION")),
        (
            json!({ "hs_pipeline": "7", "hs_pipeline_stage": "1" }),
            None,
            Some("INVALID_OPTION"),
        ),
        (json!({ "hubspot_owner_id": "Ada" }), None, Some("INVALID_NUMBER")),
        (json!({ "closed_date": "soon" }), None, Some("INVALID_DATE")),
        (json!({ "hs_object_id": "7" }), None, Some("READ_ONLY_VALUE")),
        (json!({ "note": long }), None, Some("INVALID_LENGTH")),
        (json!({}), Some(association("512", "HUBSPOT_DEFINED", 526)), None),
        (json!({}), Some(association("512", "USER_DEFINED", 41)), None),
        (json!({}), Some(association("512", "HUBSPOT_DEFINED", 15)), Some("")),
        (json!({}), Some(association("512", "HUBSPOT_DEFINED", 41)), Some("")),
        (json!({}), Some(association("512", "USER_DEFINED", 16)), Some("")),
        (json!({}), Some(association("Ada", "HUBSPOT_DEFINED", 16)), Some("")),
    ];
    for (properties, associations, expected) in cases {
        let emulator = account().await;
        let mut input = good(Some("a"));
        let own = input["properties"].as_object_mut().unwrap();
        own.extend(properties.as_object().unwrap().clone());
        if let Some(associations) = associations {
            input["associations"] = associations;
        }
        let inputs = json!({ "inputs": [input.clone(), good(Some("b"))] });
        let (status, body) = answer(&emulator, "create", &inputs).await;
        let (created, code) = (emulator.tickets().len(), &body["errors"][0]["errors"][0]["code"]);
        match expected {
            None => assert_eq!((status, created), (201, 2), "{body}"),
            Some(expected) => {
                assert_eq!(
                    (status, created, code.as_str().unwrap_or("")),
                    (207, 1, expected),
                    "{body}"
                );
                assert_eq!(body["errors"][0]["category"], "VALIDATION_ERROR");
                input.as_object_mut().unwrap().remove("objectWriteTraceId");
                let alone = json!({ "inputs": [input] });
                let (status, body) = answer(&emulator, "create", &alone).await;
                assert_eq!((status, &body["category"]), (400, &json!("VALIDATION_ERROR")));
            }
        }
    }
}

#[tokio::test]
async fn an_update_is_judged_by_the_pipeline_that_the_ticket_is_in() {
    let emulator = account().await;
    assert_eq!(
        answer(&emulator, "create", &json!({ "inputs": [good(None)] })).await.0,
        201
    );
    let id = emulator.tickets()[0].id.to_string();
    for (properties, expected) in [
        (json!({ "hs_pipeline_stage": "70" }), 400),
        (json!({ "hs_pipeline": "7", "hs_pipeline_stage": "70" }), 200),
        (json!({ "hs_pipeline_stage": "70" }), 200),
        (json!({ "hs_pipeline_stage": "1" }), 400),
        (json!({ "nothing": "x" }), 400),
    ] {
        let update = json!({ "inputs": [{ "id": id, "properties": properties }] });
        assert_eq!(answer(&emulator, "update", &update).await.0, expected, "{properties}");
    }
}

#[tokio::test]
async fn tickets_are_named_by_numbers_or_by_a_unique_property() {
    let emulator = account().await;
    for (operation, input, property, expected) in [
        ("read", json!({ "id": "abc" }), None, 400),
        ("read", json!({ "id": "" }), None, 400),
        ("read", json!({ "id": "12" }), None, 207),
        ("read", json!({ "id": "abc" }), Some("row"), 207),
        ("read", json!({ "id": "abc" }), Some("note"), 400),
        ("read", json!({ "id": "abc" }), Some("nothing"), 400),
        ("archive", json!({ "id": "abc" }), None, 400),
        ("archive", json!({ "id": "12" }), None, 204),
        ("update", json!({ "id": "-1", "properties": {} }), None, 400),
        (
            "update",
            json!({ "id": "abc", "idProperty": "note", "properties": {} }),
            None,
            400,
        ),
        (
            "upsert",
            json!({ "id": "abc", "idProperty": "note", "properties": {} }),
            None,
            400,
        ),
    ] {
        let mut body = json!({ "inputs": [input] });
        if let Some(property) = property {
            body["idProperty"] = json!(property);
        }
        let (status, answer) = answer(&emulator, operation, &body).await;
        assert_eq!(status, expected, "{operation} {body}: {answer}");
        if status == 400 {
            assert_eq!(answer["category"], "VALIDATION_ERROR");
        }
    }
}

#[tokio::test]
async fn a_read_does_not_mention_properties_that_do_not_exist() {
    let emulator = account().await;
    assert_eq!(
        answer(&emulator, "create", &json!({ "inputs": [good(None)] })).await.0,
        201
    );
    let id = emulator.tickets()[0].id.to_string();
    let read = json!({ "inputs": [{ "id": id }], "properties": ["note", "nothing"] });
    let (_, body) = answer(&emulator, "read", &read).await;
    let shown = body["results"][0]["properties"].as_object().unwrap();
    assert_eq!((shown.get("note"), shown.get("nothing")), (Some(&Value::Null), None));
}

#[tokio::test]
async fn the_properties_of_the_account_are_listed() {
    let emulator = account().await;
    let url = format!("{}/crm/v3/properties/tickets", emulator.url());
    let response = http().get(url).bearer_auth(emulator.token()).send().await.unwrap();
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    let find = |name: &str| {
        let listed = body["results"].as_array().unwrap().iter();
        listed.clone().find(|property| property["name"] == name).cloned()
    };
    assert_eq!(find("row").unwrap()["hasUniqueValue"], true);
    assert_eq!(find("note").unwrap()["hasUniqueValue"], false);
    assert_eq!(find("colour").unwrap()["options"][1]["value"], "BLUE");
    assert_eq!(
        find("hs_object_id").unwrap()["modificationMetadata"]["readOnlyValue"],
        true
    );
    assert_eq!(find("nothing"), None);
}

#[test]
fn outside_of_a_runtime_it_does_not_begin() {
    let mut starting = std::pin::pin!(Emulator::start());
    let polled = starting
        .as_mut()
        .poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
    assert!(matches!(polled, std::task::Poll::Ready(Err(_))));
}
