//! Tokens by OAuth 2 (RFC 6749): who asks and how in, access tokens out.
//!
//! Written here and not on the crate `oauth2` 5.0: that brings 21 crates along, among them a second `base64`, `chrono` and
//! two generations of `rand`, and leaves what is hard to do around it. It takes no token without a `token_type`, no lifetime
//! in quotes and no answer that is not called JSON; it does not know a refusal with the status 200, which makes waiting for
//! a device fail at some servers, and goes on asking after any other failure until the code has expired; its errors hold the
//! answer, secrets and all. What remains of it are five forms and a hash.

#![cfg(feature = "oauth")]

mod builder;
mod code;
mod device;
mod exchange;
mod sign_in_error;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::Uri;
use tokio::time::Instant;

pub(crate) use self::builder::Surroundings;
pub use self::builder::{Alone, OAuthBuilder};
pub use self::code::{Code, SignIn};
pub use self::device::{Device, DeviceSignIn};
use self::exchange::{Failed, Party, tokens};
pub use self::sign_in_error::SignInError;
use crate::runtime::auth::credentials::{Credential, Token, TokenProvider, Tokens};
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::Secret;

/// Access tokens: for a program that acts for itself (client credentials), or for a user, who has agreed to it before (a
/// refresh token), does so now ([`authorization_code`](Self::authorization_code), [`device`](Self::device)), or has given
/// the program a password.
///
/// ```ignore
/// let tokens = OAuth::refresh_token("https://api.hubapi.com/oauth/v1/token", id, secret, refresh_token);
/// let client = Client::builder().access_token(tokens).build()?;
/// ```
///
/// They are fetched when a call needs one, once for all calls that wait, and again shortly before they expire or when the
/// server no longer takes one. An empty client secret is none, as of a program that could not keep it.
pub struct OAuth {
    endpoint: Uri,
    /// Where refresh tokens are sent.
    refresh_endpoint: Uri,
    party: Party,
    grant: Grant,
    /// What is asked for, in the first request of a grant.
    scope: Option<String>,
    kept: Mutex<Kept>,
    on_refresh_token: Option<OnRefreshToken>,
}

/// How a token is had that is not had by a refresh token.
#[derive(Clone)]
enum Grant {
    ClientCredentials,
    Password {
        user: String,
        password: Secret,
    },
    /// Not without the user.
    User,
}

/// What an answer gave for later.
#[derive(Default)]
struct Kept {
    /// Servers may replace it whenever it is used.
    refresh_token: Option<Secret>,
    /// A token that nobody has yet, and since when.
    first: Option<(Token, Instant)>,
}

type OnRefreshToken = Arc<dyn Fn(&Secret) + Send + Sync>;

impl OAuth {
    /// Tokens for a program that acts for itself, from the token endpoint at the URL `endpoint`.
    pub fn client_credentials(
        endpoint: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
    ) -> OAuthBuilder {
        OAuthBuilder::new(Alone::client_credentials(), endpoint.into(), client_id.into()).client_secret(client_secret)
    }

    /// Tokens for a user who has agreed before, which is what the refresh token stands for.
    pub fn refresh_token(
        endpoint: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
        refresh_token: impl Into<Secret>,
    ) -> OAuthBuilder {
        let alone = Alone::refresh_token(refresh_token.into());
        OAuthBuilder::new(alone, endpoint.into(), client_id.into()).client_secret(client_secret)
    }

    /// Tokens for a user whose password the program has.
    pub fn password(
        endpoint: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
        user: impl Into<String>,
        password: impl Into<Secret>,
    ) -> OAuthBuilder {
        let alone = Alone::password(user.into(), password.into());
        OAuthBuilder::new(alone, endpoint.into(), client_id.into()).client_secret(client_secret)
    }

    /// Tokens for a user who agrees in a browser, at the URL `authorization`, and is then sent to `redirect`, an address that the
    /// program or a server of its own listens at. With a proof key (PKCE, RFC 7636).
    ///
    /// ```ignore
    /// let sign_in = OAuth::authorization_code(authorization, endpoint, id, "http://127.0.0.1:7878/signed-in").sign_in()?;
    /// println!("open {}", sign_in.url());
    /// let tokens = sign_in.finish(&where_the_browser_was_sent).await?;
    /// let client = Client::builder().access_token(tokens).build()?;
    /// ```
    pub fn authorization_code(
        authorization: impl Into<String>,
        endpoint: impl Into<String>,
        client_id: impl Into<String>,
        redirect: impl Into<String>,
    ) -> OAuthBuilder<Code> {
        let code = Code::new(authorization.into(), redirect.into());
        OAuthBuilder::new(code, endpoint.into(), client_id.into())
    }

