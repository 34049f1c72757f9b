// @generated from an OpenAPI description: the runtime, the same for every API.

//! What a failure says about the server: an answer in, whether the server acted out.

use std::ops::RangeInclusive;
use std::time::Duration;

use http::HeaderMap;
use http::StatusCode;

use crate::runtime::calls::operation::{Operation, Rejected};
use crate::runtime::received::response::Response;

/// Whether the server acted on a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It did.
    Done,
    /// It did not. The request may be sent again.
    Rejected,
    /// It may have. Only an idempotent request may be sent again.
    Unknown,
}

/// What an attempt that failed means for the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) outcome: Outcome,
    /// Whether the same request may fare better later.
    pub(crate) passing: bool,
    /// How long to leave it alone at least.
    pub(crate) wait: Duration,
}

impl Verdict {
    const fn new(outcome: Outcome, passing: bool, wait_seconds: u64) -> Self {
        Self {
            outcome,
            passing,
            wait: Duration::from_secs(wait_seconds),
        }
    }

    /// For what nobody can mend by waiting.
    pub(crate) const fn lasting(outcome: Outcome) -> Self {
        Self::new(outcome, false, 0)
    }

    /// For what may have passed when the request comes again.
    pub(crate) const fn passing(outcome: Outcome) -> Self {
        Self::new(outcome, true, 0)
    }
}

/// What statuses mean by HTTP itself; the first row that has a status decides. What one vendor or one proxy means by a
/// status is not here: a description says so of its own API (`x-rejected`).
const STATUSES: &[(RangeInclusive<u16>, Verdict)] = &[
    (200..=299, Verdict::lasting(Outcome::Done)),
    // "Not modified" and the two redirects that ask for the same request elsewhere were not acted on. The others may
    // be what a server says after it acted.
    (304..=304, Verdict::lasting(Outcome::Rejected)),
    (307..=308, Verdict::lasting(Outcome::Rejected)),
    // A server may give up waiting for a request that it has begun to act on.
    (408..=408, Verdict::passing(Outcome::Unknown)),
    // Too early (RFC 8470); too many requests (RFC 6585).
    (425..=425, Verdict::passing(Outcome::Rejected)),
    (429..=429, Verdict::passing(Outcome::Rejected)),
    // Not of HTTP: what balancers note when the one who asked them hung up while the server was at work. One that stands
    // before another hands it on.
    (460..=460, Verdict::passing(Outcome::Unknown)),
    (499..=499, Verdict::passing(Outcome::Unknown)),
    (400..=499, Verdict::lasting(Outcome::Rejected)),
    // Not implemented; HTTP version not supported; network authentication required.
    (501..=501, Verdict::lasting(Outcome::Rejected)),
    (505..=505, Verdict::lasting(Outcome::Rejected)),
    (511..=511, Verdict::lasting(Outcome::Rejected)),
    // 503 among them: servers send it instead of acting, but proxies send it for a server that died while it acted.
    (500..=599, Verdict::passing(Outcome::Unknown)),
    // Whatever else there is says nothing that is agreed on.
    (0..=u16::MAX, Verdict::lasting(Outcome::Unknown)),
];

/// Whether an answer, given by its headers and body, is the word of the API that was asked, and not of something between.
pub(crate) type IsOwn = fn(&HeaderMap, &[u8]) -> bool;

/// The meaning of an answer to a request of `operation`. What the description promises goes before what HTTP says.
pub(crate) fn of_answer(status: StatusCode, operation: &Operation, unavailable_is_rejected: bool) -> Verdict {
    if let Some(promise) = promise(operation, status) {
        return Verdict::new(Outcome::Rejected, true, promise.wait_seconds.into());
    }
    if status == StatusCode::SERVICE_UNAVAILABLE && unavailable_is_rejected {
        return Verdict::passing(Outcome::Rejected);
    }
    let row = STATUSES
        .iter()
        .find(|(statuses, _)| statuses.contains(&status.as_u16()));
    row.map_or(Verdict::lasting(Outcome::Unknown), |(_, verdict)| *verdict)
}

/// The same where somebody can tell (`is_own`) that a refusal is not the word of the API: that says nothing about the request,
/// which may fare better later.
pub(crate) fn unless_foreign(verdict: Verdict, response: &Response, is_own: Option<IsOwn>) -> Verdict {
    let body = response.bytes().map_or(&[][..], |body| body);
    let is_foreign = |is_own: IsOwn| response.status().is_client_error() && !is_own(response.headers(), body);
    if verdict == Verdict::lasting(Outcome::Rejected) && is_own.is_some_and(is_foreign) {
        return Verdict::passing(Outcome::Rejected);
    }
    verdict
}

/// What the description promises about a status.
pub(crate) fn promise(operation: &Operation, status: StatusCode) -> Option<&'static Rejected> {
    operation
        .rejected
        .iter()
        .find(|rejected| rejected.status == status.as_u16())
}
