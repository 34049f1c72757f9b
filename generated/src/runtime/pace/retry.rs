// @generated from an OpenAPI description: the runtime, the same for every API.

//! Whether a failed attempt is repeated, and when: attempts and chance in, waits out.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::runtime::calls::outcome::{Outcome, Verdict};

/// How often and after which waits a call is repeated.
///
/// A request is repeated only when it cannot have reached the server, when HTTP or the API's description (`x-rejected`)
/// says that it was not acted on, or when a repetition does no harm: 503 and the other statuses of a server in trouble
/// say nothing of the kind.
///
/// Whatever the policy, all calls of a client share a budget of repetitions, 50 and a fifth of one more for each call, so that a
/// server in trouble gets about a fifth more requests at most. When it is used up, calls fail after their first attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How often a request is sent at most, the first time included.
    pub attempts: u32,
    /// The wait before the second attempt is a random part of this; it doubles with every further one.
    pub base: Duration,
    /// No random wait is longer.
    pub cap: Duration,
    /// A server that asks for a longer wait than this is not asked again by the same call. Where it was a refusal, other calls
    /// wait that long nevertheless ([`Limiter`](crate::runtime::pace::limit::Limiter)).
    pub longest_retry_after: Duration,
    /// Whether every 503 says that the server did not act. Proxies send it too, for a server that died while it acted.
    pub unavailable_is_rejected: bool,
}

impl Default for RetryPolicy {
    /// Four attempts, 250 ms doubling up to 20 s, `Retry-After` up to a minute; with 503, the server may have acted.
    fn default() -> Self {
        Self {
            attempts: 4,
            base: Duration::from_millis(250),
            cap: Duration::from_secs(20),
            longest_retry_after: Duration::from_mins(1),
            unavailable_is_rejected: false,
        }
    }
}

impl RetryPolicy {
    /// One attempt, whatever happens.
    #[must_use]
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// This policy with another number of attempts.
    #[must_use]
    pub const fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// This policy with other random waits: the first is a part of `base`, none is longer than `cap`.
    #[must_use]
    pub const fn backoff(self, base: Duration, cap: Duration) -> Self {
        Self { base, cap, ..self }
    }

    /// This policy with another limit on what `Retry-After` may ask for.
    #[must_use]
    pub const fn longest_retry_after(self, longest: Duration) -> Self {
        Self {
            longest_retry_after: longest,
            ..self
        }
    }

    /// This policy with another reading of 503, for an API behind nothing that sends one in its place.
    #[must_use]
    pub const fn unavailable_is_rejected(self, rejected: bool) -> Self {
        Self {
            unavailable_is_rejected: rejected,
            ..self
        }
    }

    /// The wait after `attempt` (counted from 1) where the server `asked` for one, or `None` when there is no further
    /// attempt. `random` is from 0 up to but not including 1.
    ///
    /// Full jitter: anything from nothing to the doubled base, so that clients which failed together do not come back
    /// together. What the server asks for is never shortened, and spread by the base for the same reason.
    pub(crate) fn wait(
        &self,
        attempt: u32,
        verdict: Verdict,
        asked: Option<Duration>,
        random: f64,
    ) -> Option<Duration> {
        if attempt >= self.attempts {
            return None;
        }
        match asked {
            Some(asked) if asked > self.longest_retry_after => None,
            Some(asked) => {
                let spread = part(self.base.min(self.cap), random);
                Some(asked.max(verdict.wait).saturating_add(spread))
            }
            None => {
                let doubled = self
                    .base
                    .saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
                Some(verdict.wait.saturating_add(part(doubled.min(self.cap), random)))
            }
        }
    }
}

/// A part of a duration, for any number that a clock of the caller's calls random.
fn part(whole: Duration, random: f64) -> Duration {
    let seconds = whole.as_secs_f64() * random.clamp(0.0, 1.0);
    Duration::try_from_secs_f64(seconds).unwrap_or(whole)
}

/// Whether a request that failed so may be sent again.
pub(crate) const fn may_repeat(verdict: Verdict, idempotent: bool) -> bool {
    verdict.passing
        && match verdict.outcome {
            Outcome::Rejected => true,
            Outcome::Unknown => idempotent,
            Outcome::Done => false,
        }
}

/// What a client may spend on repetitions: each call earns a fifth of one, so that a server in trouble gets about a
/// fifth more requests at most, whatever the policy.
#[derive(Debug)]
pub(crate) struct Budget(Mutex<f64>);

impl Budget {
    const FULL: f64 = 50.0;
    const EARNED: f64 = 0.2;

    pub(crate) fn earn(&self) {
        let mut saved = self.lock();
        *saved = (*saved + Self::EARNED).min(Self::FULL);
    }

    pub(crate) fn spend(&self) -> bool {
        let mut saved = self.lock();
        let enough = *saved >= 1.0;
        if enough {
            *saved -= 1.0;
        }
        enough
    }

    fn lock(&self) -> MutexGuard<'_, f64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(Mutex::new(Self::FULL))
    }
}
