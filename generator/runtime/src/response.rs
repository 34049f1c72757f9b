//! What came back: a status, headers and a body, before any decoding.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::stream::ByteStream;

/// An answer of the server.
pub struct Response {
    status: StatusCode,
    headers: HeaderMap,
    body: Received,
}

enum Received {
    Whole(Bytes),
    Stream(ByteStream),
}

impl Response {
    /// An answer whose body is in memory.
    #[must_use]
    pub const fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            body: Received::Whole(body),
        }
    }

    /// An answer whose body is still coming.
    #[must_use]
    pub const fn streamed(status: StatusCode, headers: HeaderMap, body: ByteStream) -> Self {
        Self {
            status,
            headers,
            body: Received::Stream(body),
        }
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; `None` when it is still coming.
    #[must_use]
    pub const fn bytes(&self) -> Option<&Bytes> {
        match &self.body {
            Received::Whole(bytes) => Some(bytes),
            Received::Stream(_) => None,
        }
    }

    /// The body; `None` when it is still coming.
    #[must_use]
    pub fn into_bytes(self) -> Option<Bytes> {
        match self.body {
            Received::Whole(bytes) => Some(bytes),
            Received::Stream(_) => None,
        }
    }

    /// The body piece by piece.
    #[must_use]
    pub fn into_stream(self) -> ByteStream {
        match self.body {
            Received::Whole(bytes) => bytes.into(),
            Received::Stream(stream) => stream,
        }
    }
}

impl fmt::Debug for Response {
    /// Shows what there is, not the values: a server may repeat what it was sent.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("length", &self.bytes().map(Bytes::len))
            .finish_non_exhaustive()
    }
}
