//! The run itself: inputs are drawn as there is room for them, batches leave and land, and records come out.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use futures_util::stream::FuturesUnordered;
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::time::Sleep;

use crate::runtime::bulk::account::Verdict;
use crate::runtime::bulk::departure::{Entry, Gathering};
use crate::runtime::bulk::exchange::{Exchange, Fate, Halt, Sender};
use crate::runtime::bulk::outcome::{Failure, NotSent, Outcome, Record, Said, Unknown};
use crate::runtime::bulk::progress::{Progress, Tally};
use crate::runtime::bulk::{BatchOperation, Bulk};
use crate::runtime::secret::Secrets;

/// For every call that is on its way, this many batches may wait for their turn to be yielded, so that one slow call
/// does not hold up the others.
const WINDOW: usize = 4;

/// The records of a run, one for every input. Nothing happens while it is not polled.
///
/// Dropping it abandons the calls that are on their way: what became of their inputs is then not known.
pub struct Outcomes<'a, O: BatchOperation> {
    bulk: Bulk<'a, O>,
    sender: Arc<Sender<O::Error>>,
    /// The next input's place.
    next_index: u64,
    drawn_all: bool,
    gathering: Gathering<O::Input>,
    /// The wait for further inputs of the batch that is being put together.
    lingering: Option<Pin<Box<Sleep>>>,
    /// An input that has the same id as one in the batch before.
    twin: Option<Entry<O::Input>>,
    flights: FuturesUnordered<Flight<'a, O>>,
    next_batch: u64,
    /// Batches that have landed before their turn.
    landed: BTreeMap<u64, Vec<Record<O>>>,
    turn: u64,
    ready: VecDeque<Record<O>>,
    unusable: usize,
    end: Option<NotSent<O::Error>>,
    tally: Option<Tally>,
}

type Flight<'a, O> = Pin<Box<dyn Future<Output = Landing<O>> + Send + 'a>>;

struct Landing<O: BatchOperation> {
    batch: u64,
    entries: Vec<Entry<O::Input>>,
    exchange: Exchange<O::Error>,
}

// Nothing is pinned inside: what must not move is boxed.
impl<O: BatchOperation> Unpin for Outcomes<'_, O> {}

impl<'a, O: BatchOperation> Outcomes<'a, O> {
    pub(super) fn new(mut bulk: Bulk<'a, O>) -> Self {
        let (members, end) = match std::mem::replace(&mut bulk.members, Ok(Map::new())) {
            Ok(members) => (members, None),
            Err(reason) => (Map::new(), Some(NotSent::Unencodable(reason))),
        };
        let sender = Arc::new(Sender {
            core: bulk.core.clone(),
            operation: O::OPERATION,
            layout: O::LAYOUT,
            identified_by: bulk.identified_by.take(),
            members,
            splits: bulk.splits,
            each_call: bulk.each_call.take(),
            halted: AtomicBool::new(false),
        });
        Self {
            bulk,
            sender,
            next_index: 0,
            drawn_all: false,
            gathering: Gathering::new(),
            lingering: None,
            twin: None,
            flights: FuturesUnordered::new(),
            next_batch: 0,
            landed: BTreeMap::new(),
            turn: 0,
            ready: VecDeque::new(),
            unusable: 0,
            end,
            tally: None,
        }
    }

    /// The next record, or `None` after the last.
    pub async fn next(&mut self) -> Option<Record<O>> {
        poll_fn(|context| self.poll_record(context)).await
    }

