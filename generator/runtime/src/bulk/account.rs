//! The account of one call: the inputs that were sent and the body of a success go in, one verdict per input comes out.
//!
//! A result or an error belongs to an input because both carry the same id: the caller's (correlation) or, where it is
//! missing, the server's (identity). What carries no id is given to the inputs that are left over, as far as only one
//! way to do so exists. The position in a list decides nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::runtime::bulk::layout::{self, BatchKey, BatchLayout};

/// An input as it was sent.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The input, with its correlation id.
    pub(super) body: Value,
    /// Its correlation id.
    pub(super) correlation: Option<String>,
    /// Its identity.
    pub(super) identity: Option<String>,
}

/// What a success says about one input.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Verdict {
    /// It succeeded, with this result (`null` where the operation has none).
    Succeeded(Value),
    /// It failed, with this error, which may be about other inputs too.
    Failed(Arc<Value>),
    /// It is not mentioned.
    NotMentioned,
    /// It succeeded, and which of the results is its own cannot be told.
    Unattributed,
    /// It is mentioned more than once, and the mentions disagree.
    Contradicted,
}

/// What is said about one input.
#[derive(Debug, Default)]
struct Mentions {
    results: Vec<Value>,
    errors: Vec<Arc<Value>>,
}

/// Gives every input its verdict, in the order of `rows`.
pub(super) fn account(layout: &BatchLayout<'_>, rows: &[&Row], mut body: Value) -> Vec<Verdict> {
    let Some(results) = layout.results else {
        return vec![Verdict::Succeeded(Value::Null); rows.len()];
    };
    let results = layout::take_list(&mut body, results);
    let errors = layout
        .errors
        .map(|errors| layout::take_list(&mut body, errors))
        .unwrap_or_default();

    let index = Index::new(rows);
    let mut mentions: Vec<_> = rows.iter().map(|_| Mentions::default()).collect();
    let mut loose_results = Vec::new();
    for result in results {
        let row = index.find(layout, |key| layout::id(&result, key.result).into_iter().collect());
        match row.first().and_then(|&row| mentions.get_mut(row)) {
            Some(mentions) => mentions.results.push(result),
            None => loose_results.push(result),
        }
    }
    let mut loose_errors = Vec::new();
    for error in errors.into_iter().map(Arc::new) {
        let named = index.find(layout, |key| {
            key.error.map(|path| layout::ids(&error, path)).unwrap_or_default()
        });
        if named.is_empty() {
            loose_errors.push(error);
            continue;
        }
        for row in named {
            if let Some(mentions) = mentions.get_mut(row) {
                mentions.errors.push(Arc::clone(&error));
            }
        }
    }
    let mut verdicts: Vec<_> = mentions.into_iter().map(Mentions::verdict).collect();
    eliminate(layout, rows, &mut verdicts, loose_results, loose_errors);
    verdicts
}

impl Mentions {
    fn verdict(mut self) -> Verdict {
        match (self.results.len(), self.errors.is_empty()) {
            (0, true) => Verdict::NotMentioned,
            (0, false) => Verdict::Failed(self.errors.swap_remove(0)),
            (1, true) => Verdict::Succeeded(self.results.swap_remove(0)),
            _ => Verdict::Contradicted,
        }
    }
}

/// Gives what carries no id to the inputs that nothing mentions.
fn eliminate(
    layout: &BatchLayout<'_>,
    rows: &[&Row],
    verdicts: &mut [Verdict],
    mut results: Vec<Value>,
    mut errors: Vec<Arc<Value>>,
) {
    let open: Vec<_> = (0..rows.len())
        .filter(|&row| verdicts.get(row) == Some(&Verdict::NotMentioned))
        .collect();
    match (open.as_slice(), results.len(), errors.len()) {
        ([], ..) | (_, 0, 0) => {}
        (&[row], 1, 0) => set(verdicts, row, Verdict::Succeeded(results.swap_remove(0))),
        (&[row], 0, 1) => set(verdicts, row, Verdict::Failed(errors.swap_remove(0))),
        // As many successes as inputs: all of them succeeded, and only whose result is whose is open.
        (open, successes, 0) if successes == open.len() => attribute(layout, rows, open, verdicts, results),
        // Anything else leaves more than one reading.
        _ => {}
    }
}

