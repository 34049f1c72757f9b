//! Inputs whose outcome is unknown are settled by looking for them.

use hubspot_tickets_batch::bulk::Outcome;
use hubspot_tickets_batch::emulator::{Emulator, Fault, Faults};
use hubspot_tickets_batch::models::CreateTicket;
use hubspot_tickets_batch::tickets::{Existence, exists_by};

use super::client;

#[tokio::test]
async fn a_look_tells_which_unknown_creates_happened() {
    let faults = Faults::script([vec![Fault::ResetAfter], vec![Fault::ResetBefore], vec![]]);
    let emulator = Emulator::builder()
        .unique_property("row")
        .faults(faults)
        .start()
        .await
        .unwrap();
    let client = client(&emulator.url(), emulator.token());
    let tickets = (0..250).map(|row| CreateTicket::about("Printer on fire", "0", "1").property("row", row));
    let records = client.batch().create_all(tickets).concurrency(1).collect().await;
    let unknown: Vec<_> = records
        .iter()
        .filter(|record| matches!(record.outcome, Outcome::Unknown(_)))
        .map(|record| record.input.properties["row"].clone())
        .collect();
    assert_eq!(unknown, (0..200).map(|row| row.to_string()).collect::<Vec<_>>());

    let answers = exists_by(&client, "row", unknown).await;
    for (index, (row, existence)) in answers.iter().enumerate() {
        assert_eq!(row, &index.to_string());
        match existence {
            Existence::Exists(ticket) => {
                assert!(index < 100, "row {row} was never created");
                assert_eq!(ticket.properties["row"].as_ref(), Some(row));
            }
            Existence::Absent => assert!(index >= 100, "row {row} was created"),
            other => panic!("row {row}: {other:?}"),
        }
    }
}
