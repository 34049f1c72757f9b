//! Tokens while they are being set up: choices in, [`OAuth`] out.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Uri;
use url::Url;

use super::exchange::Party;
use super::{Grant, Kept, OAuth, OnRefreshToken};
use crate::runtime::auth::certificate::ClientCertificate;
use crate::runtime::auth::credentials::Credential;
use crate::runtime::client::host::Trusted;
use crate::runtime::client::server;
use crate::runtime::client::setup::BuildError;
use crate::runtime::network;
use crate::runtime::network::transport::Transport;
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::Secret;

/// Access tokens while they are being set up. One that needs no user is a [`Credential`] as it is: a client's builder then
/// sets up the rest, with its own proxy, certificate, transport and hosts of plain `http` where this one is told nothing
/// else, and relative to its own base URL.
#[derive(Clone)]
#[must_use = "a builder does nothing until it builds"]
pub struct OAuthBuilder<F = Alone> {
    pub(super) flow: F,
    endpoint: String,
    refresh_endpoint: Option<String>,
    /// Where the description serves the API.
    described: String,
    client_id: String,
    client_secret: Option<Secret>,
    pub(super) scope: Option<String>,
    pub(super) parameters: Vec<(String, String)>,
    is_in_header: bool,
    on_refresh_token: Option<OnRefreshToken>,
    allow_http: Vec<String>,
    proxy: network::Choice,
    certificate: Option<ClientCertificate>,
    transport: Option<Arc<dyn Transport>>,
}

/// Tokens that need no user now.
#[derive(Clone)]
pub struct Alone {
    grant: Grant,
    refresh_token: Option<Secret>,
}

impl Alone {
    pub(super) const fn client_credentials() -> Self {
        Self {
            grant: Grant::ClientCredentials,
            refresh_token: None,
        }
    }

    pub(super) const fn refresh_token(token: Secret) -> Self {
        Self {
            grant: Grant::User,
            refresh_token: Some(token),
        }
    }

    pub(super) const fn password(user: String, password: Secret) -> Self {
        Self {
            grant: Grant::Password { user, password },
            refresh_token: None,
        }
    }
}

/// What a client's builder was told, for tokens that are told nothing else.
pub(crate) struct Surroundings<'b> {
    pub(crate) base_url: &'b str,
    pub(crate) allow_http: &'b [String],
    pub(crate) proxy: &'b network::Choice,
    pub(crate) certificate: Option<&'b ClientCertificate>,
    pub(crate) transport: Option<&'b Arc<dyn Transport>>,
    pub(crate) connect_timeout: Duration,
}

impl<F> OAuthBuilder<F> {
    pub(super) const fn new(flow: F, endpoint: String, client_id: String) -> Self {
        Self {
            flow,
            endpoint,
            refresh_endpoint: None,
            described: String::new(),
            client_id,
            client_secret: None,
            scope: None,
            parameters: Vec::new(),
            is_in_header: false,
            on_refresh_token: None,
            allow_http: Vec::new(),
            proxy: network::Choice::Environment,
            certificate: None,
            transport: None,
        }
    }

