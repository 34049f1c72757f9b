// @generated from an OpenAPI description: the runtime, the same for every API.

//! Any number of inputs for an operation that takes a limited number of them: inputs go in, exactly one outcome for
//! each comes out.
//!
//! The engine is told by data what is special to an operation: a [`BatchLayout`], and the types of a
//! [`BatchOperation`]. For an operation that the description marks with `x-batch` the generated code is
//!
//! ```text
//! impl<'c> Batch<'c> {
//!     /// Creates any number of tickets …
//!     pub fn create_all<'a>(&self, inputs: impl Into<Source<'a, CreateTicket>>) -> Bulk<'a, CreateAll> {
//!         Bulk::new(self.core, inputs)
//!     }
//! }
//!
//! /// What [`Batch::create_all`] sends and receives.
//! #[derive(Debug, Clone, Copy)]
//! pub enum CreateAll {}
//!
//! impl BatchOperation for CreateAll {
//!     type Request = CreateTicketsRequest; // the body of the operation
//!     type Input = CreateTicket;           // an item of its member `inputs`
//!     type Output = Ticket;                // an item of a success's `results`; `()` where the layout names none
//!     type Failure = BatchError;           // an item of a success's `errors`; `Value` where the layout names none
//!     type Error = Error;                  // the body of a refusal, as in the operation's `Call`
//!     const OPERATION: &'static Operation = &CREATE;
//!     const LAYOUT: BatchLayout<'static> = BatchLayout {
//!         inputs: "inputs",
//!         limit: 100,
//!         results: Some("results"),
//!         errors: Some("errors"),
//!         complete: false,
//!         correlation: Some(BatchKey {
//!             input: "objectWriteTraceId",
//!             result: "objectWriteTraceId",
//!             error: Some("context.objectWriteTraceId"),
//!         }),
//!         identity: None,
//!         property: None,
//!         successes: &[Success::new(Statuses::Code(201), SuccessBody::Json)],
//!         refusal: &["category", "message"],
//!     };
//! }
//! ```

mod account;
mod departure;
mod exchange;
mod flights;
mod index;
mod layout;
mod proof;
mod refusal;
mod results;
mod source;

use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub use departure::Departure;
// What generated code says of its operations.
#[doc(hidden)]
pub use layout::{BatchKey, BatchLayout, BatchProperty, Statuses, Success, SuccessBody};
pub use results::outcome::{Failure, NotSent, Outcome, Record, Said, Unknown};
pub use results::outcomes::{Outcomes, Stopper};
pub use results::progress::Progress;
pub use source::Source;

use crate::runtime::calls::call::{Call, Operation};
use crate::runtime::client::core::Core;
use crate::runtime::values::json;

/// An operation that takes many inputs in one call.
pub trait BatchOperation: 'static {
    /// The body of the operation.
    type Request: Serialize;
    /// One of the inputs in it.
    type Input: Serialize + Send;
    /// What a success says of an input that succeeded.
    type Output: DeserializeOwned + Send;
    /// What a success says of inputs that failed.
    type Failure: DeserializeOwned + Send + Sync;
    /// The body of a refusal. An answer that does not decode as one, or that has hardly anything of what is described, is not
    /// the API's, and says nothing about inputs.
    type Error: DeserializeOwned + fmt::Debug + Send + Sync + 'static;

    /// The operation.
    const OPERATION: &'static Operation;
    /// Where it keeps what belongs to one input.
    const LAYOUT: BatchLayout<'static>;
}

/// How many calls of a run are on their way at most: what is drawn for them is held.
const MOST_CALLS: usize = 1024;

/// How long inputs of a stream wait for others when nobody says otherwise.
const LINGER: Duration = Duration::from_secs(1);

