//! `create_all` next to a bare `reqwest` loop that sends the same requests and decodes the same answers, on loopback.
//!
//! `cargo bench --bench bulk` prints the seconds of both and their ratio. The emulator runs on a thread of its own.

#![expect(clippy::unwrap_used, reason = "a measurement ends where it cannot go on")]

use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};
use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::emulator::Emulator;
use hubspot_tickets_batch::models::{CreateTicket, CreateTicketsRequest, TicketBatch};

const TICKETS: usize = 50_000;
const BATCH: usize = 100;
const CONCURRENCY: usize = 4;
const ROUNDS: usize = 5;

fn tickets() -> impl Iterator<Item = CreateTicket> + Send {
    (0..TICKETS).map(|row| {
        CreateTicket::about(format!("Subject of {row}"), "0", "1")
            .property("hs_ticket_priority", "HIGH")
            .property("content", "The printer began to smoke, and then it burned.")
            .object_write_trace_id(row.to_string())
    })
}

async fn create_all(client: &Client) -> Duration {
    let started = Instant::now();
    let progress = client
        .batch()
        .create_all(tickets())
        .concurrency(CONCURRENCY)
        .run()
        .await;
    assert_eq!(progress.succeeded, TICKETS as u64, "{progress:?}");
    started.elapsed()
}

/// What one would write by hand who expects nothing to go wrong.
async fn bare(client: &reqwest::Client, url: &str, token: &str) -> Duration {
    let started = Instant::now();
    let mut rest = tickets();
    let requests = std::iter::from_fn(|| {
        let inputs: Vec<_> = rest.by_ref().take(BATCH).collect();
        (!inputs.is_empty()).then(|| CreateTicketsRequest::new(inputs))
    });
    let sent = stream::iter(requests).map(|body| async move {
        let url = format!("{url}/crm/v3/objects/tickets/batch/create");
        let request = client
            .post(url)
            .bearer_auth(token)
            .header("content-type", "application/json");
        let response = request.body(serde_json::to_vec(&body).unwrap()).send().await.unwrap();
        let batch: TicketBatch = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
        batch.results.len()
    });
    let created: usize = sent
        .buffer_unordered(CONCURRENCY)
        .fold(0, |sum, count| async move { sum + count })
        .await;
    assert_eq!(created, TICKETS);
    started.elapsed()
}

/// An emulator on a thread of its own, so that its work is not counted as the client's.
fn emulator() -> (String, String) {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let emulator = Emulator::start().await.unwrap();
            sender.send((emulator.url(), emulator.token().to_owned())).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receiver.recv().unwrap()
}

fn main() {
    let (url, token) = emulator();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let client = Client::builder()
            .base_url(&url)
            .access_token(token.as_str())
            .build()
            .unwrap();
        let plain = reqwest::Client::new();
        let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            theirs = theirs.min(bare(&plain, &url, &token).await);
            ours = ours.min(create_all(&client).await);
        }
        let (ours, theirs) = (ours.as_secs_f64(), theirs.as_secs_f64());
        println!("{TICKETS} tickets, best of {ROUNDS}: create_all {ours:.2} s, bare loop {theirs:.2} s");
        println!("ratio {:.2}", ours / theirs);
    });
}
