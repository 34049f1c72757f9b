//! What leaves together: inputs go in one by one, batches without twins come out.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::runtime::bulk::account::Row;
use crate::runtime::bulk::layout::{self, BatchLayout};

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
        let row = match serde_json::to_value(&input) {
            Err(error) => Err(error.to_string().into()),
            Ok(mut body) => {
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
}

/// A batch while it is being put together.
#[derive(Debug)]
pub(super) struct Gathering<I> {
    entries: Vec<Entry<I>>,
    correlations: BTreeSet<String>,
    identities: BTreeSet<String>,
}

impl<I> Gathering<I> {
    pub(super) fn new() -> Self {
        Self {
            entries: Vec::new(),
            correlations: BTreeSet::new(),
            identities: BTreeSet::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Adds an input, or gives it back where another one has the same id.
    pub(super) fn add(&mut self, entry: Entry<I>) -> Option<Entry<I>> {
        if let Ok(row) = &entry.row {
            let taken = |ids: &BTreeSet<String>, id: &Option<String>| id.as_ref().is_some_and(|id| ids.contains(id));
            if taken(&self.correlations, &row.correlation) || taken(&self.identities, &row.identity) {
                return Some(entry);
            }
            self.correlations.extend(row.correlation.clone());
            self.identities.extend(row.identity.clone());
        }
        self.entries.push(entry);
        None
    }

    pub(super) fn finish(&mut self) -> Vec<Entry<I>> {
        std::mem::replace(self, Self::new()).entries
    }
}
