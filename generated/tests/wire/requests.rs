//! What is sent.

use hubspot_tickets_batch::models::{
    ArchiveTicketsRequest, AssociationCategory, CreateTicket, CreateTicketsRequest, Properties, ReadTicketsRequest,
    RecordId, UpdateTicket, UpdateTicketsRequest, UpsertTicket, UpsertTicketsRequest,
};
use hubspot_tickets_batch::tickets::AssociationKind;
use serde_json::{Value, json};

use super::recorder::{Recorded, Recorder, answer_with, json as json_answer};
use super::{TOKEN, client};

fn batch() -> Value {
    json!({ "startedAt": "2026-03-01T10:00:00Z", "completedAt": "2026-03-01T10:00:00Z", "results": [] })
}

fn body(request: &Recorded) -> Value {
    serde_json::from_str(&request.body).unwrap()
}

#[tokio::test]
async fn create_sends_properties_associations_and_the_trace_id() {
    let recorder = Recorder::answering([json_answer(201, &batch())]).await;
    let ticket = CreateTicket::new([("subject", "Printer on fire")])
        .associations(vec![AssociationKind::CONTACT.to("4711")])
        .object_write_trace_id("row-1");
    client(&recorder)
        .batch()
        .create(&CreateTicketsRequest::new(vec![ticket]))
        .await
        .unwrap();

    let request = recorder.request();
    assert_eq!(request.line, "POST /crm/v3/objects/tickets/batch/create HTTP/1.1");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(
        body(&request),
        json!({
            "inputs": [{
                "properties": { "subject": "Printer on fire" },
                "associations": [{
                    "to": { "id": "4711" },
                    "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 16 }],
                }],
                "objectWriteTraceId": "row-1",
            }],
        })
    );
}

#[tokio::test]
async fn the_token_is_in_the_authorization_header_and_nowhere_else() {
    let recorder = Recorder::answering([json_answer(201, &batch())]).await;
    let client = client(&recorder);
    client
        .batch()
        .create(&CreateTicketsRequest::new(Vec::new()))
        .await
        .unwrap();

    let request = recorder.request();
    assert_eq!(
        request.header("authorization"),
        Some(format!("Bearer {TOKEN}").as_str())
    );
    assert_eq!(request.raw().matches(TOKEN).count(), 1);
    assert!(!format!("{client:?} {client:#?}").contains(TOKEN));
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    let recorder = Recorder::answering([json_answer(201, &batch())]).await;
    let ticket = CreateTicket::new(Properties::new());
    client(&recorder)
        .batch()
        .create(&CreateTicketsRequest::new(vec![ticket]))
        .await
        .unwrap();
    assert_eq!(body(&recorder.request()), json!({ "inputs": [{ "properties": {} }] }));
}

#[tokio::test]
async fn an_association_category_of_tomorrow_is_sent_as_it_is() {
    let recorder = Recorder::answering([json_answer(201, &batch())]).await;
    let mut association = AssociationKind::defined_by_user(7).to("1");
    association.types[0].association_category = AssociationCategory::from("PARTNER_DEFINED");
    let ticket = CreateTicket::new(Properties::new()).associations(vec![association]);
    client(&recorder)
        .batch()
        .create(&CreateTicketsRequest::new(vec![ticket]))
        .await
        .unwrap();
    let sent = body(&recorder.request());
    assert_eq!(
        sent["inputs"][0]["associations"][0]["types"][0]["associationCategory"],
        "PARTNER_DEFINED"
    );
}

#[tokio::test]
async fn read_sends_its_query_parameter_only_when_it_is_set() {
    let recorder = Recorder::answering([json_answer(200, &batch()), json_answer(200, &batch())]).await;
    let client = client(&recorder);
    let input = ReadTicketsRequest::new(vec![RecordId::new("r-1")])
        .properties(vec!["subject".to_owned()])
        .properties_with_history(vec!["hs_pipeline_stage".to_owned()])
        .id_property("row");
    client.batch().read(&input).await.unwrap();
    client.batch().read(&input).archived(true).await.unwrap();

    let requests = recorder.requests();
    assert_eq!(requests[0].line, "POST /crm/v3/objects/tickets/batch/read HTTP/1.1");
    assert_eq!(
        requests[1].line,
        "POST /crm/v3/objects/tickets/batch/read?archived=true HTTP/1.1"
    );
    assert_eq!(
        body(&requests[0]),
        json!({
            "inputs": [{ "id": "r-1" }],
            "properties": ["subject"],
            "propertiesWithHistory": ["hs_pipeline_stage"],
            "idProperty": "row",
        })
    );
}

#[tokio::test]
async fn update_upsert_and_archive_have_their_own_paths_and_bodies() {
    let recorder = Recorder::answering([
        json_answer(200, &batch()),
        json_answer(200, &batch()),
        answer_with(204, None, ""),
    ])
    .await;
    let client = client(&recorder);
    let update = UpdateTicket::new("512", Properties::new())
        .property("hs_pipeline_stage", 4)
        .clear("content");
    client
        .batch()
        .update(&UpdateTicketsRequest::new(vec![update]))
        .await
        .unwrap();
    let upsert = UpsertTicket::new("r-1", Properties::new())
        .id_property("row")
        .object_write_trace_id("t");
    client
        .batch()
        .upsert(&UpsertTicketsRequest::new(vec![upsert]))
        .await
        .unwrap();
    client
        .batch()
        .archive(&ArchiveTicketsRequest::new(vec![RecordId::new("512")]))
        .await
        .unwrap();

    let sent: Vec<_> = recorder
        .requests()
        .iter()
        .map(|request| (request.line.clone(), body(request)))
        .collect();
    let line = |operation: &str| format!("POST /crm/v3/objects/tickets/batch/{operation} HTTP/1.1");
    let update = json!({ "id": "512", "properties": { "hs_pipeline_stage": "4", "content": "" } });
    let upsert = json!({ "id": "r-1", "properties": {}, "idProperty": "row", "objectWriteTraceId": "t" });
    assert_eq!(
        sent,
        [
            (line("update"), json!({ "inputs": [update] })),
            (line("upsert"), json!({ "inputs": [upsert] })),
            (line("archive"), json!({ "inputs": [{ "id": "512" }] })),
        ]
    );
}
