//! A call goes on by itself: whoever began it may look away, and holds up nobody.

use runtime::AnyCall as _;
use std::future::{Future, IntoFuture as _};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;

use jiff::Timestamp;
use runtime::auth::credentials::{Credential, Token};
use runtime::calls::error::{Kind, Outcome};
use runtime::client::core::Core;
use runtime::pace::clock::Clock;
use runtime::pace::limit::Limiter;
use tokio::time::{Instant, sleep, timeout};

use super::credentials::BEARER;
use super::support::{LIST, Script, Step, Still, call, create, status, with};

/// Polls a future once, and then leaves it alone.
fn glance<F: Future>(future: Pin<&mut F>) {
    assert!(
        future.poll(&mut Context::from_waker(Waker::noop())).is_pending(),
        "it is not ready at once"
    );
}

/// Time enough for whatever needs none.
async fn settle() {
    sleep(Duration::from_millis(1)).await;
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_looked_at_once_gives_its_turn_back() {
    let script = Script::new([status(200)]);
    let core = script.builder().limiter(Limiter::new(1)).build_core().unwrap();
    let mut left = pin!(call(&core, &LIST).into_future());
    glance(left.as_mut());
    let next = timeout(Duration::from_secs(1), call(&core, &LIST).into_future());
    next.await.expect("nobody holds the only turn").unwrap();
    left.await.unwrap();
    assert_eq!(script.sent().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn one_that_waits_for_its_turn_passes_it_on_when_it_is_dropped() {
    let script = Script::new([status(200)]);
    let limiter = Limiter::new(1).per_window(1, Duration::from_secs(10));
    let core = script.builder().limiter(limiter).build_core().unwrap();
    call(&core, &LIST).await.unwrap();
    let mut first = Box::pin(call(&core, &LIST).into_future());
    glance(first.as_mut());
    settle().await;
    let second = tokio::spawn(call(&core, &LIST).into_owned().into_future());
    settle().await;
    drop(first);
    second.await.unwrap().unwrap();
    assert_eq!(script.sent().len(), 2);
    assert!(script.times()[1] < 12_000, "{:?}", script.times());
}

#[test]
fn those_who_wait_on_a_runtime_that_stands_still_hold_up_no_other() {
    let script = Script::new([status(200)]);
    let limiter = Limiter::default().per_window(5, Duration::from_millis(200));
    let core = script.builder().limiter(limiter).build_core().unwrap();
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let asleep = runtime();
    asleep.block_on(async {
        for _ in 0..200 {
            tokio::spawn(call(&core, &LIST).into_owned().into_future());
        }
        sleep(Duration::from_millis(100)).await;
    });
    let began = std::time::Instant::now();
    runtime().block_on(call(&core, &LIST).into_future()).unwrap();
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    drop(asleep);
}

#[tokio::test(start_paused = true)]
async fn a_client_is_not_locked_by_one_of_two_calls_in_a_select() {
    let script = Script::new([status(200)]);
    let limiter = Limiter::new(1).per_window(1, Duration::from_secs(1));
    let core = script.builder().limiter(limiter).build_core().unwrap();
    let mut one = pin!(call(&core, &LIST).into_future());
    let mut other = pin!(call(&core, &LIST).into_future());
    let first = tokio::select! {
        one = &mut one => one,
        other = &mut other => other,
    };
    first.unwrap();
    // The loser waits for its turn, and is not polled meanwhile.
    let third = timeout(Duration::from_secs(9), call(&core, &LIST).into_future());
    third.await.expect("it waits for its own turn only").unwrap();
}

#[tokio::test(start_paused = true)]
async fn tokens_come_to_those_who_wait_whoever_asked_first() {
    let asked = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&asked);
    let provider = Credential::provider(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        async {
            sleep(Duration::from_secs(2)).await;
            Ok(Token::new("t"))
        }
    });
    let core = Script::new([status(200)])
        .builder()
        .credential("bearer", provider)
        .build_core()
        .unwrap();
    let mut left = pin!(call(&core, &BEARER).into_future());
    glance(left.as_mut());
    let second = timeout(Duration::from_secs(3), call(&core, &BEARER).into_future());
    second
        .await
        .expect("the token comes without the one who asked")
        .unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    left.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_time_of_a_call_runs_on_the_side_of_the_network() {
    let script = Script::new([status(200)]);
    let core = script
        .builder()
        .attempt_timeout(Duration::from_secs(1))
        .build_core()
        .unwrap();
    let mut left = pin!(create(&core).into_future());
    glance(left.as_mut());
    sleep(Duration::from_mins(10)).await;
    left.await.expect("it was answered long ago");
}

#[tokio::test(start_paused = true)]
async fn a_call_can_be_owned_kept_and_given_to_a_task() {
    fn described() -> runtime::calls::call::Call<'static, serde_json::Value> {
        create(&Script::new([status(200)]).core()).into_owned()
    }
    tokio::spawn(async { described().await }).await.unwrap().unwrap();
    tokio::spawn(described().into_future()).await.unwrap().unwrap();
}

#[test]
fn a_call_outside_of_a_runtime_is_an_error_and_no_panic() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let core = runtime.block_on(async { Script::new([status(200)]).core() });
    let mut sending = pin!(create(&core).into_future());
    let polled = sending.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(polled, std::task::Poll::Ready(Err(error)) if error.outcome() == Outcome::Rejected));
}

