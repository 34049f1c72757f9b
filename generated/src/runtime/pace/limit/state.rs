// @generated from an OpenAPI description: the runtime, the same for every API.

//! What is known of a server's limit: answers in, turns out.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::Refused;
use super::queue::Queue;
use crate::runtime::pace::rate::Rate;

/// The pause after a refusal that names none; it doubles with every further one in a row.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(16);
/// For how long, and how many, requests are remembered where the window is not known yet. No server is believed that others
/// have sent more.
const MEMORY: Duration = Duration::from_mins(1);
const MOST: usize = 10_000;
/// Longer than any process lives, and short enough to count with.
pub(super) const LONGEST_WINDOW: Duration = Duration::from_hours(100 * 365 * 24);
/// How far apart those come back who were told to wait for the same.
const SHORTEST_SPREAD: Duration = Duration::from_millis(250);
const LONGEST_SPREAD: Duration = Duration::from_secs(5);

/// What is known of a limit, and what of it is used.
#[derive(Debug, Default)]
pub(super) struct State {
    /// How many requests may be without an answer at once.
    in_flight: usize,
    /// Who waits for a turn.
    pub(super) queue: Queue,
    /// The one of the limits with the lower rate, of which refusals take a part.
    window: Option<Window>,
    /// The limit that the caller set.
    set: Option<Window>,
    /// The limit that the server told.
    told: Option<Window>,
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
    /// Until when, after a pause, those who waited for its end leave one by one instead of all at once.
    crowded: Option<Instant>,
    /// The next of them leaves then.
    gap: Option<Instant>,
    /// A quota that does not come back soon is used up until then.
    exhausted: Option<Instant>,
}

/// So many requests in so much time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) requests: usize,
    pub(super) length: Duration,
}

/// A request that counts towards the limit.
#[derive(Debug, Clone, Copy)]
struct Slot {
    sent: Instant,
    is_ours: bool,
}

impl State {
    pub(super) fn new(in_flight: usize) -> Self {
        Self {
            in_flight: in_flight.max(1),
            ..Self::default()
        }
    }

    /// The caller's own limit.
    pub(super) fn set(&mut self, window: Window) {
        self.set = Some(window);
        self.window = Some(window);
    }

    /// The limits that hold.
    fn windows(&self) -> impl Iterator<Item = Window> + use<> {
        [self.set, self.told].into_iter().flatten()
    }

    /// Whether a turn can come at all.
    pub(super) fn check(&self, now: Instant) -> Result<(), Refused> {
        match self.exhausted.filter(|&until| until > now) {
            Some(until) => Err(Refused {
                wait: until - now,
                exhausted: true,
            }),
            None => Ok(()),
        }
    }

    /// Whether there is a turn now; if not, when to look again (`None`: when something changes).
    pub(super) fn look(&mut self, now: Instant) -> Result<(), Option<Instant>> {
        let until = self.closed.max(self.gap);
        if let Some(until) = until.filter(|&until| until > now) {
            return Err(Some(until));
        }
        if self.open >= self.most_open.map_or(self.in_flight, |most| most.min(self.in_flight)) {
            return Err(None);
        }
        self.quota = self.quota.filter(|&(_, until)| until > now);
        if let Some((0, until)) = self.quota {
            return Err(Some(until));
        }
        let memory = self.windows().map(Window::memory).max().unwrap_or(MEMORY);
        let most = if self.window.is_some() { usize::MAX } else { MOST };
        while self.taken.len() >= most || self.taken.front().is_some_and(|slot| slot.sent + memory <= now) {
            let slot = self.taken.pop_front();
            self.ours -= usize::from(slot.is_some_and(|slot| slot.is_ours));
        }
        // Each for itself: the one with the lower rate may permit more at once than the other.
        for window in self.windows() {
            let earliest = self.taken.len().checked_sub(window.requests);
            let until = earliest.and_then(|index| Some(self.taken.get(index)?.sent + window.memory()));
            if let Some(until) = until.filter(|&until| until > now) {
                return Err(Some(until));
            }
        }
        if let (Some(window), Some(share)) = (self.window, self.share) {
            let begin = self.taken.partition_point(|slot| slot.sent + window.memory() <= now);
            let ours = match begin {
                0 => self.ours,
                begin => self.taken.range(begin..).filter(|slot| slot.is_ours).count(),
            };
            if ours >= share {
                return Err(self.taken.get(begin).map(|slot| slot.sent + window.memory()));
            }
        }
        Ok(())
    }

