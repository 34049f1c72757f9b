//! Limits: how many requests a server gets in which time, and how many answers are refusals.

use runtime::AnyCall as _;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use runtime::calls::error::{Kind, Outcome};
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::network::transport::{Answer, Transport};
use runtime::pace::limit::Limiter;
use runtime::sent::body::Body;
use tokio::time::{Instant, sleep};

use super::support::{API, LIST, Script, Step, Still, call, create, status, with};

/// A server that permits 190 requests in any ten seconds, and refuses the others.
#[derive(Clone)]
struct Rolling {
    state: Arc<Mutex<State>>,
    /// Whether its answers say what the limit is and how much is left of it.
    tells: bool,
    latency: Duration,
}

#[derive(Default)]
struct State {
    recent: VecDeque<Instant>,
    served: u32,
    refused: u32,
    open: u32,
    most_open: u32,
}

const LIMIT: usize = 190;
const WINDOW: Duration = Duration::from_secs(10);

impl Rolling {
    fn new(tells: bool, latency: Duration) -> Self {
        Self {
            state: Arc::default(),
            tells,
            latency,
        }
    }

    fn builder(&self) -> ClientBuilder {
        ClientBuilder::new(&API).transport(self.clone()).clock(Still::new())
    }

    /// Runs 64 callers for ten minutes; what part of the limit was served, and what part of the answers was a refusal.
    async fn storm(&self, clients: &[Core]) -> (f64, f64) {
        const MINUTES: u32 = 10;
        let end = Instant::now() + Duration::from_mins(MINUTES.into());
        let callers = (0..64).map(|caller| async move {
            while Instant::now() < end {
                create(&clients[caller % clients.len()]).await.ok();
            }
        });
        futures_util::future::join_all(callers).await;
        let state = self.state.lock().unwrap();
        let permitted = f64::from(MINUTES) * 6.0 * 190.0;
        let answers = f64::from(state.served + state.refused);
        (f64::from(state.served) / permitted, f64::from(state.refused) / answers)
    }
}

