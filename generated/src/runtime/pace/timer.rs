// @generated from an OpenAPI description: the runtime, the same for every API.

//! Waits of what is polled wherever its caller likes: a time in, its end out, or an error where no runtime keeps time.

use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::runtime::{Handle, Id};
use tokio::time::Sleep;

use crate::runtime::pace::panic;

/// A wait that has begun.
pub(crate) struct Timer {
    /// Who keeps the time.
    runtime: Id,
    sleep: Pin<Box<Sleep>>,
}

impl Timer {
    /// Begins a wait on a runtime.
    fn start(runtime: &Handle, time: Duration) -> Result<Self, String> {
        panic::caught(|| {
            let _entered = runtime.enter();
            Self {
                runtime: runtime.id(),
                sleep: Box::pin(tokio::time::sleep(time)),
            }
        })
    }

    /// Waits; what has not begun begins, on that `runtime`. So does what another runtime keeps the time of, which may stand
    /// still.
    ///
    /// Where the runtime has ended or was built without timers, `tokio` reports a panic to the panic hook before the error
    /// is returned: it has no other word for that.
    pub(crate) fn poll(
        wait: &mut Option<Self>,
        runtime: Result<Handle, &'static str>,
        time: Duration,
        context: &mut Context<'_>,
    ) -> Poll<Result<(), String>> {
        let runtime = runtime?;
        let mut timer = match wait.take() {
            Some(timer) if timer.runtime == runtime.id() => timer,
            _ => Self::start(&runtime, time)?,
        };
        let waited = panic::caught(|| timer.sleep.as_mut().poll(context))?;
        if waited.is_pending() {
            *wait = Some(timer);
        }
        waited.map(Ok)
    }
}
