// @generated from an OpenAPI description: the runtime, the same for every API.

//! What a client proves its identity with: credentials and an operation's wishes in, headers and query parts out.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;

use crate::runtime::auth::authorization::Authorization;
use crate::runtime::auth::token::Provided;
use crate::runtime::calls::operation::{SecurityKind, SecurityScheme};
use crate::runtime::calls::request::Request;
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::Secret;

/// What a [`TokenProvider`] gives: sooner or later, a token.
pub type Tokens<'p> = Pin<Box<dyn Future<Output = Result<Token, BoxError>> + Send + 'p>>;

/// Gets a token when there is none, when the last one is about to expire, and when the server no longer takes it.
pub trait TokenProvider: Send + Sync + 'static {
    /// A fresh token. Calls do not overlap: the client asks once, in a task of its own, and whoever waits gets the answer. The
    /// task goes on when all who wait have given up, because the answer may be the only one: servers replace a refresh
    /// token when it is used. Only where the runtime of that task stands still for about a second, those who wait on
    /// another runtime ask again.
    fn token(&self) -> Tokens<'_>;

    /// How long getting a token may take. Default: 30 seconds.
    fn time_limit(&self) -> Duration {
        Duration::from_secs(30)
    }
}

impl<F, R> TokenProvider for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Token, BoxError>> + Send + 'static,
{
    fn token(&self) -> Tokens<'_> {
        Box::pin(self())
    }
}

/// A token and how long it is good for.
#[derive(Debug, Clone)]
pub struct Token {
    pub(crate) secret: Secret,
    pub(crate) expires_in: Option<Duration>,
}

impl Token {
    /// A token that is good until the server says otherwise.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self {
            secret: secret.into(),
            expires_in: None,
        }
    }

    /// The same token, good for this long. The next one is fetched a little earlier.
    #[must_use]
    pub fn expires_in(mut self, time: Duration) -> Self {
        self.expires_in = Some(time);
        self
    }
}

/// Something to prove one's identity with.
#[derive(Debug, Clone)]
pub struct Credential(Source);

#[derive(Clone)]
enum Source {
    Fixed(Secret),
    Basic {
        /// As it is sent.
        pair: Secret,
        password: Secret,
    },
    Provider(Arc<Provided>),
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Fixed(_) => "Fixed(…)",
            Self::Basic { .. } => "Basic(…)",
            Self::Provider(_) => "Provider(…)",
        })
    }
}

impl Credential {
    /// A token or key that stays the same.
    ///
    /// The methods of a client's builder that are named after a scheme take text as it is; elsewhere, text becomes one by
    /// `into`.
    pub fn fixed(secret: impl Into<Secret>) -> Self {
        Self(Source::Fixed(secret.into()))
    }

    /// A user with a password.
    pub fn basic(user: impl AsRef<str>, password: impl Into<Secret>) -> Self {
        let password = password.into();
        let pair = format!("{}:{}", user.as_ref(), password.expose());
        Self(Source::Basic {
            pair: STANDARD.encode(pair).into(),
            password,
        })
    }

    /// Tokens that are fetched when needed, and once more when the server no longer takes the last one.
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self(Source::Provider(Arc::new(Provided::new(provider))))
    }

    /// The secret to send. `refused` is one that the server did not take.
    async fn secret(&self, refused: Option<&Secret>) -> Result<Secret, BoxError> {
        match &self.0 {
            Source::Fixed(secret) | Source::Basic { pair: secret, .. } => Ok(secret.clone()),
            Source::Provider(provided) => provided.secret(refused).await,
        }
    }

    /// Does not send this secret again, where there is a way to another one.
    fn forget(&self, secret: &Secret) {
        if let Source::Provider(provided) = &self.0 {
            provided.forget(secret);
        }
    }

    const fn can_refresh(&self) -> bool {
        matches!(self.0, Source::Provider(_))
    }
}

impl From<Secret> for Credential {
    fn from(secret: Secret) -> Self {
        Self::fixed(secret)
    }
}

