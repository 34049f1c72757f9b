//! What became of the scenarios in, the text that says so out.

use std::fmt::Write as _;

use indexmap::IndexMap;

use super::{Changes, Ledger, Outcome};
use crate::terminal;

/// So many changes of a kind are named.
const SHOWN: usize = 10;

/// Every miss with its reason, a line a family, and one for all.
pub(crate) fn draw(outcomes: &IndexMap<String, Outcome>, ledger: &Ledger) -> String {
    let mut text = String::new();
    for (name, outcome) in outcomes {
        if let Outcome::Miss(reason) = outcome {
            let _ = writeln!(text, "missed: {name}: {}", ledger.reason(name).unwrap_or(reason));
        }
    }
    let families = count(outcomes);
    let all = families
        .values()
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    for (family, (passed, of)) in families.into_iter().chain([("all", all)]) {
        let _ = write!(text, "\n{family:<16} {passed:>4} of {of:>4}");
    }
    text.trim_start_matches('\n').to_owned()
}

/// How many passed of how many, by the first word of their names.
fn count(outcomes: &IndexMap<String, Outcome>) -> IndexMap<&str, (usize, usize)> {
    let mut families: IndexMap<&str, (usize, usize)> = IndexMap::new();
    for (name, outcome) in outcomes {
        let family = name.split('_').next().unwrap_or(name);
        let (passed, of) = families.entry(family).or_default();
        *passed += usize::from(outcome.is_pass());
        *of += 1;
    }
    families.sort_keys();
    families
}

/// What differs from the ledger, which `command` renews.
pub(super) fn report(changes: &Changes, written: bool, command: &str) {
    for (name, reason) in &changes.fell {
        terminal::error(&format!("{name} passed before: {reason}"));
    }
    for (names, what) in [
        (&changes.rose, "passes now"),
        (&changes.new, "is new"),
        (&changes.gone, "is gone"),
    ] {
        for name in names.iter().take(SHOWN) {
            terminal::note(&format!("{name} {what}"));
        }
        if names.len() > SHOWN {
            terminal::note(&format!("and {} more", names.len() - SHOWN));
        }
    }
    if !written && *changes != Changes::default() {
        terminal::note(&format!("`cargo xtask {command} --write` renews the ledger"));
    }
}

#[cfg(test)]
mod tests {
    use super::{IndexMap, Ledger, Outcome, count, draw};

    #[test]
    fn families_are_counted_and_misses_are_named() {
        let outcomes: IndexMap<_, _> = [
            ("A_one".to_owned(), Outcome::Pass),
            ("B_two".to_owned(), Outcome::Miss("not driven".to_owned())),
        ]
        .into_iter()
        .collect();
        let text = draw(&outcomes, &Ledger::default());
        let expected = "missed: B_two: not driven\n\nA                   1 of    1\nB                   0 of    1\nall                 1 of    2";
        assert_eq!(text, expected);
    }

    #[test]
    fn the_readme_has_the_totals_of_the_ledgers() {
        let readme = include_str!("../../../README.md");
        // Of keywords, only those are in it of which an instance is missed.
        for (ledger, has_all) in [
            (include_str!("../../../generator/tests/conformance/ledger.txt"), true),
            (include_str!("../../../generator/tests/json-schema/ledger.txt"), false),
        ] {
            let lines = Ledger::parse(ledger).unwrap_or_default().into_lines();
            let families = count(&lines);
            for (family, (passed, of)) in families.iter().filter(|(_, (passed, of))| has_all || passed < of) {
                let row = format!("| {family} | {passed} of {of} |");
                assert!(readme.contains(&row), "README.md lacks `{row}`");
            }
            let passed: usize = families.values().map(|(passed, _)| passed).sum();
            let all = format!("**{passed} of {}**", lines.len());
            assert!(readme.contains(&all), "README.md lacks `{all}`");
        }
    }
}
