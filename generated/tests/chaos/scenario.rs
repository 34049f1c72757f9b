//! One run: a seed goes in, who sends what, how, and who receives the outcomes comes out.

use std::fmt;
use std::time::Duration;

use fastrand::Rng;
use hubspot_tickets_batch::runtime::Limiter;

use crate::desk::{BAD, Operation, RECORD};
use crate::server::{State, token};
use crate::weather::Weather;

/// What the receiver of the outcomes does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Receiver {
    Fast,
    /// Takes a minute for a record now and then.
    Slow,
    /// Reads a ticket with the same client now and then.
    Reading,
    /// Goes away after so many records.
    Dropping(usize),
    /// Stops the run after so many records.
    Stopping(usize),
    /// Stops the run when the server has seen so many requests.
    StoppingAt(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    Default,
    InFlight(usize),
    PerWindow(u32, Duration),
}

impl Limit {
    pub(crate) fn limiter(self) -> Limiter {
        match self {
            Self::Default => Limiter::default(),
            Self::InFlight(requests) => Limiter::new(requests),
            Self::PerWindow(requests, window) => Limiter::default().per_window(requests, window),
        }
    }
}

/// An input of any operation.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) mark: u64,
    pub(crate) name: Option<String>,
    pub(crate) subject: String,
    pub(crate) is_bad: bool,
}

#[derive(Clone)]
pub(crate) struct Scenario {
    pub(crate) seed: u64,
    pub(crate) operation: Operation,
    pub(crate) inputs: Vec<Input>,
    pub(crate) concurrency: usize,
    pub(crate) batch_size: usize,
    pub(crate) ordered: bool,
    pub(crate) give_up_after: usize,
    pub(crate) receiver: Receiver,
    pub(crate) limit: Limit,
    /// How many of a hundred inputs come after a pause; `None`: they come from an iterator.
    pub(crate) pauses: Option<u8>,
    /// How many of a hundred requests something happens to.
    pub(crate) share: u8,
    refuses_batches: bool,
    pub(crate) changing_token: bool,
}

impl fmt::Debug for Scenario {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            seed,
            operation,
            concurrency,
            batch_size,
            ordered,
            receiver,
            limit,
            pauses,
            share,
            ..
        } = self;
        write!(
            formatter,
            "seed {seed}: {operation:?} {} inputs by {batch_size}, {concurrency} at once, ordered {ordered}, \
             {receiver:?}, limit {limit:?}, pauses {pauses:?}, gateways {share} %, whole batches refused {}, \
             changing token {}, gives up after {}",
            self.inputs.len(),
            self.refuses_batches,
            self.changing_token,
            self.give_up_after,
        )
    }
}

fn one_of<T: Copy>(random: &mut Rng, choices: &[T]) -> T {
    choices[random.usize(0..choices.len())]
}

impl Scenario {
    pub(crate) fn new(seed: u64, count: usize) -> Self {
        use Operation::{Archive, Create, Read, Update, Upsert};

        let mut random = Rng::with_seed(seed);
        let operation = one_of(
            &mut random,
            &[Create, Create, Create, Create, Update, Upsert, Archive, Read],
        );
        let share_of_bad = one_of(&mut random, &[0, 1, 4]);
        let names = one_of(&mut random, &[count, count / 3 + 1, 20.min(count)]);
        let inputs = (0..count as u64).map(|mark| input(&mut random, operation, mark, names, share_of_bad));
        let inputs = inputs.collect();
        let records = random.usize(0..=count);
        let receivers = [
            Receiver::Fast,
            Receiver::Fast,
            Receiver::Slow,
            Receiver::Slow,
            Receiver::Reading,
            Receiver::Dropping(records),
            Receiver::Stopping(records),
            Receiver::StoppingAt(random.usize(0..20)),
        ];
        let limits = [
            Limit::Default,
            Limit::Default,
            Limit::InFlight(random.usize(1..4)),
            Limit::PerWindow(20, Duration::from_secs(1)),
            Limit::PerWindow(4, Duration::from_secs(2)),
        ];
        let pauses = one_of(&mut random, &[None, None, Some(2), Some(20)]);
        Self {
            seed,
            operation,
            inputs,
            concurrency: random.usize(1..=8),
            batch_size: one_of(&mut random, &[7, 20, 50, 100]),
            ordered: random.u8(0..3) > 0,
            give_up_after: one_of(&mut random, &[10, usize::MAX]),
            // Reading is what the run does already.
            receiver: match one_of(&mut random, &receivers) {
                Receiver::Reading if operation == Read => Receiver::Slow,
                receiver => receiver,
            },
            limit: one_of(&mut random, &limits),
            pauses,
            share: one_of(&mut random, &[0, 10, 30, 60]),
            refuses_batches: operation != Read && random.u8(0..4) == 0,
            changing_token: random.u8(0..4) == 0,
        }
    }

    /// What the server is told of it.
    pub(crate) fn weather(&self) -> Weather {
        Weather::new(self.seed, self.share)
    }

    pub(crate) fn prepare(&self, state: &mut State) {
        state.refuses_batches = self.refuses_batches;
        if self.changing_token {
            state.token_lasts = 10;
        }
    }

    pub(crate) fn first_token() -> String {
        token(0)
    }

    /// More requests than this are a storm. Each fifth may be repeated, and fifty more; halving finds a bad input of a
    /// hundred in fourteen.
    pub(crate) fn most_requests(&self) -> usize {
        let mut names: Vec<_> = self.inputs.iter().filter_map(|input| input.name.as_ref()).collect();
        names.sort();
        names.dedup();
        let named_again = if names.is_empty() {
            0
        } else {
            self.inputs.len() - names.len()
        };
        let paused = self
            .pauses
            .map_or(0, |share| self.inputs.len() * usize::from(share) / 100 * 2);
        let bad = self.inputs.iter().filter(|input| input.is_bad).count();
        let halving = if self.refuses_batches { 14 * bad } else { 0 };
        let calls = self.inputs.len() / self.batch_size + 1 + named_again + paused + halving;
        calls + calls / 4 + 70
    }
}

fn input(random: &mut Rng, operation: Operation, mark: u64, names: usize, share_of_bad: u8) -> Input {
    let is_bad = random.u8(0..100) < share_of_bad && operation != Operation::Archive;
    let name = match operation {
        Operation::Create => None,
        Operation::Read if is_bad => Some(format!("{BAD}{RECORD}{mark}")),
        Operation::Read | Operation::Archive => Some(format!("{RECORD}{mark}")),
        Operation::Update | Operation::Upsert => Some(format!("4{}", random.usize(0..names))),
    };
    Input {
        mark,
        name,
        subject: if is_bad { BAD } else { "Printer on fire" }.to_owned(),
        is_bad,
    }
}