impl Transport for Rolling {
    fn send(&self, _: http::Request<Option<Body>>) -> Answer<'_> {
        Box::pin(async move {
            sleep(self.latency / 2).await;
            let answer = {
                let mut state = self.state.lock().unwrap();
                state.open += 1;
                state.most_open = state.most_open.max(state.open);
                let now = Instant::now();
                while state.recent.front().is_some_and(|&then| now - then >= WINDOW) {
                    state.recent.pop_front();
                }
                let status = if state.recent.len() >= LIMIT {
                    state.refused += 1;
                    429
                } else {
                    state.recent.push_back(now);
                    state.served += 1;
                    200
                };
                let mut answer = http::Response::builder().status(status);
                if self.tells {
                    answer = answer
                        .header("X-HubSpot-RateLimit-Max", LIMIT)
                        .header("X-HubSpot-RateLimit-Remaining", LIMIT - state.recent.len())
                        .header("X-HubSpot-RateLimit-Interval-Milliseconds", "10000");
                }
                answer
            };
            sleep(self.latency / 2).await;
            self.state.lock().unwrap().open -= 1;
            Ok(answer.body(Bytes::from("{}").into()).unwrap())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_tells_its_limit_is_used_to_the_full_and_refuses_next_to_nothing() {
    for milliseconds in [20, 300, 3000] {
        let server = Rolling::new(true, Duration::from_millis(milliseconds));
        let core = server.builder().build_core().unwrap();
        let (used, refused) = server.storm(&[core]).await;
        assert!(used >= 0.9, "{milliseconds} ms: {used:.3} of the limit");
        assert!(refused < 0.01, "{milliseconds} ms: {refused:.3} refused");
    }
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_the_caller_sets_needs_no_word_from_the_server() {
    let server = Rolling::new(false, Duration::from_millis(300));
    let core = server.builder().max_requests(190, WINDOW).build_core().unwrap();
    let (used, refused) = server.storm(&[core]).await;
    assert!(used >= 0.9, "{used:.3} of the limit");
    assert!(refused < 0.01, "{refused:.3} refused");
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_the_caller_sets_holds_beside_one_of_a_lower_rate() {
    let script = Script::new([with(200, "ratelimit-policy", "\"day\";q=80000;w=86400")]);
    let core = script
        .builder()
        .max_requests(5, Duration::from_secs(1))
        .build_core()
        .unwrap();
    call(&core, &LIST).await.unwrap();
    futures_util::future::join_all((0..30).map(|_| async { call(&core, &LIST).await.unwrap() })).await;
    let times = script.times();
    for (first, next_but_four) in times.iter().zip(&times[5..]) {
        assert!(next_but_four - first >= 1_000, "six in a second: {times:?}");
    }
    assert!(
        *times.last().unwrap() < 8_000,
        "no slower than the limits are: {times:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_tells_nothing_is_found_out() {
    let server = Rolling::new(false, Duration::from_millis(300));
    let core = server.builder().build_core().unwrap();
    let (used, refused) = server.storm(&[core]).await;
    assert!(used >= 0.5, "{used:.3} of the limit");
    assert!(refused < 0.05, "{refused:.3} refused");
}

#[tokio::test(start_paused = true)]
async fn clients_of_one_account_share_a_limiter() {
    let server = Rolling::new(true, Duration::from_millis(300));
    let limiter = Limiter::default();
    let core = || server.builder().limiter(limiter.clone()).build_core().unwrap();
    let (used, refused) = server.storm(&[core(), core()]).await;
    assert!(used >= 0.9, "{used:.3} of the limit");
    assert!(refused < 0.01, "{refused:.3} refused");
}

#[tokio::test(start_paused = true)]
async fn clients_that_know_nothing_of_each_other_get_along() {
    let server = Rolling::new(true, Duration::from_millis(300));
    let core = || server.builder().build_core().unwrap();
    let (used, refused) = server.storm(&[core(), core()]).await;
    assert!(used >= 0.8, "{used:.3} of the limit");
    assert!(refused < 0.05, "{refused:.3} refused");
}

#[tokio::test(start_paused = true)]
async fn what_was_used_before_the_client_began_is_counted() {
    let server = Rolling::new(true, Duration::from_millis(100));
    let before = server.builder().limiter(Limiter::new(1)).build_core().unwrap();
    for _ in 0..80 {
        call(&before, &LIST).await.unwrap();
    }
    let core = server.builder().build_core().unwrap();
    call(&core, &LIST).await.unwrap();
    let calls = (0..LIMIT).map(|_| async { call(&core, &LIST).await.unwrap() });
    futures_util::future::join_all(calls).await;
    let refused = server.state.lock().unwrap().refused;
    assert!(
        refused <= 20,
        "{refused}, where a client that looks at its own requests only gets 80"
    );
}

#[tokio::test(start_paused = true)]
async fn no_more_than_permitted_are_on_their_way_at_once() {
    let server = Rolling::new(false, Duration::from_secs(5));
    let core = server.builder().limiter(Limiter::new(3)).build_core().unwrap();
    futures_util::future::join_all((0..20).map(|_| async { call(&core, &LIST).await.unwrap() })).await;
    assert_eq!(server.state.lock().unwrap().most_open, 3);
}

#[tokio::test(start_paused = true)]
async fn calls_that_are_dropped_give_back_what_they_held() {
    let script = Script::new([Step::Hang, Step::Hang, Step::Hang, Step::Hang, status(200)]);
    let core = script.builder().limiter(Limiter::new(2)).build_core().unwrap();
    for _ in 0..2 {
        // Two are on their way, one waits for its turn.
        let calls = (0..3).map(|_| call(&core, &LIST).into_future());
        let all = futures_util::future::join_all(calls);
        tokio::time::timeout(Duration::from_secs(1), all).await.unwrap_err();
    }
    call(&core, &LIST).await.unwrap();
    assert_eq!(script.sent().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_holds_up_the_calls_of_others() {
    let script = Script::new([with(429, "retry-after", "9"), status(200)]);
    let core = script.core();
    let first = async { call(&core, &LIST).await.unwrap() };
    let second = async {
        sleep(Duration::from_secs(1)).await;
        call(&core, &LIST).await.unwrap()
    };
    tokio::join!(first, second);
    // Not at once when the pause is over, since others were refused at the same time, and not both together.
    assert_eq!(script.times(), [0, 9_450, 9_900]);
}

/// A server that refuses two requests at once, the later of them for longer.
#[derive(Clone, Default)]
struct Twice(Arc<Mutex<Vec<Instant>>>);

impl Transport for Twice {
    fn send(&self, _: http::Request<Option<Body>>) -> Answer<'_> {
        let number = {
            let mut sent = self.0.lock().unwrap();
            sent.push(Instant::now());
            sent.len()
        };
        Box::pin(async move {
            let answer = http::Response::builder();
            let answer = match number {
                1 => {
                    sleep(Duration::from_millis(100)).await;
                    answer.status(429)
                }
                2 => {
                    sleep(Duration::from_millis(300)).await;
                    answer.status(429).header("retry-after", "9")
                }
                _ => answer,
            };
            Ok(answer.body(Bytes::from("{}").into()).unwrap())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_later_refusal_may_ask_for_a_longer_wait() {
    let server = Twice::default();
    let builder = ClientBuilder::new(&API).transport(server.clone()).clock(Still::new());
    let core = builder.max_attempts(1).build_core().unwrap();
    let refused = [call(&core, &LIST), call(&core, &LIST)].map(IntoFuture::into_future);
    futures_util::future::join_all(refused).await;
    call(&core, &LIST).await.unwrap();
    let sent = server.0.lock().unwrap().clone();
    assert!(
        sent[2] - sent[0] >= Duration::from_millis(9_300),
        "{:?}",
        sent[2] - sent[0]
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_left_until_the_reset_is_not_exceeded() {
    let headers = |remaining: &str| {
        let headers = [("x-ratelimit-remaining", remaining), ("x-ratelimit-reset", "30")];
        Step::Answer(
            200,
            headers.map(|(name, value)| (name, value.to_owned())).into(),
            "{}".to_owned(),
        )
    };
    let script = Script::new([headers("2"), headers("1"), headers("0"), headers("9")]);
    let core = script.core();
    for _ in 0..4 {
        call(&core, &LIST).await.unwrap();
    }
    assert_eq!(script.times(), [0, 0, 0, 31_500]);
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let headers = vec![
        ("ratelimit-remaining", "0".to_owned()),
        ("ratelimit-reset", "3600".to_owned()),
    ];
    let script = Script::new([Step::Answer(200, headers, "{}".to_owned())]);
    let core = script.core();
    call(&core, &LIST).await.unwrap();
    let error = call(&core, &LIST).await.unwrap_err();
    assert!(
        matches!(error.kind(), Kind::Limited(wait) if wait.as_secs() == 3602),
        "{error}"
    );
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 0));
    assert!(!error.is_quota_exhausted());
    assert_eq!(script.times(), [0]);
}

#[tokio::test(start_paused = true)]
async fn a_quota_of_the_day_stops_everything() {
    let daily = Step::Answer(429, Vec::new(), r#"{"policyName":"DAILY"}"#.to_owned());
    let script = Script::new([daily, status(200)]);
    let core = script.core();
    let error = create(&core).await.unwrap_err();
    assert!(error.is_quota_exhausted());
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 1));

    let error = create(&core).await.unwrap_err();
    assert!(error.is_quota_exhausted());
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 0));
    assert_eq!(script.sent().len(), 1, "the rest is not sent");

    sleep(Duration::from_mins(1)).await;
    create(&core).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_quota_that_comes_back_at_no_time_stops_everything_for_a_day() {
    let body = r#"{"policyName":"DAILY"}"#.to_owned();
    let never = Step::Answer(429, vec![("retry-after", "9".repeat(400))], body);
    let script = Script::new([never, status(200)]);
    let core = script.core();
    for hours in [0, 23] {
        sleep(Duration::from_hours(hours)).await;
        assert!(create(&core).await.unwrap_err().is_quota_exhausted());
    }
    assert_eq!(script.sent().len(), 1);
    sleep(Duration::from_hours(1)).await;
    create(&core).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_window_beyond_all_measure_is_no_panic() {
    let script = Script::new([status(200)]);
    let core = script.builder().max_requests(1, Duration::MAX).build_core().unwrap();
    call(&core, &LIST).await.unwrap();
    let error = call(&core, &LIST).await.unwrap_err();
    assert!(matches!(error.kind(), Kind::Limited(_)), "{error}");
}

#[tokio::test(start_paused = true)]
async fn which_quota_stops_everything_is_the_callers_choice() {
    let script = Script::new([status(402)]);
    let builder = script
        .builder()
        .quota_exhausted(|answer| answer.status().as_u16() == 402);
    let core = builder.build_core().unwrap();
    assert!(create(&core).await.unwrap_err().is_quota_exhausted());
    assert!(create(&core).await.unwrap_err().is_quota_exhausted());
    assert_eq!(script.sent().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn who_comes_first_is_served_first() {
    let script = Script::new([status(200)]);
    let limiter = Limiter::new(2).per_window(1, Duration::from_secs(1));
    let core = script.builder().limiter(limiter).build_core().unwrap();
    let calls = (0..12).map(|place| {
        let call = call(&core, &LIST).header("x-place", &place.to_string()).into_owned();
        async move {
            sleep(Duration::from_millis(place)).await;
            call.await.unwrap()
        }
    });
    futures_util::future::join_all(calls).await;
    let order: Vec<_> = script
        .sent()
        .iter()
        .map(|sent| sent.headers["x-place"].to_str().unwrap().to_owned())
        .collect();
    assert_eq!(order, (0..12).map(|place: u64| place.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_is_shown_of_a_core_is_not_empty() {
    let shown = format!("{:?}", Script::new([status(200)]).core());
    assert!(shown.starts_with("Core {") && shown.contains("settings"), "{shown}");
}
