//! Nothing is lost and nothing is doubled on a bad day.
//!
//! `BULK_TICKETS` sets the number of tickets. As many other schedules of faults as one likes are run by
//!
//! ```console
//! $ BULK_TICKETS=100000 BULK_SEEDS=50 cargo test -p hubspot-tickets-batch --features emulator --test bulk -- --ignored many_seeds
//! ```

use std::collections::BTreeMap;

use hubspot_tickets_batch::bulk::Outcome;
use hubspot_tickets_batch::emulator::{Emulator, Faults};

use super::{client, setting, tickets};

/// Creates tickets behind a schedule of faults, and compares the account of the client with the truth of the server.
async fn audit(seed: u64) {
    let count = setting("BULK_TICKETS", 100_000);
    let emulator = Emulator::builder()
        .property("row")
        .faults(Faults::bad_day(seed).retry_after(0))
        .start()
        .await
        .unwrap();
    let client = client(&emulator.url(), emulator.token());
    let mut outcomes = client
        .batch()
        .create_all(tickets(count))
        .give_up_after(usize::MAX)
        .outcomes();
    let mut created = BTreeMap::new();
    let mut not_created = Vec::new();
    let mut unknown = Vec::new();
    while let Some(record) = outcomes.next().await {
        let row = record.input.properties["row"].clone();
        assert_eq!(
            row,
            record.index.to_string(),
            "outcomes come in the order of the inputs"
        );
        match record.outcome {
            Outcome::Succeeded(ticket) => drop(created.insert(row, ticket.id)),
            Outcome::Failed(_) | Outcome::NotSent(_) => not_created.push(row),
            Outcome::Unknown(_) => unknown.push(row),
        }
    }
    let progress = outcomes.progress();
    println!("seed {seed}: {progress:?}, answers {:?}", emulator.answers());
    assert_eq!(
        created.len() + not_created.len() + unknown.len(),
        usize::try_from(count).unwrap(),
        "one outcome each"
    );
    assert_eq!(progress.done(), count);

    let mut truth = BTreeMap::<_, Vec<_>>::new();
    for ticket in emulator.tickets() {
        let row = ticket.property("row").unwrap().to_owned();
        truth.entry(row).or_default().push(ticket.id.to_string());
    }
    for (row, ids) in &truth {
        assert_eq!(ids.len(), 1, "row {row} was created more than once");
    }
    for (row, id) in &created {
        assert_eq!(
            truth.get(row),
            Some(&vec![id.clone()]),
            "row {row} is said to be ticket {id}"
        );
    }
    for row in &not_created {
        assert!(!truth.contains_key(row), "row {row} is said not to exist");
    }
    // Unknown is for what cannot be known. Most of a bad day can.
    assert!(unknown.len() < created.len() / 4, "{} unknown", unknown.len());
    let existing = unknown.iter().filter(|row| truth.contains_key(*row)).count();
    assert!(
        existing > 0 && existing < unknown.len(),
        "{existing} of {} unknown exist",
        unknown.len()
    );
}

#[tokio::test]
async fn first_seed() {
    audit(1).await;
}

#[tokio::test]
async fn second_seed() {
    audit(2).await;
}

#[tokio::test]
async fn third_seed() {
    audit(3).await;
}

#[tokio::test]
#[ignore = "as long as one likes: BULK_SEEDS says how many"]
async fn many_seeds() {
    for seed in 100..100 + setting("BULK_SEEDS", 20) {
        audit(seed).await;
    }
}
