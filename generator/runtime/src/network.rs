//! The network, through `reqwest`: a [`Transport`] for a client that one has or that is made here.

use std::io;
use std::time::Duration;

use crate::runtime::body::Body;
use crate::runtime::error::BoxError;
use crate::runtime::frames::{Outgoing, incoming};
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
        Ok(Self(Self::builder(connect_timeout)?.build()?))
    }

    /// What [`Self::new`] builds, to be changed before: proxies, certificates, pools.
    ///
    /// It comes with TLS. A plain `reqwest::Client::new()` needs one of reqwest's own TLS features, or a provider that is
    /// installed for the whole process.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn builder(connect_timeout: Duration) -> Result<reqwest::ClientBuilder, BoxError> {
        let builder = reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false);
        #[cfg(feature = "rustls")]
        let builder = builder.tls_backend_preconfigured(tls()?);
        Ok(builder)
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
            let body = match body.as_ref().and_then(Body::bytes) {
                Some(bytes) => bytes.clone().into(),
                None if body.is_none() => reqwest::Body::default(),
                None => reqwest::Body::wrap(Outgoing::new(body.as_ref()).map_err(TransportError::before_sending)?),
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
            Ok(response.map(|body| incoming(body, |error| io::Error::other(error.without_url()))))
        })
    }
}
