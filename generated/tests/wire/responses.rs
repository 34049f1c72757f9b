//! What comes back when it went well, or well in part.

use hubspot_tickets_batch::api::batch::{CreateResponse, UpsertResponse};
use hubspot_tickets_batch::models::{BatchStatus, CreateTicketsRequest, UpsertTicketsRequest};
use serde_json::{Value, json};

use super::client;
use super::recorder::{Recorder, answer_with, json as json_answer};

/// The answer to a create.
async fn created(status: u16, body: &Value) -> CreateResponse {
    let recorder = Recorder::answering([json_answer(status, body)]).await;
    client(&recorder)
        .batch()
        .create(&CreateTicketsRequest::new(Vec::new()))
        .await
        .unwrap()
}

/// A body with the members that the server always sends, and whatever else is given.
fn batch(more: &Value) -> Value {
    let mut body = json!({
        "completedAt": "2026-03-01T10:00:02.25Z",
        "startedAt": "2026-03-01T10:00:01Z",
        "results": [{
            "id": "88001",
            "archived": false,
            "createdAt": "2026-03-01T10:00:01.125Z",
            "updatedAt": "2026-03-01T10:00:02Z",
            "properties": { "subject": "Printer on fire", "content": null },
        }],
    });
    for (member, value) in more.as_object().unwrap() {
        body[member] = value.clone();
    }
    body
}

fn errors() -> Value {
    json!({ "numErrors": 2, "errors": [
        {
            "status": "error",
            "category": "VALIDATION_ERROR",
            "subCategory": "crm.MISSING",
            "message": "A value is missing",
            "context": { "objectWriteTraceId": ["row-2", "row-3"] },
        },
        { "message": "Something else" },
    ] })
}

#[tokio::test]
async fn a_batch_without_a_status() {
    let CreateResponse::Created(batch) = created(
        201,
        &batch(&json!({ "links": {}, "requestedAt": "2026-03-01T10:00:00Z" })),
    )
    .await
    else {
        panic!("not a 201")
    };
    assert_eq!(batch.status, None);
    assert_eq!(batch.completed_at.to_string(), "2026-03-01T10:00:02.25Z");
    assert_eq!(batch.started_at.to_string(), "2026-03-01T10:00:01Z");
    let ticket = &batch.results[0];
    assert_eq!(ticket.id, "88001");
    assert_eq!(ticket.properties["subject"].as_deref(), Some("Printer on fire"));
    assert_eq!(ticket.properties["content"], None);
}

#[tokio::test]
async fn a_batch_with_a_status_known_or_not() {
    for (text, expected) in [
        ("COMPLETE", BatchStatus::Complete),
        ("PENDING", BatchStatus::Pending),
        ("RESTING", BatchStatus::Unknown("RESTING".to_owned())),
    ] {
        let CreateResponse::Created(batch) = created(201, &batch(&json!({ "status": text }))).await else {
            panic!("not a 201")
        };
        assert_eq!(batch.status, Some(expected));
    }
}

#[tokio::test]
async fn a_207_is_another_variant_with_its_errors() {
    let CreateResponse::MultiStatus(batch) = created(207, &batch(&errors())).await else {
        panic!("not a 207")
    };
    assert_eq!(batch.num_errors, Some(2));
    let [first, second] = batch.errors.as_deref().unwrap() else {
        panic!("not two errors")
    };
    assert_eq!(
        first.context.as_ref().unwrap()["objectWriteTraceId"],
        ["row-2", "row-3"]
    );
    assert_eq!(first.errors, None);
    assert_eq!(second.message, "Something else");
}

#[tokio::test]
async fn a_success_of_another_status_keeps_its_results_and_errors() {
    let CreateResponse::Undeclared(status, batch) = created(200, &batch(&errors())).await else {
        panic!("not undeclared")
    };
    assert_eq!(status.as_u16(), 200);
    assert_eq!(batch.results[0].id, "88001");
    assert_eq!(batch.errors.unwrap().len(), 2);
}

#[tokio::test]
async fn a_silent_success_is_a_success_without_results() {
    let CreateResponse::Created(batch) = created(201, &batch(&json!({ "results": [], "errors": [] }))).await else {
        panic!("not a 201")
    };
    assert_eq!(batch.results, []);
}

#[tokio::test]
async fn nulls_and_members_of_tomorrow_are_taken_and_kept() {
    let mut body = batch(&json!({ "requestedAt": null, "mood": "good" }));
    body["results"][0]["archivedAt"] = Value::Null;
    body["results"][0]["objectWriteTraceId"] = Value::Null;
    body["results"][0]["colour"] = json!("red");
    let CreateResponse::Created(batch) = created(201, &body).await else {
        panic!("not a 201")
    };
    assert_eq!(batch.additional_properties["mood"], "good");
    assert_eq!(batch.results[0].additional_properties["colour"], "red");
    assert_eq!(serde_json::to_value(&batch).unwrap(), body);
}

#[tokio::test]
async fn an_upsert_says_what_is_new() {
    let mut body = batch(&json!({}));
    body["results"][0]["new"] = json!(true);
    let recorder = Recorder::answering([json_answer(200, &body)]).await;
    let answer = client(&recorder)
        .batch()
        .upsert(&UpsertTicketsRequest::new(Vec::new()))
        .await
        .unwrap();
    let UpsertResponse::Ok(batch) = answer else {
        panic!("not a 200")
    };
    assert!(batch.results[0].new);
}

#[tokio::test]
async fn an_archive_answers_with_nothing() {
    let recorder = Recorder::answering([answer_with(204, None, "")]).await;
    let inputs = hubspot_tickets_batch::models::ArchiveTicketsRequest::new(Vec::new());
    client(&recorder).batch().archive(&inputs).await.unwrap();
}
