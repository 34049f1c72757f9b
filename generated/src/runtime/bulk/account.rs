// @generated from an OpenAPI description: the runtime, the same for every API.

//! The account of one call: the inputs that were sent and the body of a success go in, one verdict per input comes out.
//!
//! A result or an error belongs to an input because both carry the same id: the caller's (correlation) or, where it is
//! missing, the server's (identity). What carries no id is given to the inputs that are left over where the description
//! says that a success mentions every input (`complete`), as far as only one way to do so exists. What carries the id of
//! something else belongs to none of them. The position in a list decides nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::StatusCode;
use serde_json::{Map, Value};

use crate::runtime::bulk::index::{Index, Named};
use crate::runtime::bulk::layout::{self, BatchLayout};
use crate::runtime::bulk::proof;

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
    /// The answer is not the described success, or says that something failed and not what.
    Unproven(StatusCode),
}

/// A success, and what it answers.
pub(super) struct Answer<'r> {
    /// The members that were sent along with the inputs.
    pub(super) members: &'r Map<String, Value>,
    pub(super) status: StatusCode,
    pub(super) body: Value,
}

/// What is said about one input.
#[derive(Debug, Default)]
struct Mentions {
    results: Vec<Value>,
    errors: Vec<Arc<Value>>,
    /// Whether something has this id and that of another input.
    is_doubtful: bool,
}

/// Gives every input its verdict, in the order of `rows`.
pub(super) fn account(layout: &BatchLayout<'_>, rows: &[&Row], answer: Answer<'_>) -> Vec<Verdict> {
    let Answer {
        members,
        status,
        mut body,
    } = answer;
    let described = layout.described(status);
    let errors = layout
        .errors
        .map(|errors| layout::take_list(&mut body, errors))
        .unwrap_or_default();
    let index = Index::new(layout, members, rows);
    let mut mentions: Vec<_> = rows.iter().map(|_| Mentions::default()).collect();

    let reported = errors.len();
    let mut loose_errors = Vec::new();
    let mut foreign_errors = 0;
    for error in errors.into_iter().map(Arc::new) {
        match index.of_error(&error) {
            Named::Rows(rows) => each(&mut mentions, &rows, |mentions| {
                mentions.errors.push(Arc::clone(&error));
            }),
            Named::Doubtful(rows) => each(&mut mentions, &rows, |mentions| mentions.is_doubtful = true),
            Named::Nothing => loose_errors.push(error),
            Named::OtherIdentity | Named::OtherCorrelation => foreign_errors += 1,
        }
    }
    let Some(results) = layout.results else {
        let is_attributed = loose_errors.is_empty() && foreign_errors == 0;
        let is_success =
            is_attributed && described.is_some_and(|described| proof::is_whole_success(described, &body, reported));
        let others = if is_success {
            Verdict::Succeeded(Value::Null)
        } else {
            Verdict::Unproven(status)
        };
        let verdicts = mentions.into_iter().map(Mentions::verdict);
        return verdicts
            .map(|verdict| {
                if verdict == Verdict::NotMentioned {
                    others.clone()
                } else {
                    verdict
                }
            })
            .collect();
    };

    let is_list = layout::at(&body, results).is_some_and(Value::is_array);
    let mut loose_results = Vec::new();
    let results = layout::take_list(&mut body, results);
    // Where there are more than inputs, or it does not count, nobody need compare each of them with each input.
    let may_be_ours = layout.complete && results.len() <= rows.len();
    for mut result in results {
        match index.of_result(&result) {
            // A result names one input.
            Named::Rows(rows) => {
                if let Some(mentions) = rows.first().and_then(|&row| mentions.get_mut(row)) {
                    mentions.add(std::mem::take(&mut result));
                }
            }
            Named::Doubtful(rows) => each(&mut mentions, &rows, |mentions| mentions.is_doubtful = true),
            Named::Nothing => loose_results.push(result),
            // Inputs that are found by another property than the one that identifies results have other ids than those,
            // so it may be the result of an input all the same. Then it repeats what the input says.
            Named::OtherIdentity if may_be_ours && rows.iter().any(|row| echoes(layout, row, &result)) => {
                loose_results.push(result);
            }
            Named::OtherIdentity | Named::OtherCorrelation => {}
        }
    }
    let mut verdicts: Vec<_> = mentions.into_iter().map(Mentions::verdict).collect();
    let is_silent = verdicts.iter().all(|verdict| *verdict == Verdict::NotMentioned);
    if is_silent && !(is_list && described.is_some()) {
        return vec![Verdict::Unproven(status); rows.len()];
    }
    if layout.complete && described.is_some() && !proof::says_failure(&body, reported) {
        eliminate(layout, rows, &mut verdicts, loose_results, loose_errors);
    }
    verdicts
}

fn each(mentions: &mut [Mentions], rows: &[usize], mut change: impl FnMut(&mut Mentions)) {
    for &row in rows {
        if let Some(mentions) = mentions.get_mut(row) {
            change(mentions);
        }
    }
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
            _ if self.is_doubtful => Verdict::Contradicted,
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
