//! Tasks that live no longer than somebody waits for them: a future in, its value out.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use tokio::task::{JoinError, JoinHandle};

/// A task that is ended when this is dropped. It goes on while this is not polled.
pub(crate) struct Task<T>(JoinHandle<T>);

impl<T: Send + 'static> Task<T> {
    /// Begins a task on the runtime that the caller is on, in the span that the caller is in.
    pub(crate) fn spawn(future: impl Future<Output = T> + Send + 'static) -> Result<Self, &'static str> {
        let handle = Handle::try_current().map_err(|_| "a call is awaited on a runtime of tokio's")?;
        #[cfg(feature = "tracing")]
        let future = tracing::Instrument::in_current_span(future);
        Ok(Self(handle.spawn(future)))
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context)
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Task").field(&self.0.id()).finish()
    }
}
