// @generated from an OpenAPI description: the runtime, the same for every API.

//! A success with what came around it.

use std::fmt;

use http::{HeaderMap, StatusCode};

use crate::runtime::shown::excerpt::{Guarded, HeaderNames};
use crate::runtime::shown::secret::Secrets;

/// A success with its status and headers.
#[derive(Clone)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The decoded body.
    pub body: T,
    pub(crate) secrets: Secrets,
}

impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    /// Shows the names of the headers only, since their values may hold a session, and the body without the secrets of the
    /// call that it repeats.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Reply")
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers, &self.secrets))
            .field("body", &Guarded(&self.body, &self.secrets))
            .finish()
    }
}
