// @generated from an OpenAPI description: the runtime, the same for every API.

//! Connections by runtime: the runtime of a request goes in, the client with the connections that it drives comes out.

use std::sync::{Mutex, PoisonError};

use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::runtime::{Handle, Id};
use tokio::time::Instant;

use super::IDLE;
use super::connect::Connector;
use crate::runtime::sent::frames::Outgoing;

/// The clients of one network, one for each runtime that it is used on.
///
/// A connection is driven by the runtime that it was made on. Were it given to a request of another one, that would wait
/// whenever the first stands still.
pub(super) struct Pools {
    connector: Connector,
    pools: Mutex<Vec<Pool>>,
}

struct Pool {
    runtime: Id,
    /// When it was asked for last.
    used: Instant,
    client: Client<Connector, Outgoing>,
}

impl Pools {
    pub(super) const fn new(connector: Connector) -> Self {
        Self {
            connector,
            pools: Mutex::new(Vec::new()),
        }
    }

    /// The client whose connections this runtime drives.
    pub(super) fn on(&self, runtime: &Handle) -> Client<Connector, Outgoing> {
        let (runtime, now) = (runtime.id(), Instant::now());
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        // The idle connections of the others are too old by then. What is on its way has what it needs.
        pools.retain(|pool| pool.runtime == runtime || now.duration_since(pool.used) < IDLE);
        if let Some(pool) = pools.iter_mut().find(|pool| pool.runtime == runtime) {
            pool.used = now;
            return pool.client.clone();
        }
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .build(self.connector.clone());
        pools.push(Pool {
            runtime,
            used: now,
            client: client.clone(),
        });
        client
    }
}
