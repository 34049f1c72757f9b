// @generated from an OpenAPI description: the runtime, the same for every API.

//! Answers that are errors: a refusal, or a success whose body cannot be read, in, one line about it out.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::runtime::received::media;
use crate::runtime::shown::excerpt::{HeaderNames, LONGEST_EXCERPT, Shown, Summary};
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::Secrets;

/// An answer that is no success.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError<E = Value> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came, as far as it was read.
    pub raw: Bytes,
    /// The body as the description has it; `None` when it is something else.
    pub body: Option<E>,
    /// What the answer may repeat and nobody may see.
    pub(crate) secrets: Secrets,
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the server answered {}", self.status)?;
        if let Some(coding) = media::coding(&self.headers) {
            let coding = Shown::new(&coding, &self.secrets);
            return write!(formatter, ", in the coding `{coding}`, which was not asked for");
        }
        match Summary::of(&self.raw) {
            Some(summary) => write!(formatter, ": {}", summary.shown(&self.secrets)),
            None => Ok(()),
        }
    }
}

impl<E> fmt::Debug for ApiError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(
            formatter,
            "ApiError",
            self.status,
            &self.headers,
            &self.raw,
            &self.secrets,
        )
    }
}

/// A path and a message, each cut before.
const LONGEST_SOURCE: usize = 700;

/// A success whose body cannot be read: it broke off, is too large, or is not what the description says.
#[non_exhaustive]
pub struct Unreadable {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as far as it was read; empty when it was a stream.
    pub raw: Bytes,
    /// What is wrong with it: a [`DecodeError`](crate::runtime::received::decode::DecodeError) where it came whole.
    pub source: BoxError,
    /// What the answer may repeat and nobody may see.
    pub(crate) secrets: Secrets,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = self.source.to_string();
        let source = Shown::new(&source, &self.secrets).at_most(LONGEST_SOURCE);
        write!(formatter, "the server answered {}, and {source}", self.status)?;
        if self.raw.is_empty() || media::coding(&self.headers).is_some() {
            return Ok(());
        }
        let excerpt = Shown::new(&self.raw, &self.secrets).at_most(LONGEST_EXCERPT);
        write!(formatter, "; it begins with `{excerpt}`")
    }
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(
            formatter,
            "Unreadable",
            self.status,
            &self.headers,
            &self.raw,
            &self.secrets,
        )
    }
}

/// Shows an answer without the values of its headers, which may hold a session.
fn debug(
    formatter: &mut fmt::Formatter<'_>,
    name: &str,
    status: StatusCode,
    headers: &HeaderMap,
    raw: &Bytes,
    secrets: &Secrets,
) -> fmt::Result {
    formatter
        .debug_struct(name)
        .field("status", &status)
        .field("headers", &HeaderNames(headers, secrets))
        .field("raw", &Shown::new(raw, secrets).to_string())
        .finish_non_exhaustive()
}
