// @generated from an OpenAPI description: the runtime, the same for every API.

//! Everything that can go wrong with a call: what happened and what is known of the call in, one error out that says
//! whether the server acted.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::runtime::calls::operation::Operation;
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::Secrets;

pub use crate::runtime::calls::outcome::Outcome;
pub use crate::runtime::network::transport::TransportError;
pub use crate::runtime::received::answer_error::{ApiError, Unreadable};
pub use crate::runtime::shown::outside::Outside;

/// A call that failed. `E` is what the description says about the body of an error.
///
/// Neither its text nor its debug form, nor those of its sources, show the value of a header, a URL or more than the
/// beginning of a body, and where a server repeats a secret that the call was sent with, they show `…` in its place.
pub struct Error<E = Value>(Box<Inner<E>>);

struct Inner<E> {
    kind: Kind<E>,
    context: Context,
}

/// What went wrong.
#[non_exhaustive]
pub enum Kind<E = Value> {
    /// The request could not be built; nothing was sent.
    Request(BoxError),
    /// No credential could be had; the request was not sent. It is an [`Outside`], which has the provider's own error.
    Credentials(BoxError),
    /// A limit of the server's leaves no room for the request, for this long; it was not sent.
    Limited(Duration),
    /// The connection failed.
    Transport(TransportError),
    /// The time that the attempt or the call may take was over; zero when that was so before anything was sent.
    Timeout(Duration),
    /// The server answered with something else than a success.
    Api(ApiError<E>),
    /// The server reports a success whose body cannot be read, or that has none where one is described: it acted, and the
    /// request is not sent again.
    Unreadable(Unreadable),
}

/// What is known of the call, whatever went wrong.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub(crate) operation: &'static Operation,
    pub(crate) outcome: Outcome,
    pub(crate) attempts: u32,
    pub(crate) correlation_id: Option<String>,
    pub(crate) quota_exhausted: bool,
    /// What the call was sent with, in any of its attempts.
    pub(crate) secrets: Secrets,
}

impl<E> Kind<E> {
    /// The same, without these secrets in what it shows.
    pub(crate) fn guarded(self, secrets: &Secrets) -> Self {
        let outside = |error| Box::new(Outside::new(error, secrets));
        match self {
            Self::Request(error) => Self::Request(outside(error)),
            Self::Credentials(error) => Self::Credentials(outside(error)),
            Self::Transport(error) => Self::Transport(error.guarded(secrets)),
            Self::Unreadable(mut error) => {
                error.secrets = secrets.clone();
                error.source = match error.source.downcast::<TransportError>() {
                    Ok(broken) => broken.guarded(secrets).into(),
                    Err(source) => source,
                };
                Self::Unreadable(error)
            }
            other @ (Self::Limited(_) | Self::Timeout(_) | Self::Api(_)) => other,
        }
    }
}

impl<E> Error<E> {
    pub(crate) fn new(kind: Kind<E>, context: Context) -> Self {
        Self(Box::new(Inner { kind, context }))
    }

    /// What went wrong.
    #[must_use]
    pub const fn kind(&self) -> &Kind<E> {
        &self.0.kind
    }

    /// What went wrong, to take apart.
    #[must_use]
    pub fn into_kind(self) -> Kind<E> {
        self.0.kind
    }

