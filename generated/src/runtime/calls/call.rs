// @generated from an OpenAPI description: the runtime, the same for every API.

//! A call that has been described and not yet sent: an operation and arguments in, a typed value or error out.
//!
//! This is the only generic part of sending, and kept thin: a generated crate has one copy of it for every operation.

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use serde::Serialize;
use serde_json::Value;

use crate::runtime::calls::ended::{Ended, Failure};
use crate::runtime::calls::error::{ApiError, Error, Kind};
use crate::runtime::calls::outcome::IsOwn;
use crate::runtime::calls::request::Request;
use crate::runtime::client::core::{Core, Settings};
use crate::runtime::client::oversight::Oversight;
use crate::runtime::pace::task::Task;
use crate::runtime::received::decode::{self, DecodeError};
use crate::runtime::received::reading::Reading;
use crate::runtime::received::response::Response;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::body::{Body, BodyError};
use crate::runtime::sent::parameter::Parameter;

pub use crate::runtime::calls::operation::Operation;
pub use crate::runtime::received::reply::Reply;

/// Makes something of an answer.
pub type Decode<T> = fn(Response) -> Result<T, DecodeError>;

/// A call that has been described and not yet sent: awaiting it sends it.
///
/// `T` is what a success gives, `E` what the description says about the body of an error. What goes wrong while the
/// call is put together is kept, and returned when it is awaited. Its settings are those of
/// [`AnyCall`](crate::runtime::calls::any_call::AnyCall).
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<'c, T, E = Value> {
    core: Cow<'c, Core>,
    pub(crate) request: Request,
    pub(crate) settings: Settings,
    success: Decode<T>,
    error: Decode<E>,
}

impl<T, E> fmt::Debug for Call<'_, T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("request", &self.request)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl<'c, T, E> Call<'c, T, E> {
    /// A call of `operation` without arguments.
    pub fn new(core: &'c Core, operation: &'static Operation, success: Decode<T>, error: Decode<E>) -> Self {
        Self {
            core: Cow::Borrowed(core),
            request: Request::new(operation),
            settings: core.settings(operation),
            success,
            error,
        }
    }

    /// The operation that is called.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.request.operation
    }

    /// Sets a parameter.
    pub fn parameter<V: Serialize + ?Sized>(mut self, parameter: &Parameter, value: &V) -> Self {
        self.request.set(parameter, value);
        self
    }

    /// Sends `body` as JSON.
    pub fn json<B: Serialize + ?Sized>(self, body: &B) -> Self {
        self.body(Body::json("application/json", body))
    }

    /// Sends a body, or fails with the reason why there is none.
    pub fn body(mut self, body: Result<Body, BodyError>) -> Self {
        self.request.body = self.request.note(body);
        self
    }

    /// Takes a refusal for the API's only where `is_own` says so.
    pub(crate) fn refused_by(mut self, is_own: IsOwn) -> Self {
        self.request.is_own = Some(is_own);
        self
    }

    /// The body of a success undecoded.
    pub(crate) fn raw(mut self) -> Call<'c, ByteStream, E> {
        self.request.raw = true;
        self.decoded_by(decode::bytes)
    }

    /// Asks for a success in another of the ways in which the operation has it.
    pub fn reading<U>(mut self, reading: Reading, success: Decode<U>) -> Call<'c, U, E> {
        self.request.reading = reading;
        self.decoded_by(success)
    }

    pub(crate) fn decoded_by<U>(self, success: Decode<U>) -> Call<'c, U, E> {
        Call {
            core: self.core,
            request: self.request,
            settings: self.settings,
            success,
            error: self.error,
        }
    }

    pub(crate) async fn replied(self) -> Result<Reply<T>, Error<E>> {
        let mut stage = Stage::Described(Box::new((self.core.into_owned(), self.request, self.settings)));
        let ended = poll_fn(|context| stage.poll(context)).await;
        finish_with_headers(ended, self.success, self.error)
    }

    pub(crate) fn owned(self) -> Call<'static, T, E> {
        Call {
            core: Cow::Owned(self.core.into_owned()),
            request: self.request,
            settings: self.settings,
            success: self.success,
            error: self.error,
        }
    }

    /// Sends the call within the task that it is called in, as a part of a run, which has all the time that the limiter
    /// takes.
    pub(crate) async fn under(self, oversight: Arc<Oversight>) -> Result<Reply<T>, Error<E>> {
        let ended = self.core.execute_under(oversight, self.request, self.settings).await;
        finish_with_headers(ended, self.success, self.error)
    }
}

