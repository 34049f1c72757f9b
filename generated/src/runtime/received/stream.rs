// @generated from an OpenAPI description: the runtime, the same for every API.

//! Bytes that come or go piece by piece, without ever being in memory as a whole.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use futures_util::stream::iter;
use serde::de::DeserializeOwned;

use crate::runtime::shown::outside::Outside;
use crate::runtime::shown::secret::Secrets;
use crate::runtime::values::json;

/// A stream of bytes.
///
/// ```ignore
/// let mut download = client.files().download("report").await?;
/// while let Some(piece) = download.next().await {
///     file.write_all(&piece?).await?;
/// }
/// ```
///
/// It is also a [`Stream`], for those who have the tools for one.
pub struct ByteStream(Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>);

impl ByteStream {
    /// A stream of the pieces of `stream`.
    pub fn new<S>(stream: S) -> Self
    where
        S: Stream<Item = io::Result<Bytes>> + Send + 'static,
    {
        Self(Box::pin(stream))
    }

    /// The next piece; `None` after the last one.
    pub async fn next(&mut self) -> Option<io::Result<Bytes>> {
        poll_fn(|context| self.0.as_mut().poll_next(context)).await
    }

    /// All that is left, in memory.
    ///
    /// # Errors
    ///
    /// When the stream breaks off, or has more than `limit` bytes ([`io::ErrorKind::FileTooLarge`]).
    pub async fn collect(mut self, limit: usize) -> io::Result<Bytes> {
        let Some(first) = self.next().await.transpose()? else {
            return Ok(Bytes::new());
        };
        let mut all = first;
        let mut joined = BytesMut::new();
        loop {
            if joined.len() + all.len() > limit {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            match self.next().await.transpose()? {
                // A body that came in one piece is handed on as it is.
                None if joined.is_empty() => return Ok(all),
                None => {
                    joined.extend_from_slice(&all);
                    return Ok(joined.freeze());
                }
                Some(piece) => {
                    joined.extend_from_slice(&all);
                    all = piece;
                }
            }
        }
    }
}

impl ByteStream {
    /// All that is left as JSON, whatever media type it came under.
    ///
    /// # Errors
    ///
    /// As [`collect`](Self::collect); and when it is not JSON of a `T` ([`io::ErrorKind::InvalidData`]).
    pub async fn json<T: DeserializeOwned>(self, limit: usize) -> io::Result<T> {
        let all = self.collect(limit).await?;
        json::from_slice(&all).map_err(|error| {
            // The library's own words may repeat what came, which is nobody's to show.
            let (line, column) = (error.line(), error.column());
            let message = format!("the body is no JSON of this type, in line {line} at column {column}");
            io::Error::new(io::ErrorKind::InvalidData, message)
        })
    }
}

impl Stream for ByteStream {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        Self::new(iter((!bytes.is_empty()).then_some(Ok(bytes))))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ByteStream")
    }
}

/// A stream whose errors do not repeat these secrets.
pub(crate) struct Guarded {
    stream: ByteStream,
    secrets: Secrets,
}

impl Guarded {
    pub(crate) const fn new(stream: ByteStream, secrets: Secrets) -> Self {
        Self { stream, secrets }
    }
}

impl Stream for Guarded {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut self.stream).poll_next(context);
        polled.map_err(|error| io::Error::new(error.kind(), Outside::new(error.into(), &self.secrets)))
    }
}
