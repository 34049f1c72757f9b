// @generated from an OpenAPI description: the runtime, the same for every API.

//! The run itself: inputs are drawn as there is room for them, batches leave and land, and records come out.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde_json::Map;

use crate::runtime::bulk::departure::{Entry, Gathering, Sent};
use crate::runtime::bulk::exchange::{Exchange, Fate, Halt, Sender};
use crate::runtime::bulk::flights::Flights;
use crate::runtime::bulk::results::outcome::{NotSent, Outcome, Record};
use crate::runtime::bulk::results::progress::{Progress, Tally};
use crate::runtime::bulk::results::typed::{Failures, outcome};
use crate::runtime::bulk::{BatchOperation, Bulk, refusal};
use crate::runtime::calls::ended::Failure;
use crate::runtime::client::oversight::Oversight;
use crate::runtime::pace::panic;
use crate::runtime::pace::task;
use crate::runtime::pace::timer::Timer;

/// For every call that is on its way, the inputs of this many may be drawn and not yet be yielded, so that one slow call
/// does not hold up the others.
const WINDOW: usize = 4;
/// How many batches leave before the run looks for what has landed, and whether it is stopped.
const BURST: usize = 16;
/// How often the hook of a run is called that waits for the limiter.
const WAITING: Duration = Duration::from_secs(1);

/// The records of a run, one for every input.
///
/// Inputs are drawn and batches leave only while it is polled. Calls that are on their way go on by themselves: a caller who
/// takes long over a record holds up nobody, and what the server answers meanwhile waits for him.
///
/// Dropping it ends the calls that are on their way: what became of their inputs is then not known.
pub struct Outcomes<'a, O: BatchOperation> {
    bulk: Bulk<'a, O>,
    sender: Arc<Sender<O::Error>>,
    /// The next input's place.
    next_index: u64,
    drawn_all: bool,
    gathering: Gathering<O::Input>,
    /// The wait for further inputs of the batch that is being put together.
    lingering: Option<Timer>,
    flights: Flights<Sent<O::Input>, O::Error>,
    /// Records whose turn has not come.
    landed: BTreeMap<u64, Record<O>>,
    /// How many records have been handed out.
    yielded: u64,
    ready: VecDeque<Record<O>>,
    unusable: usize,
    end: Option<NotSent<O::Error>>,
    tally: Option<Tally>,
    /// Until the hook hears again that the run waits.
    reminder: Option<Timer>,
}

/// Stops a run: what is on its way is finished, the rest is not sent, and what waits for the limiter waits no longer.
#[derive(Debug, Clone)]
pub struct Stopper(Arc<Oversight>);

impl Stopper {
    /// Stops the run at once, whether or not it is polled.
    pub fn stop(&self) {
        self.0.halt();
    }
}

// Nothing is pinned inside: what must not move is boxed.
impl<O: BatchOperation> Unpin for Outcomes<'_, O> {}

impl<'a, O: BatchOperation> Outcomes<'a, O> {
    pub(crate) fn new(mut bulk: Bulk<'a, O>) -> Self {
        let (members, end) = match std::mem::replace(&mut bulk.members, Ok(Map::new())) {
            Ok(members) => (members, None),
            Err(reason) => (Map::new(), Some(NotSent::Unencodable(reason))),
        };
        let sender = Arc::new(Sender {
            core: bulk.core.clone(),
            operation: O::OPERATION,
            layout: O::LAYOUT,
            is_own: refusal::is_own::<O>,
            identified_by: bulk.identified_by.take(),
            members,
            splits: bulk.splits,
            each_call: bulk.each_call.take(),
            oversight: Arc::new(Oversight::new()),
        });
        Self {
            bulk,
            sender,
            next_index: 0,
            drawn_all: false,
            gathering: Gathering::new(),
            lingering: None,
            flights: Flights::new(),
            landed: BTreeMap::new(),
            yielded: 0,
            ready: VecDeque::new(),
            unusable: 0,
            end,
            tally: None,
            reminder: None,
        }
    }

    /// The next record, or `None` after the last.
    pub async fn next(&mut self) -> Option<Record<O>> {
        poll_fn(|context| self.poll_record(context)).await
    }

