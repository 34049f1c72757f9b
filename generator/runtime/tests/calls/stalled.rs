//! A runtime that is left alone, neither driven nor dropped, keeps nothing that others on another runtime wait for.

use runtime::AnyCall as _;
use std::future::IntoFuture as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use runtime::auth::credentials::{Credential, Token, Tokens};
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::pace::limit::Limiter;
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;
use tokio::time::{Instant, advance, sleep, timeout};

use super::credentials::BEARER;
use super::support::{API, LIST, Script, Step, call, status};

/// A runtime with a clock of its own that runs as fast as all wait. It looks around after every single task.
fn paused() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .event_interval(1)
        .build()
        .unwrap()
}

/// Whether a call on another runtime is done within this time.
fn is_served(core: &Core, within: Duration) -> bool {
    let served = async { timeout(within, call(core, &LIST).into_future()).await };
    paused().block_on(served).is_ok_and(|result| result.is_ok())
}

#[test]
fn a_call_that_is_dropped_gives_back_what_it_held() {
    let asleep = paused();
    for limiter in [
        Limiter::new(1),
        Limiter::new(1).per_window(1, Duration::from_millis(100)),
    ] {
        let script = Script::new([Step::Hang, status(200)]);
        let core = script.builder().limiter(limiter).build_core().unwrap();
        // One is on its way, one waits for its turn, one has not begun.
        let mut calls: Vec<_> = (0..3).map(|_| Box::pin(call(&core, &LIST).into_future())).collect();
        asleep.block_on(async {
            for (place, call) in calls.iter_mut().enumerate() {
                let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
                assert!(polled.is_pending());
                if place < 2 {
                    sleep(Duration::from_millis(1)).await;
                }
            }
        });
        assert_eq!(script.sent().len(), 1);
        assert!(
            !is_served(&core, Duration::from_secs(2)),
            "the first still holds the only turn"
        );
        drop(calls);
        assert!(is_served(&core, Duration::from_secs(1)));
        assert_eq!(script.sent().len(), 2);
    }
}

#[test]
fn an_attempt_that_is_dropped_is_told_to_its_hook() {
    let asleep = paused();
    let script = Script::new([Step::Hang]);
    let ended = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&ended);
    let builder = script.builder().after_attempt(move |_, _| {
        // As if its own runtime had dropped it.
        let is_inside = tokio::runtime::Handle::try_current().is_ok();
        counted.fetch_add(u32::from(is_inside), Ordering::Relaxed);
    });
    let core = builder.build_core().unwrap();
    let mut left = Box::pin(call(&core, &LIST).into_future());
    asleep.block_on(async { timeout(Duration::from_secs(1), left.as_mut()).await.unwrap_err() });
    drop(left);
    assert_eq!(ended.load(Ordering::Relaxed), 1);
    asleep.block_on(async { sleep(Duration::from_secs(1)).await });
    assert_eq!(ended.load(Ordering::Relaxed), 1, "and once");
}

#[test]
fn a_call_that_drops_itself_while_it_is_polled_is_ended_as_well() {
    let script = Script::new([status(200)]);
    let slot = Arc::new(std::sync::Mutex::new(None));
    let own = Arc::clone(&slot);
    let builder = script.builder().limiter(Limiter::new(1)).before_attempt(move |_| {
        drop(own.lock().unwrap().take());
    });
    let core = builder.build_core().unwrap();
    let mut left = Box::pin(call(&core, &LIST).into_future());
    paused().block_on(async {
        let polled = left.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(polled.is_pending());
        *slot.lock().unwrap() = Some(left);
        sleep(Duration::from_millis(1)).await;
    });
    assert!(slot.lock().unwrap().is_none());
    assert!(is_served(&core, Duration::from_secs(1)));
}

/// A server that answers everything, on connections that it keeps, and counts them.
fn keeping() -> (String, Arc<AtomicU32>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&connections);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            counted.fetch_add(1, Ordering::Relaxed);
            let stream = stream.unwrap();
            std::thread::spawn(move || {
                // A request ends with an empty line.
                for line in BufReader::new(&stream).lines() {
                    if line.unwrap().is_empty() {
                        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
                        (&stream).write_all(answer).unwrap();
                    }
                }
            });
        }
    });
    (url, connections)
}

#[test]
fn a_connection_is_kept_for_the_runtime_that_drives_it() {
    let (url, connections) = keeping();
    let core = ClientBuilder::new(&API)
        .base_url(url)
        .max_attempts(1)
        .build_core()
        .unwrap();
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    let (asleep, other) = (runtime(), runtime());
    for (runtime, expected) in [(&asleep, 1), (&asleep, 1), (&other, 2), (&other, 2), (&asleep, 2)] {
        let call = call(&core, &LIST).timeout(Duration::from_secs(5));
        runtime.block_on(call.into_future()).unwrap();
        assert_eq!(connections.load(Ordering::Relaxed), expected);
    }
}

