//! What an answer proves: a server or something before it says things, and no ticket is called what it is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::bulk::{Failure, Outcome, Unknown};
use hubspot_tickets_batch::emulator::{Emulator, Fault, Faults};
use hubspot_tickets_batch::models::{
    CreateTicket, Properties, ReadTicketsRequest, RecordId, UpdateTicket, UpsertTicket,
};
use hubspot_tickets_batch::runtime::Body;
use hubspot_tickets_batch::runtime::RetryPolicy;
use hubspot_tickets_batch::runtime::transport::{Answer, Transport};

use super::client;

/// Something that gives every request the same answer, and counts them.
#[derive(Clone)]
struct Always {
    status: u16,
    kind: &'static str,
    body: &'static str,
    sent: Arc<AtomicUsize>,
}

impl Always {
    fn new(status: u16, kind: &'static str, body: &'static str) -> Self {
        let sent = Arc::default();
        Self {
            status,
            kind,
            body,
            sent,
        }
    }

    fn client(&self) -> Client {
        let impatient = RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(1));
        let builder = Client::builder().access_token("token").retry(impatient);
        builder.transport(self.clone()).build().unwrap()
    }

    fn sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }
}

impl Transport for Always {
    fn send(&self, _: http::Request<Option<Body>>) -> Answer<'_> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        let mut answer = http::Response::builder().status(self.status);
        if !self.kind.is_empty() {
            answer = answer.header("content-type", self.kind);
        }
        let answer = answer.body(Bytes::from(self.body).into()).unwrap();
        Box::pin(async move { Ok(answer) })
    }
}

const PAGE: &str = "<html><body><h1>404 Not Found</h1></body></html>";

fn tickets(count: u64) -> impl Iterator<Item = CreateTicket> {
    (0..count).map(|row| CreateTicket::about("Printer on fire", "0", "1").property("row", row))
}

#[tokio::test]
async fn a_create_that_was_acted_on_is_sent_once_whatever_5xx_hides_it() {
    for status in [500, 502, 503, 504, 520, 522, 524] {
        let server = Always::new(status, "text/html", PAGE);
        let progress = server.client().batch().create_all(tickets(100)).run().await;
        assert_eq!((progress.unknown, server.sent()), (100, 1), "{status}");
    }
    let emulator = Emulator::builder()
        .property("row")
        .faults(Faults::seeded(3).chance(Fault::ErrorAfter, 1.0).retry_after(0))
        .start()
        .await
        .unwrap();
    let client = client(&emulator.url(), emulator.token());
    let run = client.batch().create_all(tickets(64)).batch_size(1);
    let records = run.give_up_after(usize::MAX).collect().await;
    let mut statuses: Vec<_> = records
        .iter()
        .filter_map(|record| match &record.outcome {
            Outcome::Unknown(Unknown::Call(error)) => error.status().map(|status| status.as_u16()),
            other => panic!("{other:?}"),
        })
        .collect();
    statuses.sort_unstable();
    statuses.dedup();
    assert_eq!(statuses, [500, 502, 503, 504]);
    assert!(emulator.count_by("row").values().all(|&count| count == 1));
    assert_eq!((emulator.tickets().len(), emulator.requests()), (64, 64));
}

#[tokio::test]
async fn what_hubspot_promises_is_sent_again() {
    for status in [429, 477, 521, 523, 525, 526] {
        let server = Always::new(status, "", "");
        let progress = server.client().batch().create_all(tickets(100)).run().await;
        assert_eq!((progress.not_sent, server.sent()), (100, 4), "{status}");
    }
}

