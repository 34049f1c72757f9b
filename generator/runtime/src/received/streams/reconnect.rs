//! Events across breaks: a call that gives events in, the events of all the streams that it takes to get them out.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::time::Duration;

use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

use crate::runtime::calls::any_call::AnyCall;
use crate::runtime::calls::call::Call;
use crate::runtime::calls::error::Error;
use crate::runtime::pace::task;
use crate::runtime::pace::timer::Timer;
use crate::runtime::received::streams::event::{Event, EventError, EventStream};

/// How long nobody asks again after a stream has ended, where the server says nothing of it (`retry:`).
const WAIT: Duration = Duration::from_secs(3);

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The events of a call that is sent again whenever its stream ends or breaks off before the server said that it is complete,
/// with the header `Last-Event-ID`, as browsers do it. Made by [`reconnecting`](EventCall::reconnecting).
///
/// ```ignore
/// let mut events = client.runs().watch(id).reconnecting();
/// while let Some(event) = events.next().await {
///     println!("{:?}", event?.data);
/// }
/// ```
///
/// It is left alone for as long as the server asks (`retry:`), or three seconds, before it is sent again. It ends when the
/// stream is complete (`[DONE]`, or what the description says), when the server answers 204, and with the first error of a
/// call. A call whose body can be sent once only is not sent again.
pub struct Reconnecting<T, E = Value> {
    call: Call<'static, EventStream<T>, E>,
    state: State<T>,
    last: Option<HeaderValue>,
    wait: Duration,
    timer: Option<Timer>,
}

enum State<T> {
    /// Nothing was sent yet.
    Described,
    Open(Box<EventStream<T>>),
    Waiting,
    Over,
}

/// A call that gives a stream of events. The prelude brings it.
pub trait EventCall<'c, T>: AnyCall<'c, Success = EventStream<T>> {
    /// The events of the call, which is sent when the first of them is asked for, and again whenever its stream ends or breaks
    /// off.
    fn reconnecting(self) -> Reconnecting<T, Self::Refusal> {
        Reconnecting {
            call: self.into_owned(),
            state: State::Described,
            last: None,
            wait: WAIT,
            timer: None,
        }
    }
}

impl<'c, T, C: AnyCall<'c, Success = EventStream<T>>> EventCall<'c, T> for C {}

impl<T, E> Reconnecting<T, E> {
    /// The next event; `None` after the last one. An event whose data does not fit is an error, after which the next one can be
    /// read.
    ///
    /// When this is dropped before it is ready, no event is lost.
    pub async fn next(&mut self) -> Option<Result<Event<T>, ReconnectError<E>>> {
        loop {
            match &mut self.state {
                State::Over => return None,
                State::Described => {
                    if let Err(error) = self.connect().await {
                        return Some(Err(error));
                    }
                }
                State::Waiting => {
                    let (timer, wait) = (&mut self.timer, self.wait);
                    // Where nobody keeps time, the call says so.
                    let _ = poll_fn(|context| Timer::poll(timer, task::runtime(), wait, context)).await;
                    if let Err(error) = self.connect().await {
                        return Some(Err(error));
                    }
                }
                State::Open(stream) => match stream.next().await {
                    Some(Ok(event)) => return Some(Ok(event)),
                    Some(Err(error)) if !is_break(&error) => return Some(Err(ReconnectError::Event(error))),
                    Some(Err(error)) => {
                        if !self.pause() {
                            return Some(Err(ReconnectError::Event(error)));
                        }
                    }
                    None => {
                        self.pause();
                    }
                },
            }
        }
    }

    /// How long the call is left alone before it is sent again.
    #[must_use]
    pub const fn wait(&self) -> Duration {
        self.wait
    }

    async fn connect(&mut self) -> Result<(), ReconnectError<E>> {
        let mut call = self.call.again();
        if !call.is_sound() {
            self.state = State::Over;
        }
        if let Some(last) = &self.last {
            call = call.carrying(LAST_EVENT_ID, last.clone());
        }
        let reply = call.reply().await.map_err(|error| {
            self.state = State::Over;
            ReconnectError::Call(error)
        })?;
        self.state = match reply.status {
            StatusCode::NO_CONTENT => State::Over,
            _ => State::Open(Box::new(reply.body)),
        };
        Ok(())
    }

    /// Remembers what the stream that has ended said; whether there will be another.
    fn pause(&mut self) -> bool {
        let State::Open(stream) = &self.state else { return false };
        let is_over = stream.is_complete() || !self.call.is_repeatable();
        self.wait = stream.retry().unwrap_or(self.wait);
        // A stream without an id goes on from where the one before it was; what no header can hold is no id of the server's.
        let last = Some(stream.last_event_id()).filter(|id| !id.is_empty());
        let last = last.and_then(|id| HeaderValue::from_bytes(id.as_bytes()).ok());
        self.last = last.or(self.last.take());
        self.state = if is_over { State::Over } else { State::Waiting };
        !is_over
    }
}

/// Whether the stream may go on in another one. An event that is too large comes again.
fn is_break(error: &EventError) -> bool {
    matches!(error, EventError::Broken(error) if error.kind() != io::ErrorKind::FileTooLarge)
}

impl<T, E> fmt::Debug for Reconnecting<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Reconnecting")
            .field("call", &self.call)
            .field("wait", &self.wait)
            .finish_non_exhaustive()
    }
}

/// An event that could not be had, however often it was asked for.
#[non_exhaustive]
pub enum ReconnectError<E = Value> {
    /// The call failed.
    Call(Error<E>),
    /// The event does not fit, or its stream broke off and the call cannot be sent again.
    Event(EventError),
}

impl<E> fmt::Display for ReconnectError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(formatter),
            Self::Event(error) => error.fmt(formatter),
        }
    }
}

impl<E: fmt::Debug> fmt::Debug for ReconnectError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => formatter.debug_tuple("Call").field(error).finish(),
            Self::Event(error) => formatter.debug_tuple("Event").field(error).finish(),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for ReconnectError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => std::error::Error::source(error),
            Self::Event(error) => error.source(),
        }
    }
}
