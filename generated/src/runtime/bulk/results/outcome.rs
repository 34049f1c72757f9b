// @generated from an OpenAPI description: the runtime, the same for every API.

//! What became of one input.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use http::StatusCode;
use serde_json::Value;

use crate::runtime::bulk::BatchOperation;
use crate::runtime::calls::error::Error;
use crate::runtime::shown::excerpt::{Guarded, Shown};
use crate::runtime::shown::secret::Secrets;

/// An input and what became of it.
pub struct Record<O: BatchOperation> {
    /// The place of the input among all inputs, from 0.
    pub index: u64,
    /// The input as the caller gave it.
    pub input: O::Input,
    /// The id that it was sent with, and that the server may have kept: the caller's or, where there was none, a
    /// unique one of ours. `None` where the operation knows no such id, or the input was never prepared.
    pub correlation_id: Option<String>,
    /// What became of it.
    pub outcome: Outcome<O::Output, O::Failure, O::Error>,
}

impl<O: BatchOperation> fmt::Debug for Record<O>
where
    O::Input: fmt::Debug,
    O::Output: fmt::Debug,
    O::Failure: fmt::Debug,
    O::Error: fmt::Debug,
{
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Record")
            .field("index", &self.index)
            .field("input", &self.input)
            .field("correlation_id", &self.correlation_id)
            .field("outcome", &self.outcome)
            .finish()
    }
}

/// What became of an input: exactly one of four.
#[derive(Debug, Clone)]
pub enum Outcome<T, F, E> {
    /// The server acted on it.
    Succeeded(T),
    /// The server refused it and did not act on it. Sending it again unchanged will not help.
    Failed(Failure<F, E>),
    /// The server may have acted on it. Look before you send it again.
    Unknown(Unknown<E>),
    /// The server did not act on it. It can be sent again.
    NotSent(NotSent<E>),
}

impl<T, F, E> Outcome<T, F, E> {
    /// The result of an input that succeeded.
    pub const fn succeeded(&self) -> Option<&T> {
        match self {
            Self::Succeeded(result) => Some(result),
            Self::Failed(_) | Self::Unknown(_) | Self::NotSent(_) => None,
        }
    }

    /// The error of the call that decided the outcome, where one did.
    pub fn error(&self) -> Option<&Error<E>> {
        match self {
            Self::Failed(Failure::Refused(error))
            | Self::Unknown(Unknown::Call(error))
            | Self::NotSent(
                NotSent::Rejected(error)
                | NotSent::RefusedTogether(error)
                | NotSent::Unauthorized(error)
                | NotSent::QuotaExhausted(error),
            ) => Some(error),
            _ => None,
        }
    }
}

/// Something that a server said of inputs. The same may be about several of them, which then share it.
///
/// What it shows is cut, and has `…` for what it repeats of the secrets of the call. The value itself ([`Deref`]) is as the
/// server sent it.
pub struct Said<T> {
    value: Arc<T>,
    secrets: Secrets,
}

impl<T> Said<T> {
    pub(super) const fn new(value: Arc<T>, secrets: Secrets) -> Self {
        Self { value, secrets }
    }
}

impl<T> Deref for Said<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// For tests of one's own code.
impl<T> From<T> for Said<T> {
    fn from(value: T) -> Self {
        Self::new(Arc::new(value), Secrets::NONE)
    }
}

// Derived, it would ask for `T: Clone`.
impl<T> Clone for Said<T> {
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.value), self.secrets.clone())
    }
}

impl<T: PartialEq> PartialEq for Said<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Said<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Guarded(&*self.value, &self.secrets).fmt(formatter)
    }
}

impl<T: fmt::Display> fmt::Display for Said<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown::new(&self.value.to_string(), &self.secrets).fmt(formatter)
    }
}

/// Why an input failed.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Failure<F, E> {
    /// A success names it among its errors. The same error may be about other inputs too.
    Reported(Said<F>),
    /// A success names it among its errors, and the error does not have the shape that the description gives.
    Undescribed(Said<Value>),
    /// The call was refused with this input alone in it.
    Refused(Arc<Error<E>>),
}

