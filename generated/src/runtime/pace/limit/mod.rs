// @generated from an OpenAPI description: the runtime, the same for every API.

//! How fast and how many at once: answers go in, turns to send a request come out.

mod queue;
mod state;

use std::future::{Future as _, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep};

use self::queue::{PATIENCE, Place, WATCH};
use self::state::{LONGEST_WINDOW, State, Window};
use crate::runtime::pace::clock::Clock;
use crate::runtime::pace::rate::Rate;

/// How many requests may be on their way at once when nobody says otherwise.
const IN_FLIGHT: usize = 64;
/// After a day a server is asked again, whatever it said.
const LONGEST_SILENCE: Duration = Duration::from_hours(24);

/// Keeps requests within what a server permits in a window of time, and within a number that is on its way at once.
///
/// A clone is another handle to the same limiter: clients that share an account at the server should share one.
///
/// The limit is what the caller sets, or what the server's answers say if that is stricter. Others may use up the same
/// limit: each refusal (429) takes a quarter off what is used of it, and a window without one gives a little back. Where
/// nobody says what the limit is, a refusal halves the number of requests on their way, which then grows again slowly.
///
/// A refusal that says for how long to wait (`Retry-After`) holds for all requests through the limiter, for a day at most. So
/// does any other answer with a status that the API's description lists as not acted on (`x-rejected`).
///
/// First come, first served. Every wait ends a little later than it must, by chance, so that clients which were told to
/// wait for the same do not come back together.
#[derive(Debug, Clone)]
pub struct Limiter(Arc<Mutex<State>>);

/// What a limiter needs to know of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// There were too many requests.
    Refused,
    /// The description promises that nothing was done.
    Rejected,
    Other,
}

/// No turn: the server takes no more requests for this long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) wait: Duration,
    pub(crate) exhausted: bool,
}

impl Limiter {
    /// A limiter that lets `in_flight` requests be on their way at once, at least 1.
    #[must_use]
    pub fn new(in_flight: usize) -> Self {
        Self(Arc::new(Mutex::new(State::new(in_flight))))
    }

    /// At most `requests` in any `window`, even where the server permits more.
    #[must_use]
    pub fn per_window(self, requests: u32, window: Duration) -> Self {
        self.lock().set(Window {
            requests: usize::try_from(requests).unwrap_or(usize::MAX).max(1),
            length: window.min(LONGEST_WINDOW),
        });
        self
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a turn, if one comes before `deadline`. Dropping the future gives up the place, dropping the permit
    /// gives up the turn.
    pub(crate) async fn acquire(&self, deadline: Option<Instant>, clock: &dyn Clock) -> Result<Permit, Refused> {
        let mut waiting = Waiting {
            limiter: self,
            clock,
            place: None,
            alarm: None,
        };
        poll_fn(|context| waiting.poll(deadline, context)).await
    }

    /// For how long no request leaves, as far as that is known.
    pub(crate) fn next_turn(&self) -> Option<Duration> {
        let now = Instant::now();
        let until = self.lock().look(now).err()??;
        Some(until - now)
    }

    /// Learns from an answer: what it says of the limit, and how long to leave the server alone.
    pub(crate) fn learn(&self, answer: Answer, rate: Rate, asked: Option<Duration>, random: f64) {
        let now = Instant::now();
        let asked = asked.map(|asked| asked.min(LONGEST_SILENCE));
        let mut state = self.lock();
        state.learn(rate, now, random);
        match (answer, asked) {
            (Answer::Refused, _) => state.refused(rate, asked, now, random),
            (Answer::Rejected, Some(asked)) => state.close(asked, now, random),
            (Answer::Rejected, None) | (Answer::Other, _) => state.answered(now),
        }
        state.queue.wake_first();
    }

    /// Sends nothing for this long: a quota is used up.
    pub(crate) fn exhaust(&self, time: Duration) {
        let mut state = self.lock();
        state.exhaust(Instant::now().checked_add(time.min(LONGEST_SILENCE)));
        state.queue.wake_all();
    }
}

/// Somebody who waits for a turn.
struct Waiting<'l> {
    limiter: &'l Limiter,
    clock: &'l dyn Clock,
    place: Option<Place>,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Waiting<'_> {
    fn poll(&mut self, deadline: Option<Instant>, context: &mut Context<'_>) -> Poll<Result<Permit, Refused>> {
        loop {
            let now = Instant::now();
            let mut state = self.limiter.lock();
            state.check(now)?;
            if self.place.is_some() && deadline.is_some_and(|deadline| deadline <= now) {
                let wait = Duration::ZERO;
                return Poll::Ready(Err(Refused { wait, exhausted: false }));
            }
            let look = state.look(now);
            let next = match (look, state.queue.is_first(self.place)) {
                (Ok(()), true) => {
                    if let Some(place) = self.place.take() {
                        state.queue.leave(place);
                    }
                    state.admit(now, self.clock.random());
                    state.queue.wake_first();
                    return Poll::Ready(Ok(Permit(self.limiter.clone())));
                }
                (Ok(()), false) => {
                    state.queue.call_first(now);
                    Some(now + PATIENCE)
                }
                (Err(Some(until)), _) if deadline.is_some_and(|deadline| deadline < until) => {
                    let wait = until - now;
                    return Poll::Ready(Err(Refused { wait, exhausted: false }));
                }
                (Err(until), true) => until,
                (Err(_), false) => Some(now + WATCH),
            };
            self.place = Some(state.queue.wait(self.place, context.waker(), now));
            drop(state);
            let Some(next) = next.into_iter().chain(deadline).min() else {
                return Poll::Pending;
            };
            let alarm = self
                .alarm
                .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(next)));
            if alarm.deadline() != next {
                alarm.as_mut().reset(next);
            }
            if alarm.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(place) = self.place {
            let mut state = self.limiter.lock();
            state.queue.leave(place);
            state.queue.wake_first();
        }
    }
}

/// A turn to send one request.
#[derive(Debug)]
pub(crate) struct Permit(Limiter);

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.give_back();
        state.queue.wake_first();
    }
}

impl Default for Limiter {
    /// At most 64 requests on their way at once; the server's answers decide about the rate.
    fn default() -> Self {
        Self::new(IN_FLIGHT)
    }
}