    /// Tokens for a user who agrees on another device (RFC 8628), for which `authorization` gives out codes.
    ///
    /// ```ignore
    /// let sign_in = OAuth::device(authorization, endpoint, id).sign_in().await?;
    /// println!("open {} and enter {}", sign_in.verification_url(), sign_in.user_code());
    /// let tokens = sign_in.finish().await?;
    /// ```
    pub fn device(
        authorization: impl Into<String>,
        endpoint: impl Into<String>,
        client_id: impl Into<String>,
    ) -> OAuthBuilder<Device> {
        OAuthBuilder::new(Device::new(authorization.into()), endpoint.into(), client_id.into())
    }

    /// The refresh token as it is now, to be kept for the next start.
    pub fn current_refresh_token(&self) -> Option<Secret> {
        self.lock().refresh_token.clone()
    }

    async fn fetch(&self) -> Result<Token, BoxError> {
        let (first, refresh_token) = {
            let mut kept = self.lock();
            (kept.first.take(), kept.refresh_token.clone())
        };
        if let Some(token) = first.and_then(|(token, since)| token.after(since.elapsed())) {
            return Ok(token);
        }
        let refreshed = match &refresh_token {
            Some(token) => Some(self.refresh(token).await),
            None => None,
        };
        let answer = match (refreshed, &self.grant) {
            (Some(Ok(answer)), _) => answer,
            (Some(Err(failed)), Grant::User | Grant::ClientCredentials) => return Err(failed.into_error()),
            (Some(Err(Failed::Unknown(error))), Grant::Password { .. }) => return Err(error),
            (Some(Err(Failed::Refused(..))) | None, Grant::Password { user, password }) => {
                let form = [
                    ("grant_type", "password"),
                    ("username", user.as_str()),
                    ("password", password.expose()),
                ];
                self.ask(&form, [password.clone()]).await?
            }
            (None, Grant::ClientCredentials) => self.ask(&[("grant_type", "client_credentials")], []).await?,
            (None, Grant::User) => {
                return Err(
                    "the token has expired and no refresh token came with it; the user must sign in again".into(),
                );
            }
        };
        let (token, new) = tokens(&answer)?;
        // One that comes with client credentials only stands for these.
        if let Some(new) = new.filter(|_| !matches!(self.grant, Grant::ClientCredentials)) {
            self.keep(&new);
        }
        Ok(token)
    }

    async fn refresh(&self, token: &Secret) -> Result<serde_json::Value, Failed> {
        let mut form = vec![("grant_type", "refresh_token"), ("refresh_token", token.expose())];
        let scope = self.scope.as_ref().filter(|_| matches!(self.grant, Grant::User));
        form.extend(scope.map(|scope| ("scope", scope.as_str())));
        self.party.ask(&self.refresh_endpoint, &form, [token.clone()]).await
    }

    /// The first request of a grant.
    async fn ask(
        &self,
        form: &[(&str, &str)],
        secrets: impl IntoIterator<Item = Secret>,
    ) -> Result<serde_json::Value, BoxError> {
        let scope = self.scope.as_ref().map(|scope| ("scope", scope.as_str()));
        let form: Vec<_> = form.iter().copied().chain(scope).collect();
        self.party
            .ask(&self.endpoint, &form, secrets)
            .await
            .map_err(Failed::into_error)
    }

    /// The same, with nothing kept.
    fn again(&self) -> Self {
        Self {
            endpoint: self.endpoint.clone(),
            refresh_endpoint: self.refresh_endpoint.clone(),
            party: self.party.clone(),
            grant: self.grant.clone(),
            scope: self.scope.clone(),
            kept: Mutex::default(),
            on_refresh_token: self.on_refresh_token.clone(),
        }
    }

    /// These tokens, beginning with those that a user's agreement gave. What was asked for then is not asked for again.
    fn begun_with(mut self, answer: &serde_json::Value) -> Result<Self, BoxError> {
        let (token, refresh_token) = tokens(answer)?;
        self.scope = None;
        self.lock().first = Some((token, Instant::now()));
        if let Some(refresh_token) = refresh_token {
            self.keep(&refresh_token);
        }
        Ok(self)
    }

    fn keep(&self, new: &Secret) {
        let mut kept = self.lock();
        if kept.refresh_token.as_ref() != Some(new) {
            kept.refresh_token = Some(new.clone());
            drop(kept);
            self.on_refresh_token.iter().for_each(|hook| hook(new));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenProvider for OAuth {
    fn token(&self) -> Tokens<'_> {
        Box::pin(self.fetch())
    }

    /// A refresh token may be refused before a password is tried.
    fn time_limit(&self) -> std::time::Duration {
        exchange::TIMEOUT * 2
    }
}

impl From<OAuth> for Credential {
    fn from(tokens: OAuth) -> Self {
        Self::provider(tokens)
    }
}

impl fmt::Debug for OAuth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OAuth")
            .field("party", &self.party)
            .finish_non_exhaustive()
    }
}