    /// The program's secret. An empty one is none.
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        let secret = secret.into();
        self.client_secret = (!secret.expose().is_empty()).then_some(secret);
        self
    }

    /// Another token endpoint than that of the description.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint = url.into();
        self
    }

    /// Where refresh tokens are sent. Default: the token endpoint.
    pub fn refresh_url(mut self, url: impl Into<String>) -> Self {
        self.refresh_endpoint = Some(url.into());
        self
    }

    /// Where the API is served: URLs without a host are below this one. A client's builder that takes these tokens has a base
    /// URL of its own for that; what is at the place of `url` moves to that place then.
    pub fn relative_to(mut self, url: impl Into<String>) -> Self {
        self.described = url.into();
        self
    }

    /// What the tokens must permit, separated by spaces, in place of what was asked for before. Nothing is asked for where it
    /// is empty.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into()).filter(|scope| !scope.is_empty());
        self
    }

    /// Another parameter of the request, such as an `audience`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends id and secret in the header `Authorization`, where the server does not take them in the form.
    pub fn in_header(mut self) -> Self {
        self.is_in_header = true;
        self
    }

    /// Calls `hook` with each new refresh token, which must be kept for the next start: the former one may be void.
    pub fn on_refresh_token(mut self, hook: impl Fn(&Secret) + Send + Sync + 'static) -> Self {
        self.on_refresh_token = Some(Arc::new(hook));
        self
    }

    /// Trusts the hosts of a pattern with secrets in the clear, as
    /// `ClientBuilder::allow_http` does.
    pub fn allow_http(mut self, pattern: impl Into<String>) -> Self {
        self.allow_http.push(pattern.into());
        self
    }

    /// Asks for tokens through this proxy, as `ClientBuilder::proxy` does.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = network::Choice::Url(url.into());
        self
    }

    /// Asks for tokens directly, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = network::Choice::Nothing;
        self
    }

    /// Shows this certificate to a token endpoint that asks for one (RFC 8705), as
    /// `ClientBuilder::client_certificate` does.
    pub fn client_certificate(mut self, certificate: ClientCertificate) -> Self {
        self.certificate = Some(certificate);
        self
    }

    /// Sends requests in another way than through a [`Network`](crate::runtime::network::Network) with the settings of this
    /// builder. Which proxies it uses is then its matter.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// A URL of the server of tokens, which credentials may be sent to: where it is relative, below `base`.
    pub(super) fn resolve(&self, url: &str, base: Option<&str>) -> Result<Url, BoxError> {
        let base = base.unwrap_or(&self.described);
        match Url::parse(url) {
            Ok(url) => {
                let (described, base) = (Url::parse(&self.described), Url::parse(base));
                match (described, base) {
                    (Ok(described), Ok(mut base)) if described.origin() == url.origin() => {
                        base.set_path(url.path());
                        base.set_query(url.query());
                        Ok(base)
                    }
                    _ => Ok(url),
                }
            }
            Err(url::ParseError::RelativeUrlWithoutBase) if !base.is_empty() => {
                let base = Url::parse(&format!("{}/", base.trim_end_matches('/')))?;
                Ok(base.join(url)?)
            }
            Err(error) => Err(format!("`{url}` is not a URL: {error}").into()),
        }
    }

    /// The hosts that may be reached by `http`.
    pub(super) fn trusted(&self) -> Result<Trusted, BoxError> {
        Ok(Trusted::parse(&self.allow_http)?)
    }

    pub(super) fn finish(
        &self,
        grant: Grant,
        refresh_token: Option<Secret>,
        around: Option<&Surroundings<'_>>,
    ) -> Result<OAuth, BoxError> {
        let base = around.map(|around| around.base_url);
        let patterns = around.map(|around| around.allow_http).unwrap_or_default();
        let trusted = Trusted::parse(&[self.allow_http.as_slice(), patterns].concat())?;
        let endpoint = |url: &str| -> Result<String, BoxError> {
            let url = self.resolve(url, base)?;
            // As it was understood, which is not always how it was written.
            let url = server::parse(url.as_str(), &trusted).map_err(|error| format!("the token endpoint: {error}"))?;
            Ok(String::from(url))
        };
        let refresh_endpoint = endpoint(self.refresh_endpoint.as_ref().unwrap_or(&self.endpoint))?;
        let endpoint = endpoint(&self.endpoint)?;
        let proxy = match (&self.proxy, around) {
            (network::Choice::Environment, Some(around)) => around.proxy,
            (proxy, _) => proxy,
        };
        let is_own = self.certificate.is_some() || !matches!(self.proxy, network::Choice::Environment);
        let transport = self
            .transport
            .as_ref()
            .or(around.and_then(|around| around.transport).filter(|_| !is_own));
        let transport = match transport {
            Some(transport) => Arc::clone(transport),
            None => network::transport(
                None,
                proxy,
                self.certificate
                    .as_ref()
                    .or(around.and_then(|around| around.certificate)),
                around.map_or(network::CONNECT_TIMEOUT, |around| around.connect_timeout),
                [endpoint.clone(), refresh_endpoint.clone()],
            )?,
        };
        Ok(OAuth {
            endpoint: endpoint.parse::<Uri>()?,
            refresh_endpoint: refresh_endpoint.parse::<Uri>()?,
            party: Party {
                client_id: self.client_id.clone(),
                client_secret: self.client_secret.clone(),
                parameters: self.parameters.clone(),
                is_in_header: self.is_in_header,
                transport,
            },
            grant,
            scope: self.scope.clone(),
            kept: Mutex::new(Kept {
                refresh_token,
                first: None,
            }),
            on_refresh_token: self.on_refresh_token.clone(),
        })
    }

    pub(super) fn client_id(&self) -> &str {
        &self.client_id
    }
}

impl OAuthBuilder {
    /// The tokens, of which none is fetched yet.
    ///
    /// # Errors
    ///
    /// When the URL of the token endpoint is none, or neither one of `https` nor to a host that may be reached by `http`; when
    /// a pattern or a proxy is not usable; when TLS cannot be set up; when a transport of one's own stands beside a proxy or a
    /// certificate.
    pub fn build(self) -> Result<OAuth, BuildError> {
        self.build_in(None).map_err(BuildError::new)
    }

    pub(crate) fn build_in(&self, around: Option<&Surroundings<'_>>) -> Result<OAuth, BoxError> {
        let Alone { grant, refresh_token } = self.flow.clone();
        self.finish(grant, refresh_token, around)
    }
}

impl From<OAuthBuilder> for Credential {
    fn from(tokens: OAuthBuilder) -> Self {
        Self::pending(tokens)
    }
}

impl<F> fmt::Debug for OAuthBuilder<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OAuthBuilder")
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}