/// Tells results without ids apart by what they repeat of the inputs. Every input in `open` has succeeded.
fn attribute(layout: &BatchLayout<'_>, rows: &[&Row], open: &[usize], verdicts: &mut [Verdict], results: Vec<Value>) {
    let fits: Vec<Vec<usize>> = results
        .iter()
        .map(|result| {
            let repeats = |row: &&Row| row.body.as_object().is_some_and(|input| echoes(layout, input, result));
            open.iter()
                .copied()
                .filter(|&row| rows.get(row).is_some_and(repeats))
                .collect()
        })
        .collect();
    let mut claims = BTreeMap::<usize, usize>::new();
    for &row in fits.iter().flatten() {
        *claims.entry(row).or_default() += 1;
    }
    for &row in open {
        set(verdicts, row, Verdict::Unattributed);
    }
    for (result, fits) in results.into_iter().zip(fits) {
        if let &[row] = fits.as_slice()
            && claims.get(&row) == Some(&1)
        {
            set(verdicts, row, Verdict::Succeeded(result));
        }
    }
}

/// Whether `result` repeats every member that it shares with `input`, and shares at least one.
fn echoes(layout: &BatchLayout<'_>, input: &serde_json::Map<String, Value>, result: &Value) -> bool {
    let is_key = |member: &str| {
        [layout.correlation, layout.identity]
            .iter()
            .flatten()
            .any(|key| key.input == member)
    };
    let mut shared = input
        .iter()
        .filter(|(member, _)| !is_key(member))
        .filter_map(|(member, sent)| {
            let received = result.get(member)?;
            Some(contains(received, sent))
        });
    shared.next().is_some_and(|first| first && shared.all(|same| same))
}

fn contains(received: &Value, sent: &Value) -> bool {
    match (received, sent) {
        (Value::Object(received), Value::Object(sent)) => sent
            .iter()
            .all(|(member, sent)| received.get(member).is_some_and(|received| contains(received, sent))),
        _ => received == sent,
    }
}

fn set(verdicts: &mut [Verdict], row: usize, verdict: Verdict) {
    if let Some(slot) = verdicts.get_mut(row) {
        *slot = verdict;
    }
}

/// The way from ids to inputs. No two inputs of a call have the same id.
struct Index<'r> {
    correlation: BTreeMap<&'r str, usize>,
    identity: BTreeMap<&'r str, usize>,
}

impl<'r> Index<'r> {
    fn new(rows: &'r [&Row]) -> Self {
        let by = |id: fn(&Row) -> Option<&str>| {
            rows.iter()
                .enumerate()
                .filter_map(|(row, sent)| Some((id(sent)?, row)))
                .collect()
        };
        Self {
            correlation: by(|row| row.correlation.as_deref()),
            identity: by(|row| row.identity.as_deref()),
        }
    }

    /// The inputs that `ids` names by correlation or, where it names none that way, by identity.
    fn find(&self, layout: &BatchLayout<'_>, ids: impl Fn(&BatchKey<'_>) -> Vec<String>) -> Vec<usize> {
        let by = |key: Option<BatchKey<'_>>, index: &BTreeMap<&str, usize>| -> Vec<usize> {
            let ids = key.map(|key| ids(&key)).unwrap_or_default();
            ids.iter().filter_map(|id| index.get(id.as_str()).copied()).collect()
        };
        let correlated = by(layout.correlation, &self.correlation);
        if correlated.is_empty() {
            by(layout.identity, &self.identity)
        } else {
            correlated
        }
    }
}
