//! A success with what came around it.

use http::{HeaderMap, StatusCode};

/// A success with its status and headers.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The decoded body.
    pub body: T,
}
