//! What is sent: a value in, bytes and a content type out.

#[cfg(part = "bodies")]
use std::fmt;

use bytes::Bytes;
use http::HeaderValue;
#[cfg(part = "bodies")]
use serde::Serialize;

use crate::runtime::received::stream::ByteStream;
#[cfg(part = "item_uploads")]
use crate::runtime::received::streams::framing::Framing;
#[cfg(part = "texts")]
use crate::runtime::sent::argument::Argument;
#[cfg(any(part = "texts", part = "xml"))]
use crate::runtime::sent::charset;
#[cfg(part = "forms")]
use crate::runtime::sent::form;
#[cfg(part = "forms")]
use crate::runtime::sent::parameter::Parameter;
#[cfg(part = "forms")]
use crate::runtime::sent::parameter_error::ParameterError;
#[cfg(part = "item_uploads")]
use crate::runtime::sent::uploads::item_upload::ItemUpload;
#[cfg(part = "multipart")]
use crate::runtime::sent::uploads::multipart::{Boundaries, Multipart};
#[cfg(part = "uploads")]
use crate::runtime::sent::uploads::promised::{Problem, UploadError};
#[cfg(part = "uploads")]
use crate::runtime::sent::uploads::upload::Upload;
#[cfg(part = "bodies")]
use crate::runtime::values::json;
#[cfg(part = "xml")]
use crate::runtime::xml::{node::Node, write};

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
    #[cfg(part = "uploads")]
    Upload(Upload),
    #[cfg(part = "multipart")]
    Parts(Boundaries),
}

impl Body {
    /// A value as JSON, under a media type of the JSON family.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON, or `media_type` is not one.
    #[cfg(part = "bodies")]
    pub fn json<T: Serialize + ?Sized>(media_type: &str, value: &T) -> Result<Self, BodyError> {
        Self::written(media_type, json::to_vec(value)?)
    }

    /// A value as XML, by the table of its nodes.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON, or something in it not as XML, or `media_type` is none.
    #[cfg(part = "xml")]
    pub fn xml<T: Serialize + ?Sized>(media_type: &str, value: &T, root: &Node) -> Result<Self, BodyError> {
        let charset = charset::of(media_type);
        let charset = charset.as_deref().unwrap_or("utf-8");
        let text = write::write(&json::to_value(value)?, root, charset);
        let text = charset::by_number(charset, text.map_err(|error| BodyError::new(error.to_string()))?);
        Self::written(media_type, charset::encode(media_type, &text)?.into_owned())
    }

    /// What has been written in memory.
    #[cfg(part = "bodies")]
    pub(crate) fn written(media_type: &str, bytes: impl Into<Bytes>) -> Result<Self, BodyError> {
        let content_type = HeaderValue::from_str(media_type).map_err(|error| BodyError::new(error.to_string()))?;
        Ok(Self {
            content_type,
            payload: Payload::Bytes(bytes.into()),
        })
    }

    /// A form that is written already.
    #[cfg(any(part = "forms", all(part = "oauth", feature = "oauth")))]
    pub(crate) fn written_form(text: String) -> Self {
        Self {
            content_type: HeaderValue::from_static("application/x-www-form-urlencoded"),
            payload: Payload::Bytes(text.into()),
        }
    }

    /// The members of an object as `application/x-www-form-urlencoded`. A member with a query parameter of its name in
    /// `encodings` is written as that says.
    ///
    /// # Errors
    ///
    /// When the value is not an object or cannot be encoded.
    #[cfg(part = "forms")]
    pub fn form<T: Serialize + ?Sized>(value: &T, encodings: &[Parameter]) -> Result<Self, BodyError> {
        Ok(Self::written_form(form::write(value, encodings)?))
    }

    /// Values and files as `multipart/form-data`.
    ///
    /// # Errors
    ///
    /// When a part cannot be encoded.
    #[cfg(part = "multipart")]
    pub fn multipart(parts: Multipart) -> Result<Self, BodyError> {
        Self::multipart_as("multipart/form-data", parts)
    }

    /// Values and files as another media type that is made of parts, such as `multipart/mixed`.
    ///
    /// # Errors
    ///
    /// When a part cannot be encoded, or `media_type` is none.
    #[cfg(part = "multipart")]
    pub fn multipart_as(media_type: &str, parts: Multipart) -> Result<Self, BodyError> {
        let parts = parts.finish(media_type)?;
        let content_type = parts.content_type();
        let content_type = HeaderValue::try_from(content_type).map_err(|error| BodyError::new(error.to_string()))?;
        let payload = match parts.bytes() {
            Some(bytes) => Payload::Bytes(bytes),
            None => Payload::Parts(parts),
        };
        Ok(Self { content_type, payload })
    }

    /// Items as JSON texts, a line each, under a media type such as `application/jsonl`.
    ///
    /// # Errors
    ///
    /// When an item of a list cannot be written as JSON, or `media_type` is none.
    #[cfg(part = "item_uploads")]
    pub fn lines<T>(media_type: &str, items: impl Into<ItemUpload<T>>) -> Result<Self, BodyError> {
        Self::raw(media_type, items.into().upload(Framing::Lines)?)
    }

