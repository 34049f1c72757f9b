//! The bad day: a seed and chances go in, what goes wrong with each request comes out.

use std::collections::{BTreeSet, VecDeque};

/// Something that goes wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is reset after the request was read and before anything was done.
    ResetBefore,
    /// The batch is applied; the connection is reset inside the answer's body.
    ResetAfter,
    /// The batch is applied; the answer is a 500, 502, 503 or 504, with a body of JSON, of HTML or without any.
    ErrorAfter,
    /// The batch is applied; the connection ends in good order before the answer's body does.
    Truncated,
    /// This request and a few after it are refused with a 429 of the rolling window.
    Storm,
    /// Nothing is done; the answer is a 503, as it may be after [`Fault::ErrorAfter`] too.
    Unavailable,
    /// A part of the inputs is neither acted on nor mentioned in the answer.
    Silent,
    /// The results come in another order than the inputs.
    Shuffled,
    /// The results do not repeat the inputs' trace ids.
    WithoutTraceIds,
    /// The answer lacks `status`, `requestedAt` and empty lists.
    Sparse,
    /// A success arrives as a plain 200, errors merged into it.
    MovedStatus,
}

/// What goes wrong, and when: nothing, a script, or chances.
///
/// The chances are drawn from a seed and the number of the request, so that the same requests in the same order meet
/// the same faults.
#[derive(Debug, Clone)]
pub struct Faults {
    seed: u64,
    chances: Vec<(Fault, f64)>,
    script: VecDeque<BTreeSet<Fault>>,
    drawn: u64,
    storm: u32,
    retry_after: Option<u32>,
}

impl Faults {
    /// Nothing goes wrong.
    #[must_use]
    pub fn none() -> Self {
        Self::seeded(0)
    }

    /// A schedule to which [`chance`](Self::chance) adds faults.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self {
            seed,
            chances: Vec::new(),
            script: VecDeque::new(),
            drawn: 0,
            storm: 0,
            retry_after: None,
        }
    }

    /// Every fault there is, each often enough to be met within a few hundred requests.
    #[must_use]
    pub fn bad_day(seed: u64) -> Self {
        Self::seeded(seed)
            .chance(Fault::ResetBefore, 0.02)
            .chance(Fault::ResetAfter, 0.02)
            .chance(Fault::ErrorAfter, 0.02)
            .chance(Fault::Truncated, 0.02)
            .chance(Fault::Storm, 0.02)
            .chance(Fault::Unavailable, 0.02)
            .chance(Fault::Silent, 0.05)
            .chance(Fault::Shuffled, 0.5)
            .chance(Fault::WithoutTraceIds, 0.05)
            .chance(Fault::Sparse, 0.5)
            .chance(Fault::MovedStatus, 0.1)
    }

    /// Lets `fault` happen to a request with the probability `chance`, of 0 to 1, in place of an earlier one.
    #[must_use]
    pub fn chance(mut self, fault: Fault, chance: f64) -> Self {
        match self.chances.iter_mut().find(|(known, _)| *known == fault) {
            Some((_, known)) => *known = chance,
            None => self.chances.push((fault, chance)),
        }
        self
    }

    /// Lets the answers of [`Fault::Storm`] and those with a 503 ask the client to wait for so many seconds,
    /// which the real ones seldom do. With 0, a test need not wait for a client that takes a break of its own choice.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Lets exactly these faults happen: the first element to the first request, and so on; nothing afterwards.
    #[must_use]
    pub fn script<I, F>(requests: I) -> Self
    where
        I: IntoIterator<Item = F>,
        F: IntoIterator<Item = Fault>,
    {
        let script = requests
            .into_iter()
            .map(|faults| faults.into_iter().collect())
            .collect();
        Self { script, ..Self::none() }
    }

    /// What goes wrong with the next request.
    pub(super) fn draw(&mut self) -> Plan {
        let number = self.drawn;
        self.drawn += 1;
        // Neighbouring numbers must not give neighbouring streams, hence the odd factor (2^64 divided by the golden
        // ratio).
        let mut random = fastrand::Rng::with_seed(self.seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut faults = self.script.pop_front().unwrap_or_default();
        faults.extend(
            self.chances
                .iter()
                .filter(|(_, chance)| random.f64() < *chance)
                .map(|&(fault, _)| fault),
        );
        if self.storm > 0 {
            self.storm -= 1;
            faults.insert(Fault::Storm);
        } else if faults.contains(&Fault::Storm) {
            self.storm = random.u32(1..6);
        }
        Plan {
            faults,
            random,
            retry_after: self.retry_after,
        }
    }
}

/// What goes wrong with one request.
#[derive(Debug)]
pub(super) struct Plan {
    faults: BTreeSet<Fault>,
    pub(super) random: fastrand::Rng,
    retry_after: Option<u32>,
}

impl Plan {
    pub(super) fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }

    /// The header with which a refusal asks for a break.
    pub(super) fn retry_after(&self) -> Option<(&'static str, String)> {
        self.retry_after.map(|seconds| ("Retry-After", seconds.to_string()))
    }

    /// Which of `count` inputs are silently left out: some or, now and then, all of them.
    pub(super) fn silent(&mut self, count: usize) -> BTreeSet<usize> {
        if !self.has(Fault::Silent) {
            BTreeSet::new()
        } else if self.random.u8(..) < 64 {
            (0..count).collect()
        } else {
            let some = 1 + count / 10;
            (0..count).filter(|_| self.random.usize(0..count) < some).collect()
        }
    }
}
