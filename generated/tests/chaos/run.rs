//! Runs a scenario: the client under test and the server in, what the client said became of each input out.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fastrand::Rng;
use futures_util::{FutureExt, StreamExt, stream};
use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::bulk::{BatchOperation, Bulk, Outcome, Source};
use hubspot_tickets_batch::models::{
    CreateTicket, Properties, ReadTicketsRequest, RecordId, Ticket, UpdateTicket, UpsertTicket, UpsertedTicket,
};
use hubspot_tickets_batch::prelude::Credential;
use hubspot_tickets_batch::runtime::Clock;
use hubspot_tickets_batch::runtime::Token;
use jiff::Timestamp;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout};

use crate::desk::Operation;
use crate::scenario::{Input, Receiver, Scenario};
use crate::server::{Server, State, token};
use crate::virtual_time::settle;

pub(crate) const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
/// A run that takes longer than this hangs.
const LONGEST: Duration = Duration::from_hours(12);
/// After this, nothing can arrive any more that has anything to do with the run.
const AFTERWARDS: Duration = Duration::from_mins(5);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Succeeded,
    Failed,
    Unknown,
    NotSent,
}

/// What the client says of one input.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) index: u64,
    pub(crate) kind: Kind,
    /// The id of the record, where the operation has results.
    pub(crate) id: Option<String>,
    /// In words.
    pub(crate) why: String,
}

/// What the client says of a run.
#[derive(Debug, Default)]
pub(crate) struct Account {
    pub(crate) entries: Vec<Entry>,
    /// Whether the run came to its end, and the counts that it then told.
    pub(crate) counts: Option<[u64; 4]>,
    /// Whether the run hung, or panicked.
    pub(crate) trouble: Option<&'static str>,
    /// Requests that arrived when it was over.
    pub(crate) afterwards: usize,
    /// How often the hooks before and after an attempt were called.
    pub(crate) hooks: (usize, usize),
}

/// A result's id.
pub(crate) trait Shown {
    fn id(&self) -> Option<String>;
}

impl Shown for Ticket {
    fn id(&self) -> Option<String> {
        Some(self.id.clone())
    }
}

impl Shown for UpsertedTicket {
    fn id(&self) -> Option<String> {
        Some(self.id.clone())
    }
}

impl Shown for () {
    fn id(&self) -> Option<String> {
        None
    }
}

/// Chance that is the same every time.
#[derive(Debug)]
pub(crate) struct Seeded(pub(crate) Mutex<Rng>);

impl Clock for Seeded {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn random(&self) -> f64 {
        self.0.lock().unwrap().f64()
    }
}

pub(crate) async fn run(scenario: &Scenario) -> (Server, Account) {
    let server = Server::start(scenario.weather(), scenario.operation).await;
    scenario.prepare(&mut server.state());
    let hooks = <[Arc<AtomicUsize>; 2]>::default();
    let client = client(scenario, &server, &hooks);
    let account = Mutex::new(Account::default());
    let follow = AssertUnwindSafe(async {
        let batch = client.batch();
        match scenario.operation {
            Operation::Create => {
                let bulk = batch.create_all(source(scenario, create));
                follow(bulk, scenario, &client, &server, &account).await;
            }
            Operation::Update => {
                let bulk = batch.update_all(source(scenario, update));
                follow(bulk, scenario, &client, &server, &account).await;
            }
            Operation::Upsert => {
                let bulk = batch.upsert_all(source(scenario, upsert));
                follow(bulk, scenario, &client, &server, &account).await;
            }
            Operation::Read => {
                let bulk = batch.read_all(source(scenario, record));
                follow(bulk, scenario, &client, &server, &account).await;
            }
            Operation::Archive => {
                let bulk = batch.archive_all(source(scenario, record));
                follow(bulk, scenario, &client, &server, &account).await;
            }
        }
    });
    let trouble = match timeout(LONGEST, follow.catch_unwind()).await {
        Ok(Ok(())) => None,
        Ok(Err(_)) => Some("panicked"),
        Err(_) => Some("hung"),
    };
    settle().await;
    let arrived = server.state().ledger.arrivals.len();
    sleep(AFTERWARDS).await;
    settle().await;
    let afterwards = server.state().ledger.arrivals.len() - arrived;
    let account = account.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let account = Account {
        trouble,
        afterwards,
        hooks: (hooks[0].load(Relaxed), hooks[1].load(Relaxed)),
        ..account
    };
    (server, account)
}