    /// Items as JSON texts that begin with a record separator each, under a media type such as `application/json-seq`.
    ///
    /// # Errors
    ///
    /// When an item of a list cannot be written as JSON, or `media_type` is none.
    #[cfg(part = "item_uploads")]
    pub fn sequence<T>(media_type: &str, items: impl Into<ItemUpload<T>>) -> Result<Self, BodyError> {
        Self::raw(media_type, items.into().upload(Framing::Sequence)?)
    }

    /// The text of a value, under a media type such as `text/plain`: of a string, date or enum as it stands, of a number or
    /// boolean as JSON writes it. It is in UTF-8, or in the `charset` of the media type, of which US-ASCII, ISO 8859-1 and UTF-16
    /// are written.
    ///
    /// # Errors
    ///
    /// When the value has no text, or one that the character set does not have, or `media_type` is none.
    #[cfg(part = "texts")]
    pub fn text<T: Serialize + ?Sized>(media_type: &str, value: &T) -> Result<Self, BodyError> {
        let text = Argument::of(value)?.text();
        Self::written(media_type, charset::encode(media_type, &text)?.into_owned())
    }

    /// Bytes as they are: text, a file, anything.
    ///
    /// # Errors
    ///
    /// When `media_type` is not one.
    #[cfg(part = "uploads")]
    pub fn raw(media_type: &str, data: impl Into<Upload>) -> Result<Self, BodyError> {
        let content_type = HeaderValue::from_str(media_type).map_err(|error| BodyError::new(error.to_string()))?;
        Ok(Self {
            content_type,
            payload: Payload::Upload(data.into()),
        })
    }

    /// Bytes under the media type that they have (`Upload::content_type`), for an API that takes any: `application/octet-stream`
    /// where they have none.
    ///
    /// # Errors
    ///
    /// When their media type is none.
    #[cfg(part = "uploads")]
    pub fn any(data: impl Into<Upload>) -> Result<Self, BodyError> {
        let data = data.into();
        let media_type = data.media_type().unwrap_or("application/octet-stream").to_owned();
        Self::raw(&media_type, data)
    }

    /// What somebody else has written.
    #[cfg(all(part = "mock", feature = "mock"))]
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
            #[cfg(part = "uploads")]
            Payload::Upload(data) => data.len(),
            #[cfg(part = "multipart")]
            Payload::Parts(parts) => parts.len(),
        }
    }

    /// Whether the body can be sent more than once; a call whose body cannot is never repeated.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        match &self.payload {
            Payload::Bytes(_) => true,
            #[cfg(part = "uploads")]
            Payload::Upload(data) => data.is_repeatable(),
            #[cfg(part = "multipart")]
            Payload::Parts(parts) => parts.is_repeatable(),
        }
    }

    /// The bytes, where they are in memory.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.payload {
            Payload::Bytes(bytes) => Some(bytes),
            #[cfg(part = "uploads")]
            Payload::Upload(data) => data.bytes(),
            #[cfg(part = "multipart")]
            Payload::Parts(_) => None,
        }
    }

    /// The same for one attempt, as [`Upload::prepare`] has it.
    #[cfg(part = "uploads")]
    pub(crate) async fn prepare(&self, problem: &Problem) -> Result<Self, UploadError> {
        let payload = match &self.payload {
            Payload::Bytes(bytes) => Payload::Bytes(bytes.clone()),
            Payload::Upload(data) => Payload::Upload(data.prepare(problem).await?),
            #[cfg(part = "multipart")]
            Payload::Parts(parts) => Payload::Parts(parts.prepare(problem).await?),
        };
        let content_type = self.content_type.clone();
        Ok(Self { content_type, payload })
    }

    /// The bytes piece by piece; `None` when they have been sent and cannot be sent again.
    #[must_use]
    pub fn open(&self) -> Option<ByteStream> {
        match &self.payload {
            Payload::Bytes(bytes) => Some(bytes.clone().into()),
            #[cfg(part = "uploads")]
            Payload::Upload(data) => data.open(),
            #[cfg(part = "multipart")]
            Payload::Parts(parts) => parts.open(),
        }
    }
}

/// Whether a media type is JSON, by itself or by its suffix.
#[cfg(part = "bodies")]
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
#[cfg(part = "bodies")]
#[derive(Debug)]
pub struct BodyError {
    message: String,
}

#[cfg(part = "bodies")]
impl BodyError {
    pub(crate) const fn new(message: String) -> Self {
        Self { message }
    }

    #[cfg(part = "forms")]
    pub(crate) fn not_an_object() -> Self {
        Self::new("only an object can be sent as a form".to_owned())
    }
}

#[cfg(part = "bodies")]
impl fmt::Display for BodyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the body cannot be encoded: {}", self.message)
    }
}

#[cfg(part = "bodies")]
impl std::error::Error for BodyError {}

#[cfg(part = "bodies")]
impl From<serde_json::Error> for BodyError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(error.to_string())
    }
}

#[cfg(part = "forms")]
impl From<ParameterError> for BodyError {
    fn from(error: ParameterError) -> Self {
        Self::new(error.to_string())
    }
}
