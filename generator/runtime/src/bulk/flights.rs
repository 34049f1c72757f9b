//! Batches on their way, each a task of its own: what a batch needs goes in, what became of it comes out when it has landed.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use serde::de::DeserializeOwned;
use tokio::task::{Id, JoinSet};

use crate::runtime::bulk::account::Row;
use crate::runtime::bulk::exchange::{Exchange, Fate, Sender};

/// Batches on their way. They go on while this is not polled, and end when it is dropped.
pub(super) struct Flights<S, E> {
    tasks: JoinSet<Exchange<E>>,
    /// What stayed here of each.
    sent: BTreeMap<Id, Vec<S>>,
}

impl<S, E> Flights<S, E>
where
    E: DeserializeOwned + fmt::Debug + Send + Sync + 'static,
{
    pub(super) fn new() -> Self {
        Self {
            tasks: JoinSet::new(),
            sent: BTreeMap::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.sent.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }

    /// Sends a batch.
    pub(super) fn begin(&mut self, sent: Vec<S>, sender: Arc<Sender<E>>, rows: Vec<Row>) {
        let flight = async move {
            let rows: Vec<_> = rows.iter().collect();
            sender.exchange(&rows).await
        };
        #[cfg(feature = "tracing")]
        let flight = tracing::Instrument::in_current_span(flight);
        let id = self.tasks.spawn(flight).id();
        self.sent.insert(id, sent);
    }

    /// The next batch that has landed; `None` when none is on its way.
    pub(super) fn poll_landing(&mut self, context: &mut Context<'_>) -> Poll<Option<(Vec<S>, Exchange<E>)>> {
        let Some(landed) = ready!(self.tasks.poll_join_next_with_id(context)) else {
            return Poll::Ready(None);
        };
        let (id, exchange) = match landed {
            Ok((id, exchange)) => (id, Some(exchange)),
            Err(error) => (error.id(), None),
        };
        let sent = self.sent.remove(&id).unwrap_or_default();
        let exchange = exchange.unwrap_or_else(|| Exchange {
            fates: sent.iter().map(|_| Fate::Abandoned).collect(),
            ..Exchange::none()
        });
        Poll::Ready(Some((sent, exchange)))
    }
}
