//! Server-sent events: a byte stream in, typed events out, as the HTML living standard interprets an event stream.

use std::borrow::Cow;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::runtime::received::decode::DecodeError;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::received::streams::event_data::{DONE, EventData, EventText};
use crate::runtime::received::streams::event_parser::{Parser, poll_text};
use crate::runtime::shown::excerpt::{Guarded, LONGEST_EXCERPT, Shown};
use crate::runtime::shown::secret::Secrets;

pub use crate::runtime::received::streams::event_id::EventId;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The kind of event; `message` where the server does not say.
    pub kind: String,
    /// Its data.
    pub data: T,
    /// The id of the last event that had one; empty where none had. Events that share an id share its text.
    pub id: EventId,
}

/// A stream of server-sent events.
///
/// Data is decoded as JSON; data that is not JSON is a text, for a `T` that can be one.
///
/// ```ignore
/// let mut events = client.runs().watch(id).await?;
/// while let Some(event) = events.next().await {
///     println!("{:?}", event?.data);
/// }
/// ```
///
/// An event whose data is `[DONE]` ends the stream, and is none of it; [`up_to`](Self::up_to) sets another end.
///
/// An event may have 32 MiB, with its kind and its id. A larger one ends the stream
/// ([`io::ErrorKind::FileTooLarge`]).
///
/// Nothing is connected again when the stream ends: call the operation once more, after [`retry`](Self::retry), with the
/// header `Last-Event-ID` set to [`last_event_id`](Self::last_event_id).
pub struct EventStream<T> {
    bytes: ByteStream,
    parser: Parser,
    ended: bool,
    secrets: Secrets,
    /// The data of the event that ends the stream.
    end: Option<Cow<'static, str>>,
    /// Whether that has come.
    is_complete: bool,
    read: fn(&EventText<'_>) -> Result<T, DecodeError>,
}

impl<T> EventStream<T> {
    /// The same stream, up to an event whose data is `end`, in place of `[DONE]`. Neither it nor what follows is handed out.
    #[must_use]
    pub fn up_to(mut self, end: impl Into<Cow<'static, str>>) -> Self {
        self.end = Some(end.into());
        self
    }

    /// Whether the server said that all events have come. A stream that ended without that may have broken off.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// The id of the last event that had one; empty where none had. What has arrived and was not yet handed out does not
    /// count, nor does an event that has not ended: after a break, both are to come again.
    #[must_use]
    pub fn last_event_id(&self) -> &str {
        &self.parser.last
    }

    /// How long the server asks to wait before connecting again.
    #[must_use]
    pub const fn retry(&self) -> Option<Duration> {
        self.parser.retry
    }
}

impl<T: DeserializeOwned> EventStream<T> {
    /// The events in a stream of bytes.
    #[must_use]
    pub fn new(bytes: ByteStream) -> Self {
        Self::guarded(bytes, Secrets::NONE)
    }

    /// The same, for an answer that may repeat these secrets.
    pub(crate) fn guarded(bytes: ByteStream, secrets: Secrets) -> Self {
        Self::reading(bytes, secrets, Some(DONE), json)
    }
}

impl<T: EventData> EventStream<T> {
    /// The events in a stream of bytes, with data that depends on their kind.
    #[must_use]
    pub fn by_kind(bytes: ByteStream) -> Self {
        Self::guarded_by_kind(bytes, Secrets::NONE)
    }

    /// The same, for an answer that may repeat these secrets.
    pub(crate) fn guarded_by_kind(bytes: ByteStream, secrets: Secrets) -> Self {
        Self::reading(bytes, secrets, T::END, T::read)
    }
}

impl<T> EventStream<T> {
    fn reading(
        bytes: ByteStream,
        secrets: Secrets,
        end: Option<&'static str>,
        read: fn(&EventText<'_>) -> Result<T, DecodeError>,
    ) -> Self {
        Self {
            bytes,
            parser: Parser::default(),
            ended: false,
            secrets,
            end: end.map(Cow::Borrowed),
            is_complete: false,
            read,
        }
    }

    /// The next event; `None` after the last one. An event whose data does not fit is an error, after which the next one
    /// can be read.
    pub async fn next(&mut self) -> Option<Result<Event<T>, EventError>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, EventError>>> {
        let next = ready!(poll_text(&mut self.bytes, &mut self.parser, &mut self.ended, context));
        if let (Some(Ok(event)), Some(end)) = (&next, &self.end)
            && event.data == **end
        {
            self.ended = true;
            self.is_complete = true;
            self.parser.clear();
            return Poll::Ready(None);
        }
        let typed = |event: Event<String>| match (self.read)(&EventText::new(&event, &self.secrets)) {
            Ok(data) => Ok(Event {
                kind: event.kind,
                data,
                id: event.id,
            }),
            Err(error) => Err(EventError::Data { event, error }),
        };
        Poll::Ready(next.map(|event| event.map_err(EventError::Broken).and_then(typed)))
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, EventError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EventStream")
            .field("last_event_id", &Guarded(&self.parser.last, &self.secrets))
            .finish_non_exhaustive()
    }
}

/// An event that could not be had.
#[non_exhaustive]
pub enum EventError {
    /// The stream broke off.
    Broken(io::Error),
    /// The data of an event does not fit.
    #[non_exhaustive]
    Data {
        /// The event, with its data as it came.
        event: Event<String>,
        /// Why it does not fit.
        error: DecodeError,
    },
}

impl fmt::Display for EventError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(_) => formatter.write_str("the event stream broke off"),
            Self::Data { event, error } => {
                let kind = Shown::new(&event.kind, error.secrets());
                let data = Shown::new(&event.data, error.secrets()).at_most(LONGEST_EXCERPT);
                write!(formatter, "the data of an event `{kind}` does not fit: `{data}`")
            }
        }
    }
}

impl fmt::Debug for EventError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(error) => formatter.debug_tuple("Broken").field(error).finish(),
            Self::Data { event, error } => formatter
                .debug_struct("Data")
                .field("kind", &Shown::new(&event.kind, error.secrets()).to_string())
                .field("data", &Shown::new(&event.data, error.secrets()).to_string())
                .field("error", error)
                .finish_non_exhaustive(),
        }
    }
}

impl std::error::Error for EventError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Broken(error) => Some(error),
            Self::Data { error, .. } => Some(error),
        }
    }
}

/// As a function of its own, since the method is one for each lifetime.
fn json<T: DeserializeOwned>(event: &EventText<'_>) -> Result<T, DecodeError> {
    event.json()
}