/// A clock with chances of its own for each client.
#[derive(Debug)]
struct Chance(Still, f64);

impl Clock for Chance {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn random(&self) -> f64 {
        self.1
    }
}

/// When a hundred clients come back that were all told the same at the same time.
async fn returns(told: Step) -> Vec<u128> {
    let began = Instant::now();
    let clients = (0..100).map(|client| {
        let script = Script::new([told.clone(), status(200)]);
        let clock = Chance(Still::new(), f64::from(client) / 100.0);
        let core = script.builder().clock(clock).build_core().unwrap();
        async move {
            call(&core, &LIST).await.ok();
            call(&core, &LIST).await.unwrap();
            began.elapsed().as_millis()
        }
    });
    futures_util::future::join_all(clients).await
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_for_the_same_do_not_come_back_together() {
    for (told, least) in [
        (with(429, "retry-after", "2"), 2_000),
        (with(429, "x-ratelimit-reset", "3"), 3_000),
        (status(429), 1_000),
        (with(200, "ratelimit", r#""all";r=0;t=4"#), 4_000),
    ] {
        let times = returns(told).await;
        let (first, last) = (times.iter().min().unwrap(), times.iter().max().unwrap());
        assert!(*first >= least, "not before {least}: {first}");
        assert!(last - first >= 200, "from {first} to {last}");
        for moment in &times {
            let together = times.iter().filter(|time| time.abs_diff(*moment) < 10).count();
            assert!(together <= 20, "{together} of 100 around {moment}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn hooks_come_in_pairs_whatever_ends_an_attempt() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let watched = |steps: Vec<Step>| {
        let (before, after) = (Arc::clone(&told), Arc::clone(&told));
        let script = Script::new(steps);
        let builder = script.builder().max_attempts(1).timeout(Duration::from_secs(1));
        builder
            .before_attempt(move |attempt| before.lock().unwrap().push(format!("begins {}", attempt.number)))
            .after_attempt(move |_, ending| after.lock().unwrap().push(format!("{:?}", ending.outcome)))
    };
    let taken = || std::mem::take(&mut *told.lock().unwrap());

    let core: Core = watched(vec![Step::Hang]).build_core().unwrap();
    create(&core).await.unwrap_err();
    assert_eq!(taken(), ["begins 1", "Unknown"], "the end of the call");

    let mut dropped = Box::pin(create(&core).into_future());
    glance(dropped.as_mut());
    settle().await;
    drop(dropped);
    settle().await;
    assert_eq!(taken(), ["begins 1", "Unknown"], "the caller gave up");

    let core = watched(vec![status(200)])
        .before_attempt(|_| panic!("no"))
        .build_core()
        .unwrap();
    let error = create(&core).await.unwrap_err();
    assert!(matches!(error.kind(), Kind::Request(_)), "{error}");
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 0));
    assert_eq!(taken(), ["begins 1", "Rejected"], "a hook that panics");

    let core = watched(vec![status(200)])
        .after_attempt(|_, _| panic!("no"))
        .build_core()
        .unwrap();
    create(&core).await.expect("the server has acted, whatever a hook does");
    assert_eq!(taken(), ["begins 1", "Done"]);

    let core = watched(vec![status(429)])
        .quota_exhausted(|_| panic!("no"))
        .build_core()
        .unwrap();
    let error = create(&core).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    assert_eq!(taken(), ["begins 1", "Unknown"]);
}
