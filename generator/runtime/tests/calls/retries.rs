//! When a request is sent again: the times of all attempts, to the millisecond, on paused time.

use runtime::AnyCall as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use runtime::calls::call::Call;
use runtime::calls::error::{Kind, Outcome};
use runtime::pace::clock::Clock;
use runtime::pace::limit::Limiter;
use runtime::pace::retry::RetryPolicy;
use runtime::received::stream::ByteStream;
use runtime::sent::body::Body;
use runtime::sent::uploads::upload::Upload;
use serde_json::Value;
use tokio::time::Instant;

use super::support::{BEGIN, CREATE, LIST, PROMISING_CREATE, PROMISING_LIST, Script, Step, call, create, status, with};

/// When the requests of a call are sent that is answered so.
async fn times(
    steps: impl Into<Vec<Step>>,
    change: impl FnOnce(Call<'_, Value, Value>) -> Call<'_, Value, Value>,
) -> Vec<u128> {
    let script = Script::new(steps);
    let core = script.core();
    change(call(&core, &LIST)).await.ok();
    script.times()
}

#[tokio::test(start_paused = true)]
async fn waits_double_and_end_after_four_attempts() {
    assert_eq!(times([Step::Break], |call| call).await, [0, 125, 375, 875]);
}

#[tokio::test(start_paused = true)]
async fn waits_stop_growing_at_the_cap() {
    let policy = RetryPolicy::default()
        .attempts(7)
        .backoff(Duration::from_secs(4), Duration::from_secs(20));
    let expected = [0, 2_000, 6_000, 14_000, 24_000, 34_000, 44_000];
    assert_eq!(times([status(500)], |call| call.retry(policy)).await, expected);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_succeeds_is_the_last() {
    let steps = [Step::Refuse, status(502), status(200), Step::Break];
    assert_eq!(times(steps, |call| call).await, [0, 125, 375]);
}

#[tokio::test(start_paused = true)]
async fn what_the_server_asks_for_is_never_shortened() {
    let retry_after = |value| [with(503, "retry-after", value), status(200)];
    // Half of the base is added, so that those who were told the same do not come back together.
    assert_eq!(times(retry_after("7"), |call| call).await, [0, 7_125]);
    assert_eq!(times(retry_after("60"), |call| call).await, [0, 60_125]);
    assert_eq!(times(retry_after("61"), |call| call).await, [0]);
    let date = "Sun, 01 Mar 2026 12:00:30 GMT";
    assert_eq!(times(retry_after(date), |call| call).await, [0, 30_125]);
    let milliseconds = [with(503, "retry-after-ms", "1500"), status(200)];
    assert_eq!(times(milliseconds, |call| call).await, [0, 1_625]);
}

/// A clock whose numbers are none that a clock should give.
#[derive(Debug)]
struct Odd(f64);
impl Clock for Odd {
    fn now(&self) -> Timestamp {
        BEGIN.parse().unwrap()
    }

    fn random(&self) -> f64 {
        self.0
    }
}

#[tokio::test(start_paused = true)]
async fn waits_beyond_all_measure_are_no_panic() {
    let huge = "9".repeat(400);
    let policy = RetryPolicy::default()
        .longest_retry_after(Duration::MAX)
        .backoff(Duration::MAX, Duration::MAX);
    for step in [
        with(503, "retry-after", &huge),
        with(429, "retry-after", &huge),
        status(423),
    ] {
        let script = Script::new([step]);
        let core = script.builder().timeout(Duration::MAX).build_core().unwrap();
        let error = call(&core, &PROMISING_LIST).retry(policy).await.unwrap_err();
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 1));
    }
    for odd in [f64::NAN, f64::INFINITY, -1.0] {
        let script = Script::new([status(503)]);
        let core = script.builder().clock(Odd(odd)).build_core().unwrap();
        assert_eq!(call(&core, &LIST).await.unwrap_err().attempts(), 4);
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_api_promises_is_believed_and_waited_for() {
    for (step, expected) in [
        (status(423), vec![0, 2_125]),
        (with(423, "retry-after", "1"), vec![0, 2_125]),
        (with(423, "retry-after", "5"), vec![0, 5_250]),
        (status(477), vec![0, 125]),
        (status(503), vec![0, 125]),
        (status(500), vec![0]),
        (status(522), vec![0]),
    ] {
        let script = Script::new([step.clone(), status(200)]);
        call(&script.core(), &PROMISING_CREATE).await.ok();
        assert_eq!(script.times(), expected, "{step:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_wait_goes_beyond_the_deadline() {
    let steps = [with(503, "retry-after", "9"), status(200)];
    assert_eq!(
        times(steps.clone(), |call| call.timeout(Duration::from_secs(9))).await,
        [0]
    );
    assert_eq!(
        times(steps.clone(), |call| call.timeout(Duration::from_secs(10))).await,
        [0, 9_125]
    );
    let deadline = (Instant::now() + Duration::from_secs(9)).into_std();
    assert_eq!(times(steps, |call| call.deadline(deadline)).await, [0]);
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_at_its_deadline_and_an_attempt_at_its_own() {
    let script = Script::new([Step::Hang]);
    let core = script.core();
    let began = Instant::now();
    let error = create(&core).await.unwrap_err();
    assert_eq!(began.elapsed().as_secs(), 60);
    assert!(matches!(error.kind(), Kind::Timeout(_)), "{error}");
    assert_eq!(error.outcome(), Outcome::Unknown);

    let began = Instant::now();
    let error = call(&core, &LIST).timeout(Duration::from_secs(90)).await.unwrap_err();
    assert_eq!(began.elapsed().as_secs(), 90);
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 2));
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_time_is_over_is_not_sent() {
    let script = Script::new([status(200)]);
    let core = script.core();
    let now = Instant::now().into_std();
    for late in [create(&core).deadline(now), create(&core).timeout(Duration::ZERO)] {
        let error = late.await.unwrap_err();
        assert!(matches!(error.kind(), Kind::Timeout(Duration::ZERO)), "{error}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 0));
        assert!(error.to_string().contains("was over before it was sent"), "{error}");
    }
    assert_eq!(script.sent().len(), 0);
    let for_ever = create(&core).timeout(Duration::MAX).attempt_timeout(Duration::MAX);
    for_ever.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_is_not_idempotent_is_repeated_only_when_rejected() {
    for (step, expected) in [
        (Step::Refuse, 4),
        (status(425), 4),
        (status(429), 4),
        (Step::Break, 1),
        (status(408), 1),
        (status(423), 1),
        (status(477), 1),
        (status(500), 1),
        (status(502), 1),
        (status(503), 1),
        (with(503, "retry-after", "1"), 1),
        (status(504), 1),
        (status(521), 1),
        (status(523), 1),
        (status(525), 1),
        (status(526), 1),
    ] {
        let script = Script::new([step.clone()]);
        let error = create(&script.core()).await.unwrap_err();
        assert_eq!(
            (script.sent().len(), error.attempts()),
            (expected, u32::try_from(expected).unwrap()),
            "{step:?}"
        );
    }
    let script = Script::new([Step::Break]);
    create(&script.core()).idempotent(true).await.unwrap_err();
    assert_eq!(script.sent().len(), 4, "the caller knows better");
}

#[tokio::test(start_paused = true)]
async fn a_later_rejection_does_not_undo_an_earlier_unknown() {
    let script = Script::new([status(500), status(403)]);
    let error = create(&script.core()).idempotent(true).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 403);
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[tokio::test(start_paused = true)]
async fn unavailable_can_be_read_as_rejected() {
    let script = Script::new([status(503)]);
    let policy = RetryPolicy::default().unavailable_is_rejected(true);
    let error = create(&script.core()).retry(policy).await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 4));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_can_be_sent_once_is_sent_once() {
    let script = Script::new([Step::Refuse]);
    let core = script.core();
    let upload = Upload::once(ByteStream::from(bytes::Bytes::from("x")));
    let error = call(&core, &CREATE)
        .body(Body::raw("text/plain", upload))
        .await
        .unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 1));
}

#[tokio::test(start_paused = true)]
async fn repetitions_add_a_fifth_at_most_once_the_savings_are_spent() {
    let script = Script::new([Step::Break]);
    let core = script.builder().limiter(Limiter::new(1000)).build_core().unwrap();
    for _ in 0..1000 {
        call(&core, &LIST).await.unwrap_err();
    }
    let sent = script.sent().len();
    assert_eq!(sent, 1000 + 50 + 200 - 1, "the first call finds the savings full");
}

#[tokio::test(start_paused = true)]
async fn hooks_see_every_attempt_and_how_it_ended() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (before, after) = (Arc::clone(&seen), Arc::clone(&seen));
    let script = Script::new([Step::Break, status(429), status(200)]);
    let core = script
        .builder()
        .before_attempt(move |attempt| {
            let line = format!("{} {}", attempt.operation.id, attempt.number);
            before.lock().unwrap().push(line);
        })
        .after_attempt(move |attempt, ending| {
            let status = ending.response.map(|response| response.status().as_u16());
            let line = format!("{} {status:?} {:?}", attempt.number, ending.outcome);
            after.lock().unwrap().push(line);
        })
        .build_core()
        .unwrap();
    call(&core, &LIST).await.unwrap();
    let expected = [
        "list 1",
        "1 None Unknown",
        "list 2",
        "2 Some(429) Rejected",
        "list 3",
        "3 Some(200) Done",
    ];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn what_went_wrong_before_sending_is_kept_for_the_one_who_awaits() {
    let script = Script::new([status(200)]);
    let core = script.core();
    for broken in [
        call(&core, &LIST).header("x y", "1"),
        call(&core, &LIST).header("x", "1\r\ny: 2"),
        call(&core, &LIST).header("host", "elsewhere.example.com"),
        call(&core, &LIST).header("content-length", "0"),
        call(&core, &LIST).json(&std::collections::BTreeMap::from([(vec![1], 1)])),
    ] {
        let error = broken.await.unwrap_err();
        assert!(matches!(error.kind(), Kind::Request(_)), "{error}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 0));
    }
    assert!(script.sent().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_reply_has_status_and_headers() {
    let script = Script::new([with(201, "location", "/things/1")]);
    let reply = create(&script.core()).header("x-request", "1").reply().await.unwrap();
    assert_eq!(
        (reply.status.as_u16(), &reply.headers["location"]),
        (201, &"/things/1".parse().unwrap())
    );
    let sent = script.sent().remove(0);
    assert_eq!(sent.headers["x-request"], "1");
    assert_eq!(sent.headers["content-type"], "application/json");
    assert_eq!(sent.body.unwrap(), r#"{"name":"x"}"#);
    assert_eq!(sent.uri, "https://api.example.com/base/things");
}
