// @generated from an OpenAPI description: the runtime, the same for every API.

//! A request as the stand-in got it: what a client sent in, its parts by name out.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use crate::runtime::calls::extras;
use crate::runtime::calls::operation::Operation;
use crate::runtime::sent::body::Body;
use crate::runtime::values::json;

/// A request that a client sent to a [`Mock`](crate::runtime::mock::Mock).
#[derive(Clone)]
#[non_exhaustive]
pub struct Received {
    /// The operation that was called.
    pub operation: &'static Operation,
    /// The method, the path and the query.
    pub line: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; nothing where it is a file or a stream.
    pub body: Bytes,
}

impl Received {
    pub(super) fn of(request: http::Request<Option<Body>>) -> Option<Self> {
        let (head, body) = request.into_parts();
        Some(Self {
            operation: head.extensions.get::<&'static Operation>()?,
            line: format!(
                "{} {}",
                head.method,
                head.uri.path_and_query().map_or("/", |target| target.as_str())
            ),
            headers: head.headers,
            body: body.and_then(|body| body.bytes().cloned()).unwrap_or_default(),
        })
    }

    /// The path, as it was sent.
    #[must_use]
    pub fn path(&self) -> &str {
        let target = self.line.split_once(' ').map_or("", |(_, target)| target);
        target.split('?').next().unwrap_or_default()
    }

    /// The first value in the query under a name.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        let query = self.line.split_once('?').map_or("", |(_, query)| query);
        let mut pairs = extras::pairs(query);
        pairs.find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body, read as JSON.
    ///
    /// # Errors
    ///
    /// When it is none, or does not fit.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        json::from_slice(&self.body)
    }
}

impl fmt::Display for Received {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.line)?;
        if self.body.is_empty() {
            return Ok(());
        }
        write!(formatter, " {}", String::from_utf8_lossy(&self.body))
    }
}

impl fmt::Debug for Received {
    /// As it is shown: what a test sends is no secret, but for the headers.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