    /// Whether the server acted on the request.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.0.context.outcome
    }

    /// The operation that failed.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.0.context.operation
    }

    /// How often the request was sent.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.0.context.attempts
    }

    /// The server's id of the request, which the vendor's support asks for.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.0.context.correlation_id.as_deref()
    }

    /// Whether a quota is used up that does not come back within the time that a call waits.
    #[must_use]
    pub const fn is_quota_exhausted(&self) -> bool {
        self.0.context.quota_exhausted
    }

    /// What the server answered, if it answered with an error.
    #[must_use]
    pub const fn api(&self) -> Option<&ApiError<E>> {
        match &self.0.kind {
            Kind::Api(error) => Some(error),
            Kind::Request(_)
            | Kind::Credentials(_)
            | Kind::Limited(_)
            | Kind::Transport(_)
            | Kind::Timeout(_)
            | Kind::Unreadable(_) => None,
        }
    }

    /// The typed body of the server's error, where there is one that fits the description.
    #[must_use]
    pub fn body(&self) -> Option<&E> {
        self.api().and_then(|error| error.body.as_ref())
    }

    /// The status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.answer().map(|(status, ..)| status)
    }

    /// Whether the server answered with this status.
    #[must_use]
    pub fn is_status(&self, status: u16) -> bool {
        self.status().is_some_and(|answered| answered.as_u16() == status)
    }

    /// Whether the time was over that the attempt or the call may take.
    #[must_use]
    pub const fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Timeout(_))
    }

    /// Whether no connection to the server could be had: nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.kind, Kind::Transport(error) if error.outcome() == Outcome::Rejected)
    }

    /// The headers of the answer, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer().map(|(_, headers, _)| headers)
    }

    /// The body of the answer as far as it was read, if there was one.
    #[must_use]
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.answer().map(|(.., raw)| raw)
    }

    fn answer(&self) -> Option<(StatusCode, &HeaderMap, &Bytes)> {
        match &self.0.kind {
            Kind::Api(error) => Some((error.status, &error.headers, &error.raw)),
            Kind::Unreadable(error) => Some((error.status, &error.headers, &error.raw)),
            Kind::Request(_) | Kind::Credentials(_) | Kind::Limited(_) | Kind::Transport(_) | Kind::Timeout(_) => None,
        }
    }

    /// The same error with another type for the body of the server's error.
    #[must_use]
    pub fn map_body<F>(self, change: impl FnOnce(ApiError<E>) -> Option<F>) -> Error<F> {
        let Inner { kind, context } = *self.0;
        let kind = match kind {
            Kind::Request(error) => Kind::Request(error),
            Kind::Credentials(error) => Kind::Credentials(error),
            Kind::Limited(wait) => Kind::Limited(wait),
            Kind::Transport(error) => Kind::Transport(error),
            Kind::Timeout(after) => Kind::Timeout(after),
            Kind::Unreadable(error) => Kind::Unreadable(error),
            Kind::Api(error) => {
                let (status, headers, raw) = (error.status, error.headers.clone(), error.raw.clone());
                let secrets = error.secrets.clone();
                let body = change(error);
                Kind::Api(ApiError {
                    status,
                    headers,
                    raw,
                    body,
                    secrets,
                })
            }
        };
        Error::new(kind, context)
    }

    /// The same error for code that deals with those of many operations: its body is any JSON.
    #[must_use]
    pub fn untyped(self) -> Error<Value> {
        self.map_body(|error| serde_json::from_slice(&error.raw).ok())
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, context } = &*self.0;
        let Operation { method, path, .. } = context.operation;
        write!(formatter, "{method} {path}: ")?;
        match kind {
            Kind::Request(error) => write!(formatter, "the request cannot be built: {error}")?,
            Kind::Credentials(error) => write!(formatter, "no credential could be had: {error}")?,
            Kind::Limited(wait) => write!(formatter, "the server takes no more requests for {wait:.0?}")?,
            Kind::Transport(error) => error.fmt(formatter)?,
            Kind::Timeout(Duration::ZERO) => formatter.write_str("the time for it was over before it was sent")?,
            Kind::Timeout(after) => write!(formatter, "no answer within {after:?}")?,
            Kind::Api(error) => error.fmt(formatter)?,
            Kind::Unreadable(error) => error.fmt(formatter)?,
        }
        // Whether something was read is of no consequence.
        if method.is_safe() {
            return Ok(());
        }
        match context.outcome {
            Outcome::Done => formatter.write_str(" (the server acted on it)"),
            Outcome::Rejected => formatter.write_str(" (the server did not act on it)"),
            Outcome::Unknown => formatter.write_str(" (the server may have acted on it)"),
        }
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, context } = &*self.0;
        formatter
            .debug_struct("Error")
            .field("kind", kind)
            .field("operation", &context.operation.id)
            .field("outcome", &context.outcome)
            .field("attempts", &context.attempts)
            .field("correlation_id", &context.correlation_id)
            .finish()
    }
}

// Derived, it would ask for `E: Debug`.
impl<E> fmt::Debug for Kind<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => formatter.debug_tuple("Request").field(error).finish(),
            Self::Credentials(error) => formatter.debug_tuple("Credentials").field(error).finish(),
            Self::Limited(wait) => formatter.debug_tuple("Limited").field(wait).finish(),
            Self::Transport(error) => formatter.debug_tuple("Transport").field(error).finish(),
            Self::Timeout(after) => formatter.debug_tuple("Timeout").field(after).finish(),
            Self::Api(error) => formatter.debug_tuple("Api").field(error).finish(),
            Self::Unreadable(error) => formatter.debug_tuple("Unreadable").field(error).finish(),
        }
    }
}

impl<E> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.kind {
            Kind::Request(error) | Kind::Credentials(error) => error.source(),
            Kind::Transport(error) => error.source(),
            Kind::Unreadable(error) => error.source.source(),
            Kind::Limited(_) | Kind::Timeout(_) | Kind::Api(_) => None,
        }
    }
}
