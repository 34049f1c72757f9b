// @generated from an OpenAPI description: the runtime, the same for every API.

//! The seam to the network: one request in, the head of an answer and its arriving body out.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::runtime::calls::outcome::Outcome;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::body::Body;
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::outside::Outside;
use crate::runtime::shown::secret::Secrets;

/// What a [`Transport`] gives: sooner or later, an answer.
pub type Answer<'t> = Pin<Box<dyn Future<Output = Result<http::Response<ByteStream>, TransportError>> + Send + 't>>;

/// Sends requests. It neither repeats them nor follows redirects: both are decided above it.
///
/// ```ignore
/// struct Fake;
///
/// impl Transport for Fake {
///     fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_> {
///         Box::pin(async move { Ok(http::Response::new(Bytes::from("{}").into())) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`, whose URI is absolute and whose headers are complete but for those that frame it.
    fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_>;
}

/// A connection that failed.
#[derive(Debug)]
pub struct TransportError {
    sent: bool,
    /// Whether nobody can mend it by waiting.
    #[cfg(feature = "mock")]
    is_lasting: bool,
    source: BoxError,
}

impl TransportError {
    /// It failed before the server can have seen the request.
    pub fn before_sending(source: impl Into<BoxError>) -> Self {
        Self {
            sent: false,
            #[cfg(feature = "mock")]
            is_lasting: false,
            source: source.into(),
        }
    }

    /// It failed when the server may have seen the request.
    pub fn after_sending(source: impl Into<BoxError>) -> Self {
        Self {
            sent: true,
            #[cfg(feature = "mock")]
            is_lasting: false,
            source: source.into(),
        }
    }

    /// Nothing was sent, and nothing would be another time.
    #[cfg(feature = "mock")]
    pub(crate) fn lasting(source: impl Into<BoxError>) -> Self {
        Self {
            is_lasting: true,
            ..Self::before_sending(source)
        }
    }

    /// Whether the same request fares no better later.
    #[cfg(feature = "mock")]
    pub(crate) const fn is_lasting(&self) -> bool {
        self.is_lasting
    }

    /// The same, without these secrets in what is behind it.
    pub(crate) fn guarded(mut self, secrets: &Secrets) -> Self {
        self.source = Outside::new(self.source, secrets).into();
        self
    }

    /// Whether the server can have acted.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        if self.sent { Outcome::Unknown } else { Outcome::Rejected }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(feature = "mock")]
        if self.is_lasting {
            return fmt::Display::fmt(&self.source, formatter);
        }
        formatter.write_str(if self.sent {
            "the connection to the server broke"
        } else {
            "no connection to the server"
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        #[cfg(feature = "mock")]
        if self.is_lasting {
            return self.source.source();
        }
        Some(&*self.source)
    }
}
