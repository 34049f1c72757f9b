//! The network, through `reqwest`: a [`Transport`] for a client that one has or that is made here.

use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use crate::runtime::body::Body;
use crate::runtime::error::BoxError;
use crate::runtime::stream::ByteStream;
use crate::runtime::transport::{Answer, Transport, TransportError};

/// How long a connection may idle before it is no longer used. Servers and balancers commonly drop one after a minute; a
/// request that meets a dropped connection half-way is one of which nobody knows whether it was acted on.
const IDLE: Duration = Duration::from_secs(30);

/// The network, through `reqwest`.
#[derive(Debug, Clone)]
pub struct Network(reqwest::Client);

impl Network {
    /// A client with connections of its own, which follows no redirects and repeats nothing.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn new(connect_timeout: Duration) -> Result<Self, BoxError> {
        let builder = reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false);
        #[cfg(feature = "rustls")]
        let builder = builder.tls_backend_preconfigured(tls()?);
        Ok(Self(builder.build()?))
    }
}

/// The client must be set up to follow no redirects: those of `reqwest` take custom headers along to other origins.
impl From<reqwest::Client> for Network {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

/// TLS with the certificates that the machine trusts.
///
/// The provider is handed over instead of being installed for the whole process, which is the application's to do.
#[cfg(feature = "rustls")]
fn tls() -> Result<rustls::ClientConfig, BoxError> {
    use rustls_platform_verifier::BuilderVerifierExt as _;

    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    Ok(config)
}

impl Transport for Network {
    fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = match &body {
                None => reqwest::Body::default(),
                Some(body) => match body.bytes() {
                    Some(bytes) => bytes.clone().into(),
                    None => reqwest::Body::wrap(Outgoing::new(body).map_err(TransportError::before_sending)?),
                },
            };
            let request = reqwest::Request::try_from(http::Request::from_parts(head, body))
                .map_err(|error| TransportError::before_sending(error.without_url()))?;
            // An error's own text would show the URL, and with it whatever secret a query holds.
            let response = self.0.execute(request).await.map_err(|error| {
                let before = error.is_connect() || error.is_builder();
                let error = error.without_url();
                if before {
                    TransportError::before_sending(error)
                } else {
                    TransportError::after_sending(error)
                }
            })?;
            let response: http::Response<reqwest::Body> = response.into();
            Ok(response.map(|body| ByteStream::new(Incoming(body))))
        })
    }
}

/// A body that is sent piece by piece.
struct Outgoing {
    // The mutex makes it `Sync`, which `reqwest` asks for; it is never locked.
    pieces: Mutex<ByteStream>,
    length: Option<u64>,
}

impl Outgoing {
    fn new(body: &Body) -> Result<Self, &'static str> {
        let pieces = body.open().ok_or("the body was sent before and cannot be sent again")?;
        Ok(Self {
            pieces: Mutex::new(pieces),
            length: body.length(),
        })
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let pieces = self.pieces.get_mut().unwrap_or_else(PoisonError::into_inner);
        let piece = ready!(Pin::new(pieces).poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The data of a body that arrives, without its trailers.
struct Incoming(reqwest::Body);

impl Stream for Incoming {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        use http_body::Body as _;
        loop {
            let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
            return Poll::Ready(match frame {
                None => None,
                Some(Err(error)) => Some(Err(io::Error::other(error.without_url()))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => Some(Ok(data)),
                    Err(_) => continue,
                },
            });
        }
    }
}