    /// A handle that stops the run from anywhere, also while nobody polls it.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.sender.oversight))
    }

    /// How far the run is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let progress = self
            .tally
            .as_ref()
            .map_or_else(|| Tally::new().progress(), Tally::progress);
        let waiting = self.sender.oversight.waiting();
        let next_turn = (waiting > 0).then(|| self.bulk.core.next_turn()).flatten();
        Progress {
            waiting,
            next_turn,
            ..progress
        }
    }

    fn poll_record(&mut self, context: &mut Context<'_>) -> Poll<Option<Record<O>>> {
        self.tally.get_or_insert_with(Tally::new);
        loop {
            if self.end.is_none() && self.is_stopped(context) {
                self.bulk.stop = None;
                self.finish(NotSent::Stopped);
            }
            // What is known is handed out before anything else is sent: a caller who writes it down is never behind by
            // more than one batch.
            if let Some(record) = self.ready.pop_front() {
                self.yielded += 1;
                return Poll::Ready(Some(record));
            }
            self.depart_all(context);
            if let Poll::Ready(Some((sent, exchange))) = self.flights.poll_landing(context) {
                self.land(sent, exchange);
                continue;
            }
            // A batch that is not sent is ready without having been on its way.
            if !self.ready.is_empty() {
                continue;
            }
            if self.flights.is_empty() && self.landed.is_empty() && self.is_drawn() {
                return Poll::Ready(None);
            }
            self.remind(context);
            return Poll::Pending;
        }
    }

    fn is_stopped(&mut self, context: &mut Context<'_>) -> bool {
        let stop = self.bulk.stop.as_mut();
        self.sender.oversight.is_halted() || stop.is_some_and(|stop| stop.as_mut().poll(context).is_ready())
    }

    /// Tells the hook that the run waits, for as long as it does.
    fn remind(&mut self, context: &mut Context<'_>) {
        if self.bulk.on_progress.is_none() {
            return;
        }
        while let Poll::Ready(Ok(())) = Timer::poll(&mut self.reminder, task::runtime(), WAITING, context) {
            if self.sender.oversight.waiting() > 0 {
                context.waker().wake_by_ref();
                return self.report();
            }
        }
    }

    fn report(&mut self) {
        let progress = self.progress();
        if let Some(mut hook) = self.bulk.on_progress.take()
            && panic::caught(|| hook(&progress)).is_ok()
        {
            self.bulk.on_progress = Some(hook);
        }
    }

    fn is_drawn(&self) -> bool {
        self.drawn_all && self.gathering.parked() == 0 && self.gathering.len() == 0
    }

    /// Whether so much is drawn and not yielded that the caller has to catch up.
    fn is_ahead(&self) -> bool {
        let most = WINDOW
            .saturating_mul(self.bulk.concurrency)
            .saturating_mul(self.bulk.batch_size);
        self.next_index - self.yielded >= most as u64
    }

    /// Sends batches while there is room for them, and lets others have their turn between many.
    fn depart_all(&mut self, context: &mut Context<'_>) {
        let mut departed = 0;
        while self.ready.is_empty() && self.flights.len() < self.bulk.concurrency {
            if departed == BURST {
                context.waker().wake_by_ref();
                return;
            }
            departed += 1;
            let Poll::Ready(Some(entries)) = self.poll_batch(context) else {
                return;
            };
            self.depart(entries);
        }
    }

    /// Draws the inputs of one batch.
    fn poll_batch(&mut self, context: &mut Context<'_>) -> Poll<Option<Vec<Entry<O::Input>>>> {
        let size = self.bulk.batch_size;
        self.gathering.unpark(size);
        if self.gathering.len() == 0 && self.is_ahead() {
            return Poll::Pending;
        }
        while !self.drawn_all && self.gathering.len() < size && self.gathering.parked() < size {
            match self.bulk.source.poll_next(context) {
                Poll::Pending if self.gathering.len() == 0 => return Poll::Pending,
                Poll::Pending => {
                    let wait = Timer::poll(&mut self.lingering, task::runtime(), self.bulk.linger, context);
                    // Without a runtime, nothing is worth waiting for.
                    let _waited = ready!(wait);
                    break;
                }
                Poll::Ready(None) => self.drawn_all = true,
                Poll::Ready(Some(input)) => {
                    let entry = Entry::new(&self.sender.layout, &self.bulk.prefix, self.next_index, input);
                    self.next_index += 1;
                    self.gathering.add(entry);
                }
            }
        }
        self.lingering = None;
        let entries = self.gathering.depart();
        Poll::Ready(Some(entries).filter(|entries| !entries.is_empty()))
    }

    fn depart(&mut self, entries: Vec<Entry<O::Input>>) {
        let runtime = task::runtime();
        if let Err(problem) = runtime {
            let error = Failure::refused(O::OPERATION, problem.into()).into_error();
            self.finish(NotSent::Rejected(Arc::new(error)));
        }
        let mut reason = self.end.clone();
        if reason.is_none()
            && let Some(hook) = &mut self.bulk.before_batch
        {
            let departures: Vec<_> = entries.iter().filter_map(Entry::departure).collect();
            match panic::caught(|| hook(&departures)) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    let failed = NotSent::Hook(error.to_string().into());
                    self.finish(failed.clone());
                    reason = Some(failed);
                }
                // What broke for this batch need not break for another.
                Err(problem) => reason = Some(NotSent::Hook(format!("it panicked: {problem}").into())),
            }
        }
        let (sent, rows): (Vec<_>, Vec<_>) = entries.into_iter().map(Entry::part).unzip();
        let (Ok(runtime), None) = (runtime, &reason) else {
            self.arrive(sent, Exchange::none(), reason.as_ref());
            return;
        };
        if let Some(tally) = &mut self.tally {
            tally.started(sent.len());
        }
        let rows = rows.into_iter().flatten().collect();
        self.flights.begin(runtime, sent, Arc::clone(&self.sender), rows);
    }

    fn land(&mut self, sent: Vec<Sent<O::Input>>, mut exchange: Exchange<O::Error>) {
        if let Some(tally) = &mut self.tally {
            tally.finished(sent.len(), exchange.calls);
        }
        self.unusable = if exchange.is_usable() { 0 } else { self.unusable + 1 };
        match exchange.halt.take() {
            Some(Halt::Unauthorized(error)) => self.finish(NotSent::Unauthorized(error)),
            Some(Halt::QuotaExhausted(error)) => self.finish(NotSent::QuotaExhausted(error)),
            None if self.unusable >= self.bulk.give_up_after => self.finish(NotSent::GivenUp),
            None => {}
        }
        let reason = self.end.clone();
        self.arrive(sent, exchange, reason.as_ref());
        self.report();
    }

    /// Ends the run: nothing more is sent. The first reason stays.
    fn finish(&mut self, reason: NotSent<O::Error>) {
        self.sender.oversight.halt();
        self.end.get_or_insert(reason);
    }

    /// Makes records of inputs and hands out those whose turn it is. What was not sent was not for this reason.
    fn arrive(&mut self, sent: Vec<Sent<O::Input>>, exchange: Exchange<O::Error>, reason: Option<&NotSent<O::Error>>) {
        self.gathering.land(&sent);
        let mut fates = exchange.fates.into_iter();
        let mut failures = Failures::<O>::new(exchange.secrets);
        for Sent { index, input, ids } in sent {
            let (correlation_id, outcome) = match ids {
                Err(problem) => (None, Outcome::NotSent(NotSent::Unencodable(problem))),
                Ok(ids) => {
                    let fate = fates.next().unwrap_or(Fate::Halted);
                    (ids.correlation, outcome(fate, reason, &mut failures))
                }
            };
            let record = Record {
                index,
                input,
                correlation_id,
                outcome,
            };
            if let Some(tally) = &mut self.tally {
                tally.count(&record.outcome);
            }
            if self.bulk.ordered {
                self.landed.insert(index, record);
            } else {
                self.ready.push_back(record);
            }
        }
        // Everything that has been handed out, and everything that is ready to be, came before.
        let mut turn = self.yielded + self.ready.len() as u64;
        while let Some(record) = self.landed.remove(&turn) {
            turn += 1;
            self.ready.push_back(record);
        }
    }
}

impl<O: BatchOperation> Stream for Outcomes<'_, O> {
    type Item = Record<O>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_record(context)
    }
}

impl<O: BatchOperation> fmt::Debug for Outcomes<'_, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Outcomes")
            .field("operation", &O::OPERATION.id)
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}
