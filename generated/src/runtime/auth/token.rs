// @generated from an OpenAPI description: the runtime, the same for every API.

//! Tokens that are fetched: a provider goes in, the token that is good now comes out, for all who wait.
//!
//! A token is fetched by a task of its own, which ends whether or not those who wait for it are polled or still there.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::runtime::auth::credentials::{Token, TokenProvider};
use crate::runtime::pace::panic;
use crate::runtime::pace::pulse::{BEAT, Pulse};
use crate::runtime::pace::task;
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::Secret;

/// How much longer than the provider's own time limit an answer is waited for. Only a runtime that stands still or has
/// ended keeps its task from answering by then.
const GRACE: Duration = Duration::from_secs(1);

/// A provider and what it gave last.
pub(crate) struct Provided {
    provider: Arc<dyn TokenProvider>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    token: Option<Held>,
    /// The task that is fetching one.
    fetching: Option<Fetching>,
}

struct Held {
    secret: Secret,
    /// When it is no longer good.
    until: Option<Instant>,
}

#[derive(Clone)]
struct Fetching {
    answer: watch::Receiver<Option<Answer>>,
    /// When there is no hope for an answer any more.
    until: Instant,
    /// Whether its task goes on.
    pulse: Arc<Pulse>,
}

type Answer = Result<Secret, Failed>;

impl Provided {
    pub(crate) fn new(provider: impl TokenProvider) -> Self {
        Self {
            provider: Arc::new(provider),
            state: Arc::default(),
        }
    }

    /// A token that is good, as far as is known, and not the one that was `refused`.
    pub(crate) async fn secret(&self, refused: Option<&Secret>) -> Result<Secret, BoxError> {
        loop {
            let (mut fetching, is_own) = {
                let mut state = lock(&self.state);
                if let Some(secret) = state.good(refused) {
                    return Ok(secret);
                }
                match state.fetching.clone() {
                    Some(fetching) => (fetching, false),
                    None => (self.fetch(&mut state)?, true),
                }
            };
            if let Some(answer) = fetching.wait().await {
                return Ok(answer?);
            }
            // Others did so while this runtime stood still.
            let was_given_up = fetching.pulse.is_given_up();
            lock(&self.state).give_up(&fetching);
            if is_own && !was_given_up {
                return Err(Failed::new("the task that was fetching a token has not answered").into());
            }
        }
    }

    /// Does not hand out this token any more.
    pub(crate) fn forget(&self, refused: &Secret) {
        let mut state = lock(&self.state);
        state.token = state.token.take().filter(|held| held.secret != *refused);
    }

    fn fetch(&self, state: &mut State) -> Result<Fetching, BoxError> {
        let runtime = task::runtime()?;
        let (sender, answer) = watch::channel(None);
        let (provider, shared) = (Arc::clone(&self.provider), Arc::clone(&self.state));
        let limit = provider.time_limit();
        let now = Instant::now();
        let pulse = Arc::new(Pulse::new());
        let driven = Arc::clone(&pulse);
        runtime.spawn(async move {
            let token = AssertUnwindSafe(async { provider.token().await }).catch_unwind();
            let Some(token) = driven.drive(tokio::time::timeout(limit, token)).await else {
                return;
            };
            let token = match token {
                Ok(Ok(given)) => given.and_then(usable).map_err(|error| Failed(error.into())),
                Ok(Err(panic)) => Err(Failed::new(format!(
                    "the token provider panicked: {}",
                    panic::text(&*panic)
                ))),
                Err(_) => Err(Failed::new(format!(
                    "the token provider gave no token within {limit:?}"
                ))),
            };
            let mut state = lock(&shared);
            let mine = sender.subscribe();
            let answer = if state.is_latest(&mine) {
                // A failure is forgotten, so that the next one who comes asks again.
                state.fetching = None;
                token.map(|token| state.hold(token))
            } else {
                // Whoever gave this task up has asked for another token since.
                token.map(|token| token.secret)
            };
            drop(state);
            sender.send_replace(Some(answer));
        });
        let until = now.checked_add(limit.saturating_add(GRACE)).unwrap_or(now + GRACE);
        let fetching = Fetching { answer, until, pulse };
        state.fetching = Some(fetching.clone());
        Ok(fetching)
    }
}

impl State {
    fn good(&self, refused: Option<&Secret>) -> Option<Secret> {
        let held = self.token.as_ref()?;
        let is_good = Some(&held.secret) != refused && held.until.is_none_or(|until| Instant::now() < until);
        is_good.then(|| held.secret.clone())
    }

    /// Whether this is the answer of the task that was begun last.
    fn is_latest(&self, answer: &watch::Receiver<Option<Answer>>) -> bool {
        let is_same = |latest: &Fetching| latest.answer.same_channel(answer);
        self.fetching.as_ref().is_some_and(is_same)
    }

    /// Lets the next one who comes ask for another token. A task that has begun goes on, since its answer may be worth
    /// something; one that has not never begins.
    fn give_up(&mut self, fetching: &Fetching) {
        if self.is_latest(&fetching.answer) {
            self.fetching = None;
        }
        fetching.pulse.give_up();
    }

    fn hold(&mut self, token: Token) -> Secret {
        let Token { secret, expires_in } = token;
        // A token must outlive its way to the server.
        let good = expires_in.map(|time| time.saturating_sub((time / 10).min(Duration::from_mins(1))));
        let until = good.and_then(|time| Instant::now().checked_add(time));
        self.token = Some(Held {
            secret: secret.clone(),
            until,
        });
        secret
    }
}

impl Fetching {
    /// Waits for the answer, for as long as there is hope for one: the runtime of its task may stand still, or have ended.
    async fn wait(&mut self) -> Option<Answer> {
        let mut was_still = false;
        loop {
            match tokio::time::timeout(BEAT, self.answer.wait_for(Option::is_some)).await {
                Ok(answer) => return answer.ok()?.clone(),
                Err(_) if Instant::now() >= self.until => return None,
                Err(_) => {}
            }
            // Twice in a row: after this runtime stood still itself, all on it looks so.
            let is_still = self.pulse.is_still();
            if is_still && was_still {
                return None;
            }
            was_still = is_still;
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn usable(token: Token) -> Result<Token, BoxError> {
    if token.secret.expose().is_empty() {
        return Err("the token provider gave an empty token".into());
    }
    Ok(token)
}

/// Whether this is an error of a provider's, which may give a token the next time.
pub(crate) fn is_passing(error: &BoxError) -> bool {
    error.is::<Failed>()
}

/// A provider's error, for all who waited.
#[derive(Debug, Clone)]
struct Failed(Arc<dyn std::error::Error + Send + Sync>);

impl Failed {
    fn new(text: impl Into<String>) -> Self {
        Self(BoxError::from(text.into()).into())
    }
}

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
