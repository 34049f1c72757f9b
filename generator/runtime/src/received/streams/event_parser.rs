//! The text of an event stream: bytes in, events whose data is text out, as the HTML living standard has it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use futures_core::Stream as _;

use crate::runtime::received::stream::ByteStream;
use crate::runtime::received::streams::event::{Event, EventId};

/// More bytes than any event has; a server that never ends one does not fill the memory. All that is kept of it counts.
const LARGEST: usize = 32 << 20;

/// The next event that has arrived.
pub(crate) fn poll_text(
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
pub(crate) struct Parser {
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
    pub(crate) retry: Option<Duration>,
    /// The id of what was handed out last.
    pub(crate) last: EventId,
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

    /// Forgets what has arrived and was not handed out.
    pub(crate) fn clear(&mut self) {
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
