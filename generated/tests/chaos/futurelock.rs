//! Nothing waits for a future that its owner does not poll: calls go out beside a run that pauses, beside calls that were
//! polled once and left, beside waiters that went away; and none waits longer than its turn.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use futures_util::future::{self, Either};
use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::bulk::Outcome;
use hubspot_tickets_batch::models::{CreateTicket, ReadTicketsRequest, RecordId};
use hubspot_tickets_batch::prelude::Credential;
use hubspot_tickets_batch::runtime::Limiter;
use hubspot_tickets_batch::runtime::Token;
use tokio::time::{Instant, sleep, timeout};

use crate::desk::Operation;
use crate::run::provider;
use crate::scenario::Limit;
use crate::server::{LATENCY, Server, token};
use crate::virtual_time;
use crate::weather::Weather;

#[derive(Debug, Clone, Copy)]
enum Credentials {
    Fixed,
    /// A provider that takes this long.
    Slow(Duration),
    /// A provider that is asked again every few seconds.
    ShortLived,
    /// The server takes another token after some requests.
    Changing,
}

const LIMITS: [Limit; 5] = [
    Limit::Default,
    Limit::InFlight(1),
    Limit::InFlight(2),
    Limit::PerWindow(5, Duration::from_secs(1)),
    Limit::PerWindow(1, Duration::from_millis(500)),
];
const CREDENTIALS: [Credentials; 4] = [
    Credentials::Fixed,
    Credentials::Slow(Duration::from_secs(3)),
    Credentials::ShortLived,
    Credentials::Changing,
];

/// Longer than any turn here: five requests may be before it, at one in half a second or a fifth, and a token or two.
const TURN: Duration = Duration::from_secs(10);

impl Credentials {
    fn of(self, server: &Server) -> Credential {
        let given_after = |time, good| {
            Credential::provider(move || async move {
                sleep(time).await;
                Ok(Token::new(token(0)).expires_in(good))
            })
        };
        match self {
            Self::Fixed => Credential::fixed(token(0)),
            Self::Slow(time) => given_after(time, Duration::from_hours(1)),
            Self::ShortLived => given_after(Duration::from_millis(500), Duration::from_secs(5)),
            Self::Changing => {
                server.state().token_lasts = 4;
                provider(&server.shared())
            }
        }
    }
}

/// A client with these settings, and another one that shares its limiter.
fn clients(server: &Server, limit: Limit, credentials: Credentials) -> [Client; 2] {
    let limiter = limit.limiter();
    let credential = credentials.of(server);
    [limiter.clone(), limiter].map(|limiter| {
        let builder = Client::builder().base_url(&server.url).limiter(limiter);
        builder.access_token(credential.clone()).build().unwrap()
    })
}

