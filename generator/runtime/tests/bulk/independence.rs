//! A run depends on nobody: not on a caller who takes his time, nor on hooks that break, nor do others depend on it.

use runtime::AnyCall as _;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::auth::credentials::{Credential, Token};
use runtime::bulk::{Bulk, Outcome, Progress};
use runtime::calls::call::Call;
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::pace::limit::Limiter;
use runtime::pace::retry::RetryPolicy;
use runtime::received::decode;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep};

use super::network::{Seen, Slow};
use super::{API, Create, POST, Read, words};

fn core(network: &Slow, limiter: &Limiter) -> Core {
    let builder = ClientBuilder::new(&API)
        .transport(network.clone())
        .limiter(limiter.clone());
    builder.build_core().unwrap()
}

fn inputs(count: u64) -> impl Iterator<Item = Value> + Send {
    (0..count).map(|number| json!({ "id": number.to_string() }))
}

fn one_call(core: &Core) -> Call<'_, Value> {
    Call::new(core, &POST, decode::json, decode::json).json(&json!({}))
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_takes_a_minute_for_each_record_makes_nothing_unknown() {
    let network = Slow {
        more: Duration::from_secs(1),
        ..Slow::new(Duration::from_secs(1))
    };
    let core = core(&network, &Limiter::default());
    let mut outcomes = Bulk::<Create>::new(&core, inputs(40)).outcomes();
    let mut records = 0;
    while let Some(record) = outcomes.next().await {
        assert!(record.outcome.succeeded().is_some(), "{}", words(&record));
        records += 1;
        sleep(Duration::from_mins(1)).await;
    }
    assert_eq!(records, 40);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_nobody_polls_holds_nobody_up() {
    for limiter in [
        Limiter::new(1),
        Limiter::default(),
        Limiter::new(4).per_window(1, Duration::from_secs(1)),
    ] {
        let network = Slow::new(Duration::from_secs(1));
        let (mine, others) = (core(&network, &limiter), core(&network, &limiter));
        let mut outcomes = Bulk::<Create>::new(&mine, inputs(40)).outcomes();
        outcomes.next().await.unwrap();
        for core in [&mine, &others] {
            let before = Instant::now();
            one_call(core).await.unwrap();
            let took = before.elapsed();
            assert!(took < Duration::from_secs(9), "{took:?} behind four batches at most");
        }
        while outcomes.next().await.is_some() {}
        assert_eq!(outcomes.progress().succeeded, 40);
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_waits_for_its_own_limiter_however_long_that_is_and_says_so() {
    let network = Slow::new(Duration::ZERO);
    let limiter = Limiter::new(1).per_window(1, Duration::from_hours(1));
    let core = core(&network, &limiter);
    let seen = Arc::new(Mutex::new(Vec::<Progress>::new()));
    let told = Arc::clone(&seen);
    let began = Instant::now();
    let progress = Bulk::<Create>::new(&core, inputs(12))
        .progress(move |progress| told.lock().unwrap().push(*progress))
        .run()
        .await;
    assert_eq!((progress.succeeded, progress.waiting), (12, 0));
    assert!(began.elapsed() >= Duration::from_hours(2), "{:?}", began.elapsed());
    let waited =
        seen.lock().unwrap().iter().any(|progress| {
            progress.waiting > 0 && progress.next_turn.is_some_and(|time| time > Duration::from_mins(30))
        });
    assert!(waited, "the hook is told of the wait while it lasts");
}

#[tokio::test(start_paused = true)]
async fn a_run_waits_as_long_as_the_server_says_and_says_so() {
    let network = Slow {
        refuses_first: Some("600"),
        ..Slow::new(Duration::ZERO)
    };
    let core = core(&network, &Limiter::new(1));
    let longest = Arc::new(Mutex::new(Duration::ZERO));
    let told = Arc::clone(&longest);
    let progress = Bulk::<Create>::new(&core, inputs(12))
        .progress(move |progress| {
            let mut longest = told.lock().unwrap();
            *longest = progress.next_turn.unwrap_or_default().max(*longest);
        })
        .run()
        .await;
    assert_eq!((progress.succeeded, progress.not_sent), (8, 4));
    assert_eq!(network.sizes().len(), 3, "nothing was sent meanwhile");
    assert!(progress.elapsed >= Duration::from_mins(10), "{progress:?}");
    assert!(*longest.lock().unwrap() > Duration::from_secs(590));
}

#[tokio::test(start_paused = true)]
async fn the_callers_own_deadline_ends_the_wait() {
    let network = Slow::new(Duration::ZERO);
    let core = core(&network, &Limiter::new(1).per_window(1, Duration::from_hours(1)));
    let deadline = (Instant::now() + Duration::from_mins(1)).into_std();
    let progress = Bulk::<Create>::new(&core, inputs(12))
        .each_call(move |call| call.deadline(deadline))
        .run()
        .await;
    assert_eq!((progress.succeeded, progress.not_sent), (4, 8));
}

#[tokio::test(start_paused = true)]
async fn a_stop_reaches_what_waits_for_the_limiter() {
    let network = Slow::new(Duration::from_secs(5));
    let core = core(&network, &Limiter::new(4).per_window(1, Duration::from_mins(10)));
    let (stop, stopped) = oneshot::channel::<()>();
    let began = Instant::now();
    let stopping = async {
        sleep(Duration::from_secs(2)).await;
        drop(stop);
    };
    let run = Bulk::<Create>::new(&core, inputs(40))
        .stop(async { drop(stopped.await) })
        .collect();
    let (records, ()) = tokio::join!(run, stopping);
    assert_eq!(
        network.sizes(),
        [4],
        "what was on its way is finished, nothing else is sent"
    );
    assert_eq!(began.elapsed().as_secs(), 5, "and nothing else is waited for");
    for (index, record) in records.iter().enumerate() {
        let expected = if index < 4 { "succeeded: " } else { "not sent: Stopped" };
        assert!(words(record).starts_with(expected), "{index}: {}", words(record));
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_dropped_sends_nothing_more() {
    let network = Slow::new(Duration::from_secs(1));
    let core = core(&network, &Limiter::new(1));
    let mut outcomes = Bulk::<Create>::new(&core, inputs(40)).outcomes();
    outcomes.next().await.unwrap();
    drop(outcomes);
    let sent = network.sizes().len();
    sleep(Duration::from_mins(1)).await;
    assert_eq!(network.sizes().len(), sent);
    one_call(&core).await.expect("it gave back what it held");
}

/// A shuffle that is the same every time.
fn repeated(count: u64, records: u64) -> Vec<Value> {
    (0..count)
        .map(|number| json!({ "id": (number * number * 7 % records).to_string(), "value": number }))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn inputs_for_the_same_record_are_never_on_their_way_at_once_and_the_last_one_wins() {
    for ordered in [true, false] {
        let network = Slow::new(Duration::from_secs(1));
        let core = core(&network, &Limiter::default());
        let inputs = repeated(200, 31);
        let mut bulk = Bulk::<Read>::new(&core, inputs.clone()).concurrency(6);
        if !ordered {
            bulk = bulk.unordered();
        }
        let records = bulk.collect().await;
        assert_eq!(records.len(), 200);
        if ordered {
            assert!(
                records
                    .iter()
                    .enumerate()
                    .all(|(place, record)| record.index == place as u64)
            );
        }
        assert!(records.iter().all(|record| record.outcome.succeeded().is_some()));

        let last: BTreeMap<_, _> = inputs
            .iter()
            .map(|input| (input["id"].clone().to_string(), input["value"].clone()))
            .collect();
        let seen = network.seen.lock().unwrap();
        let mut state = BTreeMap::new();
        let mut flights = BTreeMap::<String, Vec<_>>::new();
        for Seen { from, until, body } in &*seen {
            for input in body["inputs"].as_array().unwrap() {
                state.insert(input["id"].to_string(), input["value"].clone());
                flights
                    .entry(input["id"].to_string())
                    .or_default()
                    .push((*from, until.unwrap()));
            }
        }
        assert_eq!(state, last, "the server was told the last value last");
        for (id, flights) in flights {
            assert!(flights.is_sorted_by(|one, next| one.1 <= next.0), "{id}: {flights:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_hook_that_panics_costs_its_own_batch_and_nothing_else() {
    let network = Slow::new(Duration::from_secs(1));
    let core = core(&network, &Limiter::default());
    let mut batches = 0;
    let records = Bulk::<Create>::new(&core, inputs(12))
        .before_batch(move |_| {
            batches += 1;
            assert!(batches != 2, "the second breaks");
            Ok(())
        })
        .progress(|_| panic!("always"))
        .collect()
        .await;
    let sent: Vec<_> = records
        .iter()
        .map(|record| record.outcome.succeeded().is_some())
        .collect();
    assert_eq!(sent, [[true; 4], [false; 4], [true; 4]].concat());
    assert!(
        words(&records[4]).starts_with("not sent: Hook"),
        "{}",
        words(&records[4])
    );

    let records = Bulk::<Create>::new(&core, inputs(8))
        .each_call(|_| panic!("always"))
        .collect()
        .await;
    assert_eq!(records.len(), 8);
    assert!(
        records
            .iter()
            .all(|record| matches!(record.outcome, Outcome::NotSent(_)))
    );
}

#[tokio::test(start_paused = true)]
async fn no_number_is_too_large() {
    let core = core(&Slow::new(Duration::ZERO), &Limiter::new(usize::MAX));
    let progress = Bulk::<Create>::new(&core, inputs(100))
        .concurrency(usize::MAX)
        .batch_size(usize::MAX)
        .splits(usize::MAX)
        .give_up_after(usize::MAX)
        .linger(Duration::MAX)
        .run()
        .await;
    assert_eq!(progress.succeeded, 100);
}

#[tokio::test(start_paused = true)]
async fn a_stopper_is_heard_while_nobody_polls() {
    let network = Slow::new(Duration::ZERO);
    let core = core(&network, &Limiter::new(4).per_window(1, Duration::from_secs(1)));
    let mut outcomes = Bulk::<Create>::new(&core, inputs(40)).outcomes();
    let stopper = outcomes.stopper();
    outcomes.next().await.unwrap();
    tokio::spawn(async move {
        sleep(Duration::from_millis(100)).await;
        stopper.stop();
    });
    // The caller takes long over the first record.
    sleep(Duration::from_mins(1)).await;
    assert_eq!(network.sizes(), [4], "three more waited for their turn");
    let mut not_sent = 0;
    while let Some(record) = outcomes.next().await {
        not_sent += u32::from(words(&record) == "not sent: Stopped");
    }
    assert_eq!(not_sent, 36);
}

#[tokio::test(start_paused = true)]
async fn a_run_waits_until_what_gives_tokens_is_back() {
    let network = Slow::new(Duration::ZERO);
    let began = Instant::now();
    let provider = Credential::provider(move || async move {
        if began.elapsed() < Duration::from_secs(1) {
            return Err("down".into());
        }
        Ok(Token::new("t"))
    });
    let builder = ClientBuilder::new(&API).transport(network.clone());
    let core = builder.credential("bearer", provider).build_core().unwrap();
    let policy = RetryPolicy::default().attempts(20);
    let progress = Bulk::<super::Secured>::new(&core, inputs(400))
        .each_call(move |call| call.retry(policy))
        .run()
        .await;
    assert_eq!(progress.succeeded, 400, "{progress:?}");
}

#[tokio::test]
async fn inputs_without_end_are_no_more_than_a_run_can_hold() {
    let core = core(&Slow::new(Duration::ZERO), &Limiter::new(usize::MAX));
    let drawn = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&drawn);
    let endless = (0_u64..).map(move |number| {
        counted.fetch_add(1, Ordering::Relaxed);
        json!({ "id": number.to_string() })
    });
    let mut outcomes = Bulk::<Create>::new(&core, endless).concurrency(usize::MAX).outcomes();
    for _ in 0..1000 {
        outcomes.next().await.unwrap();
    }
    assert!(drawn.load(Ordering::Relaxed) <= 4 * 1024 * 4 + 1000);
}
