//! Tokens by OAuth 2 (RFC 6749): a client's id and secret in, access tokens out.
//!
//! Written here because the two grants that need no browser are one form each, and the well-known library for all of them
//! brings some twenty crates along.

#![cfg(feature = "oauth")]

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Uri};
use percent_encoding::utf8_percent_encode;
use serde_json::Value;

use crate::runtime::body::Body;
use crate::runtime::builder::BuildError;
use crate::runtime::credentials::{Token, TokenProvider, Tokens};
use crate::runtime::error::BoxError;
use crate::runtime::excerpt::Summary;
use crate::runtime::host::Trusted;
use crate::runtime::network;
use crate::runtime::secret::{self, Secret, Secrets};
use crate::runtime::server;
use crate::runtime::style::RESERVED;
use crate::runtime::task;
use crate::runtime::transport::Transport;

const TIMEOUT: Duration = Duration::from_secs(30);
/// More than any token and what comes with it.
const LARGEST: usize = 64 << 10;

/// Access tokens for a program that acts for itself (client credentials) or for a user who has agreed to it before (a
/// refresh token).
///
/// ```ignore
/// let tokens = OAuth::refresh_token("https://api.hubapi.com/oauth/v1/token", id, secret, refresh_token).build()?;
/// let client = Client::builder().access_token(Credential::provider(tokens)).build()?;
/// ```
pub struct OAuth {
    endpoint: Uri,
    transport: Arc<dyn Transport>,
    grant: Grant,
}

/// What is asked for, and as whom.
struct Grant {
    client_id: String,
    client_secret: Secret,
    /// Absent for client credentials. Servers may replace it whenever it is used.
    refresh_token: Option<Mutex<Secret>>,
    parameters: Vec<(String, String)>,
    is_in_header: bool,
    on_refresh_token: Option<OnRefreshToken>,
}

type OnRefreshToken = Box<dyn Fn(&Secret) + Send + Sync>;

impl OAuth {
    /// Tokens for a program that acts for itself, from the token endpoint at the URL `endpoint`.
    pub fn client_credentials(
        endpoint: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
    ) -> OAuthBuilder {
        OAuthBuilder {
            endpoint: endpoint.into(),
            allow_http: Vec::new(),
            proxy: network::Choice::default(),
            transport: None,
            grant: Grant {
                client_id: client_id.into(),
                client_secret: client_secret.into(),
                refresh_token: None,
                parameters: Vec::new(),
                is_in_header: false,
                on_refresh_token: None,
            },
        }
    }

    /// Tokens for a user who has agreed before, which is what the refresh token stands for.
    pub fn refresh_token(
        endpoint: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
        refresh_token: impl Into<Secret>,
    ) -> OAuthBuilder {
        let mut tokens = Self::client_credentials(endpoint, client_id, client_secret);
        tokens.grant.refresh_token = Some(Mutex::new(refresh_token.into()));
        tokens
    }
}

/// Access tokens while they are being set up.
#[must_use = "a builder does nothing until it builds"]
pub struct OAuthBuilder {
    endpoint: String,
    allow_http: Vec<String>,
    proxy: network::Choice,
    transport: Option<Arc<dyn Transport>>,
    grant: Grant,
}

impl OAuthBuilder {
    /// What the tokens must permit, separated by spaces.
    pub fn scope(self, scope: impl Into<String>) -> Self {
        self.parameter("scope", scope)
    }

    /// Another parameter of the request, such as an `audience`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.grant.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends id and secret in the header `Authorization`, where the server does not take them in the form.
    pub fn in_header(mut self) -> Self {
        self.grant.is_in_header = true;
        self
    }

    /// Calls `hook` with each new refresh token, which must be kept for the next start: the former one may be void.
    pub fn on_refresh_token(mut self, hook: impl Fn(&Secret) + Send + Sync + 'static) -> Self {
        self.grant.on_refresh_token = Some(Box::new(hook));
        self
    }

    /// Trusts the hosts of a pattern with secrets in the clear, as
    /// [`ClientBuilder::allow_http`](crate::runtime::builder::ClientBuilder::allow_http) does.
    pub fn allow_http(mut self, pattern: impl Into<String>) -> Self {
        self.allow_http.push(pattern.into());
        self
    }

    /// Asks for tokens through this proxy, as [`ClientBuilder::proxy`](crate::runtime::builder::ClientBuilder::proxy) does.
    /// That of the client is another setting.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = network::Choice::Url(url.into());
        self
    }

    /// Asks for tokens directly, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = network::Choice::Nothing;
        self
    }

    /// Sends requests in another way than through a [`Network`](crate::runtime::network::Network) with the settings of this
    /// builder. Which proxies it uses is then its matter.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The tokens, of which none is fetched yet.
    ///
    /// # Errors
    ///
    /// When the URL of the token endpoint is none, or neither one of `https` nor to a host that may be reached by `http`; when
    /// a pattern or a proxy is not usable; when TLS cannot be set up.
    pub fn build(self) -> Result<OAuth, BuildError> {
        self.try_build().map_err(BuildError::new)
    }

    fn try_build(self) -> Result<OAuth, BoxError> {
        let trusted = Trusted::parse(&self.allow_http)?;
        // As it was understood, which is not always how it was written.
        let endpoint = String::from(server::parse(&self.endpoint, &trusted)?);
        Ok(OAuth {
            endpoint: endpoint.parse()?,
            transport: network::transport(self.transport, &self.proxy, network::CONNECT_TIMEOUT, [endpoint])?,
            grant: self.grant,
        })
    }
}