/// Why it is not known whether the server acted on an input.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Unknown<E> {
    /// The call failed after it may have been acted on.
    Call(Arc<Error<E>>),
    /// The call succeeded, and the answer does not mention the input.
    NotMentioned,
    /// The server acted on it, and which of several results is its own cannot be told.
    Unattributed,
    /// The answer mentions it more than once, and not in the same sense.
    Contradicted,
    /// The answer, with this status, is not the success that the description has, or says that something failed and not
    /// what.
    Unproven(StatusCode),
    /// The server acted on it, and the result does not have the shape that the description gives.
    Undescribed(Said<Value>),
    /// The runtime that its call was sent on has ended.
    Abandoned,
}

/// Why the server did not act on an input.
#[derive(Debug)]
#[non_exhaustive]
pub enum NotSent<E> {
    /// The run was told to stop before.
    Stopped,
    /// The call failed, after all attempts, without being acted on; or there is no `tokio` runtime to send it on, which ends
    /// the run.
    Rejected(Arc<Error<E>>),
    /// The call was refused because of another input in it, or of this one, and was not split further.
    RefusedTogether(Arc<Error<E>>),
    /// The credential was refused. The run has ended, since every other call would be refused too.
    Unauthorized(Arc<Error<E>>),
    /// A quota that does not come back soon is used up. The run has ended.
    QuotaExhausted(Arc<Error<E>>),
    /// Several calls in a row got no usable answer. The run has ended, so as not to make more inputs unknown.
    GivenUp,
    /// The hook that runs before each batch failed. The run has ended.
    Hook(Arc<str>),
    /// The input cannot be put into JSON.
    Unencodable(Arc<str>),
}

// Derived, it would ask for `E: Clone`.
impl<E> Clone for NotSent<E> {
    fn clone(&self) -> Self {
        match self {
            Self::Stopped => Self::Stopped,
            Self::Rejected(error) => Self::Rejected(Arc::clone(error)),
            Self::RefusedTogether(error) => Self::RefusedTogether(Arc::clone(error)),
            Self::Unauthorized(error) => Self::Unauthorized(Arc::clone(error)),
            Self::QuotaExhausted(error) => Self::QuotaExhausted(Arc::clone(error)),
            Self::GivenUp => Self::GivenUp,
            Self::Hook(reason) => Self::Hook(Arc::clone(reason)),
            Self::Unencodable(reason) => Self::Unencodable(Arc::clone(reason)),
        }
    }
}

impl<F: fmt::Display, E> fmt::Display for Failure<F, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reported(error) => error.fmt(formatter),
            Self::Undescribed(error) => error.fmt(formatter),
            Self::Refused(error) => error.fmt(formatter),
        }
    }
}

impl<E> fmt::Display for Unknown<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(formatter),
            Self::NotMentioned => formatter.write_str("the answer does not mention this input"),
            Self::Unattributed => formatter.write_str("it succeeded; which result is its own cannot be told"),
            Self::Contradicted => formatter.write_str("the answer contradicts itself about this input"),
            Self::Unproven(status) => write!(formatter, "the answer ({status}) is not the described success"),
            Self::Undescribed(_) => formatter.write_str("it succeeded; the result does not have the described shape"),
            Self::Abandoned => formatter.write_str("the runtime that its call was sent on has ended"),
        }
    }
}

impl<E> fmt::Display for NotSent<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped => formatter.write_str("stopped before this input was sent"),
            Self::Rejected(error) | Self::Unauthorized(error) | Self::QuotaExhausted(error) => error.fmt(formatter),
            Self::RefusedTogether(error) => write!(formatter, "in a batch that was refused: {error}"),
            Self::GivenUp => formatter.write_str("too many calls in a row got no usable answer"),
            Self::Hook(reason) => {
                let reason = Shown::new(&**reason, &Secrets::NONE);
                write!(formatter, "the hook before the batch failed: {reason}")
            }
            Self::Unencodable(reason) => {
                let reason = Shown::new(&**reason, &Secrets::NONE);
                write!(formatter, "the input cannot be put into JSON: {reason}")
            }
        }
    }
}
