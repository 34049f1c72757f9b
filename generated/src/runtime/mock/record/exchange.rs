// @generated from an OpenAPI description: the runtime, the same for every API.

//! A request and its answer in, how a file has them out, and back.

use std::io;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, request, response};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::runtime::calls::operation::Operation;
use crate::runtime::mock::record::content::Content;
use crate::runtime::mock::record::hiding::Hiding;
use crate::runtime::network::transport::TransportError;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::body::Body;

/// How many bytes of a body are kept.
pub(super) const LONGEST: usize = 64 << 20;

/// A request as a file has it.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) operation: String,
    pub(super) method: String,
    pub(super) path: String,
    /// The pairs, each as it reads.
    pub(super) query: Vec<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) content: Content,
}

/// An answer as a file has it.
#[derive(Debug, Clone)]
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) content: Content,
}

/// Both.
#[derive(Debug, Clone)]
pub(super) struct Exchange {
    pub(super) asked: Asked,
    pub(super) answered: Answered,
}

/// The same request, whose body is in memory; and its body.
///
/// # Errors
///
/// When the body cannot be read, or is longer than what is kept.
pub(super) async fn in_memory(
    request: http::Request<Option<Body>>,
) -> Result<(http::Request<Option<Body>>, Bytes), TransportError> {
    let (head, body) = request.into_parts();
    let Some(body) = body else {
        return Ok((http::Request::from_parts(head, None), Bytes::new()));
    };
    let bytes = if let Some(bytes) = body.bytes() {
        bytes.clone()
    } else {
        let gone = || TransportError::before_sending("the body was sent before and cannot be sent again");
        let bytes = body.open().ok_or_else(gone)?.collect(LONGEST).await;
        bytes.map_err(|error| match error.kind() {
            io::ErrorKind::FileTooLarge => {
                TransportError::lasting(format!("bodies of more than {LONGEST} bytes are not recorded"))
            }
            _ => TransportError::before_sending(error),
        })?
    };
    let body = Body::in_memory(body.content_type().clone(), bytes.clone());
    Ok((http::Request::from_parts(head, Some(body)), bytes))
}

impl Asked {
    pub(super) fn of(head: &request::Parts, bytes: &Bytes, operation: &Operation, hiding: &Hiding) -> Self {
        let media_type = text(&head.headers, CONTENT_TYPE);
        let (media_type, bytes) = match boundary(&media_type) {
            // It is another each time.
            Some(boundary) => (
                media_type.replace(boundary, "boundary"),
                replaced(bytes, boundary.as_bytes(), b"boundary"),
            ),
            None => (media_type, bytes.clone()),
        };
        let mut headers = hiding.headers(&head.headers);
        for (name, value) in &mut headers {
            if name == CONTENT_TYPE.as_str() {
                value.clone_from(&media_type);
            }
        }
        Self {
            operation: operation.id.to_owned(),
            method: head.method.as_str().to_owned(),
            path: hiding.text(head.uri.path()),
            query: hiding.pairs(head.uri.query().unwrap_or_default()),
            headers,
            content: hiding.content(&media_type, &bytes),
        }
    }

    /// As a message shows it.
    pub(super) fn line(&self) -> String {
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("{} {}{mark}{}", self.method, self.path, self.query.join("&"))
    }

    fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
        let query = value.get("query").and_then(Value::as_array).into_iter().flatten();
        Some(Self {
            operation: text("operation")?,
            method: text("method")?,
            path: text("path")?,
            query: query
                .map(|pair| Some(pair.as_str()?.to_owned()))
                .collect::<Option<_>>()?,
            headers: headers(value)?,
            content: Content::read(value)?,
        })
    }
}

impl Answered {
    pub(super) fn of(head: &response::Parts, bytes: Option<&Bytes>, hiding: &Hiding) -> Self {
        Self {
            status: head.status.as_u16(),
            headers: hiding.headers(&head.headers),
            content: bytes.map_or(Content::TooLong, |bytes| {
                hiding.content(&text(&head.headers, CONTENT_TYPE), bytes)
            }),
        }
    }

    fn read(value: &Value) -> Option<Self> {
        let status = value.get("status")?.as_u64()?;
        Some(Self {
            status: u16::try_from(status)
                .ok()
                .filter(|status| StatusCode::from_u16(*status).is_ok())?,
            headers: headers(value)?,
            content: Content::read(value)?,
        })
    }

    /// The same as it is sent; nothing where its body was not kept.
    pub(super) fn response(&self) -> Option<http::Response<ByteStream>> {
        let mut response = http::Response::new(self.content.bytes()?.into());
        *response.status_mut() = StatusCode::from_u16(self.status).ok()?;
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            response
                .headers_mut()
                .insert(name, HeaderValue::from_bytes(value.as_bytes()).ok()?);
        }
        Some(response)
    }
}

impl Exchange {
    pub(super) fn read(value: &Value) -> Option<Self> {
        Some(Self {
            asked: Asked::read(value.get("request")?)?,
            answered: Answered::read(value.get("answer")?)?,
        })
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> String {
    let value = headers.get(name).map(HeaderValue::as_bytes);
    String::from_utf8_lossy(value.unwrap_or_default()).into_owned()
}

fn headers(message: &Value) -> Option<Vec<(String, String)>> {
    let Some(headers) = message.get("headers") else {
        return Some(Vec::new());
    };
    let headers = headers.as_object()?.iter();
    headers
        .map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}

/// What is between the parts of a body.
fn boundary(media_type: &str) -> Option<&str> {
    let (_, boundary) = media_type
        .strip_prefix("multipart/")
        .and_then(|rest| rest.split_once("boundary="))?;
    let boundary = boundary.split(';').next()?.trim().trim_matches('"');
    (!boundary.is_empty()).then_some(boundary)
}

fn replaced(bytes: &Bytes, from: &[u8], to: &[u8]) -> Bytes {
    let mut all = BytesMut::with_capacity(bytes.len());
    let mut rest = &bytes[..];
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        let (before, behind) = rest.split_at(at);
        all.extend_from_slice(before);
        all.extend_from_slice(to);
        rest = behind.get(from.len()..).unwrap_or_default();
    }
    all.extend_from_slice(rest);
    all.freeze()
}

/// Members in an order that a person would choose.
pub(super) struct Ordered<'a, V>(pub(super) &'a [(String, V)]);

impl<V: Serialize> Serialize for Ordered<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Serialize for Asked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("operation", &self.operation)?;
        map.serialize_entry("method", &self.method)?;
        map.serialize_entry("path", &self.path)?;
        if !self.query.is_empty() {
            map.serialize_entry("query", &self.query)?;
        }
        map.serialize_entry("headers", &Ordered(&self.headers))?;
        if let Some((name, value)) = self.content.member() {
            map.serialize_entry(name, &value)?;
        }
        map.end()
    }
}

impl Serialize for Answered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("headers", &Ordered(&self.headers))?;
        if let Some((name, value)) = self.content.member() {
            map.serialize_entry(name, &value)?;
        }
        map.end()
    }
}

impl Serialize for Exchange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("request", &self.asked)?;
        map.serialize_entry("answer", &self.answered)?;
        map.end()
    }
}
