//! How fast and how many at once: answers go in, turns to send a request come out.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::StatusCode;
use tokio::sync::{Mutex as Queue, Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::runtime::rate::Rate;

/// How many requests may be on their way at once when nobody says otherwise.
const IN_FLIGHT: usize = 64;
/// The pause after a refusal that names none; it doubles with every further one in a row.
const PAUSE: Duration = Duration::from_secs(1);
/// For how long, and how many, requests are remembered where the window is not known yet. No server is believed that others
/// have sent more.
const MEMORY: Duration = Duration::from_mins(1);
const MOST: usize = 10_000;
const LONGEST_PAUSE: Duration = Duration::from_secs(16);
/// Longer than any process lives, and short enough to count with.
const LONGEST_WINDOW: Duration = Duration::from_hours(100 * 365 * 24);
/// After a day a quota that is used up is tried again, whatever the server said.
const LONGEST_EXHAUSTION: Duration = Duration::from_hours(24);

/// Keeps requests within what a server permits in a window of time, and within a number that is on its way at once.
///
/// A clone is another handle to the same limiter: clients that share an account at the server should share one.
///
/// The limit is what the caller sets, or what the server's answers say if that is stricter. Others may use up the same
/// limit: each refusal (429) takes a quarter off what is used of it, and a window without one gives a little back. Where
/// nobody says what the limit is, a refusal halves the number of requests on their way, which then grows again slowly.
#[derive(Debug, Clone)]
pub struct Limiter(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    /// First come, first served; who is first waits for the window.
    queue: Queue<()>,
    changed: Notify,
    in_flight: Arc<Semaphore>,
}

#[derive(Debug, Default)]
struct State {
    /// The limit that holds.
    window: Option<Window>,
    /// The limit that the caller set.
    set: Option<Window>,
    /// Whether an answer said what is left.
    is_told: bool,
    /// The part of the limit that is used, after refusals.
    share: Option<usize>,
    /// When the share changed last.
    shared: Option<Instant>,
    /// The requests in the window, those first that no longer count the earliest.
    taken: VecDeque<Slot>,
    /// How many of them are ours.
    ours: usize,
    /// So many requests are left until then.
    quota: Option<(usize, Instant)>,
    /// Requests without an answer.
    open: usize,
    /// How many may be without an answer, after refusals.
    most_open: Option<usize>,
    /// How many answers must come before `most_open` grows.
    until_growth: usize,
    /// Refusals in a row.
    refusals: u32,
    /// No request before this.
    closed: Option<Instant>,
    /// A quota that does not come back soon is used up until then.
    exhausted: Option<Instant>,
}

/// So many requests in so much time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Window {
    requests: usize,
    length: Duration,
}

/// A request that counts towards the limit.
#[derive(Debug, Clone, Copy)]
struct Slot {
    sent: Instant,
    is_ours: bool,
}

/// No turn: the server takes no more requests for this long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) wait: Duration,
    pub(crate) exhausted: bool,
}

impl Limiter {
    /// A limiter that lets `in_flight` requests be on their way at once.
    #[must_use]
    pub fn new(in_flight: usize) -> Self {
        Self(Arc::new(Shared {
            state: Mutex::default(),
            queue: Queue::new(()),
            changed: Notify::new(),
            in_flight: Arc::new(Semaphore::new(in_flight.clamp(1, Semaphore::MAX_PERMITS))),
        }))
    }

    /// At most `requests` in any `window`, even where the server permits more.
    #[must_use]
    pub fn per_window(self, requests: u32, window: Duration) -> Self {
        let window = Window {
            requests: usize::try_from(requests).unwrap_or(usize::MAX).max(1),
            length: window.min(LONGEST_WINDOW),
        };
        let mut state = self.lock();
        state.set = Some(window);
        state.window = Some(window);
        drop(state);
        self
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a turn, if one comes before `deadline`. Dropping the future gives up the place, dropping the permit
    /// gives up the turn.
    pub(crate) async fn acquire(&self, deadline: Option<Instant>) -> Result<Permit, Refused> {
        self.lock().check(Instant::now())?;
        let in_flight = Arc::clone(&self.0.in_flight).acquire_owned().await.ok();
        let _first = self.0.queue.lock().await;
        loop {
            // Listening starts before looking, so that no change falls between the two.
            let changed = self.0.changed.notified();
            let now = Instant::now();
            let until = {
                let mut state = self.lock();
                state.check(now)?;
                match state.admit(now) {
                    Ok(()) => {
                        return Ok(Permit {
                            limiter: self.clone(),
                            _in_flight: in_flight,
                        });
                    }
                    Err(until) => until,
                }
            };
            match until {
                Some(until) if deadline.is_some_and(|deadline| deadline < until) => {
                    return Err(Refused {
                        wait: until - now,
                        exhausted: false,
                    });
                }
                // What it waits for may change meanwhile, so it looks again either way.
                Some(until) => drop(tokio::time::timeout_at(until, changed).await),
                None => changed.await,
            }
        }
    }

    /// Learns from an answer: what it says of the limit, and how long to leave the server alone.
    pub(crate) fn learn(&self, status: StatusCode, rate: Rate, asked: Option<Duration>) {
        let now = Instant::now();
        let mut state = self.lock();
        state.learn(rate, now);
        if status == StatusCode::TOO_MANY_REQUESTS {
            state.refused(rate, asked, now);
        } else {
            state.answered(now);
        }
        drop(state);
        self.0.changed.notify_waiters();
    }

    /// Sends nothing for this long: a quota is used up.
    pub(crate) fn exhaust(&self, time: Duration) {
        self.lock().exhausted = Instant::now().checked_add(time.min(LONGEST_EXHAUSTION));
        self.0.changed.notify_waiters();
    }
}

impl State {
    /// Whether a turn can come at all.
    fn check(&self, now: Instant) -> Result<(), Refused> {
        match self.exhausted.filter(|&until| until > now) {
            Some(until) => Err(Refused {
                wait: until - now,
                exhausted: true,
            }),
            None => Ok(()),
        }
    }

