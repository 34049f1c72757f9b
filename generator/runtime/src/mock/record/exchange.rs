//! A request and its answer in, how a file has them out, and back.

use std::io;

use crate::runtime::calls::operation::Operation;
use crate::runtime::mock::record::content::{self, Content};
use crate::runtime::mock::record::hiding::Hiding;
use crate::runtime::mock::record::{names, pattern};
use crate::runtime::network::transport::TransportError;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::argument::Argument;
use crate::runtime::sent::body::Body;
use crate::runtime::shown::secret;
use bytes::{Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, request, response};

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
        let (media_type, bytes) = match content::boundary(&media_type) {
            // It is another each time.
            Some(boundary) => (
                media_type.replace(boundary, "boundary"),
                replaced(bytes, boundary.as_bytes(), b"boundary"),
            ),
            None => (media_type, bytes.clone()),
        };
        let mut headers = hiding.headers(&head.headers, secret::is_named_by);
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

    fn read(value: &Argument) -> Option<Self> {
        let text = |name: &str| Some(content::text(value, name)?.to_owned());
        let query = match content::member(value, "query") {
            Some(Argument::List(pairs)) => pairs.as_slice(),
            _ => &[],
        };
        Some(Self {
            operation: text("operation")?,
            method: text("method")?,
            path: text("path")?,
            query: query.iter().map(Argument::text).collect(),
            headers: headers(value)?,
            content: Content::read(value)?,
        })
    }

    fn written(&self) -> Argument {
        let text = |name: &str, text: &String| (name.to_owned(), Argument::Text(text.clone()));
        let mut members = vec![
            text("operation", &self.operation),
            text("method", &self.method),
            text("path", &self.path),
        ];
        if !self.query.is_empty() {
            let pairs = self.query.iter().cloned().map(Argument::Text);
            members.push(("query".to_owned(), Argument::List(pairs.collect())));
        }
        members.push(written(&self.headers));
        members.extend(self.content.member());
        Argument::Object(members)
    }
}

impl Answered {
    pub(super) fn of(head: &response::Parts, bytes: Option<&Bytes>, hiding: &Hiding) -> Self {
        Self {
            status: head.status.as_u16(),
            headers: hiding.headers(&head.headers, names::is_secret),
            content: bytes.map_or(Content::TooLong, |bytes| {
                hiding.content(&text(&head.headers, CONTENT_TYPE), bytes)
            }),
        }
    }

    fn read(value: &Argument) -> Option<Self> {
        let status = content::member(value, "status")?.json().parse().ok();
        Some(Self {
            status: status.filter(|status| StatusCode::from_u16(*status).is_ok())?,
            headers: headers(value)?,
            content: Content::read(value)?,
        })
    }

    fn written(&self) -> Argument {
        let status = Argument::Number(self.status.to_string());
        let mut members = vec![("status".to_owned(), status), written(&self.headers)];
        members.extend(self.content.member());
        Argument::Object(members)
    }

    /// The same as it is sent; nothing where its body was not kept.
    pub(super) fn response(&self) -> Option<http::Response<ByteStream>> {
        let mut response = http::Response::new(self.content.bytes()?.into());
        *response.status_mut() = StatusCode::from_u16(self.status).ok()?;
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            let value = pattern::said(value.as_bytes());
            response
                .headers_mut()
                .insert(name, HeaderValue::from_bytes(&value).ok()?);
        }
        Some(response)
    }
}

impl Exchange {
    pub(super) fn read(value: &Argument) -> Option<Self> {
        Some(Self {
            asked: Asked::read(content::member(value, "request")?)?,
            answered: Answered::read(content::member(value, "answer")?)?,
        })
    }

    pub(super) fn written(&self) -> Argument {
        Argument::Object(vec![
            ("request".to_owned(), self.asked.written()),
            ("answer".to_owned(), self.answered.written()),
        ])
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> String {
    let value = headers.get(name).map(HeaderValue::as_bytes);
    String::from_utf8_lossy(value.unwrap_or_default()).into_owned()
}

fn headers(message: &Argument) -> Option<Vec<(String, String)>> {
    let headers = match content::member(message, "headers") {
        None => return Some(Vec::new()),
        Some(Argument::Object(headers)) => headers.iter(),
        Some(_) => return None,
    };
    headers
        .map(|(name, value)| match value {
            Argument::Text(value) => Some((name.clone(), value.clone())),
            _ => None,
        })
        .collect()
}

fn written(headers: &[(String, String)]) -> (String, Argument) {
    let headers = headers.iter().cloned();
    let headers = headers.map(|(name, value)| (name, Argument::Text(value)));
    ("headers".to_owned(), Argument::Object(headers.collect()))
}

fn replaced(bytes: &Bytes, from: &[u8], to: &[u8]) -> Bytes {
    let mut all = BytesMut::with_capacity(bytes.len());
    let mut rest = &bytes[..];
    while let Some(at) = pattern::find(rest, from) {
        let (before, behind) = rest.split_at(at);
        all.extend_from_slice(before);
        all.extend_from_slice(to);
        rest = behind.get(from.len()..).unwrap_or_default();
    }
    all.extend_from_slice(rest);
    all.freeze()
}