type Stop<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
type OnProgress<'a> = Box<dyn FnMut(&Progress) + Send + 'a>;
type BeforeBatch<'a, I> = Box<dyn FnMut(&[Departure<'_, I>]) -> io::Result<()> + Send + 'a>;
type EachCall<E> = Arc<dyn for<'c> Fn(Call<'c, Value, E>) -> Call<'c, Value, E> + Send + Sync>;

/// A run over any number of inputs, before it begins.
///
/// The inputs are split into calls as large as the operation allows. Each gets a correlation id where the caller set
/// none, so that the server can accept the good inputs of a batch and name the bad ones. Calls run side by side under
/// the client's limits and are repeated by its rules. Only as many inputs are held as are on their way or waiting for
/// their turn.
///
/// Two inputs that name the same record are never on their way at once: the one that was given last is the one that the
/// server gets last. Two with the same correlation id never travel in one call, since nothing in its answer could tell
/// them apart.
///
/// Calls wait for the client's limiter as long as it takes: only a deadline of [`each_call`](Self::each_call) or
/// [`stop`](Self::stop) ends that. [`Progress`] says that they wait, and for how long.
///
/// An input succeeds only by an answer that shows it (one that is not described, by its id), and fails only by the API's own word: a refusal with a
/// body of the described shape, or an error that names the input. A refusal of another make, such as a proxy's page, says
/// nothing about inputs: the call is repeated by the client's policy, and then they are not sent, or unknown where an
/// attempt before may have been acted on. Only a refused batch is halved.
#[must_use = "nothing is sent before `outcomes`, `collect` or `run`"]
pub struct Bulk<'a, O: BatchOperation> {
    core: Core,
    source: Source<'a, O::Input>,
    members: Result<Map<String, Value>, Arc<str>>,
    prefix: String,
    identified_by: Option<String>,
    batch_size: usize,
    linger: Duration,
    concurrency: usize,
    ordered: bool,
    splits: usize,
    give_up_after: usize,
    stop: Option<Stop<'a>>,
    on_progress: Option<OnProgress<'a>>,
    before_batch: Option<BeforeBatch<'a, O::Input>>,
    each_call: Option<EachCall<O::Error>>,
}

impl<'a, O: BatchOperation> Bulk<'a, O> {
    /// A run of the operation through `core`.
    pub fn new(core: &Core, inputs: impl Into<Source<'a, O::Input>>) -> Self {
        Self {
            core: core.clone(),
            source: inputs.into(),
            members: Ok(Map::new()),
            // The hasher's random keys are the only randomness of the standard library, and enough for an id that
            // need not be a secret.
            prefix: format!("{:016x}", RandomState::new().hash_one(0)),
            identified_by: None,
            batch_size: O::LAYOUT.limit,
            linger: LINGER,
            concurrency: 4,
            ordered: true,
            splits: 2 * O::LAYOUT.limit,
            give_up_after: 10,
            stop: None,
            on_progress: None,
            before_batch: None,
            each_call: None,
        }
    }

    /// The other members of every call's body; the inputs in `request` are not sent.
    ///
    /// Where the description says how a property is chosen that inputs are identified by, and this chooses one, the
    /// property is asked for as well.
    pub fn request(mut self, request: &O::Request) -> Self {
        self.members = json::to_value(request)
            .map_err(|error| error.to_string().into())
            .map(|body| match body {
                Value::Object(mut members) => {
                    members.remove(O::LAYOUT.inputs);
                    members
                }
                // A body without members has none to add.
                _ => Map::new(),
            });
        self
    }

