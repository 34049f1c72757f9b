//! What a failure says about the server: a status in, whether the server acted out.

use std::ops::RangeInclusive;
use std::time::Duration;

use http::StatusCode;

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

/// What statuses mean; the first row that has a status decides. RFC 9110 for the registered ones, common practice of
/// proxies and vendors for the rest.
const STATUSES: &[(RangeInclusive<u16>, Verdict)] = &[
    (200..=299, Verdict::lasting(Outcome::Done)),
    // "Not modified" and the two redirects that ask for the same request elsewhere were not acted on. The others may
    // be what a server says after it acted.
    (304..=304, Verdict::lasting(Outcome::Rejected)),
    (307..=308, Verdict::lasting(Outcome::Rejected)),
    // A server may give up waiting for a request that it has begun to act on.
    (408..=408, Verdict::passing(Outcome::Unknown)),
    // Locked, for as long as another request works on the same.
    (423..=423, Verdict::new(Outcome::Rejected, true, 2)),
    // Too early; too many requests.
    (425..=425, Verdict::passing(Outcome::Rejected)),
    (429..=429, Verdict::passing(Outcome::Rejected)),
    // HubSpot: the account is being moved.
    (477..=477, Verdict::passing(Outcome::Rejected)),
    (400..=499, Verdict::lasting(Outcome::Rejected)),
    // Not implemented; HTTP version not supported; network authentication required.
    (501..=501, Verdict::lasting(Outcome::Rejected)),
    (505..=505, Verdict::lasting(Outcome::Rejected)),
    (511..=511, Verdict::lasting(Outcome::Rejected)),
    // Unavailable: the policy decides, see `of_status`.
    (503..=503, Verdict::passing(Outcome::Rejected)),
    // Cloudflare: no connection or no TLS session to the server behind it.
    (521..=521, Verdict::passing(Outcome::Rejected)),
    (523..=523, Verdict::passing(Outcome::Rejected)),
    (525..=526, Verdict::passing(Outcome::Rejected)),
    (500..=599, Verdict::passing(Outcome::Unknown)),
    // Whatever else there is says nothing that is agreed on.
    (0..=u16::MAX, Verdict::lasting(Outcome::Unknown)),
];

/// The meaning of `status`.
///
/// `unavailable_is_rejected` decides about 503: servers send it instead of acting, but proxies send it for a server
/// that died while it acted.
pub(crate) fn of_status(status: StatusCode, unavailable_is_rejected: bool) -> Verdict {
    if status == StatusCode::SERVICE_UNAVAILABLE && !unavailable_is_rejected {
        return Verdict::passing(Outcome::Unknown);
    }
    let row = STATUSES
        .iter()
        .find(|(statuses, _)| statuses.contains(&status.as_u16()));
    row.map_or(Verdict::lasting(Outcome::Unknown), |(_, verdict)| *verdict)
}
