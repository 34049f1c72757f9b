// @generated from an OpenAPI description: the runtime, the same for every API.

//! Time of day and chance, behind a seam so that tests decide about both. Waiting is tokio's, which tests can pause.

use std::fmt;
use std::hash::{BuildHasher, RandomState};

use jiff::Timestamp;

/// Where a client gets the time of day and its random numbers from.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The time of day, for `Retry-After` dates.
    fn now(&self) -> Timestamp;

    /// A number from 0 up to but not including 1, evenly distributed, for jitter.
    fn random(&self) -> f64;
}

/// The system's clock, and the random keys of the standard library's hasher.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn random(&self) -> f64 {
        let bits = u32::try_from(RandomState::new().hash_one(0) >> 32).unwrap_or_default();
        f64::from(bits) / (f64::from(u32::MAX) + 1.0)
    }
}
