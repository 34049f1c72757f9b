// @generated from an OpenAPI description: the runtime, the same for every API.

//! What a bulk run and its calls tell each other: that no more is to be sent, and who waits for its turn.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::future::{Either, select};
use tokio::sync::watch;

/// Shared by a run and its calls.
#[derive(Debug)]
pub(crate) struct Oversight {
    halted: watch::Sender<bool>,
    waiting: AtomicU64,
}

impl Oversight {
    pub(crate) fn new() -> Self {
        Self {
            halted: watch::Sender::new(false),
            waiting: AtomicU64::new(0),
        }
    }

    /// Nothing more is sent. What waits for a turn gives it up, what is on its way goes on.
    pub(crate) fn halt(&self) {
        self.halted.send_replace(true);
    }

    pub(crate) fn is_halted(&self) -> bool {
        *self.halted.borrow()
    }

    /// How many calls wait for the limiter.
    pub(crate) fn waiting(&self) -> u64 {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Counts a call among those that wait, until the guard is dropped.
    fn enter(&self) -> Waiting<'_> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        Waiting(self)
    }
}

struct Waiting<'o>(&'o Oversight);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Waits, unless the run that the call belongs to has been halted or is meanwhile.
pub(crate) async fn unless_halted<T>(oversight: Option<&Oversight>, wait: impl Future<Output = T>) -> Option<T> {
    let Some(oversight) = oversight else {
        return Some(wait.await);
    };
    let mut halted = oversight.halted.subscribe();
    let halted = pin!(halted.wait_for(|&halted| halted));
    match select(halted, pin!(wait)).await {
        Either::Left(_) => None,
        Either::Right((value, _)) => Some(value),
    }
}

/// As [`unless_halted`], counted among the calls that wait for the limiter.
pub(crate) async fn turn_unless_halted<T>(oversight: Option<&Oversight>, wait: impl Future<Output = T>) -> Option<T> {
    let _waiting = oversight.map(Oversight::enter);
    unless_halted(oversight, wait).await
}
