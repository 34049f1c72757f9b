// @generated from an OpenAPI description: the runtime, the same for every API.

//! What leaves together: inputs go in one by one, batches come out in which nothing gets in the way of anything else.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::runtime::bulk::account::Row;
use crate::runtime::bulk::layout::{self, BatchLayout};
use crate::runtime::pace::panic;
use crate::runtime::values::json;

/// An input that is about to be sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct Departure<'i, I> {
    /// Its place among all inputs, from 0.
    pub index: u64,
    /// The input.
    pub input: &'i I,
    /// The id that it is sent with, where the operation knows one.
    pub correlation_id: Option<&'i str>,
}

/// An input with what is sent of it.
#[derive(Debug)]
pub(super) struct Entry<I> {
    pub(super) index: u64,
    pub(super) input: I,
    /// What is sent, or why nothing can be.
    pub(super) row: Result<Row, Arc<str>>,
}

impl<I: Serialize> Entry<I> {
    /// Prepares an input, with a correlation id made of `prefix` where it has none.
    pub(super) fn new(layout: &BatchLayout<'_>, prefix: &str, index: u64, input: I) -> Self {
        let row = match panic::caught(|| json::to_value(&input)) {
            Err(problem) => Err(format!("it panicked: {problem}").into()),
            Ok(Err(error)) => Err(error.to_string().into()),
            Ok(Ok(mut body)) => {
                if let (Some(key), Value::Object(members)) = (&layout.correlation, &mut body) {
                    layout::set_missing(members, key.input, || format!("{prefix}-{index}"));
                }
                Ok(Row {
                    correlation: layout.correlation.and_then(|key| layout::id(&body, key.input)),
                    identity: layout.identity.and_then(|key| layout::id(&body, key.input)),
                    body,
                })
            }
        };
        Self { index, input, row }
    }
}

impl<I> Entry<I> {
    pub(super) fn departure(&self) -> Option<Departure<'_, I>> {
        let row = self.row.as_ref().ok()?;
        Some(Departure {
            index: self.index,
            input: &self.input,
            correlation_id: row.correlation.as_deref(),
        })
    }

    /// What stays here, and what goes.
    pub(super) fn part(self) -> (Sent<I>, Option<Row>) {
        let Self { index, input, row } = self;
        let (ids, row) = match row {
            Ok(row) => {
                let (correlation, identity) = (row.correlation.clone(), row.identity.clone());
                (Ok(Ids { correlation, identity }), Some(row))
            }
            Err(problem) => (Err(problem), None),
        };
        (Sent { index, input, ids }, row)
    }

    fn id(&self, of: fn(&Row) -> Option<&String>) -> Option<&String> {
        of(self.row.as_ref().ok()?)
    }
}

/// An input that is on its way.
#[derive(Debug)]
pub(super) struct Sent<I> {
    pub(super) index: u64,
    pub(super) input: I,
    /// What it is called, or why it was not sent.
    pub(super) ids: Result<Ids, Arc<str>>,
}

#[derive(Debug)]
pub(super) struct Ids {
    pub(super) correlation: Option<String>,
    pub(super) identity: Option<String>,
}

/// What is about to be sent: a batch while it is being put together, and the inputs that have to wait for others.
///
/// Inputs that name the same record are never on their way at once, so that the last one given is the last one that
/// arrives. Those with the same correlation id never share a call, since nothing in its answer could tell them apart.
#[derive(Debug)]
pub(super) struct Gathering<I> {
    entries: Vec<Entry<I>>,
    /// Inputs that wait until another one has landed, in their order.
    parked: VecDeque<Entry<I>>,
    /// The records that are named by `entries` and by what is on its way.
    busy: BTreeSet<String>,
    /// The correlation ids of `entries`.
    correlations: BTreeSet<String>,
}

impl<I> Gathering<I> {
    pub(super) const fn new() -> Self {
        Self {
            entries: Vec::new(),
            parked: VecDeque::new(),
            busy: BTreeSet::new(),
            correlations: BTreeSet::new(),
        }
    }

    /// How many inputs the batch has.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many inputs wait for others to land.
    pub(super) fn parked(&self) -> usize {
        self.parked.len()
    }

    /// Adds an input to the batch, or parks it behind the one that it has to wait for.
    pub(super) fn add(&mut self, entry: Entry<I>) {
        let identity = |entry: &Entry<I>| entry.id(|row| row.identity.as_ref()).cloned();
        let correlation = |entry: &Entry<I>| entry.id(|row| row.correlation.as_ref()).cloned();
        let (its_identity, its_correlation) = (identity(&entry), correlation(&entry));
        let is_taken = |ids: &BTreeSet<String>, id: &Option<String>| id.as_ref().is_some_and(|id| ids.contains(id));
        let is_behind = self.parked.iter().any(|parked| {
            let is_same = |one: &Option<String>, other: Option<String>| one.is_some() && *one == other;
            is_same(&its_identity, identity(parked)) || is_same(&its_correlation, correlation(parked))
        });
        if is_behind || is_taken(&self.busy, &its_identity) || is_taken(&self.correlations, &its_correlation) {
            self.parked.push_back(entry);
            return;
        }
        self.busy.extend(its_identity);
        self.correlations.extend(its_correlation);
        self.entries.push(entry);
    }

    /// Adds those of the parked inputs that need not wait any more, up to a batch of `most`.
    pub(super) fn unpark(&mut self, most: usize) {
        for entry in std::mem::take(&mut self.parked) {
            if self.entries.len() < most {
                self.add(entry);
            } else {
                self.parked.push_back(entry);
            }
        }
    }

    /// The batch, which is on its way from now on.
    pub(super) fn depart(&mut self) -> Vec<Entry<I>> {
        self.correlations.clear();
        std::mem::take(&mut self.entries)
    }

    /// Inputs are no longer on their way.
    pub(super) fn land(&mut self, sent: &[Sent<I>]) {
        for identity in sent.iter().filter_map(|sent| sent.ids.as_ref().ok()?.identity.as_ref()) {
            self.busy.remove(identity);
        }
    }
}