impl fmt::Debug for OAuthBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OAuthBuilder")
            .field("grant", &self.grant)
            .finish_non_exhaustive()
    }
}

impl OAuth {
    async fn fetch(&self) -> Result<Token, BoxError> {
        // Before it is sent: the answer may replace the refresh token.
        let secrets = self.secrets();
        let answer = self.transport.send(self.request()?).await;
        let answer = answer.map_err(|error| error.guarded(&secrets))?;
        let status = answer.status();
        let body = answer.into_body().collect(LARGEST).await?;
        if !status.is_success() {
            let shown = Summary::of(&body).map(|summary| format!(": {}", summary.shown(&secrets)));
            let shown = shown.unwrap_or_default();
            return Err(format!("the token endpoint answered {status}{shown}").into());
        }
        // The library's error would quote what it does not understand.
        let answer: Value = serde_json::from_slice(&body).map_err(|_| "the token endpoint's answer is not JSON")?;
        let text = |member: &str| answer.get(member).and_then(Value::as_str);
        if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err("the token endpoint gave another token than a bearer's".into());
        }
        let token = Token::new(text("access_token").ok_or("the token endpoint's answer has no access token")?);
        if let (Some(kept), Some(new)) = (&self.grant.refresh_token, text("refresh_token")) {
            let new = Secret::new(new);
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            if *kept != new {
                *kept = new.clone();
                drop(kept);
                self.grant.on_refresh_token.iter().for_each(|hook| hook(&new));
            }
        }
        let seconds = answer.get("expires_in").and_then(|time| match time {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        });
        Ok(match seconds {
            Some(seconds) => token.expires_in(Duration::from_secs(seconds)),
            None => token,
        })
    }

    fn request(&self) -> Result<http::Request<Option<Body>>, BoxError> {
        let escape = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
        let refresh_token = self.current_refresh_token();
        let mut form = match &refresh_token {
            None => vec![("grant_type", "client_credentials")],
            Some(token) => vec![("grant_type", "refresh_token"), ("refresh_token", token.expose())],
        };
        let mut request = http::Request::builder().method(Method::POST).uri(self.endpoint.clone());
        if self.grant.is_in_header {
            let mut value = HeaderValue::try_from(format!("Basic {}", self.pair().expose()))?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        } else {
            form.push(("client_id", &self.grant.client_id));
            form.push(("client_secret", self.grant.client_secret.expose()));
        }
        form.extend(
            self.grant
                .parameters
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        let pairs: Vec<_> = form
            .iter()
            .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
            .collect();
        let body = Body::raw("application/x-www-form-urlencoded", Bytes::from(pairs.join("&")))?;
        let request = request
            .header(CONTENT_TYPE, body.content_type().clone())
            .header(ACCEPT, "application/json");
        Ok(request.body(Some(body))?)
    }

    /// Id and secret, as the header `Authorization` has them.
    fn pair(&self) -> Secret {
        let escape = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
        let pair = format!(
            "{}:{}",
            escape(&self.grant.client_id),
            escape(self.grant.client_secret.expose())
        );
        STANDARD.encode(pair).into()
    }

    fn current_refresh_token(&self) -> Option<Secret> {
        let kept = self.grant.refresh_token.as_ref()?;
        Some(kept.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// What is sent that nobody may see.
    fn secrets(&self) -> Secrets {
        let parameters = self
            .grant
            .parameters
            .iter()
            .filter(|(name, _)| secret::is_named_by(name));
        let mut secrets = vec![self.grant.client_secret.clone(), self.pair()];
        secrets.extend(self.current_refresh_token());
        secrets.extend(parameters.map(|(_, value)| Secret::from(value.as_str())));
        secrets.into_iter().collect()
    }
}

impl TokenProvider for OAuth {
    fn token(&self) -> Tokens<'_> {
        Box::pin(async {
            task::runtime()?;
            tokio::time::timeout(TIMEOUT, self.fetch())
                .await
                .map_err(|_| format!("no answer of the token endpoint within {TIMEOUT:?}"))?
        })
    }
}

impl fmt::Debug for OAuth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OAuth")
            .field("grant", &self.grant)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Grant")
            .field("client_id", &self.client_id)
            .field("has_refresh_token", &self.refresh_token.is_some())
            .finish_non_exhaustive()
    }
}