impl From<String> for Credential {
    fn from(secret: String) -> Self {
        Self::fixed(secret)
    }
}

impl From<&str> for Credential {
    fn from(secret: &str) -> Self {
        Self::fixed(secret)
    }
}

/// The credentials of a client.
#[derive(Debug, Clone, Default)]
pub(crate) struct Credentials {
    /// By the name of their security scheme.
    pub(crate) by_scheme: BTreeMap<&'static str, Credential>,
    /// Whether it shows a certificate when it connects.
    pub(crate) has_certificate: bool,
}

impl Credentials {
    /// What the operation of `request` wants to be sent: the first of its alternatives for which every credential is
    /// there. That none is needed is the last alternative, wherever it stands.
    ///
    /// What the request has itself, such as a header or a parameter in the place of a credential, stands in for that, and
    /// alternatives with it go first. A header `Authorization` of its own stands in for whatever is needed.
    pub(crate) async fn authorize(
        &self,
        request: &Request,
        schemes: &'static [SecurityScheme],
        refused: Option<&Authorization>,
    ) -> Result<Authorization, BoxError> {
        let mut authorization = Authorization::default();
        let security = request.operation.security;
        let find = |name: &str| schemes.iter().find(|scheme| scheme.name == name);
        let is_given = |name: &&str| find(name).is_some_and(|scheme| request.has_credential(scheme.kind));
        let is_shown = |name: &&str| {
            is_given(name)
                || self.has_certificate && find(name).is_some_and(|scheme| scheme.kind == SecurityKind::MutualTls)
        };
        let has = |name: &&str| self.by_scheme.contains_key(name) || is_shown(name);
        let complete = |names: &&&[&'static str]| !names.is_empty() && names.iter().all(has);
        let some = security
            .iter()
            .filter(complete)
            .find(|names| names.iter().any(is_given))
            .or_else(|| security.iter().find(complete));
        let Some(names) = some.or_else(|| security.iter().find(|names| names.is_empty())) else {
            if security.is_empty() || request.has_header(&AUTHORIZATION) {
                return Ok(authorization);
            }
            return Err(missing(security, schemes).into());
        };
        for &name in names.iter().filter(|name| !is_shown(name)) {
            let (Some(credential), Some(scheme)) = (self.by_scheme.get(name), find(name)) else {
                return Err(format!("`{name}` is not a security scheme of this client").into());
            };
            let secret = credential
                .secret(refused.and_then(|refused| refused.used.get(name)))
                .await?;
            if let Err(error) = authorization.add(scheme.kind, &secret) {
                credential.forget(&secret);
                return Err(error);
            }
            authorization.can_refresh |= credential.can_refresh();
            authorization.used.insert(name, secret);
            if let Source::Basic { password, .. } = &credential.0 {
                authorization.behind.push(password.clone());
            }
        }
        Ok(authorization)
    }
}

/// What to say where no alternative is complete: the methods of the builder that complete one.
fn missing(security: &[&[&'static str]], schemes: &[SecurityScheme]) -> String {
    let method = |name: &&str| match schemes.iter().find(|scheme| scheme.name == *name) {
        Some(scheme) if scheme.setter.is_empty() => format!("`credential(\"{name}\", …)`"),
        Some(scheme) => format!("`{}`", scheme.setter),
        None => format!("`{name}`, which is not a security scheme of this client"),
    };
    let alternatives = security.iter().map(|names| {
        let methods: Vec<String> = names.iter().map(method).collect();
        methods.join(" and ")
    });
    let alternatives: Vec<String> = alternatives.collect();
    format!(
        "the operation needs a credential that the client does not have; its builder takes it by {}",
        alternatives.join(", or by ")
    )
}

impl Credentials {
    /// Does not send these tokens again, which the server refused: the next call asks for others.
    pub(crate) fn forget(&self, refused: &Authorization) {
        for (name, secret) in &refused.used {
            if let Some(credential) = self.by_scheme.get(name) {
                credential.forget(secret);
            }
        }
    }
}
