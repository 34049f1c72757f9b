// @generated from an OpenAPI description: the runtime, the same for every API.

//! TLS: a plain connector in, one that encrypts what goes to `https` URLs out.

#![cfg(feature = "rustls")]

use std::sync::Arc;

use http::Uri;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls_platform_verifier::BuilderVerifierExt as _;
use tower_service::Service as _;

use super::connect::{Plain, Stream};
use super::route::Proxy;
use crate::runtime::auth::certificate::ClientCertificate;
use crate::runtime::shown::outside::BoxError;

/// TLS with the certificates that the machine trusts.
#[derive(Clone)]
pub(super) struct Tls {
    server: Arc<ClientConfig>,
    /// With proxies, only HTTP/1.1 is spoken.
    proxy: Arc<ClientConfig>,
}

impl Tls {
    /// The cryptography is what the application has installed for the whole process, else `ring`, which is not installed:
    /// that is the application's to do.
    ///
    /// # Errors
    ///
    /// When there are no certificates on this machine, or that of the client cannot be read or has another key.
    pub(super) fn new(certificate: Option<&ClientCertificate>) -> Result<Self, BoxError> {
        let provider = CryptoProvider::get_default().cloned();
        let config =
            ClientConfig::builder_with_provider(provider.unwrap_or_else(|| Arc::new(ring::default_provider())))
                .with_safe_default_protocol_versions()?
                .with_platform_verifier()?;
        let proxy = config.clone().with_no_client_auth();
        let server = match certificate {
            Some(certificate) => {
                let (chain, key) = certificate.parse()?;
                config.with_client_auth_cert(chain, key)?
            }
            None => proxy.clone(),
        };
        #[cfg(feature = "http2")]
        let server = {
            let mut server = server;
            server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
            server
        };
        Ok(Self {
            server: Arc::new(server),
            proxy: Arc::new(proxy),
        })
    }

    pub(super) fn to_server(&self, plain: Plain) -> HttpsConnector<Plain> {
        HttpsConnector::from((plain, Arc::clone(&self.server)))
    }

    pub(super) fn to_proxy(&self, plain: Plain) -> HttpsConnector<Plain> {
        HttpsConnector::from((plain, Arc::clone(&self.proxy)))
    }

    /// A connection to `target` which `proxy` makes.
    pub(super) async fn tunnel(&self, plain: Plain, proxy: &Proxy, target: Uri) -> Result<Stream, BoxError> {
        let mut tunnel = Tunnel::new(proxy.uri.clone(), self.to_proxy(plain));
        if let Some(authorization) = &proxy.authorization {
            tunnel = tunnel.with_auth(authorization.clone());
        }
        let mut connector = HttpsConnector::from((tunnel, Arc::clone(&self.server)));
        Ok(Stream::new(connector.call(target).await?))
    }
}
