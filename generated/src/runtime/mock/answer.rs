// @generated from an OpenAPI description: the runtime, the same for every API.

//! What the stand-in answers: a value and its status in, the head and the body of an answer out.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use crate::runtime::received::stream::ByteStream;
use crate::runtime::values::json;

/// An answer of a [`Mock`](crate::runtime::mock::Mock), as it is sent.
#[derive(Debug, Clone)]
pub struct MockAnswer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl MockAnswer {
    /// An answer without a body.
    ///
    /// # Panics
    ///
    /// When the status is none.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        let Ok(status) = StatusCode::from_u16(status) else {
            panic!("{status} is no status");
        };
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// An answer in JSON.
    ///
    /// # Panics
    ///
    /// When the value cannot be written as JSON.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(status: u16, value: &T) -> Self {
        Self::json_as(status, "application/json", value)
    }

    /// An answer in JSON that is called otherwise.
    ///
    /// # Panics
    ///
    /// When the value cannot be written as JSON, or the media type cannot be sent.
    #[must_use]
    pub fn json_as<T: Serialize + ?Sized>(status: u16, media_type: &str, value: &T) -> Self {
        match json::to_vec(value) {
            Ok(body) => Self::bytes(status, media_type, body),
            Err(error) => panic!("the answer cannot be written: {error}"),
        }
    }

    /// An answer with these bytes.
    ///
    /// # Panics
    ///
    /// When the media type cannot be sent.
    #[must_use]
    pub fn bytes(status: u16, media_type: &str, body: impl Into<Bytes>) -> Self {
        let mut answer = Self::empty(status).header(CONTENT_TYPE.as_str(), media_type);
        answer.body = body.into();
        answer
    }

    /// The same with a header.
    ///
    /// # Panics
    ///
    /// When it cannot be sent.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => self.headers.append(name, value),
            _ => panic!("the header `{name}: {value}` cannot be sent"),
        };
        self
    }

    pub(super) fn into_response(self) -> http::Response<ByteStream> {
        let mut response = http::Response::new(self.body.into());
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