    /// How many calls are on their way at once, from 1 to 1,024. Default: 4.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls.clamp(1, MOST_CALLS);
        self
    }

    /// How many inputs travel in one call, from 1 to what the operation allows. Default: what it allows.
    pub fn batch_size(mut self, inputs: usize) -> Self {
        self.batch_size = inputs.clamp(1, O::LAYOUT.limit);
        self
    }

    /// How long inputs wait for others to fill their call, where the stream that they come from pauses. Default: 1 second.
    pub fn linger(mut self, time: Duration) -> Self {
        self.linger = time;
        self
    }

    /// Yields outcomes as they become known, not in the order of the inputs.
    pub fn unordered(mut self) -> Self {
        self.ordered = false;
        self
    }

    /// How many calls more may be spent on finding the bad inputs of one refused batch, by halving it; 0 switches that
    /// off. Default: twice the number of inputs that the operation allows, which finds any number of them.
    ///
    /// That is safe because a refused batch was not acted on.
    pub fn splits(mut self, calls: usize) -> Self {
        self.splits = calls;
        self
    }

    /// After how many batches in a row without a usable answer the run ends: the calls fail, every input is refused, or
    /// the answers are not the described ones.
    /// Default: 10.
    pub fn give_up_after(mut self, batches: usize) -> Self {
        self.give_up_after = batches.max(1);
        self
    }

    /// Ends the run when `signal` does: what is on its way is finished, the rest is not sent, and what waits for the limiter
    /// or to be repeated waits no longer. The rest is still drawn, since every input gets an outcome: where inputs come
    /// without end, let their stream end too.
    ///
    /// The signal is heard when the run is polled. For a caller who takes long over a record, there is
    /// [`Outcomes::stopper`].
    pub fn stop(mut self, signal: impl Future<Output = ()> + Send + 'a) -> Self {
        self.stop = Some(Box::pin(signal));
        self
    }

    /// Calls `hook` after every batch, and every second while calls wait for the limiter. One that panics is not called
    /// again.
    pub fn progress(mut self, hook: impl FnMut(&Progress) + Send + 'a) -> Self {
        self.on_progress = Some(Box::new(hook));
        self
    }

    /// Calls `hook` with the inputs of every batch before it is sent, so that they can be written down. When it fails,
    /// the batch is not sent, and the run ends. When it panics, that batch is not sent.
    pub fn before_batch(mut self, hook: impl FnMut(&[Departure<'_, O::Input>]) -> io::Result<()> + Send + 'a) -> Self {
        self.before_batch = Some(Box::new(hook));
        self
    }

    /// Changes every call before it is sent: timeouts, headers, retries.
    pub fn each_call(
        mut self,
        change: impl for<'c> Fn(Call<'c, Value, O::Error>) -> Call<'c, Value, O::Error> + Send + Sync + 'static,
    ) -> Self {
        self.each_call = Some(Arc::new(change));
        self
    }

    /// The path in a result of the id that inputs are identified by, where it is not the one of the description.
    ///
    /// Where the description says how a caller chooses a property to identify records by, such as `idProperty`, that is
    /// followed without being told.
    pub fn identified_by(mut self, path: impl Into<String>) -> Self {
        self.identified_by = Some(path.into());
        self
    }

    /// What the generated correlation ids begin with. Default: random digits.
    pub fn correlation_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Begins the run: a stream with one [`Record`] for every input.
    ///
    /// It is to be polled on a `tokio` runtime. Where there is none, no input is sent, and each gets [`NotSent::Rejected`].
    #[must_use = "nothing is sent before the stream is polled"]
    pub fn outcomes(self) -> Outcomes<'a, O> {
        Outcomes::new(self)
    }

    /// Runs to the end and keeps every record.
    pub async fn collect(self) -> Vec<Record<O>> {
        let mut outcomes = self.outcomes();
        let mut records = Vec::new();
        while let Some(record) = outcomes.next().await {
            records.push(record);
        }
        records
    }

    /// Runs to the end and keeps the counts only.
    pub async fn run(self) -> Progress {
        let mut outcomes = self.outcomes();
        while outcomes.next().await.is_some() {}
        outcomes.progress()
    }
}

impl<O: BatchOperation> fmt::Debug for Bulk<'_, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Bulk")
            .field("operation", &O::OPERATION.id)
            .field("batch_size", &self.batch_size)
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}
