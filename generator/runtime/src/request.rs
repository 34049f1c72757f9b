//! A request while it is being put together: what a call is told goes in, what every attempt of it sends comes out.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use crate::runtime::body::Body;
use crate::runtime::error::BoxError;
use crate::runtime::operation::Operation;
use crate::runtime::outcome::IsOwn;
use crate::runtime::parameter::Arguments;
use crate::runtime::reading::Reading;

/// Headers that decide where a request goes or where it ends. They are the transport's.
const FRAMING: [HeaderName; 8] = [
    header::HOST,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::CONNECTION,
    header::UPGRADE,
    header::TE,
    header::TRAILER,
    header::EXPECT,
];

/// What one call sends.
pub(crate) struct Request {
    pub(crate) operation: &'static Operation,
    pub(crate) arguments: Arguments,
    /// Headers of the caller's.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Body>,
    pub(crate) idempotent: bool,
    /// How a success is asked for and arrives.
    pub(crate) reading: Reading,
    /// Whether every success is handed over as it arrives.
    pub(crate) raw: bool,
    /// Tells a refusal of the API from one of something between, where the caller can.
    pub(crate) is_own: Option<IsOwn>,
    /// The first thing that went wrong while the request was put together.
    problem: Option<BoxError>,
}

impl Request {
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            arguments: Arguments::default(),
            headers: HeaderMap::new(),
            body: None,
            idempotent: operation.idempotent,
            reading: operation.reading(),
            raw: false,
            is_own: None,
            problem: None,
        }
    }

    /// The same once more, with what went wrong, which is then no longer here.
    pub(crate) fn again(&mut self) -> Self {
        Self {
            operation: self.operation,
            arguments: self.arguments.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            idempotent: self.idempotent,
            reading: self.reading,
            raw: self.raw,
            is_own: self.is_own,
            problem: self.problem.take(),
        }
    }

    /// The value of `result`; its error is kept for the one who sends the request.
    pub(crate) fn note<V>(&mut self, result: Result<V, impl Into<BoxError>>) -> Option<V> {
        result
            .map_err(|error| {
                self.problem.get_or_insert(error.into());
            })
            .ok()
    }

    pub(crate) fn header(&mut self, name: &str, value: &str) {
        let name = self.note(header_name(name));
        // The library's error says as little about the value, which may be secret.
        let value = self.note(HeaderValue::from_str(value));
        if let (Some(name), Some(mut value)) = (name, value) {
            value.set_sensitive(true);
            self.headers.insert(name, value);
        }
    }

    /// Whether nothing went wrong while it was put together.
    pub(crate) const fn is_sound(&self) -> bool {
        self.problem.is_none()
    }

    /// What went wrong, if anything did.
    pub(crate) fn take_problem(&mut self) -> Result<(), BoxError> {
        self.problem.take().map_or(Ok(()), Err)
    }

    /// Whether an answer with this status is a success, and then whether its body is handed over as it arrives.
    pub(crate) fn arrival(&self, status: StatusCode) -> Option<bool> {
        let is_stream = self.reading.of(status)?;
        Some(is_stream || self.raw)
    }

    /// Whether the request can be sent more than once.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_repeatable)
    }
}

fn header_name(name: &str) -> Result<HeaderName, BoxError> {
    let name = HeaderName::from_bytes(name.as_bytes())?;
    may_be_set(&name)?;
    Ok(name)
}

/// Refuses the headers that frame a request.
pub(crate) fn may_be_set(name: &HeaderName) -> Result<(), BoxError> {
    if FRAMING.contains(name) {
        return Err(format!("the header `{name}` is set by the transport").into());
    }
    Ok(())
}

impl fmt::Debug for Request {
    /// Shows what there is, not the values: some are secret, and which ones cannot be known.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.operation.method)
            .field("path", &self.operation.path)
            .field("arguments", &self.arguments)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.body.as_ref().map(Body::length))
            .field("idempotent", &self.idempotent)
            .finish_non_exhaustive()
    }
}
