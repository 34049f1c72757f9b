//! Rows in, the text that sums them up out.

use std::fmt::Write;

use indexmap::IndexMap;

use super::row::{Counts, Outcome, Row};
use crate::terminal::count;

/// What all rows come to, in `seconds` of wall time.
pub(super) fn summary(rows: &[Row], seconds: f64) -> String {
    let mut text = String::new();
    outcomes(&mut text, rows, seconds);
    let sum = |of: fn(&Row) -> Counts| rows.iter().map(of).fold(Counts::default(), add);
    for (what, counts) in [
        ("operations", sum(|row| row.figures.operations)),
        ("schemas", sum(|row| row.figures.schemas)),
        ("webhooks", sum(|row| row.figures.webhooks)),
    ] {
        let Counts {
            document,
            emitted,
            degraded,
            skipped,
        } = counts;
        let _ = write!(
            text,
            "\n{what}: {document} in, {emitted} emitted ({degraded} degraded), {skipped} skipped"
        );
    }
    let lost: usize = rows
        .iter()
        .filter(|row| row.is_generated())
        .map(|row| row.figures.lost())
        .sum();
    let _ = write!(text, "\noperations and webhooks neither emitted nor reported: {lost}");
    by_count(
        &mut text,
        "diagnostics",
        rows.iter()
            .flat_map(|row| &row.figures.diagnostics)
            .map(|(code, n)| (code.as_str(), *n)),
    );
    by_count(
        &mut text,
        "refused",
        rows.iter()
            .filter_map(|row| refusal(&row.outcome))
            .map(|reason| (reason, 1)),
    );
    let lines: usize = rows.iter().map(|row| row.figures.lines).sum();
    let peak = rows
        .iter()
        .filter_map(|row| row.figures.peak_mib)
        .max()
        .unwrap_or_default();
    let _ = write!(text, "\n{lines} lines of Rust, at most {peak} MiB for one document");
    compiled(&mut text, rows);
    text
}

fn outcomes(text: &mut String, rows: &[Row], seconds: f64) {
    let number = |wanted: fn(&Outcome) -> bool| rows.iter().filter(|row| wanted(&row.outcome)).count();
    let documents = count(rows.len(), "document", "documents");
    let generated = number(|outcome| matches!(outcome, Outcome::Generated));
    let refused = number(|outcome| matches!(outcome, Outcome::Refused { .. }));
    let crashed = number(|outcome| matches!(outcome, Outcome::Crashed { .. }));
    let timed_out = number(|outcome| matches!(outcome, Outcome::TimedOut));
    let _ = write!(
        text,
        "\n{documents} in {seconds:.1} s: {generated} generated, {refused} refused, {crashed} crashed, \
         {timed_out} timed out"
    );
}

fn refusal(outcome: &Outcome) -> Option<&str> {
    match outcome {
        Outcome::Refused { reason, .. } => Some(reason),
        Outcome::Generated | Outcome::Crashed { .. } | Outcome::TimedOut => None,
    }
}

fn compiled(text: &mut String, rows: &[Row]) {
    let tried: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((row, row.compiled.as_ref()?)))
        .collect();
    if tried.is_empty() {
        return;
    }
    let clean = tried.iter().filter(|(_, problems)| problems.is_empty()).count();
    let _ = write!(
        text,
        "\n{clean} of {} compile without a warning of rustc or rustdoc",
        tried.len()
    );
    for (row, problems) in tried.iter().filter(|(_, problems)| !problems.is_empty()) {
        let first = problems.first().map(String::as_str).unwrap_or_default();
        let _ = write!(
            text,
            "\n  {}: {}, the first:\n{first}",
            row.document,
            count(problems.len(), "problem", "problems")
        );
    }
}

/// The most frequent first, at most twenty of them.
fn by_count<'k>(text: &mut String, what: &str, found: impl Iterator<Item = (&'k str, usize)>) {
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for (key, number) in found {
        *counts.entry(key).or_default() += number;
    }
    counts.sort_by(|left, one, right, other| other.cmp(one).then(left.cmp(right)));
    if !counts.is_empty() {
        let _ = write!(text, "\n{what}:");
    }
    for (key, number) in counts.iter().take(20) {
        let _ = write!(text, "\n  {number:>7}  {key}");
    }
    if counts.len() > 20 {
        let _ = write!(text, "\n  and {} more", counts.len() - 20);
    }
}

fn add(left: Counts, right: Counts) -> Counts {
    Counts {
        document: left.document + right.document,
        emitted: left.emitted + right.emitted,
        degraded: left.degraded + right.degraded,
        skipped: left.skipped + right.skipped,
    }
}
