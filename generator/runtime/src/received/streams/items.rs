//! JSON texts one after the other: a byte stream in, typed items out, each as soon as it has come whole.
//!
//! In lines (JSON Lines), an item ends with its line, and an empty line is none. In a sequence (RFC 7464), an item begins with
//! a record separator and may have any number of lines.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes};
use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::runtime::received::decode::DecodeError;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::received::streams::framing::{Framing, RECORD};
use crate::runtime::shown::excerpt::{LONGEST_EXCERPT, Shown};
use crate::runtime::shown::secret::Secrets;
use crate::runtime::values::json;

/// More bytes than any item has; a server that never ends one does not fill the memory.
const LARGEST: usize = 32 << 20;

/// A stream of items.
///
/// ```ignore
/// let mut lines = client.logs().follow("web").await?;
/// while let Some(line) = lines.next().await {
///     println!("{:?}", line?);
/// }
/// ```
///
/// An item may have 32 MiB. A larger one ends the stream ([`io::ErrorKind::FileTooLarge`]).
pub struct ItemStream<T> {
    bytes: ByteStream,
    splitter: Splitter,
    ended: bool,
    secrets: Secrets,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> ItemStream<T> {
    /// The items in a stream of lines.
    #[must_use]
    pub fn lines(bytes: ByteStream) -> Self {
        Self::new(bytes, Framing::Lines, Secrets::NONE)
    }

    /// The items in a stream that begin with a record separator each.
    #[must_use]
    pub fn sequence(bytes: ByteStream) -> Self {
        Self::new(bytes, Framing::Sequence, Secrets::NONE)
    }

    /// The items of an answer that may repeat these secrets.
    pub(crate) fn new(bytes: ByteStream, framing: Framing, secrets: Secrets) -> Self {
        Self {
            bytes,
            splitter: Splitter::new(framing),
            ended: false,
            secrets,
            item: PhantomData,
        }
    }

    /// The next item; `None` after the last one. One that does not fit is an error, after which the next one can be read.
    pub async fn next(&mut self) -> Option<Result<T, ItemError>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, ItemError>>> {
        let text = match ready!(self.poll_text(context)) {
            Some(Ok(text)) => text,
            Some(Err(error)) => return Poll::Ready(Some(Err(ItemError::Broken(error)))),
            None => return Poll::Ready(None),
        };
        let item = json::from_slice(&text).map_err(|error| ItemError::Data {
            number: self.splitter.number,
            error: DecodeError::json(&text, error, &self.secrets),
            text: String::from_utf8_lossy(&text).into_owned(),
        });
        Poll::Ready(Some(item))
    }

    fn poll_text(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Vec<u8>>>> {
        loop {
            match self.splitter.next() {
                Ok(Some(text)) => return Poll::Ready(Some(Ok(text))),
                Ok(None) => {}
                Err(error) => {
                    self.ended = true;
                    self.splitter.clear();
                    return Poll::Ready(Some(Err(error)));
                }
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match ready!(Pin::new(&mut self.bytes).poll_next(context)) {
                Some(Ok(piece)) => self.splitter.rest = piece,
                Some(Err(error)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.ended = true;
                    return Poll::Ready(self.splitter.last().transpose());
                }
            }
        }
    }
}

impl<T: DeserializeOwned> Stream for ItemStream<T> {
    type Item = Result<T, ItemError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ItemStream").finish_non_exhaustive()
    }
}

/// An item that could not be had.
#[non_exhaustive]
pub enum ItemError {
    /// The stream broke off.
    Broken(io::Error),
    /// An item is not what the description says.
    #[non_exhaustive]
    Data {
        /// Its line, or its place in a sequence; the first is 1.
        number: u64,
        /// The item as it came.
        text: String,
        /// Why it does not fit.
        error: DecodeError,
    },
}

impl fmt::Display for ItemError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(_) => formatter.write_str("the stream of items broke off"),
            Self::Data { number, text, error } => {
                let text = Shown::new(text, error.secrets()).at_most(LONGEST_EXCERPT);
                write!(formatter, "item {number} of the stream does not fit: `{text}`")
            }
        }
    }
}

