//! Waits of what is polled wherever its caller likes: a time in, its end out, or an error where no runtime keeps time.

use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::Sleep;

use crate::runtime::panic;

/// A wait that has begun.
pub(crate) struct Timer(Pin<Box<Sleep>>);

impl Timer {
    /// Begins a wait on a runtime.
    fn start(runtime: &Handle, time: Duration) -> Result<Self, String> {
        panic::caught(|| {
            let _entered = runtime.enter();
            Self(Box::pin(tokio::time::sleep(time)))
        })
    }

    /// Waits; what has not begun begins, on that `runtime`.
    ///
    /// Where the runtime has ended or was built without timers, `tokio` reports a panic to the panic hook before the error
    /// is returned: it has no other word for that.
    pub(crate) fn poll(
        wait: &mut Option<Self>,
        runtime: Result<Handle, &'static str>,
        time: Duration,
        context: &mut Context<'_>,
    ) -> Poll<Result<(), String>> {
        let timer = match wait.take() {
            Some(timer) => Ok(timer),
            None => runtime
                .map_err(str::to_owned)
                .and_then(|runtime| Self::start(&runtime, time)),
        };
        let mut timer = match timer {
            Ok(timer) => timer,
            Err(problem) => return Poll::Ready(Err(problem)),
        };
        match panic::caught(|| timer.0.as_mut().poll(context)) {
            Ok(Poll::Pending) => {
                *wait = Some(timer);
                Poll::Pending
            }
            Ok(Poll::Ready(())) => Poll::Ready(Ok(())),
            Err(problem) => Poll::Ready(Err(problem)),
        }
    }
}
