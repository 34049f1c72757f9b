//! Runs and runtimes: one that is left alone keeps nothing, one that has ended or is not there is an outcome.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use runtime::bulk::{Bulk, NotSent, Outcome, Source};
use runtime::calls::error::Kind;
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::pace::limit::Limiter;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use tokio::time::{sleep, timeout};

use super::network::Slow;
use super::{API, Create, words};

fn paused() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap()
}

fn core(network: &Slow, limiter: Limiter) -> Core {
    let builder = ClientBuilder::new(&API).transport(network.clone()).limiter(limiter);
    builder.build_core().unwrap()
}

fn inputs(count: u64) -> impl Iterator<Item = Value> + Send {
    (0..count).map(|number| json!({ "id": number.to_string() }))
}

#[test]
fn a_run_that_is_dropped_gives_back_what_it_held_although_its_runtime_stands_still() {
    let network = Slow::new(Duration::from_secs(10));
    let core = core(&network, Limiter::new(1));
    let asleep = paused();
    let mut outcomes = Bulk::<Create>::new(&core, inputs(40)).outcomes();
    asleep.block_on(async {
        let first = timeout(Duration::from_secs(1), outcomes.next());
        assert!(first.await.is_err(), "one is on its way, three wait for their turn");
    });
    drop(outcomes);
    let other = async { timeout(Duration::from_secs(11), Bulk::<Create>::new(&core, inputs(4)).run()).await };
    let progress = paused().block_on(other);
    assert_eq!(progress.expect("it waits for nobody").succeeded, 4);
    asleep.block_on(async { sleep(Duration::from_mins(1)).await });
    assert_eq!(network.sizes(), [4, 4], "nothing of the first is sent later");
}

/// What a future gives that needs to wait for nothing.
fn at_once<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn outside_of_a_runtime_no_input_is_sent_and_each_one_says_why() {
    let network = Slow::new(Duration::ZERO);
    let core = core(&network, Limiter::default());
    let bulk = || Bulk::<Create>::new(&core, inputs(100)).progress(|_| {});
    let paced = Source::stream(stream::iter(inputs(3)).chain(stream::pending()));
    let mut lingering = Bulk::<Create>::new(&core, paced).outcomes();
    let records = [
        at_once(bulk().collect()),
        at_once(bulk().unordered().outcomes().collect()),
        (0..3).map(|_| at_once(lingering.next()).unwrap()).collect(),
    ];
    for record in records.iter().flatten() {
        let Outcome::NotSent(NotSent::Rejected(error)) = &record.outcome else {
            panic!("{}", words(record));
        };
        assert!(matches!(error.kind(), Kind::Request(_)), "{error}");
    }
    assert_eq!(records.map(|records| records.len()), [100, 100, 3]);
    let progress = at_once(bulk().run());
    assert_eq!((progress.not_sent, progress.calls), (100, 0));
    assert_eq!(network.sizes(), [0; 0]);
}

#[test]
fn no_hook_is_told_of_a_batch_that_no_runtime_sends() {
    let core = core(&Slow::new(Duration::ZERO), Limiter::default());
    let run = Bulk::<Create>::new(&core, inputs(4)).before_batch(|_| panic!("there is no batch"));
    let records = at_once(run.collect());
    assert!(records.iter().all(|record| words(record) == "not sent: Rejected"));
}

#[test]
fn a_run_that_waits_for_more_goes_on_elsewhere_when_its_runtime_stands_still() {
    let network = Slow::new(Duration::from_secs(1));
    let core = core(&network, Limiter::default());
    let paced = Source::stream(stream::iter(inputs(2)).chain(stream::pending()));
    let mut outcomes = Bulk::<Create>::new(&core, paced).progress(|_| {}).outcomes();
    let asleep = paused();
    asleep.block_on(async {
        let begun = timeout(Duration::from_millis(100), outcomes.next());
        assert!(begun.await.is_err());
    });
    let other = async { timeout(Duration::from_secs(5), outcomes.by_ref().take(2).collect::<Vec<_>>()).await };
    assert_eq!(paused().block_on(other).map(|records| records.len()), Ok(2));
    drop(asleep);
}

#[test]
fn a_run_goes_on_elsewhere_when_its_runtime_has_ended() {
    let network = Slow::new(Duration::from_secs(1));
    let core = core(&network, Limiter::default());
    // The stream pauses, so that the run has a timer of its own.
    let paced = Source::stream(stream::iter(inputs(10)).chain(stream::pending()));
    let mut outcomes = Bulk::<Create>::new(&core, paced).progress(|_| {}).outcomes();
    let first = paused();
    first.block_on(async {
        let begun = timeout(Duration::from_millis(100), outcomes.next());
        assert!(begun.await.is_err());
    });
    drop(first);
    let records = paused().block_on(outcomes.by_ref().take(10).collect::<Vec<_>>());
    let words: Vec<_> = records.iter().map(words).collect();
    let expected = [vec!["unknown: Abandoned"; 8], vec!["succeeded: 8", "succeeded: 9"]].concat();
    assert_eq!(words, expected);
}