#[tokio::test]
async fn a_refusal_that_is_not_the_apis_fails_no_ticket_and_storms_nothing() {
    let foreign = [
        ("text/html", PAGE),
        ("", ""),
        ("application/json", "{}"),
        ("application/json", "[]"),
        ("application/json", "null"),
        ("application/json", r#"{"error":"Not Found","path":"/crm/v3"}"#),
        ("application/json", r#"[{"message":"no"}]"#),
        ("application/json", r#"{"message":null}"#),
        ("application/json", r#"{"message":"cut"#),
        ("application/json", r#"{"message":"bad gateway"}"#),
        ("application/json", r#"{"message":"bad gateway","request_id":"1"}"#),
        ("application/json", r#"{"message":"bad gateway","status":502}"#),
        ("text/html", r#"{"message":"no"}"#),
    ];
    for status in [400, 401, 403, 404, 409, 413, 422] {
        for (kind, body) in foreign {
            let server = Always::new(status, kind, body);
            let run = server.client().batch().create_all(tickets(3_000));
            let progress = run.concurrency(2).give_up_after(3).run().await;
            assert_eq!((progress.failed, progress.not_sent), (0, 3_000), "{status} {body}");
            assert!(server.sent() <= 4 * 4, "{status} {body}: {} requests", server.sent());
        }
        let server = Always::new(status, "", r#"{"message":"no","category":"VALIDATION_ERROR"}"#);
        let progress = server.client().batch().create_all(tickets(2)).run().await;
        let expected = if [401, 403].contains(&status) { (0, 1) } else { (2, 3) };
        assert_eq!((progress.failed, server.sent()), expected, "{status}");
    }
}

#[tokio::test]
async fn archive_all_believes_nothing_but_the_described_success() {
    let errors = r#"{"status":"COMPLETE","numErrors":1,"errors":[{"message":"no","context":{"ids":["1"]}}]}"#;
    for (status, kind, body) in [
        (200, "text/html", PAGE),
        (200, "", ""),
        (200, "application/json", "{}"),
        (202, "", ""),
        (207, "application/json", errors),
        (200, "application/json", errors),
    ] {
        let server = Always::new(status, kind, body);
        let inputs = (0..300).map(|id: u32| RecordId::new(id.to_string()));
        let records = server.client().batch().archive_all(inputs).collect().await;
        assert!(
            records
                .iter()
                .all(|record| matches!(record.outcome, Outcome::Unknown(Unknown::Unproven(seen)) if seen == status)),
            "{status} {body}"
        );
    }
    let server = Always::new(204, "", "");
    let inputs = (0..300).map(|id: u32| RecordId::new(id.to_string()));
    assert_eq!(server.client().batch().archive_all(inputs).run().await.succeeded, 300);
}

/// An emulator with tickets, and their rows' ids.
async fn populated() -> (Emulator, Client) {
    let emulator = Emulator::builder().unique_property("row").start().await.unwrap();
    let client = client(&emulator.url(), emulator.token());
    assert_eq!(client.batch().create_all(tickets(250)).run().await.succeeded, 250);
    (emulator, client)
}

#[tokio::test]
async fn read_all_by_a_property_needs_nothing_but_its_name() {
    let (_emulator, client) = populated().await;
    let request = ReadTicketsRequest::new(Vec::new()).id_property("row");
    for request in [request.clone(), request.properties(vec!["subject".to_owned()])] {
        let inputs = (0..300).rev().map(|row: u32| RecordId::new(row.to_string()));
        let records = client.batch().read_all(inputs).request(&request).collect().await;
        for record in records {
            match record.outcome {
                Outcome::Succeeded(ticket) => assert_eq!(ticket.properties["row"].as_ref(), Some(&record.input.id)),
                Outcome::Failed(Failure::Reported(_)) => assert!(record.index < 50, "{}", record.index),
                other => panic!("{}: {other:?}", record.input.id),
            }
        }
    }
}

#[tokio::test]
async fn update_all_and_upsert_all_match_by_a_property_where_the_trace_is_not_repeated() {
    let (emulator, client) = populated().await;
    emulator.set_faults(
        Faults::seeded(1)
            .chance(Fault::WithoutTraceIds, 1.0)
            .chance(Fault::Shuffled, 1.0),
    );
    let ids: Vec<_> = emulator.tickets().iter().map(|ticket| ticket.id.to_string()).collect();
    // Every other input by its own id.
    let inputs = (0..250).map(|row: u32| {
        let update = if row.is_multiple_of(2) {
            UpdateTicket::new(row.to_string(), Properties::new()).id_property("row")
        } else {
            let ticket = emulator
                .tickets()
                .into_iter()
                .find(|ticket| ticket.property("row") == Some(&row.to_string()));
            UpdateTicket::new(ticket.unwrap().id.to_string(), Properties::new())
        };
        update.property("hs_pipeline_stage", 2)
    });
    let inputs: Vec<_> = inputs.collect();
    let records = client.batch().update_all(inputs).collect().await;
    for record in &records {
        let ticket = record.outcome.succeeded().unwrap();
        assert_eq!(ticket.properties["row"].as_ref(), Some(&record.index.to_string()));
    }
    let inputs = (0..250).map(|row: u32| {
        let upsert = UpsertTicket::new(row.to_string(), Properties::new()).id_property("row");
        upsert.property("hs_pipeline_stage", 3)
    });
    let records = client.batch().upsert_all(inputs).collect().await;
    for record in &records {
        let ticket = record.outcome.succeeded().unwrap();
        assert_eq!(ticket.properties["row"].as_ref(), Some(&record.input.id));
        assert!(ids.contains(&ticket.id));
    }
}
