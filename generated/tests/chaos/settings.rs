//! Settings that nobody would choose, and some that somebody will: whatever number it is, the run does what it can do with
//! it, and comes to its end.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::api::batch::CreateAll;
use hubspot_tickets_batch::bulk::{Bulk, NotSent, Outcome, Source};
use hubspot_tickets_batch::prelude::ClientBuilder;
use hubspot_tickets_batch::runtime::Limiter;
use tokio::time::{Instant, sleep, timeout};

use crate::desk::Operation;
use crate::futurelock::tickets;
use crate::server::{Server, token};
use crate::virtual_time;
use crate::weather::Weather;

const INPUTS: u64 = 230;

type OfBulk = fn(Bulk<'static, CreateAll>) -> Bulk<'static, CreateAll>;
type OfClient = fn(ClientBuilder) -> ClientBuilder;

const OF_BULK: &[(&str, OfBulk)] = &[
    ("concurrency of the largest number", |bulk| bulk.concurrency(usize::MAX)),
    ("concurrency of the largest number, unordered", |bulk| {
        bulk.concurrency(usize::MAX).unordered()
    }),
    ("concurrency of half the largest number", |bulk| {
        bulk.concurrency(usize::MAX / 2)
    }),
    ("concurrency of a quarter of the largest number", |bulk| {
        bulk.concurrency(usize::MAX / 4 + 1)
    }),
    ("concurrency 0", |bulk| bulk.concurrency(0)),
    ("batches of 0", |bulk| bulk.batch_size(0)),
    ("batches of the largest number", |bulk| bulk.batch_size(usize::MAX)),
    ("giving up after 0", |bulk| bulk.give_up_after(0)),
    ("giving up after the largest number", |bulk| {
        bulk.give_up_after(usize::MAX)
    }),
    ("lingering for ever", |bulk| bulk.linger(Duration::MAX)),
    ("not lingering", |bulk| bulk.linger(Duration::ZERO)),
    ("no splits", |bulk| bulk.splits(0)),
    ("any number of splits", |bulk| bulk.splits(usize::MAX)),
    ("no correlation prefix", |bulk| bulk.correlation_prefix("")),
];

const OF_CLIENT: &[(&str, OfClient)] = &[
    ("attempts that may take for ever", |client| {
        client.attempt_timeout(Duration::MAX)
    }),
    ("calls that may take for ever", |client| client.timeout(Duration::MAX)),
    ("connecting may take for ever", |client| {
        client.connect_timeout(Duration::MAX)
    }),
    ("0 at once", |client| client.limiter(Limiter::new(0))),
    ("the largest number at once", |client| {
        client.limiter(Limiter::new(usize::MAX))
    }),
    ("0 per nothing", |client| client.max_requests(0, Duration::ZERO)),
    ("1 per nothing", |client| client.max_requests(1, Duration::ZERO)),
    ("the largest number in all time", |client| {
        client.max_requests(u32::MAX, Duration::MAX)
    }),
    ("0 attempts", |client| client.max_attempts(0)),
    ("the largest number of attempts", |client| client.max_attempts(u32::MAX)),
];

/// Inputs that come ten by ten, with pauses.
fn source() -> Source<'static, hubspot_tickets_batch::models::CreateTicket> {
    let inputs = stream::iter(tickets(INPUTS).enumerate());
    Source::stream(inputs.then(|(index, ticket)| async move {
        if index % 10 == 0 {
            sleep(Duration::from_millis(700)).await;
        }
        ticket
    }))
}

async fn create_all(of_client: OfClient, of_bulk: OfBulk) -> String {
    let server = Server::start(Weather::new(1, 0), Operation::Create).await;
    let builder = Client::builder().base_url(&server.url).access_token(token(0));
    let client = of_client(builder).build().unwrap();
    let run = of_bulk(client.batch().create_all(source())).run();
    match timeout(Duration::from_hours(10), run).await {
        Err(_) => "it hangs".to_owned(),
        Ok(progress) if progress.succeeded == INPUTS => String::new(),
        Ok(progress) => format!("{progress:?}"),
    }
}

/// Tries each with virtual time of its own: a panic of one hides no other.
fn try_all<T: Copy + 'static>(settings: &[(&str, T)], run: fn(T) -> String) {
    let tried = settings.iter().map(|&(name, setting)| {
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(setting)));
        (name, result.unwrap_or_else(|_| "it panics".to_owned()))
    });
    let failures: Vec<_> = tried.filter(|(_, failure)| !failure.is_empty()).collect();
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn any_setting_of_a_run() {
    try_all(OF_BULK, |setting| {
        virtual_time::run(create_all(|client| client, setting))
    });
}

#[test]
fn any_setting_of_a_client() {
    try_all(OF_CLIENT, |setting| virtual_time::run(create_all(setting, |bulk| bulk)));
}

/// A limiter whose window is longer than a call may take.
fn limited(server: &Server) -> Client {
    let limiter = Limiter::default().per_window(2, Duration::from_mins(10));
    let builder = Client::builder()
        .base_url(&server.url)
        .access_token(token(0))
        .limiter(limiter);
    builder.build().unwrap()
}

#[test]
fn a_run_waits_for_its_limiter() {
    virtual_time::run(async {
        let server = Server::start(Weather::new(1, 0), Operation::Create).await;
        let started = Instant::now();
        let progress = limited(&server)
            .batch()
            .create_all(tickets(60))
            .batch_size(10)
            .run()
            .await;
        assert_eq!(progress.succeeded, 60, "{progress:?}");
        let took = started.elapsed();
        assert!(
            took >= Duration::from_mins(20) && took < Duration::from_mins(30),
            "{took:?}"
        );
    });
}

#[test]
fn a_run_that_waits_for_its_limiter_stops_at_once() {
    virtual_time::run(async {
        let server = Server::start(Weather::new(1, 0), Operation::Create).await;
        let client = limited(&server);
        let started = Instant::now();
        let bulk = client.batch().create_all(tickets(60)).batch_size(10).concurrency(4);
        let records = bulk.stop(sleep(Duration::from_secs(30))).collect().await;
        assert!(started.elapsed() < Duration::from_secs(40), "{:?}", started.elapsed());
        let (sent, rest) = records.split_at(20);
        assert!(sent.iter().all(|record| record.outcome.succeeded().is_some()));
        for record in rest {
            assert!(
                matches!(record.outcome, Outcome::NotSent(NotSent::Stopped)),
                "{record:?}"
            );
        }
        sleep(Duration::from_hours(1)).await;
        assert_eq!(server.state().ledger.arrivals.len(), 2);
    });
}
