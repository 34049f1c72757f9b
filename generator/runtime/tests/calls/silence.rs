//! A server's word for how long to leave it alone binds all who share the limiter, also where it is longer than a call waits.

use runtime::AnyCall as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use runtime::calls::error::{Kind, Outcome};
use runtime::calls::operation::Operation;
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::network::transport::{Answer, Transport};
use runtime::pace::limit::Limiter;
use runtime::sent::body::Body;
use tokio::time::{Instant, sleep};

use super::support::{API, LIST, PROMISING_LIST, Script, Still, call, status, with};

/// Two clients that share a limiter, of which the first has been told so.
async fn told(operation: &'static Operation, code: u16, word: &str) -> (Script, Core) {
    let script = Script::new([with(code, "retry-after", word), status(200)]);
    let limiter = Limiter::default();
    let client = || script.builder().limiter(limiter.clone()).build_core().unwrap();
    let error = call(&client(), operation).await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (code, 1),
        "it is not repeated"
    );
    let other = client();
    (script, other)
}

#[tokio::test(start_paused = true)]
async fn others_are_not_sent_before() {
    const HOUR: u64 = 60 * 60;
    for (operation, code, word, seconds) in [
        (&LIST, 429, "61", 61),
        (&LIST, 429, "120", 120),
        (&LIST, 429, "7200", 2 * HOUR),
        (&LIST, 429, "Sun, 01 Mar 2026 13:00:00 GMT", HOUR),
        (&LIST, 429, "100000", 24 * HOUR),
        (&LIST, 429, &"9".repeat(400), 24 * HOUR),
        (&PROMISING_LIST, 477, "600", 600),
        (&PROMISING_LIST, 423, "61", 61),
    ] {
        let (script, core) = told(operation, code, word).await;
        call(&core, &LIST).timeout(Duration::from_hours(48)).await.unwrap();
        let [first, second] = *script.times() else {
            panic!("{:?}", script.times());
        };
        let waited = second - first;
        let expected = u128::from(seconds) * 1_000;
        assert!(
            (expected..=expected + 5_000).contains(&waited),
            "{code} {word}: {waited} ms"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn others_with_less_time_are_told_at_once() {
    let (script, core) = told(&LIST, 429, "3600").await;
    let error = call(&core, &LIST).await.unwrap_err();
    assert!(
        matches!(error.kind(), Kind::Limited(wait) if wait.as_secs() >= 3_600),
        "{error}"
    );
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 0));
    assert_eq!(script.sent().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_a_server_in_trouble_says_is_about_the_call() {
    for code in [500, 503] {
        let (script, core) = told(&LIST, code, "3600").await;
        call(&core, &LIST).await.unwrap();
        assert_eq!(script.times(), [0, 0], "{code}");
    }
}

/// A server that is asked twice before it answers, and then takes both back.
#[derive(Clone, Default)]
struct Both(Arc<Mutex<Vec<Instant>>>);

impl Transport for Both {
    fn send(&self, _: http::Request<Option<Body>>) -> Answer<'_> {
        let number = {
            let mut sent = self.0.lock().unwrap();
            sent.push(Instant::now());
            sent.len()
        };
        let (after, code, word) = match number {
            1 => (100, 429, "600"),
            2 => (300, 477, "5"),
            _ => (0, 200, "0"),
        };
        Box::pin(async move {
            sleep(Duration::from_millis(after)).await;
            let answer = http::Response::builder().status(code).header("retry-after", word);
            Ok(answer.body(Bytes::from("{}").into()).unwrap())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_shorter_word_does_not_take_a_longer_one_back() {
    let server = Both::default();
    let builder = ClientBuilder::new(&API).transport(server.clone()).clock(Still::new());
    let core = builder.max_attempts(1).build_core().unwrap();
    let both = [call(&core, &LIST), call(&core, &PROMISING_LIST)].map(IntoFuture::into_future);
    futures_util::future::join_all(both).await;
    call(&core, &LIST).timeout(Duration::from_hours(1)).await.unwrap();
    let sent = server.0.lock().unwrap().clone();
    assert!(sent[2] - sent[0] >= Duration::from_mins(10), "{:?}", sent[2] - sent[0]);
}
