//! Any number of tickets: inputs go in, exactly one outcome for each comes out.

use hubspot_tickets_batch::{Client, bulk::Outcome, models::CreateTicket};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(std::env::var("HUBSPOT_TOKEN")?)?;
    let tickets = (0..1000).map(|row| CreateTicket::about(format!("Printer {row} on fire"), "0", "1"));

    let mut outcomes = client.batch().create_all(tickets).concurrency(4).outcomes();
    while let Some(record) = outcomes.next().await {
        let row = record.index;
        match record.outcome {
            Outcome::Succeeded(ticket) => println!("{row} is ticket {}", ticket.id),
            Outcome::Failed(reason) => println!("{row} was refused: {reason}"),
            Outcome::Unknown(reason) => println!("{row} may exist, look before you send it again: {reason}"),
            Outcome::NotSent(reason) => println!("{row} does not exist, send it again: {reason}"),
        }
    }
    println!("{:?}", outcomes.progress());
    Ok(())
}
