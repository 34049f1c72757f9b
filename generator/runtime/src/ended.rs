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
use crate::runtime::secret::Secrets;

/// How a call ended.
pub(crate) enum Ended {
    /// With a success, whose body nobody has looked into.
    Success(Response, Answered),
    /// With an answer that is no success.
    Api(Response, Context),
    /// With nothing that could be typed.
    Failed(Failure),
}

/// What stays of a call that ended with a success.
pub(crate) struct Answered {
    context: Context,
}

/// A call that ended without an answer that could be typed.
pub(crate) struct Failure {
    kind: Kind<Infallible>,
    context: Context,
}

impl Ended {
    pub(crate) const fn success(response: Response, context: Context) -> Self {
        Self::Success(response, Answered { context })
    }
}

impl Failure {
    /// A call that nobody begins.
    pub(crate) fn refused(operation: &'static Operation, problem: BoxError) -> Self {
        Self {
            kind: Kind::Request(problem).guarded(&Secrets::NONE),
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
            secrets: self.context.secrets.clone(),
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
    /// What was sent that nobody may see.
    pub(crate) secrets: Secrets,
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
            secrets: Secrets::NONE,
        }
    }

    /// Takes notice of what the next attempt is sent with.
    pub(crate) fn guard(&mut self, authorization: &Authorization) {
        self.secrets = self.secrets.with(authorization.secrets());
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
            secrets: self.secrets.clone(),
        }
    }

    pub(crate) fn failed(&self, kind: Kind<Infallible>, outcome: Outcome) -> Ended {
        Ended::Failed(Failure {
            kind: kind.guarded(&self.secrets),
            context: self.context(outcome),
        })
    }

    pub(crate) fn ended(&self, failed: Failed) -> Ended {
        match failed.how {
            How::Answered(response) => Ended::Api(response, self.context(failed.verdict.outcome)),
            How::Untyped(kind) => self.failed(kind, failed.verdict.outcome),
        }
    }
}
