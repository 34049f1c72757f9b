//! A hook that panics costs its own batch an error and nothing else: the others succeed, nobody hangs, and what is said of
//! the batch is true.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use futures_util::FutureExt;
use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::bulk::Outcome;
use hubspot_tickets_batch::models::{ReadTicketsRequest, RecordId};
use hubspot_tickets_batch::runtime::Limiter;
use tokio::time::timeout;

use crate::desk::Operation;
use crate::futurelock::{look, tickets};
use crate::server::{Server, token};
use crate::virtual_time;
use crate::weather::Weather;

const INPUTS: u64 = 60;
const BATCH: usize = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hook {
    BeforeAttempt,
    AfterAttempt,
    BeforeBatch,
    EachCall,
    Progress,
}

/// What panics the third time that it is called, and is called how often it likes.
#[derive(Clone, Default)]
struct Bomb(Arc<AtomicUsize>);

impl Bomb {
    fn tick(&self) {
        assert!(self.0.fetch_add(1, Relaxed) != 2, "this is what the test is about");
    }
}

async fn run(hook: Hook) {
    let server = Server::start(Weather::new(1, 0), Operation::Create).await;
    let bomb = Bomb::default();
    let ticking = |on| {
        let bomb = bomb.clone();
        move || {
            if hook == on {
                bomb.tick();
            }
        }
    };
    let (before, after) = (ticking(Hook::BeforeAttempt), ticking(Hook::AfterAttempt));
    let builder = Client::builder().base_url(&server.url).limiter(Limiter::new(2));
    let builder = builder
        .access_token(token(0))
        .before_attempt(move |_| before())
        .after_attempt(move |_, _| after());
    let client = builder.build().unwrap();
    let (batch, call, progress) = (
        ticking(Hook::BeforeBatch),
        ticking(Hook::EachCall),
        ticking(Hook::Progress),
    );
    let bulk = client
        .batch()
        .create_all(tickets(INPUTS))
        .batch_size(BATCH)
        .concurrency(3);
    let bulk = bulk.before_batch(move |_| {
        batch();
        Ok(())
    });
    let bulk = bulk.progress(move |_| progress()).each_call(move |each| {
        call();
        each
    });
    let mut outcomes = bulk.outcomes();
    let (mut records, mut spoilt) = (0, Vec::new());
    while let Some(record) = outcomes.next().await {
        assert_eq!(record.index, records, "each has an outcome, in its turn");
        records += 1;
        let deeds = server.state().ledger.deeds.get(&record.index).map_or(0, Vec::len);
        match record.outcome {
            Outcome::Succeeded(_) => assert_eq!(deeds, 1, "input {} succeeded", record.index),
            Outcome::Unknown(_) => spoilt.push(record.index),
            Outcome::Failed(_) | Outcome::NotSent(_) => {
                assert_eq!(deeds, 0, "input {} was not acted on", record.index);
                spoilt.push(record.index);
            }
        }
    }
    assert_eq!(records, INPUTS);
    // Where inputs cannot be written down before they are sent, no more are sent.
    if hook != Hook::BeforeBatch {
        assert!(
            spoilt.len() <= BATCH,
            "{} inputs did not succeed: {spoilt:?}",
            spoilt.len()
        );
        look(&client).await.unwrap();
    }
}

fn try_hook(hook: Hook) {
    virtual_time::run(async {
        let run = AssertUnwindSafe(run(hook)).catch_unwind();
        let ended = timeout(Duration::from_hours(1), run).await;
        let returned = ended.expect("the run comes to its end");
        assert!(
            returned.is_ok(),
            "the receiver got the panic of the hook, or what it says above"
        );
    });
}

#[test]
fn one_before_an_attempt_panics() {
    try_hook(Hook::BeforeAttempt);
}

#[test]
fn one_after_an_attempt_panics() {
    try_hook(Hook::AfterAttempt);
}

#[test]
fn one_before_a_batch_panics() {
    try_hook(Hook::BeforeBatch);
}

#[test]
fn one_that_changes_calls_panics() {
    try_hook(Hook::EachCall);
}

#[test]
fn one_for_progress_panics() {
    try_hook(Hook::Progress);
}

/// Whatever the caller of a single call sees of a panic, those who come after it have their turns.
#[test]
fn a_call_whose_hook_panics_gives_back_what_it_held() {
    virtual_time::run(async {
        for is_before in [true, false] {
            let server = Server::start(Weather::new(1, 0), Operation::Create).await;
            let (before, after) = (Bomb::default(), Bomb::default());
            let builder = Client::builder()
                .base_url(&server.url)
                .access_token(token(0))
                .limiter(Limiter::new(1));
            let client = if is_before {
                builder.before_attempt(move |_| before.tick())
            } else {
                builder.after_attempt(move |_, _| after.tick())
            };
            let client = client.build().unwrap();
            look(&client).await.unwrap();
            look(&client).await.unwrap();
            let request = ReadTicketsRequest::new(vec![RecordId::new("90001")]);
            let call = AssertUnwindSafe(client.batch().read(&request).into_future()).catch_unwind();
            // An error, the answer that is there all the same, or the panic itself: anything but no end.
            let ended = timeout(Duration::from_hours(1), call).await;
            assert!(ended.is_ok(), "the call hangs");
            look(&client).await.unwrap();
        }
    });
}