    /// Takes a slot, or says when to look again (`None`: when something changes).
    fn admit(&mut self, now: Instant) -> Result<(), Option<Instant>> {
        if let Some(until) = self.closed.filter(|&until| until > now) {
            return Err(Some(until));
        }
        if self.most_open.is_some_and(|most| self.open >= most) {
            return Err(None);
        }
        self.quota = self.quota.filter(|&(_, until)| until > now);
        if let Some((0, until)) = self.quota {
            return Err(Some(until));
        }
        let memory = self.window.map_or(MEMORY, Window::memory);
        let most = if self.window.is_some() { usize::MAX } else { MOST };
        while self.taken.len() >= most || self.taken.front().is_some_and(|slot| slot.sent + memory <= now) {
            let slot = self.taken.pop_front();
            self.ours -= usize::from(slot.is_some_and(|slot| slot.is_ours));
        }
        if let Some(window) = self.window {
            let is_full = self.taken.len() >= window.requests;
            if is_full || self.share.is_some_and(|share| self.ours >= share) {
                return Err(self.taken.front().map(|slot| slot.sent + memory));
            }
        }
        self.take(now, true);
        if let Some((left, _)) = &mut self.quota {
            *left -= 1;
        }
        self.open += 1;
        Ok(())
    }

    fn take(&mut self, sent: Instant, is_ours: bool) {
        let place = self.taken.partition_point(|other| other.sent <= sent);
        self.taken.insert(place, Slot { sent, is_ours });
        self.ours += usize::from(is_ours);
    }

    fn learn(&mut self, rate: Rate, now: Instant) {
        if let (Some(requests), Some(length)) = (rate.requests, rate.window) {
            let told = Window { requests, length };
            self.window = Some(match self.set {
                Some(set) if set.is_stricter_than(told) => set,
                _ => told,
            });
        }
        match (rate.remaining, rate.reset, self.window) {
            // What is on its way may not have been counted yet.
            (Some(remaining), Some(reset), _) => {
                let others = self.open.saturating_sub(1);
                self.quota = Some((remaining.saturating_sub(others), now + reset));
            }
            (Some(remaining), None, Some(window)) if !self.is_told => {
                // Others, or this program when it ran before, have used up some of it. When they did is not known; evenly
                // over the window is likely. What others do later shows in refusals.
                self.is_told = true;
                let used = rate.requests.unwrap_or(window.requests).saturating_sub(remaining);
                let others = used.min(window.requests).min(MOST).saturating_sub(self.taken.len());
                let step = window.length / u32::try_from(others.max(1)).unwrap_or(u32::MAX);
                let mut sent = now.checked_sub(window.length).unwrap_or(now);
                for _ in 0..others {
                    sent += step;
                    self.take(sent, false);
                }
            }
            (Some(_), None, _) | (None, ..) => {}
        }
    }

    fn refused(&mut self, rate: Rate, asked: Option<Duration>, now: Instant) {
        // What was on its way when the server refused for the first time says nothing new.
        if self.closed.is_some_and(|until| until > now) {
            return;
        }
        let pause = asked.or(rate.reset).unwrap_or_else(|| {
            let doubled = PAUSE.saturating_mul(2_u32.saturating_pow(self.refusals));
            doubled.min(LONGEST_PAUSE)
        });
        self.closed = now.checked_add(pause.min(LONGEST_WINDOW));
        self.refusals = self.refusals.saturating_add(1);
        if let Some(window) = self.window {
            let share = self.share.unwrap_or(window.requests);
            self.share = Some((share - share.div_ceil(4)).max(1));
            self.shared = Some(now);
        } else {
            let most = (self.most_open.unwrap_or(self.open) / 2).max(1);
            self.most_open = Some(most);
            self.until_growth = 2 * most * most;
        }
    }

    fn answered(&mut self, now: Instant) {
        self.refusals = 0;
        if let (Some(window), Some(share), Some(shared)) = (self.window, self.share, self.shared)
            && now >= shared + window.length
        {
            let more = share + window.requests.div_ceil(50);
            self.share = Some(more).filter(|&more| more < window.requests);
            self.shared = Some(now);
        }
        if let Some(most) = &mut self.most_open {
            self.until_growth = self.until_growth.saturating_sub(1);
            if self.until_growth == 0 {
                *most += 1;
                self.until_growth = 2 * *most * *most;
            }
        }
        if self.window.is_some() {
            self.most_open = None;
        }
    }
}

impl Window {
    /// For how long a request counts. It does so from when it arrives, which is a little after it is sent: the next but
    /// `requests` must not arrive earlier than a window's length after it.
    fn memory(self) -> Duration {
        self.length + self.length / 20
    }

    fn is_stricter_than(self, other: Self) -> bool {
        let rate = |window: Self| {
            let requests = u32::try_from(window.requests).unwrap_or(u32::MAX);
            f64::from(requests) / window.length.as_secs_f64()
        };
        rate(self) < rate(other)
    }
}

/// A turn to send one request.
#[derive(Debug)]
pub(crate) struct Permit {
    limiter: Limiter,
    _in_flight: Option<OwnedSemaphorePermit>,
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.limiter.lock();
        state.open = state.open.saturating_sub(1);
        drop(state);
        self.limiter.0.changed.notify_waiters();
    }
}

impl Default for Limiter {
    /// At most 64 requests on their way at once; the server's answers decide about the rate.
    fn default() -> Self {
        Self::new(IN_FLIGHT)
    }
}
