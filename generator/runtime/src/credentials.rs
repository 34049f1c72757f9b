//! What a client proves its identity with: credentials and an operation's wishes in, headers and query parts out.

use std::collections::BTreeMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use percent_encoding::utf8_percent_encode;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::runtime::error::BoxError;
use crate::runtime::operation::{Operation, SecurityKind, SecurityScheme};
use crate::runtime::secret::{self, Secret};
use crate::runtime::style::RESERVED;

/// What a [`TokenProvider`] gives: sooner or later, a token.
pub type Tokens<'p> = Pin<Box<dyn Future<Output = Result<Token, BoxError>> + Send + 'p>>;

/// Gets a token when there is none, when the last one is about to expire, and when the server no longer takes it.
pub trait TokenProvider: Send + Sync + 'static {
    /// A fresh token. Calls never overlap: the client asks once, whoever waits. When all who wait give up, the future is
    /// not polled until the next one comes, and not dropped either.
    fn token(&self) -> Tokens<'_>;
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
    secret: Secret,
    expires_in: Option<Duration>,
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
    Basic { pair: Secret, password: Secret },
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
    /// Text becomes one by itself, wherever a credential is asked for.
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
        Self(Source::Provider(Arc::new(Provided {
            provider: Arc::new(provider),
            rounds: AtomicU64::new(0),
            state: Mutex::new(State {
                last: Last::Nothing,
                asking: None,
            }),
        })))
    }

    /// The secret to send. `refused` is one that the server did not take.
    async fn secret(&self, refused: Option<&Secret>) -> Result<Secret, BoxError> {
        match &self.0 {
            Source::Fixed(secret) | Source::Basic { pair: secret, .. } => Ok(secret.clone()),
            Source::Provider(provided) => provided.secret(refused).await,
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

/// A provider and what it gave last.
struct Provided {
    provider: Arc<dyn TokenProvider>,
    /// How often the provider has given something.
    rounds: AtomicU64,
    /// Locked while the provider is asked, so that whoever comes meanwhile gets the same answer.
    state: Mutex<State>,
}

struct State {
    last: Last,
    /// A question that is under way. Whoever asked it may have given up since; the next one waits on, because an answer
    /// that is thrown away may have been the only one: servers replace a refresh token when it is used.
    asking: Option<Asking>,
}

type Asking = Pin<Box<dyn Future<Output = Result<Token, BoxError>> + Send>>;

enum Last {
    Nothing,
    Token { secret: Secret, until: Option<Instant> },
    Failure(Arc<dyn std::error::Error + Send + Sync>),
}

impl Provided {
    async fn secret(&self, refused: Option<&Secret>) -> Result<Secret, BoxError> {
        let seen = self.rounds.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        match &state.last {
            Last::Token { secret, until }
                if Some(secret) != refused && until.is_none_or(|until| Instant::now() < until) =>
            {
                return Ok(secret.clone());
            }
            // It failed while this caller waited for it: asking at once for everybody who waits would be a storm.
            Last::Failure(error) if self.rounds.load(Ordering::Acquire) != seen => {
                return Err(Failed(Arc::clone(error)).into());
            }
            Last::Nothing | Last::Token { .. } | Last::Failure(_) => {}
        }
        let given = poll_fn(|context| {
            let mut asking = state.asking.take().unwrap_or_else(|| self.ask());
            let polled = asking.as_mut().poll(context);
            state.asking = polled.is_pending().then_some(asking);
            polled
        })
        .await;
        self.rounds.fetch_add(1, Ordering::Release);
        match given {
            Ok(Token { secret, expires_in }) => {
                // A token must outlive its way to the server.
                let good = expires_in.map(|time| time.saturating_sub((time / 10).min(Duration::from_mins(1))));
                let until = good.and_then(|time| Instant::now().checked_add(time));
                state.last = Last::Token {
                    secret: secret.clone(),
                    until,
                };
                Ok(secret)
            }
            Err(error) => {
                let error: Arc<dyn std::error::Error + Send + Sync> = error.into();
                state.last = Last::Failure(Arc::clone(&error));
                Err(Failed(error).into())
            }
        }
    }

    fn forget(&self, refused: &Secret) {
        // Where it is locked, the next token is being asked for already.
        if let Ok(mut state) = self.state.try_lock()
            && matches!(&state.last, Last::Token { secret, .. } if secret == refused)
        {
            state.last = Last::Nothing;
        }
    }

    fn ask(&self) -> Asking {
        let provider = Arc::clone(&self.provider);
        Box::pin(async move { provider.token().await })
    }
}

/// A provider's error, for all who waited.
#[derive(Debug)]
struct Failed(Arc<dyn std::error::Error + Send + Sync>);

impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for Failed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

/// The credentials of a client, by the name of their security scheme.
#[derive(Debug, Clone, Default)]
pub(crate) struct Credentials(pub(crate) BTreeMap<&'static str, Credential>);

/// What is added to one request.
#[derive(Default)]
pub(crate) struct Authorization {
    pub(crate) headers: HeaderMap,
    pub(crate) query: Vec<String>,
    /// What was used, by scheme.
    used: BTreeMap<&'static str, Secret>,
    /// What is behind those.
    behind: Vec<Secret>,
    can_refresh: bool,
}

impl Credentials {
    /// What `operation` wants to be sent: the first of its alternatives for which every credential is there. That none
    /// is needed is the last alternative, wherever it stands.
    pub(crate) async fn authorize(
        &self,
        operation: &Operation,
        schemes: &'static [SecurityScheme],
        refused: Option<&Authorization>,
    ) -> Result<Authorization, BoxError> {
        let mut authorization = Authorization::default();
        let complete = |names: &&&[&'static str]| names.iter().all(|name| self.0.contains_key(name));
        let alternatives = || operation.security.iter();
        let some = alternatives().filter(|names| !names.is_empty()).find(complete);
        let Some(names) = some.or_else(|| alternatives().find(|names| names.is_empty())) else {
            if operation.security.is_empty() {
                return Ok(authorization);
            }
            let wanted: Vec<_> = alternatives().map(|names| names.join(" and ")).collect();
            return Err(format!(
                "the operation needs {}, which the client does not have",
                wanted.join(" or ")
            )
            .into());
        };
        for &name in *names {
            let scheme = schemes.iter().find(|scheme| scheme.name == name);
            let (Some(credential), Some(scheme)) = (self.0.get(name), scheme) else {
                return Err(format!("`{name}` is not a security scheme of this client").into());
            };
            let secret = credential
                .secret(refused.and_then(|refused| refused.used.get(name)))
                .await?;
            authorization.add(scheme.kind, &secret)?;
            authorization.can_refresh |= credential.can_refresh();
            authorization.used.insert(name, secret);
            if let Source::Basic { password, .. } = &credential.0 {
                authorization.behind.push(password.clone());
            }
        }
        Ok(authorization)
    }
}

impl Credentials {
    /// Does not send these tokens again, which the server refused: the next call asks for others.
    pub(crate) fn forget(&self, refused: &Authorization) {
        for (name, secret) in &refused.used {
            if let Some(Credential(Source::Provider(provided))) = self.0.get(name) {
                provided.forget(secret);
            }
        }
    }
}

impl Authorization {
    /// Whether a new token may help where the server refused this one.
    pub(crate) const fn can_refresh(&self) -> bool {
        self.can_refresh
    }

    /// Takes notice of credentials that the caller sends, instead of the client's or beside them.
    pub(crate) fn overridden(&mut self, headers: &HeaderMap, schemes: &[SecurityScheme]) {
        for (name, value) in headers {
            let is_scheme = schemes.iter().any(|scheme| match scheme.kind {
                SecurityKind::Header(header) => name.as_str().eq_ignore_ascii_case(header),
                SecurityKind::Bearer | SecurityKind::Basic | SecurityKind::Cookie(_) | SecurityKind::Query(_) => false,
            });
            if is_scheme || secret::is_named_by(name.as_str()) {
                let value = String::from_utf8_lossy(value.as_bytes());
                self.behind.extend(secret::in_header(name, &value));
            }
        }
    }

    /// The secrets that are sent, and those behind them.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = Secret> {
        self.used.values().chain(&self.behind).cloned()
    }

    fn add(&mut self, kind: SecurityKind, secret: &Secret) -> Result<(), BoxError> {
        let secret = secret.expose();
        let escape = |text| utf8_percent_encode(text, RESERVED).to_string();
        match kind {
            SecurityKind::Bearer => self.header(AUTHORIZATION, &format!("Bearer {secret}")),
            SecurityKind::Basic => self.header(AUTHORIZATION, &format!("Basic {secret}")),
            SecurityKind::Header(name) => self.header(HeaderName::from_bytes(name.as_bytes())?, secret),
            SecurityKind::Cookie(name) => self.header(COOKIE, &format!("{name}={}", escape(secret))),
            SecurityKind::Query(name) => {
                self.query.push(format!("{}={}", escape(name), escape(secret)));
                Ok(())
            }
        }
    }

    fn header(&mut self, name: HeaderName, text: &str) -> Result<(), BoxError> {
        // The library's own error is as silent about the value; this one says whose fault it is.
        let mut value =
            HeaderValue::from_str(text).map_err(|_| "a credential has characters that no header may have")?;
        value.set_sensitive(true);
        self.headers.append(name, value);
        Ok(())
    }
}
