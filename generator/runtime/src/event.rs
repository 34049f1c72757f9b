//! Server-sent events: a byte stream in, typed events out, as the HTML living standard interprets an event stream.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;
use serde::de::value::{Error as PlainError, StrDeserializer};

use crate::runtime::decode::DecodeError;
use crate::runtime::stream::ByteStream;

/// More than any event has; a server that never ends one does not fill the memory.
const LARGEST: usize = 32 << 20;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The kind of event; `message` where the server does not say.
    pub kind: String,
    /// Its data.
    pub data: T,
    /// The id of the last event that had one; empty where none had.
    pub id: String,
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
/// Nothing is connected again when the stream ends: call the operation once more, after [`retry`](Self::retry), with the
/// header `Last-Event-ID` set to [`last_event_id`](Self::last_event_id).
pub struct EventStream<T> {
    bytes: ByteStream,
    parser: Parser,
    ended: bool,
    data: PhantomData<fn() -> T>,
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
        Self {
            bytes,
            parser: Parser::default(),
            ended: false,
            data: PhantomData,
        }
    }

    /// The next event; `None` after the last one. An event whose data does not fit is an error, after which the next one
    /// can be read.
    pub async fn next(&mut self) -> Option<Result<Event<T>, EventError>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, EventError>>> {
        let next = ready!(poll_text(&mut self.bytes, &mut self.parser, &mut self.ended, context));
        Poll::Ready(next.map(|event| event.map_err(EventError::Broken).and_then(typed)))
    }
}

impl<T: DeserializeOwned> Stream for EventStream<T> {
    type Item = Result<Event<T>, EventError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EventStream")
            .field("last_event_id", &self.parser.last)
            .finish_non_exhaustive()
    }
}

/// An event that could not be had.
#[derive(Debug)]
#[non_exhaustive]
pub enum EventError {
    /// The stream broke off.
    Broken(io::Error),
    /// The data of an event does not fit.
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
            Self::Data { event, .. } => write!(formatter, "the data of an event {:?} does not fit", event.kind),
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

fn typed<T: DeserializeOwned>(event: Event<String>) -> Result<Event<T>, EventError> {
    let data = serde_json::from_str(&event.data).or_else(|error| {
        let plain = T::deserialize(StrDeserializer::<PlainError>::new(&event.data));
        plain.map_err(|_| DecodeError::json(event.data.as_bytes(), error))
    });
    match data {
        Ok(data) => Ok(Event {
            kind: event.kind,
            data,
            id: event.id,
        }),
        Err(error) => Err(EventError::Data { event, error }),
    }
}

fn poll_text(
    bytes: &mut ByteStream,
    parser: &mut Parser,
    ended: &mut bool,
    context: &mut Context<'_>,
) -> Poll<Option<io::Result<Event<String>>>> {
    loop {
        if let Some(event) = parser.next() {
            return Poll::Ready(Some(Ok(event)));
        }
        if *ended {
            return Poll::Ready(None);
        }
        match ready!(Pin::new(&mut *bytes).poll_next(context)) {
            Some(Ok(piece)) if parser.push(&piece) => {}
            Some(Ok(_)) => {
                *ended = true;
                return Poll::Ready(Some(Err(io::ErrorKind::FileTooLarge.into())));
            }
            Some(Err(error)) => {
                *ended = true;
                return Poll::Ready(Some(Err(error)));
            }
            // An event without the empty line that ends it is dropped, as the standard says.
            None => *ended = true,
        }
    }
}

/// The state of the standard's interpretation of an event stream.
#[derive(Default)]
struct Parser {
    /// A line without its end.
    line: Vec<u8>,
    /// Whether the first line is behind us, which may begin with a byte order mark.
    begun: bool,
    /// Whether the last byte was a carriage return, which a line feed would belong to.
    after_return: bool,
    kind: String,
    text: String,
    id: String,
    retry: Option<Duration>,
    /// What has ended: events, and ids without an event.
    ended: VecDeque<Ended>,
    /// The id of what was handed out last.
    last: String,
}

/// What an empty line ends.
struct Ended {
    id: String,
    /// The kind and the data; an event without data is none.
    event: Option<(String, String)>,
}

impl Parser {
    /// The next event that has arrived.
    fn next(&mut self) -> Option<Event<String>> {
        while let Some(Ended { id, event }) = self.ended.pop_front() {
            self.last.clone_from(&id);
            if let Some((kind, data)) = event {
                return Some(Event { kind, data, id });
            }
        }
        None
    }

    /// Takes more of the stream; `false` when an event becomes too large.
    fn push(&mut self, piece: &[u8]) -> bool {
        let mut rest = piece;
        if rest.is_empty() {
            return true;
        }
        if std::mem::take(&mut self.after_return) {
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
            let (line, after) = rest.split_at(end);
            self.line.extend_from_slice(line);
            self.end_line();
            rest = if let Some(after) = after.strip_prefix(b"\r\n") {
                after
            } else {
                self.after_return = after == b"\r";
                &after[1..]
            };
        }
        self.line.extend_from_slice(rest);
        self.line.len() + self.text.len() <= LARGEST
    }

    fn end_line(&mut self) {
        let bytes = std::mem::take(&mut self.line);
        let first = !std::mem::replace(&mut self.begun, true);
        let bytes = if first {
            bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)
        } else {
            &bytes
        };
        let line = String::from_utf8_lossy(bytes);
        if line.is_empty() {
            self.dispatch();
            return;
        }
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.kind),
            "data" => {
                self.text.push_str(value);
                self.text.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            // A comment, whose field is empty, or something the standard does not know.
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        let kind = std::mem::take(&mut self.kind);
        let mut data = std::mem::take(&mut self.text);
        let event = data.pop().map(|_| {
            let kind = if kind.is_empty() { "message".to_owned() } else { kind };
            (kind, data)
        });
        // A server that only keeps the connection open sends empty lines without end.
        if event.is_some() || self.ended.back().map_or(&self.last, |ended| &ended.id) != &self.id {
            let id = self.id.clone();
            self.ended.push_back(Ended { id, event });
        }
    }
}