impl fmt::Debug for ItemError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(error) => formatter.debug_tuple("Broken").field(error).finish(),
            Self::Data { number, text, error } => formatter
                .debug_struct("Data")
                .field("number", number)
                .field("text", &Shown::new(text, error.secrets()).to_string())
                .field("error", error)
                .finish_non_exhaustive(),
        }
    }
}

impl std::error::Error for ItemError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Broken(error) => Some(error),
            Self::Data { error, .. } => Some(error),
        }
    }
}

/// Takes texts apart. What has arrived is read up to the end of the next one and no further.
struct Splitter {
    framing: Framing,
    /// What has arrived and is not read yet.
    rest: Bytes,
    /// The beginning of an item.
    item: Vec<u8>,
    /// How many lists and objects are open in it.
    depth: usize,
    /// Whether it ends inside a text, and there behind a backslash.
    is_text: bool,
    is_escaped: bool,
    /// Of lines, how many have ended; of a sequence, how many items.
    number: u64,
}

impl Splitter {
    const fn new(framing: Framing) -> Self {
        Self {
            framing,
            rest: Bytes::new(),
            item: Vec::new(),
            depth: 0,
            is_text: false,
            is_escaped: false,
            number: 0,
        }
    }

    fn clear(&mut self) {
        *self = Self::new(self.framing);
    }

    /// The next text that has arrived whole.
    fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        while !self.rest.is_empty() {
            let ends = |byte: &u8| *byte == b'\n' || *byte == RECORD && self.framing == Framing::Sequence;
            let end = self.rest.iter().position(ends);
            let part = self.rest.split_to(end.unwrap_or(self.rest.len()));
            if self.item.len() + part.len() > LARGEST {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            self.item.extend_from_slice(&part);
            if self.framing == Framing::Sequence {
                self.watch(&part);
            }
            let Some(end) = self.rest.first().copied() else {
                return Ok(None);
            };
            self.rest.advance(1);
            let is_whole = match self.framing {
                Framing::Lines => true,
                // What another item begins in is cut short, and says so when it is read.
                Framing::Sequence => end == RECORD || self.depth == 0 && !self.is_text,
            };
            if !is_whole {
                self.item.push(end);
            } else if let Some(text) = self.take() {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    /// Keeps account of what is open.
    fn watch(&mut self, part: &[u8]) {
        for byte in part {
            match byte {
                _ if std::mem::take(&mut self.is_escaped) => {}
                b'\\' if self.is_text => self.is_escaped = true,
                b'"' => self.is_text = !self.is_text,
                b'[' | b'{' if !self.is_text => self.depth += 1,
                b']' | b'}' if !self.is_text => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// The text that has ended, if there is anything in it.
    fn take(&mut self) -> Option<Vec<u8>> {
        let mut item = std::mem::take(&mut self.item);
        (self.depth, self.is_text, self.is_escaped) = (0, false, false);
        // Some programs begin every text with a byte order mark.
        if item.starts_with(b"\xEF\xBB\xBF") {
            item.drain(..3);
        }
        let is_item = !item.trim_ascii().is_empty();
        // An empty line is a line; nothing is no item of a sequence.
        self.number += u64::from(is_item || self.framing == Framing::Lines);
        is_item.then_some(item)
    }

    /// What is left when nothing more comes: a line needs no end. A number or a word in a sequence does, without which nobody
    /// knows whether it is whole.
    fn last(&mut self) -> io::Result<Option<Vec<u8>>> {
        let Some(item) = self.take() else { return Ok(None) };
        let is_closed = item.trim_ascii().last().is_some_and(|byte| b"]}\"".contains(byte));
        if self.framing == Framing::Sequence && !is_closed {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some(item))
    }
}
