// @generated from an OpenAPI description: the runtime, the same for every API.

//! A request while it is being put together: what a call is told goes in, what every attempt of it sends comes out.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use crate::runtime::calls::extras;
use crate::runtime::calls::extras::Extras;
use crate::runtime::calls::operation::Operation;
use crate::runtime::calls::operation::SecurityKind;
use crate::runtime::calls::outcome::IsOwn;
use crate::runtime::client::core::Settings;
use crate::runtime::received::reading::{Reading, Streaming};
use crate::runtime::sent::arguments::Arguments;
use crate::runtime::sent::body::Body;
use crate::runtime::sent::parameter::Parameter;
use crate::runtime::shown::outside::BoxError;
use serde::Serialize;

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
pub struct Request {
    pub(crate) operation: &'static Operation,
    pub(crate) arguments: Arguments,
    /// Headers of the caller's.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Body>,
    /// Whether a repetition does no harm, where the caller knows.
    pub(crate) idempotent: Option<bool>,
    pub(crate) extras: Extras,
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
            idempotent: None,
            extras: Extras::default(),
            reading: operation.reading(),
            raw: false,
            is_own: None,
            problem: None,
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

    /// Sets a parameter, or keeps the reason why it cannot be sent.
    pub(crate) fn set<V: Serialize + ?Sized>(&mut self, parameter: &Parameter, value: &V) {
        let set = self.arguments.set(parameter, value);
        self.note(set);
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

    /// Whether the call itself has a header, as one of the caller's or as a parameter.
    pub(crate) fn has_header(&self, name: &HeaderName) -> bool {
        self.headers.contains_key(name) || self.arguments.headers().any(|(other, _)| other == *name)
    }

    /// The headers of this name that the call itself has.
    pub(crate) fn in_header(&self, name: &str) -> Vec<(HeaderName, HeaderValue)> {
        let all = self.own_headers();
        all.filter(|(other, _)| other.as_str().eq_ignore_ascii_case(name))
            .collect()
    }

    /// The headers that the call itself has, those of the caller and those that are parameters.
    pub(crate) fn own_headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        let own = self.headers.iter().map(|(name, value)| (name.clone(), value.clone()));
        own.chain(self.arguments.headers())
    }

    /// The values that the call itself has in the query under `name`.
    pub(crate) fn in_query(&self, name: &str) -> Vec<String> {
        let query = self.arguments.query().unwrap_or_default();
        let extras = self
            .extras
            .pairs()
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let values = extras::pairs(&query).chain(extras).filter(|(other, _)| other == name);
        values.map(|(_, value)| value).collect()
    }

    /// Whether the call itself has something in the place of a credential.
    pub(crate) fn has_credential(&self, kind: SecurityKind) -> bool {
        match kind {
            SecurityKind::Bearer | SecurityKind::Basic | SecurityKind::Http(_) => {
                self.has_header(&header::AUTHORIZATION)
            }
            SecurityKind::Header(name) => {
                HeaderName::from_bytes(name.as_bytes()).is_ok_and(|name| self.has_header(&name))
            }
            SecurityKind::Query(name) => !self.in_query(name).is_empty(),
            SecurityKind::Cookie(name) => {
                let own = self.headers.get_all(header::COOKIE).into_iter();
                let own = own.filter_map(|value| value.to_str().ok().map(str::to_owned));
                let cookies: Vec<String> = self.arguments.cookies().into_iter().chain(own).collect();
                let mut names = cookies
                    .iter()
                    .flat_map(|cookies| cookies.split(';'))
                    .map(|cookie| cookie.split('=').next().unwrap_or_default().trim());
                names.any(|other| other == name)
            }
            SecurityKind::MutualTls => false,
        }
    }

    /// Adds what every attempt sends beside what the call was told: headers of all calls, and extras. What went wrong so far
    /// goes first.
    pub(crate) fn finish(&mut self, headers: &HeaderMap) -> Result<(), BoxError> {
        self.problem.take().map_or(Ok(()), Err)?;
        self.extras.check(&self.arguments.query().unwrap_or_default())?;
        for (name, value) in headers {
            // What operation and body say of themselves is not a matter of all calls.
            let is_said = (*name == header::ACCEPT && !self.reading.accept.is_empty()) || *name == header::CONTENT_TYPE;
            if !is_said && !self.has_header(name) {
                self.headers.insert(name, value.clone());
            }
        }
        Ok(())
    }

    /// Adds extras to the body, and compresses it.
    pub(crate) fn finish_body(&mut self, settings: Settings) -> Result<(), BoxError> {
        self.body = self.extras.members.add_to(self.body.take())?;
        if let Some(above) = settings.gzip_above {
            self.compress(above);
        }
        Ok(())
    }

    #[cfg(feature = "gzip")]
    fn compress(&mut self, above: usize) {
        use crate::runtime::network::gzip;

        if self.has_header(&header::CONTENT_ENCODING) {
            return;
        }
        let compressed = self.body.as_ref().and_then(|body| {
            let bytes = body.bytes().filter(|bytes| bytes.len() > above)?;
            let compressed = gzip::compress(bytes)
                .ok()
                .filter(|compressed| compressed.len() < bytes.len())?;
            Body::written(body.content_type().to_str().ok()?, compressed).ok()
        });
        if let Some(compressed) = compressed {
            self.body = Some(compressed);
            self.headers
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
    }

    #[cfg(not(feature = "gzip"))]
    #[expect(clippy::unused_self, reason = "there is nothing to compress with")]
    const fn compress(&mut self, _: usize) {}

    /// Whether a repetition does no harm: by its own definition, or because the server knows it by its key.
    pub(crate) fn is_idempotent(&self) -> bool {
        let has_key = !self.operation.idempotency_key.is_empty();
        self.idempotent.unwrap_or(self.operation.idempotent || has_key)
    }

    /// Whether an answer with this status is a success, and then how its body is handed over.
    pub(crate) fn arrival(&self, status: StatusCode) -> Option<Streaming> {
        let streaming = self.reading.of(status)?;
        Some(if self.raw { Streaming::Bytes } else { streaming })
    }

    /// Whether the request can be sent more than once.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_repeatable)
    }
}

pub(crate) fn header_name(name: &str) -> Result<HeaderName, BoxError> {
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
            .field("idempotent", &self.is_idempotent())
            .finish_non_exhaustive()
    }
}