/// A client whose provider hangs when it is asked for the first time.
fn hanging_once() -> (Core, Arc<AtomicU32>) {
    let asked = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&asked);
    let provider = Credential::provider(move || -> Tokens<'static> {
        match counted.fetch_add(1, Ordering::Relaxed) {
            0 => Box::pin(std::future::pending()),
            _ => Box::pin(async {
                sleep(Duration::from_millis(100)).await;
                Ok(Token::new("t"))
            }),
        }
    });
    let builder = Script::new([status(200)]).builder();
    (builder.credential("bearer", provider).build_core().unwrap(), asked)
}

/// How long it takes until two calls on another runtime have a token.
fn until_token(core: &Core) -> Duration {
    paused().block_on(async {
        let began = Instant::now();
        let both = [call(core, &BEARER), call(core, &BEARER)].map(IntoFuture::into_future);
        for result in futures_util::future::join_all(both).await {
            result.unwrap();
        }
        began.elapsed()
    })
}

#[test]
fn a_token_that_is_being_fetched_is_fetched_again() {
    let (core, asked) = hanging_once();
    let asleep = paused();
    asleep.block_on(async {
        tokio::spawn(call(&core, &BEARER).into_owned().into_future());
        sleep(Duration::from_millis(1)).await;
    });
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    let took = until_token(&core);
    assert!(took < Duration::from_millis(1_500), "{took:?}");
    assert_eq!(asked.load(Ordering::Relaxed), 2, "once for both");
}

#[test]
fn a_token_whose_fetching_has_not_begun_is_fetched_elsewhere_and_once() {
    let asked = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&asked);
    let provider = Credential::provider(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        async { Ok(Token::new("t")) }
    });
    let builder = Script::new([status(200)]).builder();
    let core = builder.credential("bearer", provider).build_core().unwrap();
    let asleep = paused();
    let mut left = None;
    asleep.block_on(async {
        left = Some(tokio::spawn(call(&core, &BEARER).into_owned().into_future()));
        // The task above, and the one that it begins; not the one that that one begins.
        yield_now().await;
        yield_now().await;
    });
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    let took = until_token(&core);
    assert!(took < Duration::from_millis(1_500), "{took:?}");
    asleep.block_on(left.unwrap()).unwrap().unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[test]
fn a_token_is_not_asked_for_again_where_its_own_runtime_stood_still_for_a_while() {
    let asked = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&asked);
    let provider = Credential::provider(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        async {
            sleep(Duration::from_secs(5)).await;
            Ok(Token::new("t"))
        }
    });
    let builder = Script::new([status(200)]).builder();
    let core = builder.credential("bearer", provider).build_core().unwrap();
    paused().block_on(async {
        let first = tokio::spawn(call(&core, &BEARER).into_owned().into_future());
        // The second looks around between two signs of life of what the first began.
        sleep(Duration::from_millis(100)).await;
        let second = tokio::spawn(call(&core, &BEARER).into_owned().into_future());
        sleep(Duration::from_millis(200)).await;
        advance(Duration::from_secs(2)).await;
        first.await.unwrap().unwrap();
        second.await.unwrap().unwrap();
    });
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[test]
fn a_provider_that_blocks_its_thread_is_not_taken_for_one_that_stands_still() {
    let (told, asked) = std::sync::mpsc::channel();
    let (go, gone) = std::sync::mpsc::channel::<()>();
    let gone = std::sync::Mutex::new(gone);
    let provider = Credential::provider(move || {
        told.send(()).ok();
        if let Ok(gone) = gone.try_lock() {
            gone.recv().ok();
        }
        async { Ok(Token::new("t")) }
    });
    let builder = Script::new([status(200)]).builder();
    let core = builder.credential("bearer", provider).build_core().unwrap();
    std::thread::scope(|scope| {
        let blocking = scope.spawn(|| paused().block_on(call(&core, &BEARER).into_future()).unwrap());
        asked.recv().unwrap();
        paused().block_on(async {
            let call = tokio::spawn(call(&core, &BEARER).into_owned().into_future());
            sleep(Duration::from_secs(5)).await;
            let is_asked_again = asked.try_recv().is_ok();
            drop(go);
            assert!(!is_asked_again);
            call.await.unwrap().unwrap();
        });
        blocking.join().unwrap();
    });
}
