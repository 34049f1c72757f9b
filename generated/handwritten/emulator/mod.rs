//! An emulator of the five ticket endpoints: settings go in, a server on a loopback port and its truth come out.
//!
//! It does what the real server does, including what no description of the API says: one bad input makes it refuse a
//! whole batch unless every input carries a trace id of its own, a call may take 100 inputs, requests are counted per
//! window and per day. It refuses properties that do not exist, values that a property cannot have, ids that are no
//! numbers, and types of associations that do not exist; [`Builder`] declares what an account has beyond the usual.
//! `GET /crm/v3/properties/tickets` lists the properties. On demand it also does what a server does on a bad day ([`Faults`]): connections are reset
//! before and after a batch was applied, answers are cut short, inputs are silently left out.
//!
//! Start one in a test, point a client at [`Emulator::url`], and compare what the client says with what the server
//! knows:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use hubspot_tickets_batch::emulator::{Emulator, Faults};
//!
//! let emulator = Emulator::builder().faults(Faults::bad_day(7)).start().await?;
//! assert!(emulator.url().starts_with("http://127.0.0.1:"));
//! assert_eq!(emulator.tickets().len(), 0);
//! # Ok(())
//! # }
//! ```
//!
//! HTTP is spoken by a small loop of our own over `httparse` and not by a server library, because a fault is a matter
//! of single bytes: a reset in the middle of a body is nothing that a well-behaved server lets its user ask for.

mod answer;
mod check;
mod clock;
mod faults;
mod http;
mod input;
mod limits;
mod operations;
mod properties;
mod server;
mod store;

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::models::AssociationCategory;

pub use clock::{Clock, ManualClock, SystemClock};
pub use faults::{Fault, Faults};
pub use limits::Limits;
pub use store::{Association, StoredTicket, Version};

use limits::Meter;
use properties::Schema;
use server::State;
use store::Store;

/// The most inputs that one call may carry.
pub const BATCH_LIMIT: usize = 100;

/// The most inputs that a read with histories may carry.
pub const HISTORY_BATCH_LIMIT: usize = 50;

/// How to start an [`Emulator`].
#[derive(Debug)]
#[must_use = "nothing listens before `start`"]
pub struct Builder {
    token: String,
    limits: Option<Limits>,
    faults: Faults,
    clock: Arc<dyn Clock>,
    schema: Schema,
    port: u16,
}

impl Builder {
    /// The bearer token that requests must carry. Default: `emulator-token`.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = token.into();
        self
    }

    /// How many requests are answered per window and per day. Default: any number.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// What goes wrong, and when. Default: nothing.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// Where the time comes from, for the windows and for the timestamps. Default: [`SystemClock`].
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Declares a property that holds any text. An input with a property that is neither declared nor one of those that
    /// every account has is refused.
    pub fn property(mut self, name: impl Into<String>) -> Self {
        self.schema.add_text(name.into());
        self
    }

    /// Declares a property whose values are unique, so that `idProperty` may name it.
    pub fn unique_property(mut self, name: impl Into<String>) -> Self {
        self.schema.add_unique(name.into());
        self
    }

    /// Declares a property whose value is one of `options`, or gives one that every account has other options.
    pub fn enumeration<T: Into<String>>(
        mut self,
        name: impl Into<String>,
        options: impl IntoIterator<Item = T>,
    ) -> Self {
        let options = options.into_iter().map(Into::into).collect();
        self.schema.add_choice(name.into(), options);
        self
    }

    /// Declares a stage of a pipeline, and the pipeline with it. Default: pipeline `0` with the stages `1` to `4`.
    pub fn stage(mut self, pipeline: impl Into<String>, stage: impl Into<String>) -> Self {
        self.schema.add_stage(pipeline.into(), stage.into());
        self
    }

    /// Declares a type of associations. Default: those that HubSpot has defined for tickets.
    pub fn association_type(mut self, category: &AssociationCategory, type_id: i32) -> Self {
        self.schema
            .add_association(category.as_str().to_owned(), i64::from(type_id));
        self
    }

    /// The port to listen on. Default: one that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Begins to listen on the loopback interface, inside the runtime that this is called in.
    ///
    /// # Errors
    ///
    /// The port is taken, the system has none to give, or there is no runtime here.
    pub async fn start(self) -> io::Result<Emulator> {
        let runtime = Handle::try_current().map_err(io::Error::other)?;
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(Mutex::new(State {
            store: Store::new(self.schema),
            meter: Meter::new(self.limits),
            faults: self.faults,
            clock: self.clock,
            token: self.token.clone(),
            requests: 0,
            answers: BTreeMap::new(),
        }));
        let task = runtime.spawn(server::serve(listener, Arc::clone(&state)));
        Ok(Emulator {
            address,
            token: self.token,
            state,
            task,
        })
    }
}

/// A running server of the five ticket endpoints. It stops when it is dropped.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    token: String,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl Emulator {
    /// Settings for a new server.
    pub fn builder() -> Builder {
        Builder {
            token: "emulator-token".to_owned(),
            limits: None,
            faults: Faults::none(),
            clock: Arc::new(SystemClock),
            schema: Schema::new(),
            port: 0,
        }
    }

    /// A server that nothing goes wrong with and that has no limits.
    ///
    /// # Errors
    ///
    /// The system has no port to give, or there is no runtime here.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// The base URL to give to a client.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The token that requests must carry.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Every ticket there is, archived ones included, in the order of their creation.
    #[must_use]
    pub fn tickets(&self) -> Vec<StoredTicket> {
        self.state().store.tickets().cloned().collect()
    }

    /// How many tickets there are for each value of a property, which tells how often each was created. Tickets without
    /// the property are left out.
    #[must_use]
    pub fn count_by(&self, property: &str) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for value in self
            .state()
            .store
            .tickets()
            .filter_map(|ticket| ticket.property(property))
        {
            *counts.entry(value.to_owned()).or_default() += 1;
        }
        counts
    }

    /// How many requests arrived whole, whatever became of them.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.state().requests
    }

    /// How many answers of each status were decided on, whether or not a fault let them arrive.
    #[must_use]
    pub fn answers(&self) -> BTreeMap<u16, u64> {
        self.state().answers.clone()
    }

    /// Replaces the schedule of faults from the next request on.
    pub fn set_faults(&self, faults: Faults) {
        self.state().faults = faults;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.task.abort();
    }
}