    /// How far the run is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.tally
            .as_ref()
            .map_or_else(|| Tally::new().progress(), Tally::progress)
    }

    fn poll_record(&mut self, context: &mut Context<'_>) -> Poll<Option<Record<O>>> {
        self.tally.get_or_insert_with(Tally::new);
        loop {
            // What is known is handed out before anything else is sent: a caller who writes it down is never behind by
            // more than one batch.
            if let Some(record) = self.ready.pop_front() {
                return Poll::Ready(Some(record));
            }
            if self.end.is_none()
                && let Some(stop) = &mut self.bulk.stop
                && stop.as_mut().poll(context).is_ready()
            {
                self.bulk.stop = None;
                self.finish(NotSent::Stopped);
            }
            self.depart_all(context);
            if let Poll::Ready(Some(landing)) = Pin::new(&mut self.flights).poll_next(context) {
                self.land(landing);
                continue;
            }
            // A batch that is not sent is ready without having been on its way.
            if !self.ready.is_empty() {
                continue;
            }
            let over = self.flights.is_empty() && self.landed.is_empty() && self.is_drawn();
            return if over { Poll::Ready(None) } else { Poll::Pending };
        }
    }

    fn is_drawn(&self) -> bool {
        self.drawn_all && self.twin.is_none() && self.gathering.len() == 0
    }

    /// Sends batches while there is room for them.
    fn depart_all(&mut self, context: &mut Context<'_>) {
        let window = WINDOW * self.bulk.concurrency;
        while self.ready.is_empty()
            && self.flights.len() < self.bulk.concurrency
            && self.flights.len() + self.landed.len() < window
        {
            let Poll::Ready(Some(entries)) = self.poll_batch(context) else {
                return;
            };
            self.depart(entries);
        }
    }

    /// Draws the inputs of one batch.
    fn poll_batch(&mut self, context: &mut Context<'_>) -> Poll<Option<Vec<Entry<O::Input>>>> {
        if let Some(twin) = self.twin.take() {
            self.twin = self.gathering.add(twin);
        }
        while self.twin.is_none() && !self.drawn_all && self.gathering.len() < self.bulk.batch_size {
            match self.bulk.source.poll_next(context) {
                Poll::Pending if self.gathering.len() == 0 => return Poll::Pending,
                Poll::Pending => {
                    let linger = self.bulk.linger;
                    let wait = self
                        .lingering
                        .get_or_insert_with(|| Box::pin(tokio::time::sleep(linger)));
                    ready!(wait.as_mut().poll(context));
                    break;
                }
                Poll::Ready(None) => self.drawn_all = true,
                Poll::Ready(Some(input)) => {
                    let entry = Entry::new(&self.sender.layout, &self.bulk.prefix, self.next_index, input);
                    self.next_index += 1;
                    self.twin = self.gathering.add(entry);
                }
            }
        }
        self.lingering = None;
        let entries = self.gathering.finish();
        Poll::Ready(Some(entries).filter(|entries| !entries.is_empty()))
    }

    fn depart(&mut self, entries: Vec<Entry<O::Input>>) {
        let batch = self.next_batch;
        self.next_batch += 1;
        if self.end.is_none()
            && let Some(hook) = &mut self.bulk.before_batch
        {
            let departures: Vec<_> = entries.iter().filter_map(Entry::departure).collect();
            if let Err(error) = hook(&departures) {
                self.finish(NotSent::Hook(error.to_string().into()));
            }
        }
        if self.end.is_some() {
            self.arrive(
                batch,
                entries,
                Exchange {
                    fates: Vec::new(),
                    calls: 0,
                    halt: None,
                    secrets: Secrets::NONE,
                },
            );
            return;
        }
        if let Some(tally) = &mut self.tally {
            tally.started(entries.len());
        }
        let sender = Arc::clone(&self.sender);
        self.flights.push(Box::pin(async move {
            let rows: Vec<_> = entries.iter().filter_map(|entry| entry.row.as_ref().ok()).collect();
            let exchange = sender.exchange(&rows).await;
            Landing {
                batch,
                entries,
                exchange,
            }
        }));
    }

    fn land(&mut self, landing: Landing<O>) {
        let Landing {
            batch,
            entries,
            mut exchange,
        } = landing;
        if let Some(tally) = &mut self.tally {
            tally.finished(entries.len(), exchange.calls);
        }
        self.unusable = if exchange.is_usable() { 0 } else { self.unusable + 1 };
        match exchange.halt.take() {
            Some(Halt::Unauthorized(error)) => self.finish(NotSent::Unauthorized(error)),
            Some(Halt::QuotaExhausted(error)) => self.finish(NotSent::QuotaExhausted(error)),
            None if self.unusable >= self.bulk.give_up_after => self.finish(NotSent::GivenUp),
            None => {}
        }
        self.arrive(batch, entries, exchange);
        let progress = self.progress();
        if let Some(hook) = &mut self.bulk.on_progress {
            hook(&progress);
        }
    }

    /// Ends the run: no other batch is sent. The first reason stays.
    fn finish(&mut self, reason: NotSent<O::Error>) {
        self.sender.halted.store(true, Ordering::Relaxed);
        self.end.get_or_insert(reason);
    }

    /// Makes records of a batch and hands out those whose turn it is.
    fn arrive(&mut self, batch: u64, entries: Vec<Entry<O::Input>>, exchange: Exchange<O::Error>) {
        let mut fates = exchange.fates.into_iter();
        let mut failures = Failures::<O> {
            last: None,
            secrets: exchange.secrets,
        };
        let records: Vec<_> = entries
            .into_iter()
            .map(|Entry { index, input, row }| {
                let (correlation_id, outcome) = match row {
                    Err(reason) => (None, Outcome::NotSent(NotSent::Unencodable(reason))),
                    Ok(row) => {
                        let fate = fates.next().unwrap_or(Fate::Halted);
                        (row.correlation, outcome(fate, self.end.as_ref(), &mut failures))
                    }
                };
                Record {
                    index,
                    input,
                    correlation_id,
                    outcome,
                }
            })
            .collect();
        if let Some(tally) = &mut self.tally {
            for record in &records {
                tally.count(&record.outcome);
            }
        }
        if !self.bulk.ordered {
            self.ready.extend(records);
            return;
        }
        self.landed.insert(batch, records);
        while let Some(records) = self.landed.remove(&self.turn) {
            self.turn += 1;
            self.ready.extend(records);
        }
    }
}

