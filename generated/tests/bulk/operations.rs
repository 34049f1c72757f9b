//! The operations that may be repeated, on a bad day: what they say became of each input is what the server has.

use std::collections::BTreeMap;

use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::bulk::{Failure, Outcome};
use hubspot_tickets_batch::emulator::{Emulator, Fault, Faults, StoredTicket};
use hubspot_tickets_batch::models::{
    CreateTicket, Properties, ReadTicketsRequest, RecordId, UpdateTicket, UpsertTicket,
};

use super::client;

const TICKETS: u64 = 3_000;

/// Everything that can go wrong with the connection and the answers, without inputs that are silently left out.
fn bad_day() -> Faults {
    Faults::bad_day(11).chance(Fault::Silent, 0.0).retry_after(0)
}

/// An emulator with tickets on a bad day, and a client of it.
async fn populated() -> (Emulator, Client) {
    let emulator = Emulator::builder().unique_property("row").start().await.unwrap();
    let client = client(&emulator.url(), emulator.token());
    let tickets = (0..TICKETS).map(|row| CreateTicket::about("Printer on fire", "0", "1").property("row", row));
    assert_eq!(client.batch().create_all(tickets).run().await.succeeded, TICKETS);
    emulator.set_faults(bad_day());
    (emulator, client)
}

/// The tickets by their row.
fn by_row(emulator: &Emulator) -> BTreeMap<u64, StoredTicket> {
    let rows = emulator
        .tickets()
        .into_iter()
        .map(|ticket| (ticket.property("row").unwrap().parse().unwrap(), ticket));
    rows.collect()
}

#[tokio::test]
async fn update_all_changes_what_it_says() {
    let (emulator, client) = populated().await;
    let ids: Vec<_> = emulator.tickets().iter().map(|ticket| ticket.id).collect();
    // Every tenth ticket does not exist.
    let inputs = ids.iter().enumerate().map(|(index, id)| {
        let id = if index % 10 == 9 {
            index.to_string()
        } else {
            id.to_string()
        };
        UpdateTicket::new(id, Properties::new()).property("hs_pipeline_stage", 4)
    });
    let records = client
        .batch()
        .update_all(inputs)
        .give_up_after(usize::MAX)
        .collect()
        .await;
    assert_eq!(records.len(), ids.len());
    let mut failed = 0;
    for (record, ticket) in records.iter().zip(emulator.tickets()) {
        let stage = ticket.property("hs_pipeline_stage").unwrap();
        match &record.outcome {
            Outcome::Succeeded(updated) => {
                assert_eq!(updated.id, ticket.id.to_string());
                assert_eq!(stage, "4");
            }
            Outcome::Failed(Failure::Reported(error)) => {
                assert_eq!(error.category.as_deref(), Some("OBJECT_NOT_FOUND"));
                assert_eq!((record.index % 10, stage), (9, "1"));
                failed += 1;
            }
            Outcome::Failed(other) => panic!("{other}"),
            Outcome::Unknown(_) => {}
            Outcome::NotSent(_) => assert_eq!(stage, "1"),
        }
    }
    assert!(failed > 0);
    let settled = records
        .iter()
        .filter(|record| !matches!(record.outcome, Outcome::Unknown(_)))
        .count();
    assert!(
        settled > records.len() * 9 / 10,
        "an update is repeated until it is known: {settled} settled"
    );
}

#[tokio::test]
async fn upsert_all_creates_each_row_once_however_often_it_is_run() {
    let (emulator, client) = populated().await;
    for _ in 0..2 {
        // As many again that do not exist yet.
        let inputs = (0..2 * TICKETS).map(|row| {
            let ticket = UpsertTicket::new(row.to_string(), Properties::new()).id_property("row");
            ticket
                .property("subject", "Printer is out")
                .property("hs_pipeline_stage", 2)
        });
        let mut outcomes = client.batch().upsert_all(inputs).give_up_after(usize::MAX).outcomes();
        let mut succeeded = Vec::new();
        while let Some(record) = outcomes.next().await {
            match record.outcome {
                Outcome::Succeeded(ticket) => succeeded.push((record.index, ticket.id)),
                Outcome::Failed(failure) => panic!("{failure}"),
                Outcome::Unknown(_) | Outcome::NotSent(_) => {}
            }
        }
        let truth = by_row(&emulator);
        for (row, id) in succeeded {
            assert_eq!(truth[&row].id.to_string(), id);
            assert_eq!(truth[&row].property("subject"), Some("Printer is out"));
        }
    }
    assert!(emulator.count_by("row").values().all(|&count| count == 1));
}

#[tokio::test]
async fn read_all_by_a_unique_property_gives_each_its_own() {
    let (_emulator, client) = populated().await;
    let rows = (0..2 * TICKETS).map(|row| RecordId::new(row.to_string()));
    let request = ReadTicketsRequest::new(Vec::new())
        .properties(vec!["row".to_owned()])
        .id_property("row");
    let bulk = client.batch().read_all(rows).request(&request);
    let mut outcomes = bulk.give_up_after(usize::MAX).outcomes();
    let mut read = 0;
    while let Some(record) = outcomes.next().await {
        match record.outcome {
            Outcome::Succeeded(ticket) => {
                assert_eq!(ticket.properties["row"].as_ref(), Some(&record.input.id));
                read += 1;
            }
            Outcome::Failed(_) => assert!(record.index >= TICKETS, "row {} exists", record.index),
            Outcome::Unknown(_) | Outcome::NotSent(_) => {}
        }
    }
    assert!(read > TICKETS * 9 / 10, "{read} read");
}

#[tokio::test]
async fn archive_all_archives_what_it_says() {
    let (emulator, client) = populated().await;
    let ids: Vec<_> = emulator
        .tickets()
        .iter()
        .map(|ticket| RecordId::new(ticket.id.to_string()))
        .collect();
    let records = client
        .batch()
        .archive_all(ids)
        .give_up_after(usize::MAX)
        .collect()
        .await;
    for (record, ticket) in records.iter().zip(emulator.tickets()) {
        match record.outcome {
            Outcome::Succeeded(()) => assert!(ticket.archived_at.is_some()),
            Outcome::Failed(_) | Outcome::NotSent(_) => assert_eq!(ticket.archived_at, None),
            Outcome::Unknown(_) => {}
        }
    }
    let archived = records
        .iter()
        .filter(|record| record.outcome.succeeded().is_some())
        .count();
    assert!(archived > records.len() * 9 / 10, "{archived} archived");
}
