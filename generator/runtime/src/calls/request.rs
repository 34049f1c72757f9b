//! A request while it is being put together: what a call is told goes in, what every attempt of it sends comes out.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

#[cfg(part = "credentials")]
use crate::runtime::calls::extras;
use crate::runtime::calls::extras::Extras;
use crate::runtime::calls::operation::Operation;
#[cfg(part = "credentials")]
use crate::runtime::calls::operation::SecurityKind;
#[cfg(part = "bulk")]
use crate::runtime::calls::outcome::IsOwn;
#[cfg(part = "bodies")]
use crate::runtime::client::core::Settings;
#[cfg(part = "idempotency")]
use crate::runtime::pace::clock::Clock;
#[cfg(part = "idempotency")]
use crate::runtime::pace::idempotency;
use crate::runtime::received::reading::{Reading, Streaming};
use crate::runtime::sent::arguments::Arguments;
use crate::runtime::sent::body::Body;
use crate::runtime::sent::parameter::Parameter;
use crate::runtime::shown::outside::BoxError;
use serde::Serialize;
#[cfg(part = "pages")]
use url::Url;

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
    #[cfg(part = "bulk")]
    pub(crate) is_own: Option<IsOwn>,
    /// What is asked in place of what the operation and its parameters say.
    #[cfg(part = "pages")]
    pub(crate) link: Option<Url>,
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
            #[cfg(part = "bulk")]
            is_own: None,
            #[cfg(part = "pages")]
            link: None,
            problem: None,
        }
    }

    /// The same once more, with what went wrong, which is then no longer here.
    #[cfg(any(part = "events", part = "pages"))]
    pub(crate) fn again(&mut self) -> Self {
        Self {
            operation: self.operation,
            arguments: self.arguments.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            idempotent: self.idempotent,
            extras: self.extras.clone(),
            reading: self.reading,
            raw: self.raw,
            #[cfg(part = "bulk")]
            is_own: self.is_own,
            #[cfg(part = "pages")]
            link: self.link.clone(),
            problem: self.problem.take(),
        }
    }

    /// Asks what a link leads to, in place of what the operation and its parameters say.
    #[cfg(part = "pages")]
    pub(crate) fn follow(&mut self, link: Url) {
        self.link = Some(link);
        self.body = None;
        self.extras = Extras::default();
        self.idempotent = Some(true);
    }

    /// The same without a key of the caller's, by which the server would take it for the same request again.
    #[cfg(part = "pages")]
    pub(crate) fn without_key(&mut self) {
        self.headers.remove(self.operation.idempotency_key);
    }

    /// The query as it is sent, but for credentials.
    #[cfg(part = "pages")]
    pub(crate) fn query(&self) -> Option<String> {
        let pieces: Vec<String> = self
            .arguments
            .query()
            .into_iter()
            .chain(self.extras.written())
            .collect();
        (!pieces.is_empty()).then(|| pieces.join("&"))
    }

    /// The query of the link that is followed.
    #[cfg(all(part = "credentials", part = "pages"))]
    fn linked(&self) -> &str {
        self.link.as_ref().and_then(Url::query).unwrap_or_default()
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
    #[cfg(part = "credentials")]
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
    #[cfg(part = "credentials")]
    pub(crate) fn in_query(&self, name: &str) -> Vec<String> {
        let query = self.arguments.query().unwrap_or_default();
        let extras = self
            .extras
            .pairs()
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        #[cfg(part = "pages")]
        let extras = extras.chain(extras::pairs(self.linked()));
        let values = extras::pairs(&query).chain(extras).filter(|(other, _)| other == name);
        values.map(|(_, value)| value).collect()
    }

    /// Whether the call itself has something in the place of a credential.
    #[cfg(part = "credentials")]
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

    /// Adds the key by which the server knows the request when it comes again.
    #[cfg(part = "idempotency")]
    pub(crate) fn give_key(&mut self, clock: &dyn Clock) -> Result<(), BoxError> {
        if !self.operation.idempotency_key.is_empty() {
            let name = header_name(self.operation.idempotency_key)?;
            if !self.has_header(&name) {
                self.headers
                    .insert(name, HeaderValue::try_from(idempotency::key(clock))?);
            }
        }
        Ok(())
    }

    /// Adds extras to the body, and compresses it.
    #[cfg(part = "bodies")]
    pub(crate) fn finish_body(&mut self, settings: Settings) -> Result<(), BoxError> {
        self.body = self.extras.members.add_to(self.body.take())?;
        if let Some(above) = settings.gzip_above {
            self.compress(above);
        }
        Ok(())
    }

    #[cfg(all(part = "bodies", feature = "gzip"))]
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

    #[cfg(all(part = "bodies", not(feature = "gzip")))]
    #[expect(clippy::unused_self, reason = "there is nothing to compress with")]
    const fn compress(&mut self, _: usize) {}

    /// Whether a repetition does no harm: by its own definition, or because the server knows it by its key.
    pub(crate) fn is_idempotent(&self) -> bool {
        let has_key = !self.operation.idempotency_key.is_empty();
        self.idempotent.unwrap_or(self.operation.idempotent || has_key)
    }

    /// Whether nothing went wrong while it was put together.
    #[cfg(part = "events")]
    pub(crate) const fn is_sound(&self) -> bool {
        self.problem.is_none()
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
