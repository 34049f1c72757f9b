// @generated from an OpenAPI description: the runtime, the same for every API.

//! What is sent: a value in, bytes and a content type out.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;

use crate::runtime::received::stream::ByteStream;
use crate::runtime::values::json;

/// The body of a request.
#[derive(Debug, Clone)]
pub struct Body {
    content_type: HeaderValue,
    payload: Payload,
}

#[derive(Debug, Clone)]
enum Payload {
    #[allow(dead_code, reason = "a document may describe no body")]
    Bytes(Bytes),
}

impl Body {
    /// A value as JSON, under a media type of the JSON family.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON, or `media_type` is not one.
    pub fn json<T: Serialize + ?Sized>(media_type: &str, value: &T) -> Result<Self, BodyError> {
        Self::written(media_type, json::to_vec(value)?)
    }

    /// What has been written in memory.
    pub(crate) fn written(media_type: &str, bytes: impl Into<Bytes>) -> Result<Self, BodyError> {
        let content_type = HeaderValue::from_str(media_type).map_err(|error| BodyError::new(error.to_string()))?;
        Ok(Self {
            content_type,
            payload: Payload::Bytes(bytes.into()),
        })
    }

    /// What somebody else has written.
    #[cfg(feature = "mock")]
    pub(crate) const fn in_memory(content_type: HeaderValue, bytes: Bytes) -> Self {
        Self {
            content_type,
            payload: Payload::Bytes(bytes),
        }
    }

    /// The value of the header `Content-Type`.
    #[must_use]
    pub const fn content_type(&self) -> &HeaderValue {
        &self.content_type
    }

    /// The number of bytes, where it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.payload {
            Payload::Bytes(bytes) => Some(bytes.len() as u64),
        }
    }

    /// Whether the body can be sent more than once; a call whose body cannot is never repeated.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        match &self.payload {
            Payload::Bytes(_) => true,
        }
    }

    /// The bytes, where they are in memory.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.payload {
            Payload::Bytes(bytes) => Some(bytes),
        }
    }

    /// The bytes piece by piece; `None` when they have been sent and cannot be sent again.
    #[must_use]
    pub fn open(&self) -> Option<ByteStream> {
        match &self.payload {
            Payload::Bytes(bytes) => Some(bytes.clone().into()),
        }
    }
}

/// Whether a media type is JSON, by itself or by its suffix.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// A body that cannot be sent.
#[derive(Debug)]
pub struct BodyError {
    message: String,
}

impl BodyError {
    pub(crate) const fn new(message: String) -> Self {
        Self { message }
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the body cannot be encoded: {}", self.message)
    }
}

impl std::error::Error for BodyError {}

impl From<serde_json::Error> for BodyError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(error.to_string())
    }
}
