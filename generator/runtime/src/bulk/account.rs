//! The account of one call: the inputs that were sent and the body of a success go in, one verdict per input comes out.
//!
//! A result or an error belongs to an input because both carry the same id: the caller's (correlation) or, where it is
//! missing, the server's (identity). What carries no id is given to the inputs that are left over, as far as only one
//! way to do so exists. What carries the id of something else belongs to none of them. The position in a list decides
//! nothing.

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
        let named = index.find(layout, |key| layout::id(&result, key.result).into_iter().collect());
        match named {
            Named::Rows(named) => {
                if let Some(mentions) = named.first().and_then(|&row| mentions.get_mut(row)) {
                    mentions.add(result);
                }
            }
            Named::Nothing => loose_results.push(result),
            // Inputs that are found by another property than the one that identifies results have other ids than those,
            // so it may be the result of an input all the same. Then it repeats what the input says.
            Named::OtherIdentity if rows.iter().any(|row| echoes(layout, row, &result)) => loose_results.push(result),
            Named::OtherIdentity | Named::OtherCorrelation => {}
        }
    }
    let mut loose_errors = Vec::new();
    for error in errors.into_iter().map(Arc::new) {
        let named = index.find(layout, |key| {
            key.error.map(|path| layout::ids(&error, path)).unwrap_or_default()
        });
        match named {
            Named::Rows(named) => {
                for row in named {
                    if let Some(mentions) = mentions.get_mut(row) {
                        mentions.errors.push(Arc::clone(&error));
                    }
                }
            }
            Named::Nothing => loose_errors.push(error),
            Named::OtherIdentity | Named::OtherCorrelation => {}
        }
    }
    let mut verdicts: Vec<_> = mentions.into_iter().map(Mentions::verdict).collect();
    eliminate(layout, rows, &mut verdicts, loose_results, loose_errors);
    verdicts
}

impl Mentions {
    /// Adds a result. The same one twice says nothing new, and a third one no more than two that differ.
    fn add(&mut self, result: Value) {
        if self.results.len() < 2 && !self.results.contains(&result) {
            self.results.push(result);
        }
    }

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
        // As many successes as inputs: they succeeded, and only whose result is whose is open.
        (open, successes, 0) if successes == open.len() => attribute(layout, rows, open, verdicts, results),
        // Anything else leaves more than one reading.
        _ => {}
    }
}

/// Tells results without ids apart by what they repeat of the inputs. There is one for every input in `open`, unless
/// all of them repeat what others say.
fn attribute(layout: &BatchLayout<'_>, rows: &[&Row], open: &[usize], verdicts: &mut [Verdict], results: Vec<Value>) {
    let fits: Vec<Vec<usize>> = results
        .iter()
        .map(|result| {
            let repeats = |row: &usize| rows.get(*row).is_some_and(|row| echoes(layout, row, result));
            open.iter().copied().filter(repeats).collect()
        })
        .collect();
    let mut claims = BTreeMap::<usize, usize>::new();
    for &row in fits.iter().flatten() {
        *claims.entry(row).or_default() += 1;
    }
    let may_be_anyones = fits.iter().any(Vec::is_empty);
    for &row in open.iter().filter(|row| may_be_anyones || claims.contains_key(row)) {
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

/// Whether `result` repeats every member that it shares with an input, and shares at least one.
fn echoes(layout: &BatchLayout<'_>, row: &Row, result: &Value) -> bool {
    let Some(input) = row.body.as_object() else {
        return false;
    };
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

    /// What the ids of a result or an error name: correlation goes before identity.
    fn find(&self, layout: &BatchLayout<'_>, ids: impl Fn(&BatchKey<'_>) -> Vec<String>) -> Named {
        let by = |key: Option<BatchKey<'_>>, index: &BTreeMap<&str, usize>| {
            let ids = key.map(|key| ids(&key)).unwrap_or_default();
            let rows: Vec<_> = ids.iter().filter_map(|id| index.get(id.as_str()).copied()).collect();
            (!ids.is_empty(), rows)
        };
        let (has_correlation, correlated) = by(layout.correlation, &self.correlation);
        if !correlated.is_empty() {
            return Named::Rows(correlated);
        }
        let (has_identity, identified) = by(layout.identity, &self.identity);
        match (has_correlation, has_identity) {
            (_, true) if !identified.is_empty() => Named::Rows(identified),
            (true, _) => Named::OtherCorrelation,
            (false, true) => Named::OtherIdentity,
            (false, false) => Named::Nothing,
        }
    }
}

/// What the ids of a result or an error name.
enum Named {
    /// These inputs.
    Rows(Vec<usize>),
    /// It has no id.
    Nothing,
    /// It has a correlation id that no input was sent with.
    OtherCorrelation,
    /// It has an identity that no input has.
    OtherIdentity,
}