fn outcome<O: BatchOperation>(
    fate: Fate<O::Error>,
    end: Option<&NotSent<O::Error>>,
    failures: &mut Failures<O>,
) -> Outcome<O::Output, O::Failure, O::Error> {
    match fate {
        Fate::Answered(Verdict::Succeeded(result)) => {
            if let Ok(result) = O::Output::deserialize(&result) {
                return Outcome::Succeeded(result);
            }
            let secrets = failures.secrets.clone();
            Outcome::Unknown(Unknown::Undescribed(Said::new(Arc::new(result), secrets)))
        }
        Fate::Answered(Verdict::Failed(error)) => Outcome::Failed(failures.decode(error)),
        Fate::Answered(Verdict::NotMentioned) => Outcome::Unknown(Unknown::NotMentioned),
        Fate::Answered(Verdict::Unattributed) => Outcome::Unknown(Unknown::Unattributed),
        Fate::Answered(Verdict::Contradicted) => Outcome::Unknown(Unknown::Contradicted),
        Fate::Refused(error) => Outcome::Failed(Failure::Refused(error)),
        Fate::RefusedTogether(error) => Outcome::NotSent(NotSent::RefusedTogether(error)),
        Fate::Rejected(error) => Outcome::NotSent(NotSent::Rejected(error)),
        Fate::Unknown(error) => Outcome::Unknown(Unknown::Call(error)),
        Fate::Halted => Outcome::NotSent(end.cloned().unwrap_or(NotSent::Stopped)),
    }
}

/// Decodes errors, each only once however many inputs it is about.
struct Failures<O: BatchOperation> {
    last: Option<(Arc<Value>, Arc<O::Failure>)>,
    secrets: Secrets,
}

impl<O: BatchOperation> Failures<O> {
    fn decode(&mut self, error: Arc<Value>) -> Failure<O::Failure, O::Error> {
        if let Some((last, decoded)) = &self.last
            && Arc::ptr_eq(last, &error)
        {
            return Failure::Reported(Said::new(Arc::clone(decoded), self.secrets.clone()));
        }
        match O::Failure::deserialize(&*error) {
            Ok(decoded) => {
                let decoded = Arc::new(decoded);
                self.last = Some((error, Arc::clone(&decoded)));
                Failure::Reported(Said::new(decoded, self.secrets.clone()))
            }
            Err(_) => Failure::Undescribed(Said::new(error, self.secrets.clone())),
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
