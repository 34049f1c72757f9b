//! How calls and attempts end: failures and what is known of the call go in, what becomes an error comes out.

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::credentials::Authorization;
use crate::runtime::decode::DecodeError;
use crate::runtime::error::{BoxError, Context, Error, Kind, Outcome, Unreadable};
use crate::runtime::operation::Operation;
use crate::runtime::outcome::Verdict;
use crate::runtime::response::Response;
use crate::runtime::secret::Secret;

/// How a call ended.
pub(crate) enum Ended {
    /// With a success, whose body nobody has looked into.
    Success(Response, Answered),
    /// With an answer that is no success, and whether it repeats a credential.
    Api(Response, bool, Context),
    /// With nothing that could be typed.
    Failed(Failure),
}

/// What stays of a call that ended with a success.
pub(crate) struct Answered {
    context: Context,
    secrets: Vec<Secret>,
}

/// A call that ended without an answer that could be typed.
pub(crate) struct Failure {
    kind: Kind<Infallible>,
    context: Context,
}

impl Ended {
    /// A success that was sent with this authorization.
    pub(crate) fn success(response: Response, context: Context, authorization: Authorization) -> Self {
        let secrets = authorization.into_secrets();
        Self::Success(response, Answered { context, secrets })
    }
}

impl Failure {
    /// A call that nobody begins.
    pub(crate) fn refused(operation: &'static Operation, problem: BoxError) -> Self {
        Self {
            kind: Kind::Request(problem),
            context: Progress::new(operation).context(Outcome::Rejected),
        }
    }

    pub(crate) fn into_error<E>(self) -> Error<E> {
        Error::new(self.kind, self.context).map_body(|_| None)
    }
}

impl Answered {
    /// The failure of a call whose success cannot be decoded. The server says that it is done, but not with what: which
    /// records there are now, nobody can tell.
    pub(crate) fn undecoded(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        raw: Option<Bytes>,
        error: DecodeError,
    ) -> Failure {
        let raw = raw.unwrap_or_default();
        self.context.outcome = Outcome::Unknown;
        let unreadable = Unreadable {
            is_secret: self.secrets.iter().any(|secret| secret.is_in(&raw)),
            status,
            headers,
            raw,
            source: error.into(),
        };
        Failure {
            kind: Kind::Unreadable(unreadable),
            context: self.context,
        }
    }
}

/// Where a call stands.
pub(crate) struct Progress {
    pub(crate) operation: &'static Operation,
    pub(crate) attempts: u32,
    /// Whether an earlier attempt may have been acted on.
    pub(crate) tainted: bool,
    /// Whether an attempt is on its way.
    pub(crate) sending: bool,
    pub(crate) correlation_id: Option<String>,
    pub(crate) quota_exhausted: bool,
}

/// An attempt that was no success.
pub(crate) struct Failed {
    pub(crate) how: How,
    pub(crate) verdict: Verdict,
    /// The wait that the server asks for.
    pub(crate) asked: Option<Duration>,
}

pub(crate) enum How {
    Answered(Response),
    Untyped(Kind<Infallible>),
}

impl Failed {
    pub(crate) const fn untyped(kind: Kind<Infallible>, verdict: Verdict) -> Self {
        Self {
            how: How::Untyped(kind),
            verdict,
            asked: None,
        }
    }
}

impl Progress {
    pub(crate) const fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            attempts: 0,
            tainted: false,
            sending: false,
            correlation_id: None,
            quota_exhausted: false,
        }
    }

    /// An outcome of the whole call: what the last attempt says does not undo what an earlier one may have done.
    pub(crate) fn context(&self, last: Outcome) -> Context {
        Context {
            operation: self.operation,
            outcome: if self.tainted && last == Outcome::Rejected {
                Outcome::Unknown
            } else {
                last
            },
            attempts: self.attempts,
            correlation_id: self.correlation_id.clone(),
            quota_exhausted: self.quota_exhausted,
        }
    }

    pub(crate) fn failed(&self, kind: Kind<Infallible>, outcome: Outcome) -> Ended {
        Ended::Failed(Failure {
            kind,
            context: self.context(outcome),
        })
    }

    pub(crate) fn ended(&self, failed: Failed, authorization: Authorization) -> Ended {
        let context = self.context(failed.verdict.outcome);
        let secrets = authorization.into_secrets();
        let is_secret = |raw: &[u8]| secrets.iter().any(|secret| secret.is_in(raw));
        match failed.how {
            How::Answered(response) => {
                let is_secret = response.bytes().is_some_and(|raw| is_secret(raw));
                Ended::Api(response, is_secret, context)
            }
            How::Untyped(mut kind) => {
                if let Kind::Unreadable(error) = &mut kind {
                    error.is_secret = is_secret(&error.raw);
                }
                Ended::Failed(Failure { kind, context })
            }
        }
    }
}
