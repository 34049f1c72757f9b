//! A committed ledger in, how it differs from what became of the scenarios of a suite out.
//!
//! A line is the name of a scenario, `pass` or `miss`, and behind `miss` the reason.

pub(crate) mod table;

use std::{fmt, fs, io, path::Path};

use indexmap::IndexMap;

use crate::exit::{Exit, Failure};

/// What became of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Pass,
    /// With the reason.
    Miss(String),
}

impl Outcome {
    pub(crate) fn is_pass(&self) -> bool {
        *self == Self::Pass
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pass => formatter.write_str("pass"),
            Self::Miss(reason) => write!(formatter, "miss {reason}"),
        }
    }
}

/// Scenarios by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Ledger {
    lines: IndexMap<String, Outcome>,
}

/// What is not as the ledger says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// Passed before; with what is wrong now.
    pub(crate) fell: Vec<(String, String)>,
    pub(crate) rose: Vec<String>,
    /// In no line of the ledger.
    pub(crate) new: Vec<String>,
    /// In the ledger, and unknown to the server.
    pub(crate) gone: Vec<String>,
}

impl Ledger {
    /// One that is not there is empty.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Failure::at("read", path, &error)),
        };
        Self::parse(&text).map_err(|line| Failure {
            exit: Exit::Refused,
            message: format!(
                "`{}`: expected `NAME pass` or `NAME miss REASON`, found `{line}`",
                path.display()
            ),
        })
    }

    /// The line that cannot be read is the error.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut lines = IndexMap::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let (name, rest) = line.split_once(' ').ok_or(line)?;
            let outcome = match rest.split_once(' ') {
                None if rest == "pass" => Outcome::Pass,
                Some(("miss", reason)) if !reason.trim().is_empty() => Outcome::Miss(reason.trim().to_owned()),
                _ => return Err(line.to_owned()),
            };
            if lines.insert(name.to_owned(), outcome).is_some() {
                return Err(line.to_owned());
            }
        }
        Ok(Self { lines })
    }

    #[cfg(test)]
    pub(crate) fn into_lines(self) -> IndexMap<String, Outcome> {
        self.lines
    }

    /// Why it says that a scenario is missed.
    pub(crate) fn reason(&self, name: &str) -> Option<&str> {
        match self.lines.get(name)? {
            Outcome::Pass => None,
            Outcome::Miss(reason) => Some(reason),
        }
    }

    /// What differs; `are_all` where `outcomes` has every scenario that there is.
    fn compare(&self, outcomes: &IndexMap<String, Outcome>, are_all: bool) -> Changes {
        let mut changes = Changes::default();
        for (name, outcome) in outcomes {
            match (self.lines.get(name), outcome) {
                (None, _) => changes.new.push(name.clone()),
                (Some(Outcome::Pass), Outcome::Miss(reason)) => changes.fell.push((name.clone(), reason.clone())),
                (Some(Outcome::Miss(_)), Outcome::Pass) => changes.rose.push(name.clone()),
                (Some(Outcome::Pass), Outcome::Pass) | (Some(Outcome::Miss(_)), Outcome::Miss(_)) => {}
            }
        }
        if are_all {
            let gone = self.lines.keys().filter(|name| !outcomes.contains_key(*name));
            changes.gone = gone.cloned().collect();
        }
        changes
    }

    /// With what became of the scenarios; a reason that is there stays while its scenario is missed.
    fn renewed(mut self, outcomes: IndexMap<String, Outcome>, are_all: bool) -> Self {
        if are_all {
            self.lines.retain(|name, _| outcomes.contains_key(name));
        }
        for (name, outcome) in outcomes {
            match self.lines.get(&name) {
                Some(Outcome::Miss(reason)) if !outcome.is_pass() && reason != "not driven" => {}
                _ => {
                    self.lines.insert(name, outcome);
                }
            }
        }
        self.lines.sort_keys();
        self
    }

    /// Compares, renews the file at `path` where that is to be `written`, and says what differs. `command` is what it is renewed by.
    pub(crate) fn settle(
        self,
        outcomes: IndexMap<String, Outcome>,
        are_all: bool,
        path: &Path,
        written: bool,
        command: &str,
    ) -> Result<Changes, Failure> {
        let changes = self.compare(&outcomes, are_all);
        if written {
            self.renewed(outcomes, are_all).write(path)?;
        }
        table::report(&changes, written, command);
        Ok(changes)
    }

    fn write(&self, path: &Path) -> Result<(), Failure> {
        fs::write(path, self.to_string()).map_err(|error| Failure::at("write", path, &error))
    }
}

impl fmt::Display for Ledger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines
            .iter()
            .try_for_each(|(name, outcome)| writeln!(formatter, "{name} {outcome}"))
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::{Changes, Ledger, Outcome};

    const TEXT: &str = "A_one pass\nA_two miss it cannot be said\nB_three pass\n";

    fn outcomes(lines: &[(&str, Option<&str>)]) -> IndexMap<String, Outcome> {
        let outcome = |reason: Option<&str>| reason.map_or(Outcome::Pass, |reason| Outcome::Miss(reason.to_owned()));
        lines
            .iter()
            .map(|(name, reason)| ((*name).to_owned(), outcome(*reason)))
            .collect()
    }

    #[test]
    fn what_is_written_is_what_was_read() {
        let ledger = Ledger::parse(TEXT).unwrap_or_default();
        assert_eq!(ledger.to_string(), TEXT);
        assert_eq!(ledger.reason("A_two"), Some("it cannot be said"));
        assert_eq!(ledger.reason("A_one"), None);
    }

    #[test]
    fn a_line_that_says_neither_is_an_error() {
        for text in [
            "A_one",
            "A_one perhaps",
            "A_one miss",
            "A_one miss ",
            "A_one pass\nA_one pass",
        ] {
            assert!(Ledger::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_fell_rose_came_and_went_is_told() {
        let ledger = Ledger::parse(TEXT).unwrap_or_default();
        let outcomes = outcomes(&[("A_one", Some("timed out")), ("A_two", None), ("C_four", None)]);
        let expected = Changes {
            fell: vec![("A_one".to_owned(), "timed out".to_owned())],
            rose: vec!["A_two".to_owned()],
            new: vec!["C_four".to_owned()],
            gone: vec!["B_three".to_owned()],
        };
        assert_eq!(ledger.compare(&outcomes, true), expected);
        assert!(ledger.compare(&outcomes, false).gone.is_empty());
    }

    #[test]
    fn reasons_stay_while_scenarios_are_missed() {
        let ledger = Ledger::parse(TEXT).unwrap_or_default();
        let some = ledger.renewed(
            outcomes(&[("A_one", Some("timed out")), ("A_two", Some("failed"))]),
            false,
        );
        assert_eq!(
            some.to_string(),
            "A_one miss timed out\nA_two miss it cannot be said\nB_three pass\n"
        );
        let all = some.renewed(outcomes(&[("A_two", None), ("A_three", None)]), true);
        assert_eq!(all.to_string(), "A_three pass\nA_two pass\n");
    }
}