fn finish_with_headers<T, E>(ended: Ended, success: Decode<T>, error: Decode<E>) -> Result<Reply<T>, Error<E>> {
    let ended = match ended {
        Ended::Success(response, answered) => Ended::Success(response.with_headers(), answered),
        other @ (Ended::Api(..) | Ended::Failed(_)) => other,
    };
    finish(ended, success, error)
}

fn finish<T, E>(ended: Ended, success: Decode<T>, error: Decode<E>) -> Result<Reply<T>, Error<E>> {
    match ended {
        Ended::Success(response, answered) => {
            let (status, headers) = (response.status(), response.headers().clone());
            let raw = response.bytes().cloned();
            let secrets = response.secrets().clone();
            match success(response) {
                Ok(body) => Ok(Reply {
                    status,
                    headers,
                    body,
                    secrets,
                }),
                Err(error) => Err(answered.undecoded(status, headers, raw, error).into_error()),
            }
        }
        Ended::Api(response, context) => {
            let (status, headers) = (response.status(), response.headers().clone());
            let raw = response.bytes().cloned().unwrap_or_default();
            let secrets = response.secrets().clone();
            let api = ApiError {
                status,
                headers,
                raw,
                // A body of another shape hides nothing: the rest of the error is there.
                body: error(response).ok(),
                secrets,
            };
            Err(Error::new(Kind::Api(api), context))
        }
        Ended::Failed(failure) => Err(failure.into_error()),
    }
}

impl<T, E> IntoFuture for Call<'_, T, E> {
    type Output = Result<T, Error<E>>;
    type IntoFuture = Sending<T, E>;

    fn into_future(self) -> Self::IntoFuture {
        Sending {
            stage: Stage::Described(Box::new((self.core.into_owned(), self.request, self.settings))),
            success: self.success,
            error: self.error,
        }
    }
}

/// A [`Call`] on its way, from when it is polled for the first time. It then goes on by itself; when this is dropped, it is
/// given up.
#[must_use = "a future does nothing until it is awaited"]
pub struct Sending<T, E = Value> {
    stage: Stage,
    success: Decode<T>,
    error: Decode<E>,
}

enum Stage {
    Described(Box<(Core, Request, Settings)>),
    Sent(&'static Operation, Task<Ended>),
    Over,
}

impl<T, E> Future for Sending<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let ended = ready!(self.stage.poll(context));
        Poll::Ready(finish(ended, self.success, self.error).map(|reply| reply.body))
    }
}

impl Stage {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Ended> {
        let ended = loop {
            match self {
                Self::Described(_) => {
                    if let Self::Described(described) = std::mem::replace(self, Self::Over) {
                        let (core, request, settings) = *described;
                        let operation = request.operation;
                        match core.spawn(request, settings) {
                            Ok(task) => *self = Self::Sent(operation, task),
                            Err(problem) => break Ended::Failed(Failure::refused(operation, problem.into())),
                        }
                    }
                }
                Self::Sent(operation, task) => {
                    let joined = ready!(Pin::new(task).poll(context));
                    break joined.unwrap_or_else(|_| Ended::Failed(Failure::abandoned(operation)));
                }
                // As of every future: it must not be polled after it was ready.
                Self::Over => return Poll::Pending,
            }
        };
        *self = Self::Over;
        Poll::Ready(ended)
    }
}

impl<T, E> fmt::Debug for Sending<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Sending").finish_non_exhaustive()
    }
}
