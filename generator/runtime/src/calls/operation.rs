//! Operations as data: what generated code says about a call that does not depend on its arguments.

use std::fmt;
use std::time::Duration;

pub use crate::runtime::received::reading::{Arrival, Reading, Streaming};

/// A call that an API offers.
#[derive(Debug)]
pub struct Operation {
    /// The document's `operationId`, or the method and path where it has none.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, relative to the base URL. Errors and traces show it in place of the URL.
    pub path: &'static str,
    /// Where only this operation is served: a base URL, or a path at the host of the client's. Empty: where the others are.
    pub server: &'static str,
    /// Whether a repetition does no harm.
    pub idempotent: bool,
    /// The header in which a random key tells the server that a repeated request is the same one. Empty: there is none.
    pub idempotency_key: &'static str,
    /// Time limits and retries of its own.
    pub defaults: Defaults,
    /// What the API promises beyond HTTP: with these statuses it did not act (`x-rejected`).
    pub rejected: &'static [Rejected],
    /// Which credentials are sent: alternatives, each a list of names of security schemes. Empty: none is needed.
    #[cfg(part = "credentials")]
    pub security: &'static [&'static [&'static str]],
    /// The value of the header `Accept`; empty leaves it out.
    pub accept: &'static str,
    /// Whether a success is handed over as it arrives instead of being collected first, and as what.
    pub stream: Streaming,
    /// What arrives otherwise, and the successes that are not 2xx.
    pub arrivals: &'static [Arrival],
    /// The status, the media type and the text of an answer that the document has for an example; without a body, all but the
    /// status is empty.
    #[cfg(all(part = "mock", any(part = "shared", feature = "mock")))]
    pub example: Option<(u16, &'static str, &'static str)>,
}

impl Operation {
    /// How its successes are read unless a call asks for something else.
    pub(crate) const fn reading(&self) -> Reading {
        Reading {
            accept: self.accept,
            stream: self.stream,
            arrivals: self.arrivals,
        }
    }
}

/// Time limits and retries where a client's builder is not told otherwise. What is none is what it is for all APIs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Defaults {
    /// How long a call may take, with all its attempts and waits.
    pub timeout: Option<Duration>,
    /// How long one attempt may take.
    pub attempt_timeout: Option<Duration>,
    /// How long a stream may be silent.
    pub idle_timeout: Option<Duration>,
    /// How often a request is sent at most, the first time included.
    pub max_attempts: Option<u32>,
    /// See [`RetryPolicy::base`](crate::runtime::pace::retry::RetryPolicy::base).
    pub backoff_base: Option<Duration>,
    /// See [`RetryPolicy::cap`](crate::runtime::pace::retry::RetryPolicy::cap).
    pub backoff_cap: Option<Duration>,
    /// See [`RetryPolicy::longest_retry_after`](crate::runtime::pace::retry::RetryPolicy::longest_retry_after).
    pub longest_retry_after: Option<Duration>,
    /// See [`RetryPolicy::unavailable_is_rejected`](crate::runtime::pace::retry::RetryPolicy::unavailable_is_rejected).
    pub unavailable_is_rejected: Option<bool>,
}

impl Defaults {
    /// Nothing of its own.
    pub const NONE: Self = Self {
        timeout: None,
        attempt_timeout: None,
        idle_timeout: None,
        max_attempts: None,
        backoff_base: None,
        backoff_cap: None,
        longest_retry_after: None,
        unavailable_is_rejected: None,
    };
}

/// An HTTP method: any token, in the case in which it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Method(&'static str);

impl Method {
    /// `DELETE`.
    pub const DELETE: Self = Self("DELETE");
    /// `GET`.
    pub const GET: Self = Self("GET");
    /// `HEAD`.
    pub const HEAD: Self = Self("HEAD");
    /// `OPTIONS`.
    pub const OPTIONS: Self = Self("OPTIONS");
    /// `PATCH`.
    pub const PATCH: Self = Self("PATCH");
    /// `POST`.
    pub const POST: Self = Self("POST");
    /// `PUT`.
    pub const PUT: Self = Self("PUT");
    /// `QUERY`.
    pub const QUERY: Self = Self("QUERY");
    /// `TRACE`.
    pub const TRACE: Self = Self("TRACE");
}

impl Method {
    /// The method of this name. One that is no token of HTTP is refused when a request is to be sent.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The method as it stands in a request line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether it only asks: by HTTP, it changes nothing.
    #[must_use]
    pub fn is_safe(self) -> bool {
        [Self::GET, Self::HEAD, Self::OPTIONS, Self::QUERY, Self::TRACE].contains(&self)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

/// A status with which an API promises that it did not act, so that the same request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejected {
    /// The status, from 400 to 599.
    pub status: u16,
    /// How many seconds the request is left alone at least.
    pub wait_seconds: u32,
}

impl Rejected {
    /// A status, and how many seconds to wait at least.
    #[must_use]
    pub const fn new(status: u16, wait_seconds: u32) -> Self {
        Self { status, wait_seconds }
    }
}

/// What generated code says about its API.
#[derive(Debug)]
pub struct Api {
    /// The base URL when none is chosen. Empty: one must be.
    pub base_url: &'static str,
    /// The servers of single operations, but for those that are only paths.
    pub operation_servers: &'static [&'static str],
    /// Those of them that are to be replaced: nothing is sent there.
    pub placeholders: &'static [&'static str],
    /// The ways to authenticate.
    #[cfg(part = "credentials")]
    pub security_schemes: &'static [SecurityScheme],
    /// The value of the header `User-Agent`.
    pub user_agent: &'static str,
    /// Time limits and retries of all operations.
    pub defaults: Defaults,
}

/// A way to authenticate, under the name that operations refer to.
#[cfg(part = "credentials")]
#[derive(Debug)]
pub struct SecurityScheme {
    /// The name in the document.
    pub name: &'static str,
    /// What is sent.
    pub kind: SecurityKind,
    /// The method of the client's builder that sets it. Empty: `credential`, under its name.
    pub setter: &'static str,
}

/// What a [`SecurityScheme`] sends.
#[cfg(part = "credentials")]
#[allow(dead_code, reason = "a document may have none of some kind")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityKind {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// `Authorization: SCHEME …`, with the credential as it was given behind the name of any other scheme.
    Http(&'static str),
    /// A key in the header of this name.
    Header(&'static str),
    /// A key in the query parameter of this name.
    Query(&'static str),
    /// A key in the cookie of this name.
    Cookie(&'static str),
    /// A certificate of the client's, when it connects.
    MutualTls,
}
