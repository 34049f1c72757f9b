// @generated from an OpenAPI description: the runtime, the same for every API.

//! What a client shows to servers that ask who connects: a certificate and its key as PEM in, what TLS takes out.

use std::fmt;

use crate::runtime::shown::secret::Secret;

/// A certificate of the client's, with the key that proves that it is the client's (`mutualTLS`).
///
/// ```ignore
/// let certificate = ClientCertificate::pem(std::fs::read("client.pem")?, std::fs::read_to_string("client.key")?);
/// let client = Client::builder().client_certificate(certificate).build()?;
/// ```
#[derive(Clone)]
#[cfg_attr(not(feature = "rustls"), expect(dead_code, reason = "without TLS, it is refused"))]
pub struct ClientCertificate {
    chain: Vec<u8>,
    key: Secret,
}

impl ClientCertificate {
    /// Certificates as PEM, the client's own first, then those that vouch for it; and its private key as PEM, in the form of
    /// PKCS #8, PKCS #1 or SEC 1, not encrypted. They are read when the client is built.
    pub fn pem(chain: impl Into<Vec<u8>>, key: impl Into<Secret>) -> Self {
        Self {
            chain: chain.into(),
            key: key.into(),
        }
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ClientCertificate").finish_non_exhaustive()
    }
}

#[cfg(feature = "rustls")]
mod tls {
    use rustls::pki_types::pem::{Error, PemObject as _};
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};

    use super::ClientCertificate;
    use crate::runtime::shown::outside::BoxError;

    impl ClientCertificate {
        /// The chain and the key.
        ///
        /// # Errors
        ///
        /// When one of them is not there or is not PEM.
        pub(crate) fn parse(&self) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), BoxError> {
            let chain = CertificateDer::pem_slice_iter(&self.chain).collect::<Result<Vec<_>, Error>>();
            let chain = chain.map_err(|error| format!("the client's certificate cannot be read: {error}"))?;
            if chain.is_empty() {
                return Err("the client's certificate cannot be read: there is none in it".into());
            }
            // The library's error may quote what it does not understand, which here is secret.
            let key = PrivateKeyDer::from_pem_slice(self.key.expose().as_bytes());
            let key = key.map_err(|_| "the key of the client's certificate is no private key in PEM")?;
            Ok((chain, key))
        }
    }
}
