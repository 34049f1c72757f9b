//! What the server knows: requests and deeds go in, the truth about every input comes out.
//!
//! An input is known by its mark, a number that no other input of a run has.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::time::Instant;

/// How long a request takes to arrive at most.
const ON_ITS_WAY: Duration = Duration::from_millis(100);

/// What the server said to a request, as far as the client can have understood it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// Nothing that settles what became of its inputs.
    Murky,
    /// What became of each of its inputs, in full.
    All,
    /// That it acted on none of them.
    Refused,
}

/// A request that arrived.
#[derive(Debug)]
pub(crate) struct Arrival {
    pub(crate) marks: Vec<u64>,
    pub(crate) said: Said,
    /// What went wrong with it, by the name of the gateway.
    pub(crate) met: &'static str,
    /// Whether it arrived after the run was told to stop.
    pub(crate) after_stop: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) arrivals: Vec<Arrival>,
    /// The records that the server has acted on, once for every time, by the mark of the input that asked for it.
    pub(crate) deeds: BTreeMap<u64, Vec<String>>,
    /// Good inputs that the API itself said it did not act on, and why.
    pub(crate) refused: BTreeSet<u64>,
    /// The mark of the input that changed a record last.
    pub(crate) state: BTreeMap<String, u64>,
    /// Requests without an answer, with the records that they name.
    open: BTreeMap<usize, BTreeSet<String>>,
    pub(crate) most_open: usize,
    /// Records that two requests named at the same time, or one request twice.
    pub(crate) twins: Vec<String>,
    /// When the run was told to stop.
    pub(crate) stopped: Option<Instant>,
    /// Requests of another operation than the one of the run.
    pub(crate) others: usize,
}

impl Ledger {
    /// A request arrives. The number that it gets is for [`Self::said`] and [`Self::close`].
    pub(crate) fn arrive(&mut self, marks: Vec<u64>, names: &[String]) -> usize {
        let number = self.arrivals.len();
        self.arrivals.push(Arrival {
            marks,
            said: Said::Murky,
            met: "",
            after_stop: self
                .stopped
                .is_some_and(|stopped| stopped + ON_ITS_WAY < Instant::now()),
        });
        let mut open = BTreeSet::new();
        for name in names {
            if !open.insert(name.clone()) {
                self.twins.push(name.clone());
            }
        }
        self.open.insert(number, open);
        number
    }

    /// Looks again, when everybody who left has been noticed: how many are there, and does another name the same records?
    pub(crate) fn compare(&mut self, number: usize) {
        self.most_open = self.most_open.max(self.open.len());
        let Some(mine) = self.open.get(&number) else { return };
        for (_, other) in self.open.iter().filter(|(other, _)| **other != number) {
            self.twins.extend(mine.intersection(other).cloned());
        }
    }

    /// The server acts for an input on a record.
    pub(crate) fn act(&mut self, mark: u64, record: &str) {
        self.deeds.entry(mark).or_default().push(record.to_owned());
        self.state.insert(record.to_owned(), mark);
    }

    pub(crate) fn met(&mut self, number: usize, gateway: &'static str) {
        self.arrivals[number].met = gateway;
    }

    pub(crate) fn said(&mut self, number: usize, said: Said) {
        self.arrivals[number].said = said;
    }

    /// A request has been answered, or nobody waits for the answer any more.
    pub(crate) fn close(&mut self, number: usize) {
        self.open.remove(&number);
    }

    /// What was said to the requests that an input was in.
    pub(crate) fn said_of(&self, mark: u64) -> impl Iterator<Item = &Arrival> {
        self.arrivals
            .iter()
            .filter(move |arrival| arrival.marks.contains(&mark))
    }
}
