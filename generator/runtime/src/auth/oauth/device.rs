//! A user who agrees on another device (RFC 8628): a code to enter out, tokens out when it was.

use std::fmt;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::exchange::{Failed, seconds};
use super::sign_in_error::SignInError;
use super::{Grant, OAuth, OAuthBuilder};
use crate::runtime::client::server;
use crate::runtime::pace::task;
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::Secret;

/// How long a device waits between two questions where the server does not say, and how much longer when that is too often.
const INTERVAL: Duration = Duration::from_secs(5);
/// No wait after a failed connection is longer.
const LONGEST: Duration = Duration::from_mins(1);

/// Tokens for a user who agrees on another device.
#[derive(Clone)]
pub struct Device {
    authorization: String,
}

impl Device {
    pub(super) const fn new(authorization: String) -> Self {
        Self { authorization }
    }
}

/// A user who is asked to agree on another device.
pub struct DeviceSignIn {
    user_code: String,
    verification_url: String,
    complete_url: Option<String>,
    device_code: Secret,
    interval: Duration,
    until: Instant,
    tokens: OAuth,
}

impl OAuthBuilder<Device> {
    /// Begins with a user: asks for a code.
    ///
    /// # Errors
    ///
    /// As for [`build`](OAuthBuilder::build), and when the server gives out no code within 30 seconds.
    pub async fn sign_in(self) -> Result<DeviceSignIn, SignInError> {
        self.try_sign_in().await.map_err(SignInError::new)
    }

    async fn try_sign_in(self) -> Result<DeviceSignIn, BoxError> {
        let endpoint = self.resolve(&self.flow.authorization, None)?;
        let endpoint = server::parse(endpoint.as_str(), &self.trusted()?)
            .map_err(|error| format!("the endpoint for devices: {error}"))?;
        let mut tokens = self.finish(Grant::User, None, None)?;
        let scope = tokens.scope.take();
        let form: Vec<_> = scope.iter().map(|scope| ("scope", scope.as_str())).collect();
        let endpoint = String::from(endpoint).parse()?;
        let answer = tokens
            .party
            .ask(&endpoint, &form, [])
            .await
            .map_err(Failed::into_error)?;
        let text = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
        let needed =
            |value: Option<String>, what| value.ok_or_else(|| format!("the answer for a device has no {what}"));
        let lifetime = seconds(&answer, "expires_in").unwrap_or(Duration::from_mins(30));
        let now = Instant::now();
        Ok(DeviceSignIn {
            user_code: needed(text("user_code"), "code for the user")?,
            verification_url: needed(
                text("verification_uri").or_else(|| text("verification_url")),
                "URL for the user",
            )?,
            complete_url: text("verification_uri_complete").or_else(|| text("verification_url_complete")),
            device_code: needed(text("device_code"), "code")?.into(),
            interval: seconds(&answer, "interval")
                .unwrap_or(INTERVAL)
                .max(Duration::from_secs(1)),
            until: now.checked_add(lifetime).unwrap_or(now),
            tokens,
        })
    }
}

impl DeviceSignIn {
    /// What the user has to enter.
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// Where the user has to enter it.
    #[must_use]
    pub fn verification_url(&self) -> &str {
        &self.verification_url
    }

    /// The same with the code in it, to be shown as a picture, where the server has one.
    #[must_use]
    pub fn complete_verification_url(&self) -> Option<&str> {
        self.complete_url.as_deref()
    }

    /// How long the user has.
    #[must_use]
    pub fn expires_in(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }

    /// Waits until the user has agreed, by asking as often as the server wants to be asked. A connection that fails is tried
    /// again, after twice the time each time.
    ///
    /// # Errors
    ///
    /// When the user or the server says no, or the user's time is over.
    pub async fn finish(self) -> Result<OAuth, SignInError> {
        self.try_finish().await.map_err(SignInError::new)
    }

    async fn try_finish(self) -> Result<OAuth, BoxError> {
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", self.device_code.expose()),
        ];
        task::runtime()?;
        let (mut interval, mut wait) = (self.interval, self.interval);
        loop {
            let next = Instant::now().checked_add(wait).filter(|next| *next < self.until);
            let Some(next) = next else {
                return Err("the user's time to agree is over".into());
            };
            tokio::time::sleep_until(next).await;
            let party = &self.tokens.party;
            match party
                .ask(&self.tokens.endpoint, &form, [self.device_code.clone()])
                .await
            {
                Ok(answer) => return self.tokens.begun_with(&answer),
                Err(Failed::Refused(Some(code), _)) if code == "authorization_pending" => wait = interval,
                Err(Failed::Refused(Some(code), _)) if code == "slow_down" => {
                    interval += INTERVAL;
                    wait = interval;
                }
                Err(Failed::Refused(_, error)) => return Err(error),
                Err(Failed::Unknown(_)) => wait = (wait * 2).min(LONGEST).max(interval),
            }
        }
    }
}

impl fmt::Debug for DeviceSignIn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DeviceSignIn")
            .field("verification_url", &self.verification_url)
            .finish_non_exhaustive()
    }
}
