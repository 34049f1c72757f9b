// @generated from an OpenAPI description: the runtime, the same for every API.

//! How calls and attempts end: failures and what is known of the call go in, what becomes an error comes out.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use crate::runtime::auth::authorization::Authorization;
use crate::runtime::calls::error::{Context, Error, Kind, Outcome, Unreadable};
use crate::runtime::calls::operation::Operation;
use crate::runtime::calls::outcome::Verdict;
use crate::runtime::client::core::Settings;
use crate::runtime::client::oversight::{Oversight, unless_halted};
use crate::runtime::network::transport::TransportError;
use crate::runtime::pace::retry::RetryPolicy;
use crate::runtime::received::decode::DecodeError;
use crate::runtime::received::response::Response;
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::Secrets;

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

    /// A call whose task was ended with its runtime.
    pub(crate) fn abandoned(operation: &'static Operation) -> Self {
        let error = TransportError::after_sending("the runtime that it was sent on has ended");
        Self {
            kind: Kind::Transport(error),
            context: Progress::new(operation).context(Outcome::Unknown),
        }
    }

    pub(crate) fn into_error<E>(self) -> Error<E> {
        Error::new(self.kind, self.context).map_body(|_| None)
    }
}

impl Answered {
    /// The failure of a call whose success cannot be decoded. A status that has no body says that it is done. What is no body
    /// of the description may be anybody's who stands between, who is polite and has not acted.
    pub(crate) fn undecoded(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        raw: Option<Bytes>,
        error: DecodeError,
    ) -> Failure {
        let raw = raw.unwrap_or_default();
        let is_told = [StatusCode::NO_CONTENT, StatusCode::RESET_CONTENT].contains(&status);
        self.context.outcome = if is_told { Outcome::Done } else { Outcome::Unknown };
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
    /// The run that the call belongs to.
    pub(crate) oversight: Option<Arc<Oversight>>,
    /// How it is repeated.
    pub(crate) retry: RetryPolicy,
    began: Instant,
    /// When the call must have ended, where that can be expressed.
    pub(crate) end: Option<Instant>,
    /// The part of `end` that no wait can move.
    pub(crate) deadline: Option<Instant>,
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
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            attempts: 0,
            tainted: false,
            sending: false,
            correlation_id: None,
            quota_exhausted: false,
            secrets: Secrets::NONE,
            oversight: None,
            retry: RetryPolicy::default(),
            began: Instant::now(),
            end: None,
            deadline: None,
        }
    }

    /// The same call, limited in time and repeated as these say.
    pub(crate) fn with(self, settings: Settings) -> Self {
        Self {
            end: earliest([self.began.checked_add(settings.call_timeout), settings.deadline]),
            deadline: settings.deadline,
            retry: settings.retry,
            ..self
        }
    }

    /// Gives the call back the time that it spent waiting for something that is not the server's answer.
    pub(crate) fn extend(&mut self, waited: Duration) {
        let end = self.end.and_then(|end| end.checked_add(waited));
        self.end = earliest([end, self.deadline]);
    }

    /// How long the call may take as a whole.
    pub(crate) fn time(&self) -> Duration {
        self.end.map_or(Duration::MAX, |end| end - self.began)
    }

    pub(crate) fn is_late(&self) -> bool {
        self.end.is_some_and(|end| end <= Instant::now())
    }

    /// When an attempt that begins now ends, and whether that is the end of the call.
    pub(crate) fn end_of_attempt(&self, time: Duration) -> (Option<Instant>, bool) {
        let end = earliest([Instant::now().checked_add(time), self.end]);
        (end, end.is_some() && end == self.end)
    }

    /// Waits no longer than the call may take.
    pub(crate) async fn in_time<T>(&self, wait: impl Future<Output = T>) -> Option<T> {
        match self.end {
            Some(end) => tokio::time::timeout_at(end, wait).await.ok(),
            None => Some(wait.await),
        }
    }

    /// Waits before something is tried again; whether it may be, which it may not in a run that was halted.
    pub(crate) async fn rest(&self, wait: Duration) -> bool {
        let rest = tokio::time::sleep(wait);
        if self.oversight.is_some() {
            return unless_halted(self.oversight.as_deref(), rest).await.is_some();
        }
        rest.await;
        true
    }

    /// The time was over before there was anything to send.
    pub(crate) fn late(&self) -> Ended {
        self.failed(Kind::Timeout(self.time()), Outcome::Rejected)
    }

    /// The run that the call belongs to was halted before the next attempt.
    pub(crate) fn halted(&self, last: Option<Failed>) -> Ended {
        match last {
            Some(failed) => self.ended(failed),
            None => self.failed(Kind::Request("the run was stopped".into()), Outcome::Rejected),
        }
    }

    /// Code of the caller's panicked: a transport, a clock, a hook that decides.
    pub(crate) fn panicked(&self, text: &str) -> Ended {
        let problem = format!("code that the client was given panicked: {text}");
        let (error, outcome) = if self.sending {
            (TransportError::after_sending(problem), Outcome::Unknown)
        } else {
            (TransportError::before_sending(problem), Outcome::Rejected)
        };
        self.failed(Kind::Transport(error), outcome)
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

fn earliest(ends: [Option<Instant>; 2]) -> Option<Instant> {
    ends.into_iter().flatten().min()
}