fn client(scenario: &Scenario, server: &Server, [before, after]: &[Arc<AtomicUsize>; 2]) -> Client {
    let (before, after) = (Arc::clone(before), Arc::clone(after));
    let builder = Client::builder()
        .before_attempt(move |_| {
            before.fetch_add(1, Relaxed);
        })
        .after_attempt(move |_, _| {
            after.fetch_add(1, Relaxed);
        })
        .base_url(&server.url)
        .limiter(scenario.limit.limiter())
        .attempt_timeout(ATTEMPT_TIMEOUT)
        .clock(Seeded(Mutex::new(Rng::with_seed(scenario.seed))));
    if scenario.changing_token {
        builder.access_token(provider(&server.shared())).build().unwrap()
    } else {
        builder.access_token(Scenario::first_token()).build().unwrap()
    }
}

/// Gives the token that the server takes at the time, which takes a while.
pub(crate) fn provider(state: &Arc<Mutex<State>>) -> Credential {
    let state = Arc::clone(state);
    Credential::provider(move || {
        let state = Arc::clone(&state);
        async move {
            sleep(Duration::from_millis(300)).await;
            let number = state.lock().unwrap().token;
            Ok(Token::new(token(number)))
        }
    })
}

fn create(input: &Input) -> CreateTicket {
    CreateTicket::about(input.subject.as_str(), "0", "1").property("row", input.mark)
}

fn update(input: &Input) -> UpdateTicket {
    let ticket = UpdateTicket::new(input.name.clone().unwrap(), Properties::new());
    ticket
        .property("subject", input.subject.as_str())
        .property("row", input.mark)
}

fn upsert(input: &Input) -> UpsertTicket {
    let ticket = UpsertTicket::new(input.name.clone().unwrap(), Properties::new()).id_property("key");
    ticket
        .property("subject", input.subject.as_str())
        .property("row", input.mark)
}

fn record(input: &Input) -> RecordId {
    RecordId::new(input.name.clone().unwrap())
}

fn source<T: Send + 'static>(scenario: &Scenario, make: fn(&Input) -> T) -> Source<'static, T> {
    let inputs = scenario.inputs.clone().into_iter();
    let Some(share) = scenario.pauses else {
        return Source::from(inputs.map(move |input| make(&input)));
    };
    let mut random = Rng::with_seed(!scenario.seed);
    Source::stream(stream::iter(inputs).then(move |input| {
        let pause = (random.u8(0..100) < share).then(|| Duration::from_millis(random.u64(0..3_000)));
        async move {
            if let Some(pause) = pause {
                sleep(pause).await;
            }
            make(&input)
        }
    }))
}

/// Receives the outcomes of a run in the way of the scenario.
async fn follow<O>(bulk: Bulk<'_, O>, scenario: &Scenario, client: &Client, server: &Server, account: &Mutex<Account>)
where
    O: BatchOperation<Output: Shown>,
    O::Failure: std::fmt::Display + std::fmt::Debug,
{
    let mut random = Rng::with_seed(scenario.seed ^ 1);
    let stop = Notify::new();
    let mut bulk = bulk
        .concurrency(scenario.concurrency)
        .batch_size(scenario.batch_size)
        .give_up_after(scenario.give_up_after);
    if !scenario.ordered {
        bulk = bulk.unordered();
    }
    match scenario.receiver {
        Receiver::Stopping(_) => {
            bulk = bulk.stop(async {
                stop.notified().await;
                server.state().ledger.stopped = Some(Instant::now());
            });
        }
        Receiver::StoppingAt(requests) => {
            bulk = bulk.stop(async move {
                while server.state().ledger.arrivals.len() < requests {
                    sleep(Duration::from_millis(50)).await;
                }
                server.state().ledger.stopped = Some(Instant::now());
            });
        }
        _ => {}
    }
    let mut outcomes = bulk.outcomes();
    for received in 0.. {
        match scenario.receiver {
            Receiver::Dropping(records) if received == records => return,
            Receiver::Stopping(records) if received == records => stop.notify_one(),
            Receiver::Slow if random.u8(0..100) == 0 => {
                sleep(Duration::from_secs(random.u64(0..100))).await;
            }
            Receiver::Reading if random.u8(0..30) == 0 => {
                let request = ReadTicketsRequest::new(vec![RecordId::new("90001")]);
                drop(client.batch().read(&request).await);
            }
            _ => {}
        }
        let Some(record) = outcomes.next().await else { break };
        let (kind, why) = match &record.outcome {
            Outcome::Succeeded(_) => (Kind::Succeeded, String::new()),
            Outcome::Failed(failure) => (Kind::Failed, failure.to_string()),
            Outcome::Unknown(unknown) => (Kind::Unknown, unknown.to_string()),
            Outcome::NotSent(reason) => (Kind::NotSent, reason.to_string()),
        };
        account.lock().unwrap().entries.push(Entry {
            index: record.index,
            kind,
            id: record.outcome.succeeded().and_then(Shown::id),
            why,
        });
    }
    let progress = outcomes.progress();
    account.lock().unwrap().counts = Some([progress.succeeded, progress.failed, progress.unknown, progress.not_sent]);
}
