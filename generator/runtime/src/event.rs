//! Server-sent events: a byte stream in, typed events out, as the HTML living standard interprets an event stream.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::runtime::decode::DecodeError;
use crate::runtime::event_data::{EventData, EventText};
use crate::runtime::excerpt::{Guarded, Shown};
use crate::runtime::secret::Secrets;
use crate::runtime::stream::ByteStream;

pub use crate::runtime::event_id::EventId;

/// More bytes than any event has; a server that never ends one does not fill the memory. All that is kept of it counts.
const LARGEST: usize = 32 << 20;

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
    read: fn(&EventText<'_>) -> Result<T, DecodeError>,
}

impl<T> EventStream<T> {
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
        Self::reading(bytes, secrets, json)
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
        Self::reading(bytes, secrets, T::read)
    }
}

impl<T> EventStream<T> {
    fn reading(bytes: ByteStream, secrets: Secrets, read: fn(&EventText<'_>) -> Result<T, DecodeError>) -> Self {
        Self {
            bytes,
            parser: Parser::default(),
            ended: false,
            secrets,
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
                write!(formatter, "the data of an event `{kind}` does not fit")
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

fn poll_text(
    bytes: &mut ByteStream,
    parser: &mut Parser,
    ended: &mut bool,
    context: &mut Context<'_>,
) -> Poll<Option<io::Result<Event<String>>>> {
    loop {
        match parser.next() {
            Ok(Some(event)) => return Poll::Ready(Some(Ok(event))),
            Ok(None) => {}
            Err(TooLarge) => {
                *ended = true;
                parser.clear();
                return Poll::Ready(Some(Err(io::ErrorKind::FileTooLarge.into())));
            }
        }
        if *ended {
            return Poll::Ready(None);
        }
        match ready!(Pin::new(&mut *bytes).poll_next(context)) {
            Some(Ok(piece)) => parser.rest = piece,
            Some(Err(error)) => {
                *ended = true;
                return Poll::Ready(Some(Err(error)));
            }
            // An event without the empty line that ends it is dropped, as the standard says.
            None => *ended = true,
        }
    }
}

/// The state of the standard's interpretation of an event stream. What has arrived is read up to the next event and no
/// further: a piece may hold thousands of them.
#[derive(Default)]
struct Parser {
    /// What has arrived and is not read yet.
    rest: Bytes,
    /// A line without its end.
    line: Vec<u8>,
    /// Whether the first line is behind us, which may begin with a byte order mark.
    begun: bool,
    /// Whether the last byte was a carriage return, which a line feed would belong to.
    after_return: bool,
    kind: String,
    text: String,
    id: EventId,
    retry: Option<Duration>,
    /// The id of what was handed out last.
    last: EventId,
}

/// An event with more than [`LARGEST`] bytes.
struct TooLarge;

impl Parser {
    /// The next event that has arrived.
    fn next(&mut self) -> Result<Option<Event<String>>, TooLarge> {
        while let Some(first) = self.rest.first() {
            if std::mem::take(&mut self.after_return) && *first == b'\n' {
                self.rest.advance(1);
                continue;
            }
            let end = self.rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            let part = self.rest.split_to(end.unwrap_or(self.rest.len()));
            self.make_room_for(part.len())?;
            let Some(end) = self.rest.first() else {
                self.line.extend_from_slice(&part);
                return Ok(None);
            };
            self.after_return = *end == b'\r';
            self.rest.advance(1);
            let event = if self.line.is_empty() {
                self.read(&part)?
            } else {
                let mut line = std::mem::take(&mut self.line);
                line.extend_from_slice(&part);
                self.read(&line)?
            };
            if event.is_some() {
                return Ok(event);
            }
        }
        Ok(None)
    }

    fn make_room_for(&self, bytes: usize) -> Result<(), TooLarge> {
        let kept = self.line.len() + self.kind.len() + self.text.len() + self.id.len();
        let fits = LARGEST.checked_sub(kept).is_some_and(|room| bytes <= room);
        fits.then_some(()).ok_or(TooLarge)
    }

    fn clear(&mut self) {
        let (retry, last) = (self.retry, self.last.clone());
        *self = Self {
            retry,
            last,
            ..Self::default()
        };
    }

    /// Takes a line; an empty one ends an event.
    fn read(&mut self, line: &[u8]) -> Result<Option<Event<String>>, TooLarge> {
        let first = !std::mem::replace(&mut self.begun, true);
        let mark: &[u8] = if first { b"\xEF\xBB\xBF" } else { b"" };
        let line = line.strip_prefix(mark).unwrap_or(line);
        if line.is_empty() {
            return Ok(self.dispatch());
        }
        let colon = line.iter().position(|&byte| byte == b':').unwrap_or(line.len());
        let (field, value) = line.split_at(colon);
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"event" => {
                self.kind.clear();
                self.kind = self.lossy(String::new(), value)?;
            }
            b"data" => {
                let text = std::mem::take(&mut self.text);
                self.text = self.lossy(text, value)?;
                self.text.push('\n');
            }
            b"id" if !value.contains(&b'\0') => self.id = self.lossy(String::new(), value)?.into(),
            b"retry" if value.iter().all(u8::is_ascii_digit) => {
                let wait = std::str::from_utf8(value).ok().and_then(|value| value.parse().ok());
                self.retry = wait.map(Duration::from_millis).or(self.retry);
            }
            // A comment, whose field is empty, or something the standard does not know.
            _ => {}
        }
        Ok(None)
    }

    /// Adds text. What is none takes three bytes for one.
    fn lossy(&self, mut text: String, bytes: &[u8]) -> Result<String, TooLarge> {
        text.reserve(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                self.make_room_for(text.len())?;
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        self.make_room_for(text.len())?;
        Ok(text)
    }

    fn dispatch(&mut self) -> Option<Event<String>> {
        self.last = self.id.clone();
        let kind = std::mem::take(&mut self.kind);
        let mut data = std::mem::take(&mut self.text);
        // An event without data is none.
        data.pop()?;
        Some(Event {
            kind: if kind.is_empty() { "message".to_owned() } else { kind },
            data,
            id: self.id.clone(),
        })
    }
}
