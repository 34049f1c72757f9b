//! A user who agrees in a browser: the URL to open out, the URL that the browser was sent to in, tokens out.

use std::fmt;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::exchange::written;
use super::sign_in_error::SignInError;
use super::{Grant, OAuth, OAuthBuilder};
use crate::runtime::client::host;
use crate::runtime::client::setup::BuildError;
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::Secret;

/// Tokens for a user who agrees in a browser.
#[derive(Clone)]
pub struct Code {
    authorization: String,
    redirect: String,
}

impl Code {
    pub(super) const fn new(authorization: String, redirect: String) -> Self {
        Self {
            authorization,
            redirect,
        }
    }
}

/// A user who is asked to agree.
pub struct SignIn {
    url: String,
    state: Secret,
    verifier: Secret,
    redirect: String,
    tokens: OAuth,
}

impl OAuthBuilder<Code> {
    /// Begins with a user.
    ///
    /// # Errors
    ///
    /// As for [`build`](OAuthBuilder::build), and when the URL to open is not one of `https` either, or there are no random
    /// numbers.
    pub fn sign_in(self) -> Result<SignIn, BuildError> {
        self.try_sign_in().map_err(BuildError::new)
    }

    fn try_sign_in(self) -> Result<SignIn, BoxError> {
        let (state, verifier) = (random()?, random()?);
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose()));
        let mut url = self.resolve(&self.flow.authorization, None)?;
        let is_safe = match (url.scheme(), url.host()) {
            ("https", Some(_)) => true,
            ("http", Some(host)) => host::is_this_machine(&host) || self.trusted()?.contains(&host),
            _ => false,
        };
        if !is_safe {
            return Err("the URL to agree at must begin with https".into());
        }
        url.set_fragment(None);
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", self.client_id()),
            ("redirect_uri", &self.flow.redirect),
            ("state", state.expose()),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        pairs.extend(self.scope.as_ref().map(|scope| ("scope", scope.as_str())));
        let pairs = written(&pairs, &self.parameters);
        let query = url.query().filter(|query| !query.is_empty());
        let query: Vec<&str> = query.into_iter().chain([pairs.as_str()]).collect();
        let query = query.join("&");
        url.set_query(Some(&query));
        let mut tokens = self.finish(Grant::User, None, None)?;
        // It was said where the user agreed.
        tokens.scope = None;
        Ok(SignIn {
            url: url.into(),
            state,
            verifier,
            redirect: self.flow.redirect,
            tokens,
        })
    }
}

impl SignIn {
    /// What the user has to open in a browser. It is for this user, once.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends with the user. `redirected` is the URL that the browser was sent to, or what is behind its question mark. One that
    /// has nothing to do with it, such as that of an icon, is an error and changes nothing.
    ///
    /// # Errors
    ///
    /// When the user or the server says no, when the URL does not belong to this sign-in, and when the server does not give a
    /// token for it within 30 seconds.
    pub async fn finish(&self, redirected: &str) -> Result<OAuth, SignInError> {
        self.try_finish(redirected).await.map_err(SignInError::new)
    }

    async fn try_finish(&self, redirected: &str) -> Result<OAuth, BoxError> {
        let query = redirected.split_once('?').map_or(redirected, |(_, query)| query);
        let url = Url::parse(&format!("https://localhost/?{}", query.trim_start_matches('?')))?;
        let value = |wanted: &str| {
            let mut pairs = url.query_pairs();
            pairs
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.into_owned())
        };
        if value("state").as_deref() != Some(self.state.expose()) {
            return Err("the browser was sent back from another sign-in".into());
        }
        if let Some(error) = value("error") {
            let more = value("error_description").map(|more| format!(": {more}"));
            let text = format!("{error}{}", more.unwrap_or_default());
            return Err(format!("the user did not sign in: {}", text.escape_debug()).into());
        }
        let code = Secret::new(value("code").ok_or("the browser was sent back without a code")?);
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.expose()),
            ("redirect_uri", self.redirect.as_str()),
            ("code_verifier", self.verifier.expose()),
        ];
        let answer = self.tokens.ask(&form, [code.clone(), self.verifier.clone()]).await?;
        self.tokens.again().begun_with(&answer)
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SignIn")
            .field("tokens", &self.tokens)
            .finish_non_exhaustive()
    }
}

/// A text that nobody guesses, of 43 characters.
fn random() -> Result<Secret, BoxError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| format!("there are no random numbers: {error}"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes).into())
}