    /// Takes the turn that is there.
    pub(super) fn admit(&mut self, now: Instant, random: f64) {
        // A request counts a little longer than it must, so that clients with the same window drift apart.
        let length = self.windows().map(|window| window.length).min().unwrap_or_default();
        self.take(now + spread((length / 20).min(LONGEST_SPREAD), random), true);
        if let Some((left, _)) = &mut self.quota {
            *left -= 1;
        }
        self.open += 1;
        self.crowded = self.crowded.filter(|&until| until > now);
        let waiting = u32::try_from(self.queue.len()).unwrap_or(u32::MAX);
        self.gap = self
            .crowded
            .filter(|_| waiting > 0)
            .map(|until| now + spread((until - now) / waiting.max(1), random));
    }

    /// A request has been answered, or given up.
    pub(super) fn give_back(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    fn take(&mut self, sent: Instant, is_ours: bool) {
        let place = self.taken.partition_point(|other| other.sent <= sent);
        self.taken.insert(place, Slot { sent, is_ours });
        self.ours += usize::from(is_ours);
    }

    pub(super) fn learn(&mut self, rate: Rate, now: Instant, random: f64) {
        if let (Some(requests), Some(length)) = (rate.requests, rate.window) {
            let told = Window { requests, length };
            self.told = Some(told);
            self.window = Some(match self.set {
                Some(set) if set.is_stricter_than(told) => set,
                _ => told,
            });
        }
        match (rate.remaining, rate.reset, self.window) {
            // What is on its way may not have been counted yet.
            (Some(remaining), Some(reset), _) => {
                let others = self.open.saturating_sub(1);
                let reset = reset + spread((reset / 10).min(LONGEST_SPREAD), random);
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

    pub(super) fn refused(&mut self, rate: Rate, asked: Option<Duration>, now: Instant, random: f64) {
        // What was on its way when the server refused for the first time says nothing new, but for how long to wait.
        if self.closed.is_some_and(|until| until > now) {
            if let Some(asked) = asked {
                self.close(asked, now, random);
            }
            return;
        }
        let pause = asked.or(rate.reset).unwrap_or_else(|| {
            let doubled = PAUSE.saturating_mul(2_u32.saturating_pow(self.refusals));
            doubled.min(LONGEST_PAUSE)
        });
        self.close(pause, now, random);
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

    /// Sends nothing for this long, where that is longer than what is known.
    pub(super) fn close(&mut self, pause: Duration, now: Instant, random: f64) {
        let until = now + pause.min(LONGEST_WINDOW);
        if self.closed.is_some_and(|closed| closed >= until) {
            return;
        }
        // Others were told the same at the same time; whoever comes back at the same time is refused again.
        let crowd = crowd(pause);
        self.closed = Some(until + spread(crowd, random));
        self.crowded = self.closed.map(|end| end + crowd);
    }

    pub(super) fn answered(&mut self, now: Instant) {
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

    /// Sends nothing until then.
    pub(super) fn exhaust(&mut self, until: Option<Instant>) {
        self.exhausted = until;
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

/// In how much time those come back who were told to wait for so long.
fn crowd(pause: Duration) -> Duration {
    match pause {
        Duration::ZERO => Duration::ZERO,
        pause => (pause / 10).clamp(SHORTEST_SPREAD, LONGEST_SPREAD),
    }
}

/// A part of a wait, so that those who wait for the same do not all come at its end.
fn spread(wait: Duration, random: f64) -> Duration {
    let seconds = wait.as_secs_f64() * random.clamp(0.0, 1.0);
    Duration::try_from_secs_f64(seconds).unwrap_or(wait)
}
