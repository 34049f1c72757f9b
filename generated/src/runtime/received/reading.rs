// @generated from an OpenAPI description: the runtime, the same for every API.

//! How a success is asked for and how it arrives: a status in, whether it is an answer and how its body is handed over out.

use http::StatusCode;

/// How a success is asked for, and how it arrives.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The value of the header `Accept`; empty leaves it out.
    pub accept: &'static str,
    /// Whether a success is handed over as it arrives instead of being collected first, and as what.
    pub stream: Streaming,
    /// What arrives otherwise.
    pub arrivals: &'static [Arrival],
}

impl Reading {
    /// Whether an answer with this status is a success, and then how its body is handed over.
    pub(crate) fn of(&self, status: StatusCode) -> Option<Streaming> {
        let code = status.as_u16();
        let described = self.arrivals.iter().find(|arrival| arrival.is_of(code));
        described
            .map(|arrival| arrival.stream)
            .or_else(|| status.is_success().then_some(self.stream))
    }
}

/// How a body is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Streaming {
    /// Collected first.
    No,
    /// As it arrives, whatever it is.
    Bytes,
}

/// Statuses whose answers are successes though they are not 2xx, or arrive in another way than the other successes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    first: u16,
    last: u16,
    stream: Streaming,
}

impl Arrival {
    /// The statuses from `first` to `last`; of two that have a status, the one that stands first counts.
    #[must_use]
    pub const fn new(first: u16, last: u16, stream: Streaming) -> Self {
        Self { first, last, stream }
    }

    const fn is_of(self, code: u16) -> bool {
        self.first <= code && code <= self.last
    }
}
