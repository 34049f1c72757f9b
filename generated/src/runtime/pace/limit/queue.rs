// @generated from an OpenAPI description: the runtime, the same for every API.

//! Who waits for a turn: arrivals in, the one that is first out.
//!
//! A place in the queue holds nothing. Whoever is first looks for itself when its waker is called, and one that does not
//! come when it is called loses its place to the next, so that nobody depends on somebody else being polled.

use std::collections::VecDeque;
use std::task::Waker;
use std::time::Duration;

use tokio::time::Instant;

/// For how long a turn that is there is kept for the first. Who is alive comes within microseconds.
pub(super) const PATIENCE: Duration = Duration::from_millis(50);
/// How often those behind the first look whether it is still alive.
pub(super) const WATCH: Duration = Duration::from_millis(250);

/// Who has not looked for so long does not come soon.
const ASLEEP: Duration = Duration::from_millis(500);

/// A place in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(u64);

#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<Waiting>,
    last: u64,
}

#[derive(Debug)]
struct Waiting {
    place: Place,
    waker: Waker,
    /// When it looked last.
    looked: Instant,
    /// Since when a turn is kept for it.
    called: Option<Instant>,
}

impl Queue {
    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether nobody stands before `place`; without a place, whether nobody waits at all.
    pub(super) fn is_first(&self, place: Option<Place>) -> bool {
        self.waiting.front().is_none_or(|first| Some(first.place) == place)
    }

    /// Keeps the place of one that waits on, or gives it one at the end.
    pub(super) fn wait(&mut self, place: Option<Place>, waker: &Waker, now: Instant) -> Place {
        let kept = place.and_then(|place| self.find(place));
        if let Some(waiting) = kept.and_then(|index| self.waiting.get_mut(index)) {
            waiting.waker.clone_from(waker);
            waiting.looked = now;
            waiting.called = None;
            return waiting.place;
        }
        self.last += 1;
        let place = Place(self.last);
        self.waiting.push_back(Waiting {
            place,
            waker: waker.clone(),
            looked: now,
            called: None,
        });
        place
    }

    pub(super) fn leave(&mut self, place: Place) {
        if let Some(index) = self.find(place) {
            self.waiting.remove(index);
        }
    }

    /// Places are given out in order.
    fn find(&self, place: Place) -> Option<usize> {
        self.waiting.binary_search_by_key(&place, |waiting| waiting.place).ok()
    }

    /// Lets the first look again.
    pub(super) fn wake_first(&self) {
        if let Some(first) = self.waiting.front() {
            first.waker.wake_by_ref();
        }
    }

    /// Lets everybody look again.
    pub(super) fn wake_all(&self) {
        self.waiting.iter().for_each(|waiting| waiting.waker.wake_by_ref());
    }

    /// Calls the first to a turn that is there, and passes over it where it has not come for long, with all behind it who do not look.
    pub(super) fn call_first(&mut self, now: Instant) {
        let Some(first) = self.waiting.front_mut() else {
            return;
        };
        match first.called {
            None => {
                first.called = Some(now);
                first.waker.wake_by_ref();
            }
            Some(called) if now.duration_since(called) >= PATIENCE => {
                self.waiting.pop_front();
                // Its runtime may stand still, and those behind it with it. Whoever is alive looks every `WATCH`.
                let is_asleep = |next: &Waiting| now.duration_since(next.looked) >= ASLEEP;
                while self.waiting.front().is_some_and(is_asleep) {
                    self.waiting.pop_front();
                }
                self.wake_first();
            }
            Some(_) => {}
        }
    }
}
