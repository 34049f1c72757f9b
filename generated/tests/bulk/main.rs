//! Many tickets against the emulator: what the client says became of each is what the server knows.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

mod answers;
mod loss;
#[cfg(target_os = "linux")]
mod memory;
mod operations;
mod settling;

use std::time::Duration;

use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::models::CreateTicket;
use hubspot_tickets_batch::runtime::RetryPolicy;

/// A client that does not wait long before it tries again.
fn client(url: &str, token: &str) -> Client {
    let impatient = RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(8));
    let builder = Client::builder().base_url(url).access_token(token).retry(impatient);
    builder.build().unwrap()
}

/// Tickets with a number each; every hundredth lacks what a ticket needs.
fn tickets(count: u64) -> impl Iterator<Item = CreateTicket> + Send {
    (0..count).map(|row| {
        let subject = if row % 100 == 99 {
            String::new()
        } else {
            format!("Subject of {row}")
        };
        CreateTicket::about(subject, "0", "1").property("row", row)
    })
}

/// A number from the environment.
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}
