// @generated from an OpenAPI description: the runtime, the same for every API.

//! Tasks that live no longer than somebody waits for them: a future in, its value out.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::task::{Context, Poll, ready};

use tokio::runtime::Handle;
use tokio::task::{JoinError, JoinHandle};

use crate::runtime::pace::panic;

/// The runtime that the caller is on.
///
/// # Errors
///
/// When there is none.
pub(crate) fn runtime() -> Result<Handle, &'static str> {
    Handle::try_current().map_err(|_| "it has to be awaited on a runtime of tokio's")
}

/// A task that is ended when this is dropped. It goes on while this is not polled.
///
/// Ending it drops its future at once, with all that others wait for, also where its runtime stands still and would drop it
/// some other day.
pub(crate) struct Task<T> {
    handle: JoinHandle<T>,
    runtime: Handle,
    work: Arc<Work<T>>,
}

/// What a task has to do; nothing when it is done or ended.
struct Work<T>(Mutex<Option<Pin<Box<dyn Future<Output = T> + Send>>>>);

impl<T: Send + 'static> Task<T> {
    /// Begins a task on a runtime, in the span that the caller is in.
    pub(crate) fn spawn_on(runtime: Handle, future: impl Future<Output = T> + Send + 'static) -> Self {
        #[cfg(feature = "tracing")]
        let future = tracing::Instrument::in_current_span(future);
        let work = Arc::new(Work(Mutex::new(Some(Box::pin(future)))));
        let worker = Arc::clone(&work);
        let handle = runtime.spawn(std::future::poll_fn(move |context| worker.poll(context)));
        Self { handle, runtime, work }
    }
}

impl<T> Work<T> {
    fn poll(&self, context: &mut Context<'_>) -> Poll<T> {
        let mut work = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(future) = work.as_mut() else {
            // It has been ended: who did that waits for no value.
            return Poll::Pending;
        };
        let value = ready!(future.as_mut().poll(context));
        *work = None;
        Poll::Ready(value)
    }

    /// Drops what there is to do, as its runtime would, unless it is being done at this moment.
    fn end(&self, runtime: &Handle) {
        let work = match self.0.try_lock() {
            Ok(mut work) => work.take(),
            Err(TryLockError::Poisoned(work)) => work.into_inner().take(),
            Err(TryLockError::WouldBlock) => None,
        };
        // Whoever drops a call is not the one to hear that code of a transport's panics.
        let ended = panic::caught(|| {
            let _entered = runtime.enter();
            drop(work);
        });
        ended.ok();
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.handle).poll(context)
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        // In this order: where it is being polled, the runtime drops it as soon as that returns.
        self.handle.abort();
        self.work.end(&self.runtime);
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Task").field(&self.handle.id()).finish()
    }
}
