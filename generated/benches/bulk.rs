//! `create_all` next to a bare `reqwest` loop that sends the same requests and decodes the same answers, on loopback.
//!
//! `cargo bench --bench bulk` prints the median seconds of both in runs that alternate, and what part of the bare loop's
//! throughput `create_all` has; at least 0.95 is wanted. The emulator runs on a thread of its own.

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

async fn create_all(client: &Client) {
    let progress = client
        .batch()
        .create_all(tickets())
        .concurrency(CONCURRENCY)
        .run()
        .await;
    assert_eq!(progress.succeeded, TICKETS as u64, "{progress:?}");
}

/// What one would write by hand who expects nothing to go wrong.
async fn bare(client: &reqwest::Client, url: &str, token: &str) {
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
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        // The first round warms everything up, and each side goes first as often as the other.
        for round in 0..=ROUNDS {
            let (our, their) = if round % 2 == 0 {
                let our = measured(create_all(&client)).await;
                (our, measured(bare(&plain, &url, &token)).await)
            } else {
                let their = measured(bare(&plain, &url, &token)).await;
                (measured(create_all(&client)).await, their)
            };
            if round > 0 {
                ours.push(our);
                theirs.push(their);
            }
        }
        for (what, of) in [("elapsed", elapsed as fn(&Cost) -> f64), ("of this thread's work", work)] {
            let (ours, theirs): (Vec<_>, Vec<_>) = (ours.iter().map(of).collect(), theirs.iter().map(of).collect());
            println!("seconds {what}: create_all {ours:.2?}, bare loop {theirs:.2?}");
            let (ours, theirs) = (median(ours), median(theirs));
            println!(
                "{TICKETS} tickets, medians of {ROUNDS}: create_all {ours:.2} s, bare loop {theirs:.2} s, {:.2} of its throughput",
                theirs / ours
            );
        }
    });
}

/// What a run took.
struct Cost {
    elapsed: Duration,
    /// What the processor did for this thread, which does not depend on what else the machine has to do.
    work: Duration,
}

fn elapsed(cost: &Cost) -> f64 {
    cost.elapsed.as_secs_f64()
}

fn work(cost: &Cost) -> f64 {
    cost.work.as_secs_f64()
}

async fn measured(run: impl Future<Output = ()>) -> Cost {
    let (started, before) = (Instant::now(), worked());
    run.await;
    Cost {
        elapsed: started.elapsed(),
        work: worked().saturating_sub(before),
    }
}

/// For how long this thread has had a processor, where the system is one that tells (Linux).
fn worked() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|text| text.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}