/// Tries a case with all settings in turn, and fails where it did with any.
fn with_all_settings(case: &impl AsyncFn(&Server, [Client; 2]) -> Result<(), String>) {
    let mut failures = Vec::new();
    for limit in LIMITS {
        for credentials in CREDENTIALS {
            let result = virtual_time::run(async {
                let server = Server::start(Weather::new(1, 0), Operation::Create).await;
                let clients = clients(&server, limit, credentials);
                let case = timeout(Duration::from_hours(1), case(&server, clients));
                case.await.unwrap_or_else(|_| Err("it hangs".to_owned()))
            });
            failures.extend(
                result
                    .err()
                    .map(|failure| format!("{limit:?}, {credentials:?}: {failure}")),
            );
        }
    }
    let count = LIMITS.len() * CREDENTIALS.len();
    assert!(
        failures.is_empty(),
        "{} of {count} settings:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// Reads a ticket, and complains where that takes longer than its turn.
pub(crate) async fn look(client: &Client) -> Result<(), String> {
    let started = Instant::now();
    let request = ReadTicketsRequest::new(vec![RecordId::new("90001")]);
    let result = client.batch().read(&request).await;
    let took = started.elapsed();
    match result {
        Ok(_) if took <= TURN => Ok(()),
        Ok(_) => Err(format!("a look-up took {took:?}")),
        Err(error) => Err(format!(
            "a look-up failed after {took:?} and {} attempts: {error}",
            error.attempts()
        )),
    }
}

pub(crate) fn tickets(count: u64) -> impl Iterator<Item = CreateTicket> + Send {
    (0..count).map(|row| CreateTicket::about("Printer on fire", "0", "1").property("row", row))
}

/// A run whose receiver looks something up with `look_with` between records.
async fn run_with_looks(client: &Client, look_with: &Client) -> Result<(), String> {
    let mut outcomes = client.batch().create_all(tickets(60)).batch_size(5).outcomes();
    while let Some(record) = outcomes.next().await {
        match record.outcome {
            Outcome::Succeeded(_) => {}
            other => return Err(format!("input {} became {other:?}", record.index)),
        }
        if record.index % 5 == 2 {
            look(look_with)
                .await
                .map_err(|error| format!("at input {}: {error}", record.index))?;
        }
    }
    Ok(())
}

#[test]
fn a_receiver_looks_things_up_with_the_same_client() {
    with_all_settings(&async |_, [client, _]| run_with_looks(&client, &client).await);
}

#[test]
fn a_receiver_looks_things_up_with_another_client_of_the_same_limiter() {
    with_all_settings(&async |_, [client, other]| run_with_looks(&client, &other).await);
}

#[test]
fn a_run_that_is_left_alone_holds_nothing() {
    with_all_settings(&async |_, [client, other]| {
        let mut outcomes = client
            .batch()
            .create_all(tickets(60))
            .batch_size(5)
            .concurrency(8)
            .outcomes();
        poll_fn(|context| {
            drop(pin!(outcomes.next()).poll(context));
            Poll::Ready(())
        })
        .await;
        look(&client).await?;
        look(&other).await?;
        sleep(Duration::from_mins(3)).await;
        look(&client).await
    });
}

#[test]
fn a_call_that_was_polled_once_holds_nothing() {
    with_all_settings(&async |_, [client, other]| {
        let request = ReadTicketsRequest::new(vec![RecordId::new("90001")]);
        // As often as it takes to be anywhere between its beginning and its end.
        for pause in [0, 1, 100, 400, 3_100] {
            let batch = client.batch();
            let mut left = batch.read(&request).into_future();
            for wait in [0, pause] {
                let polled = future::poll_immediate(&mut left).await;
                if polled.is_some() {
                    break;
                }
                sleep(Duration::from_millis(wait)).await;
            }
            look(&client)
                .await
                .map_err(|error| format!("polled again after {pause} ms: {error}"))?;
            look(&other)
                .await
                .map_err(|error| format!("polled again after {pause} ms, other client: {error}"))?;
            drop(left);
        }
        Ok(())
    });
}

#[test]
fn two_calls_of_one_select_do_not_wait_for_each_other() {
    with_all_settings(&async |_, [client, _]| {
        let request = ReadTicketsRequest::new(vec![RecordId::new("90001")]);
        let batch = client.batch();
        let (first, second) = (batch.read(&request).into_future(), batch.read(&request).into_future());
        let rest = match future::select(first, second).await {
            Either::Left((result, rest)) => result.map(|_| rest),
            Either::Right((result, rest)) => result.map(|_| rest),
        };
        let rest = rest.map_err(|error| error.to_string())?;
        // Whoever lost the race is still there, in the middle of whatever it does.
        look(&client).await?;
        timeout(TURN, rest)
            .await
            .map_err(|_| "the other one hangs")?
            .map_err(|error| error.to_string())?;
        Ok(())
    });
}

#[test]
fn joined_calls_have_their_turns() {
    with_all_settings(&async |_, [client, other]| {
        let (first, second, third) = future::join3(look(&client), look(&other), look(&client)).await;
        first.and(second).and(third)
    });
}

#[test]
fn waiters_that_go_away_pass_their_turn_on() {
    with_all_settings(&async |_, [client, other]| {
        let request = ReadTicketsRequest::new(vec![RecordId::new("90001")]);
        for _ in 0..5 {
            let batch = client.batch();
            let mut waiters: Vec<_> = (0..4).map(|_| batch.read(&request).into_future()).collect();
            for waiter in &mut waiters {
                drop(future::poll_immediate(waiter).await);
            }
            sleep(LATENCY / 4).await;
            // Those in the middle go first, then the one that may have got its turn just now.
            drop(waiters.remove(1));
            drop(waiters.remove(1));
            look(&other).await?;
            waiters.clear();
            look(&client).await?;
        }
        Ok(())
    });
}

/// Takes a minute for every record.
async fn slow_receiver(server: &Server, client: Client) -> Result<(), String> {
    let mut outcomes = client.batch().create_all(tickets(12)).batch_size(2).outcomes();
    while let Some(record) = outcomes.next().await {
        let created = server.state().ledger.deeds.get(&record.index).map_or(0, Vec::len);
        match record.outcome {
            Outcome::Succeeded(_) if created == 1 => {}
            other => {
                return Err(format!(
                    "input {}, created {created} times, became {other:?}",
                    record.index
                ));
            }
        }
        sleep(Duration::from_mins(1)).await;
    }
    Ok(())
}

#[test]
fn a_receiver_that_takes_a_minute_a_record_sees_no_doubt() {
    with_all_settings(&async |server, [client, _]| slow_receiver(server, client).await);
}

/// Those who share a limiter pay for a slow receiver with no more than their turns.
#[test]
fn a_slow_receiver_slows_down_nobody_else() {
    for limiter in [Limiter::new(1), Limiter::new(4), Limiter::default()] {
        virtual_time::run(async {
            let server = Server::start(Weather::new(1, 0), Operation::Create).await;
            let build = |limiter: &Limiter| {
                let builder = Client::builder().base_url(&server.url).limiter(limiter.clone());
                builder.access_token(token(0)).build().unwrap()
            };
            let (slow, quick) = (build(&limiter), build(&limiter));
            let receiving = slow_receiver(&server, slow);
            let looking = async {
                for _ in 0..80 {
                    sleep(Duration::from_secs(11)).await;
                    look(&quick).await?;
                }
                Ok::<_, String>(())
            };
            let (received, looked) = future::join(receiving, looking).await;
            received.and(looked).unwrap();
        });
    }
}
