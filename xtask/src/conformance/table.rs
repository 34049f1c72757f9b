//! What became of the scenarios in, the text that says so out.

use std::fmt::Write as _;

use indexmap::IndexMap;

use super::ledger::{Changes, Ledger, Outcome};
use crate::terminal;

/// So many changes of a kind are named.
const SHOWN: usize = 10;

/// A line a family, one for all, and every miss with its reason.
pub(super) fn draw(outcomes: &IndexMap<String, Outcome>, ledger: &Ledger) -> String {
    let mut families: IndexMap<&str, (usize, usize)> = IndexMap::new();
    for (name, outcome) in outcomes {
        let family = name.split('_').next().unwrap_or(name);
        for key in [family, "all"] {
            let (passed, all) = families.entry(key).or_default();
            *passed += usize::from(outcome.is_pass());
            *all += 1;
        }
    }
    families.sort_by(|one, _, other, _| (*one == "all", one).cmp(&(*other == "all", other)));
    let mut text = String::new();
    for (name, outcome) in outcomes {
        if let Outcome::Miss(reason) = outcome {
            let _ = writeln!(text, "missed: {name}: {}", ledger.reason(name).unwrap_or(reason));
        }
    }
    for (family, (passed, all)) in families {
        let _ = write!(text, "\n{family:<16} {passed:>4} of {all:>4}");
    }
    text.trim_start_matches('\n').to_owned()
}

/// What differs from the ledger.
pub(super) fn report(changes: &Changes, written: bool) {
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
        terminal::note("`cargo xtask conformance --write` renews the ledger");
    }
}

#[cfg(test)]
mod tests {
    use super::{IndexMap, Ledger, Outcome, draw};

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
}
