// @generated from an OpenAPI description: the runtime, the same for every API.

//! What every call can do, whether the description gives it optional parameters or not.
//!
//! A parameter may be called as one of these settings is. They are methods of a trait, and those that set parameters are the
//! type's own: the vendor's comes first, and [`into_call`](AnyCall::into_call) leads to ours.

use std::future::{Future, IntoFuture};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::runtime::calls::call::{Call, Sending};
use crate::runtime::calls::error::Error;
use crate::runtime::calls::request::Request;
use crate::runtime::client::core::Settings;
use crate::runtime::pace::retry::RetryPolicy;
use crate::runtime::received::reply::Reply;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::parameter::Parameter;

/// A call that has been described and not yet sent: its settings, and the ways to send it. The prelude brings it.
///
/// What a call lacks today it may have tomorrow: where the description gets its first optional parameter, another type is
/// returned, which is such a call all the same.
///
/// A setter of a parameter comes before a setting of the same name. To set both, set the parameter and then
/// [`into_call`](Self::into_call).
pub trait AnyCall<'c>: IntoFuture<Output = Result<Self::Success, Error<Self::Refusal>>> + Sized {
    /// What a success gives.
    type Success;

    /// What the description says of the body of an error.
    type Refusal;

    /// The call itself, with all that was set so far.
    #[must_use = "a call does nothing until it is awaited"]
    fn into_call(self) -> Call<'c, Self::Success, Self::Refusal>;

    #[doc(hidden)]
    fn parts(&mut self) -> (&mut Request, &mut Settings);

    /// Sends a header of the caller's, in place of one of the same name.
    #[must_use = "a call does nothing until it is awaited"]
    fn header(mut self, name: &str, value: &str) -> Self {
        self.parts().0.header(name, value);
        self
    }

    /// Sets a parameter that the description lacks, or lacks today.
    #[must_use = "a call does nothing until it is awaited"]
    fn parameter<V: Serialize + ?Sized>(mut self, parameter: &Parameter, value: &V) -> Self {
        self.parts().0.set(parameter, value);
        self
    }

    /// Sends a pair in the query that the description lacks. One whose name the query has already fails when the call is
    /// awaited, before anything is sent, but for another of these: they may be several.
    #[must_use = "a call does nothing until it is awaited"]
    fn extra_query(mut self, name: &str, value: &str) -> Self {
        self.parts().0.extras.query(name, value);
        self
    }

    /// Sends a member in the body that the description lacks, be it JSON or a form. One that the body has already fails when
    /// the call is awaited, before anything is sent; so does one without such a body.
    #[must_use = "a call does nothing until it is awaited"]
    fn extra_member<V: Serialize + ?Sized>(mut self, name: &str, value: &V) -> Self {
        let request = self.parts().0;
        let added = request.extras.members.add(name, value);
        request.note(added);
        self
    }

    /// Compresses a body of more than so many bytes, where it is in memory: not one that is a file or a stream. The server
    /// must be known to take `Content-Encoding: gzip`.
    #[cfg(feature = "gzip")]
    #[must_use = "a call does nothing until it is awaited"]
    fn gzip_above(mut self, bytes: usize) -> Self {
        self.parts().1.gzip_above = Some(bytes);
        self
    }

    /// How long the call may take, with all its attempts and waits.
    #[must_use = "a call does nothing until it is awaited"]
    fn timeout(mut self, timeout: Duration) -> Self {
        self.parts().1.call_timeout = timeout;
        self
    }

    /// When the call must have ended, in addition to how long it may take.
    #[must_use = "a call does nothing until it is awaited"]
    fn deadline(mut self, deadline: Instant) -> Self {
        self.parts().1.deadline = Some(deadline.into());
        self
    }

    /// How long one attempt may take.
    #[must_use = "a call does nothing until it is awaited"]
    fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.parts().1.attempt_timeout = timeout;
        self
    }

    /// How long a stream that the call hands over may be silent before it fails.
    #[must_use = "a call does nothing until it is awaited"]
    fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.parts().1.idle_timeout = timeout;
        self
    }

    /// How often and after which waits the call is repeated.
    #[must_use = "a call does nothing until it is awaited"]
    fn retry(mut self, policy: RetryPolicy) -> Self {
        self.parts().1.retry = policy;
        self
    }

    /// How often the request is sent at most, the first time included.
    #[must_use = "a call does nothing until it is awaited"]
    fn max_attempts(mut self, attempts: u32) -> Self {
        self.parts().1.retry.attempts = attempts;
        self
    }

    /// Whether a repetition does no harm, where the caller knows better than the description.
    #[must_use = "a call does nothing until it is awaited"]
    fn idempotent(mut self, idempotent: bool) -> Self {
        self.parts().0.idempotent = Some(idempotent);
        self
    }

    /// Hands over the body of a success as it is and as it arrives, undecoded and of any length.
    ///
    /// A success that is described as lying elsewhere (302, with a `Location`) is fetched from there: by GET, with no more
    /// than five such answers in a row, and without credentials where it is another origin.
    ///
    /// Where a server has an answer in several media types, `.header("accept", …)` asks for another than the one that
    /// is decoded, and this gives it.
    fn bytes(self) -> Call<'c, ByteStream, Self::Refusal> {
        self.into_call().raw()
    }

    /// The same call, which no longer borrows its client: it can be kept, returned, or given to a task.
    ///
    /// What it becomes when it is awaited borrows nothing either.
    fn into_owned(self) -> Call<'static, Self::Success, Self::Refusal> {
        self.into_call().owned()
    }

    /// Sends the call: as awaiting it does, by a name.
    ///
    /// What it gives is a future, which does nothing until it is awaited or spawned.
    fn send(self) -> Sending<Self::Success, Self::Refusal> {
        self.into_call().into_future()
    }

    /// Sends the call, and hands out status and headers with the success.
    ///
    /// # Errors
    ///
    /// As awaiting the call does.
    fn reply(self) -> impl Future<Output = Result<Reply<Self::Success>, Error<Self::Refusal>>> + Send {
        self.into_call().replied()
    }

    /// Sends the call and waits for its end, in code that is not asynchronous.
    ///
    /// That may be outside of any runtime, in `spawn_blocking`, or on a thread of a runtime that has several.
    ///
    /// # Errors
    ///
    /// As awaiting the call does; and where waiting would keep the answer from coming: in asynchronous code on a runtime
    /// of one thread. (There `tokio` reports a panic to the panic hook before the error is returned.)
    #[cfg(feature = "blocking")]
    fn wait(self) -> Result<Self::Success, Error<Self::Refusal>> {
        crate::runtime::client::blocking::wait(self.into_call())
    }
}

impl<'c, T, E> AnyCall<'c> for Call<'c, T, E> {
    type Success = T;
    type Refusal = E;

    fn into_call(self) -> Self {
        self
    }

    fn parts(&mut self) -> (&mut Request, &mut Settings) {
        (&mut self.request, &mut self.settings)
    }
}
