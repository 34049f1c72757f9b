// @generated from an OpenAPI description: the runtime, the same for every API.

//! Batches on their way, each a task of its own: what a batch needs goes in, what became of it comes out when it has landed.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_util::stream::{FuturesUnordered, StreamExt as _};
use serde::de::DeserializeOwned;
use tokio::runtime::Handle;

use crate::runtime::bulk::account::Row;
use crate::runtime::bulk::exchange::{Exchange, Fate, Sender};
use crate::runtime::pace::task::Task;

/// Batches on their way. They go on while this is not polled, and end when it is dropped.
pub(super) struct Flights<S, E>(FuturesUnordered<Flight<S, E>>);

/// One batch on its way.
struct Flight<S, E> {
    task: Task<Exchange<E>>,
    /// What stayed here of it.
    sent: Vec<S>,
}

// Nothing is pinned inside.
impl<S, E> Unpin for Flight<S, E> {}

impl<S, E> Future for Flight<S, E> {
    type Output = (Vec<S>, Exchange<E>);

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let landed = ready!(Pin::new(&mut self.task).poll(context));
        let sent = std::mem::take(&mut self.sent);
        let exchange = landed.unwrap_or_else(|_| Exchange {
            fates: sent.iter().map(|_| Fate::Abandoned).collect(),
            ..Exchange::none()
        });
        Poll::Ready((sent, exchange))
    }
}

impl<S, E> Flights<S, E>
where
    E: DeserializeOwned + fmt::Debug + Send + Sync + 'static,
{
    pub(super) fn new() -> Self {
        Self(FuturesUnordered::new())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sends a batch.
    pub(super) fn begin(&mut self, runtime: Handle, sent: Vec<S>, sender: Arc<Sender<E>>, rows: Vec<Row>) {
        let flight = async move {
            let rows: Vec<_> = rows.iter().collect();
            sender.exchange(&rows).await
        };
        let task = Task::spawn_on(runtime, flight);
        self.0.push(Flight { task, sent });
    }

    /// The next batch that has landed; `None` when none is on its way.
    pub(super) fn poll_landing(&mut self, context: &mut Context<'_>) -> Poll<Option<(Vec<S>, Exchange<E>)>> {
        self.0.poll_next_unpin(context)
    }
}
