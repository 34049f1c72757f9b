// @generated from an OpenAPI description: the runtime, the same for every API.

//! What came back: a status, headers and a body, before any decoding.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::received::media;
use crate::runtime::received::stream::{ByteStream, Guarded};
use crate::runtime::shown::excerpt::HeaderNames;
use crate::runtime::shown::secret::Secrets;

/// An answer of the server.
pub struct Response {
    status: StatusCode,
    headers: HeaderMap,
    body: Received,
    /// What it may repeat and nobody may see.
    secrets: Secrets,
    /// Whether its headers are handed out with what is made of it.
    shows_headers: bool,
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
            secrets: Secrets::NONE,
            shows_headers: false,
        }
    }

    /// An answer whose body is still coming.
    #[must_use]
    pub const fn streamed(status: StatusCode, headers: HeaderMap, body: ByteStream) -> Self {
        Self {
            status,
            headers,
            body: Received::Stream(body),
            secrets: Secrets::NONE,
            shows_headers: false,
        }
    }

    /// The answer to a call with these secrets.
    pub(crate) fn guarded(mut self, secrets: Secrets) -> Self {
        self.body = match self.body {
            Received::Stream(stream) => Received::Stream(ByteStream::new(Guarded::new(stream, secrets.clone()))),
            whole @ Received::Whole(_) => whole,
        };
        self.secrets = secrets;
        self
    }

    /// The same, whose headers are handed out with what is made of it.
    pub(crate) const fn with_headers(mut self) -> Self {
        self.shows_headers = true;
        self
    }

    pub(crate) const fn shows_headers(&self) -> bool {
        self.shows_headers
    }

    pub(crate) const fn secrets(&self) -> &Secrets {
        &self.secrets
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

    /// Which of these media types it has, by its header `Content-Type`: parameters count before none, then ranges, the
    /// narrowest first, then another type of the same family (JSON, text); else the first.
    #[must_use]
    pub fn media(&self, described: &[&str]) -> usize {
        media::choose(&self.headers, described)
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
            .field("headers", &HeaderNames(&self.headers, &self.secrets))
            .field("length", &self.bytes().map(Bytes::len))
            .finish_non_exhaustive()
    }
}
