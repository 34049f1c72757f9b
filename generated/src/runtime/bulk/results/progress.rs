// @generated from an OpenAPI description: the runtime, the same for every API.

//! How far a run is: outcomes go in, counts and a rate come out.

use std::time::Duration;

use tokio::time::Instant;

use crate::runtime::bulk::results::outcome::Outcome;

/// How far a run is, or how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Inputs that the server acted on.
    pub succeeded: u64,
    /// Inputs that the server refused.
    pub failed: u64,
    /// Inputs that the server may have acted on.
    pub unknown: u64,
    /// Inputs that the server did not act on and that can be sent again.
    pub not_sent: u64,
    /// Inputs that are on their way.
    pub in_flight: u64,
    /// Calls that have been answered or have failed, retries within a call not counted.
    pub calls: u64,
    /// Calls that wait for the client's limiter to let them go.
    pub waiting: u64,
    /// For how long it lets nobody go, as far as it knows; `None` when nobody waits, or when it waits for answers.
    pub next_turn: Option<Duration>,
    /// For how long the run has been going on.
    pub elapsed: Duration,
}

impl Progress {
    /// Inputs that have an outcome.
    #[must_use]
    pub const fn done(&self) -> u64 {
        self.succeeded + self.failed + self.unknown + self.not_sent
    }

    /// Inputs per second, on average.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
    pub fn per_second(&self) -> f64 {
        let seconds = self.elapsed.as_secs_f64();
        if seconds > 0.0 {
            self.done() as f64 / seconds
        } else {
            0.0
        }
    }
}

/// Keeps the counts of a run.
#[derive(Debug)]
pub(super) struct Tally {
    counts: Progress,
    started: Instant,
}

impl Tally {
    pub(super) fn new() -> Self {
        let counts = Progress {
            succeeded: 0,
            failed: 0,
            unknown: 0,
            not_sent: 0,
            in_flight: 0,
            calls: 0,
            waiting: 0,
            next_turn: None,
            elapsed: Duration::ZERO,
        };
        Self {
            counts,
            started: Instant::now(),
        }
    }

    pub(super) fn started(&mut self, inputs: usize) {
        self.counts.in_flight += inputs as u64;
    }

    pub(super) fn finished(&mut self, inputs: usize, calls: u64) {
        self.counts.in_flight = self.counts.in_flight.saturating_sub(inputs as u64);
        self.counts.calls += calls;
    }

    pub(super) fn count<T, F, E>(&mut self, outcome: &Outcome<T, F, E>) {
        let counter = match outcome {
            Outcome::Succeeded(_) => &mut self.counts.succeeded,
            Outcome::Failed(_) => &mut self.counts.failed,
            Outcome::Unknown(_) => &mut self.counts.unknown,
            Outcome::NotSent(_) => &mut self.counts.not_sent,
        };
        *counter += 1;
    }

    pub(super) fn progress(&self) -> Progress {
        Progress {
            elapsed: self.started.elapsed(),
            ..self.counts
        }
    }
}
