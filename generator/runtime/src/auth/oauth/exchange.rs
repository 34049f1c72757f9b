//! One request to a server of tokens: a form in, the members of its answer or why there are none out.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, StatusCode, Uri};
use serde_json::Value;

use crate::runtime::auth::credentials::Token;
use crate::runtime::network::transport::Transport;
use crate::runtime::pace::task;
use crate::runtime::sent::argument::escaped;
use crate::runtime::sent::body::Body;
use crate::runtime::shown::excerpt::Summary;
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::{self, Secret, Secrets};

pub(super) const TIMEOUT: Duration = Duration::from_secs(30);
/// More than any token and what comes with it.
const LARGEST: usize = 64 << 10;

/// Who asks, and how.
#[derive(Clone)]
pub(super) struct Party {
    pub(super) client_id: String,
    /// Absent for a program that cannot keep one.
    pub(super) client_secret: Option<Secret>,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) is_in_header: bool,
    pub(super) transport: Arc<dyn Transport>,
}

/// Why there is no answer to read.
#[derive(Debug)]
pub(super) enum Failed {
    /// The server says so, by this code of the specification where it has one.
    Refused(Option<String>, BoxError),
    /// It is not known what the server says.
    Unknown(BoxError),
}

impl Failed {
    pub(super) fn into_error(self) -> BoxError {
        match self {
            Self::Refused(_, error) | Self::Unknown(error) => error,
        }
    }
}

impl Party {
    /// Sends `form`, and who asks, to `endpoint`. Nothing of `also` is shown in an error.
    pub(super) async fn ask(
        &self,
        endpoint: &Uri,
        form: &[(&str, &str)],
        also: impl IntoIterator<Item = Secret>,
    ) -> Result<Value, Failed> {
        let secrets = self.secrets().chain(also).collect();
        let (status, body) = self.send(endpoint, form, &secrets).await.map_err(Failed::Unknown)?;
        let value = serde_json::from_slice::<Value>(&body).ok();
        let member = |name: &str| value.as_ref()?.get(name)?.as_str();
        // Some refuse with a status of success.
        if status.is_success() && member("error").is_none() {
            // The library's error would quote what it does not understand.
            let is_not_json = || Failed::Refused(None, "the token endpoint's answer is not JSON".into());
            return value.ok_or_else(is_not_json);
        }
        let shown = Summary::of(&body).map(|summary| format!(": {}", summary.shown(&secrets)));
        let message = format!("the token endpoint answered {status}{}", shown.unwrap_or_default());
        Err(Failed::Refused(member("error").map(str::to_owned), message.into()))
    }

    async fn send(
        &self,
        endpoint: &Uri,
        form: &[(&str, &str)],
        secrets: &Secrets,
    ) -> Result<(StatusCode, Bytes), BoxError> {
        task::runtime()?;
        let exchange = async {
            let answer = self.transport.send(self.request(endpoint, form)?).await;
            let answer = answer.map_err(|error| error.guarded(secrets))?;
            let status = answer.status();
            Ok((status, answer.into_body().collect(LARGEST).await?))
        };
        let answer = tokio::time::timeout(TIMEOUT, exchange).await;
        answer.map_err(|_| format!("no answer of the token endpoint within {TIMEOUT:?}"))?
    }

    fn request(&self, endpoint: &Uri, form: &[(&str, &str)]) -> Result<http::Request<Option<Body>>, BoxError> {
        let mut form = form.to_vec();
        let mut request = http::Request::builder().method(Method::POST).uri(endpoint.clone());
        match (self.pair(), &self.client_secret) {
            (Some(pair), _) if self.is_in_header => {
                let mut value = HeaderValue::try_from(format!("Basic {}", pair.expose()))?;
                value.set_sensitive(true);
                request = request.header(AUTHORIZATION, value);
            }
            (_, secret) => {
                form.push(("client_id", &self.client_id));
                form.extend(secret.iter().map(|secret| ("client_secret", secret.expose())));
            }
        }
        let form = written(&form, &self.parameters);
        let body = Body::written_form(form);
        let request = request
            .header(CONTENT_TYPE, body.content_type().clone())
            .header(ACCEPT, "application/json");
        Ok(request.body(Some(body))?)
    }

    /// Id and secret, as the header `Authorization` has them.
    fn pair(&self) -> Option<Secret> {
        let secret = self.client_secret.as_ref()?;
        let pair = format!("{}:{}", escaped(&self.client_id), escaped(secret.expose()));
        Some(STANDARD.encode(pair).into())
    }

    /// What is sent that nobody may see.
    fn secrets(&self) -> impl Iterator<Item = Secret> {
        let parameters = self.parameters.iter().filter(|(name, _)| secret::is_named_by(name));
        let parameters = parameters.map(|(_, value)| Secret::from(value.as_str()));
        self.client_secret
            .clone()
            .into_iter()
            .chain(self.pair())
            .chain(parameters)
    }
}

impl fmt::Debug for Party {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Party")
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// The pairs of a query or of a form as they are sent, and the caller's own behind them.
pub(super) fn written(pairs: &[(&str, &str)], more: &[(String, String)]) -> String {
    let more = more.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let pairs = pairs.iter().copied().chain(more);
    let written = pairs.map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    written.collect::<Vec<_>>().join("&")
}

/// The token of an answer, and the refresh token that comes with it.
pub(super) fn tokens(answer: &Value) -> Result<(Token, Option<Secret>), BoxError> {
    let text = |member: &str| answer.get(member).and_then(Value::as_str);
    if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err("the token endpoint gave another token than a bearer's".into());
    }
    let token = Token::new(text("access_token").ok_or("the token endpoint's answer has no access token")?);
    let token = match seconds(answer, "expires_in") {
        Some(time) => token.expires_in(time),
        None => token,
    };
    Ok((token, text("refresh_token").map(Secret::new)))
}

/// A number of seconds, which some write as text.
pub(super) fn seconds(answer: &Value, member: &str) -> Option<Duration> {
    let seconds = match answer.get(member)? {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    seconds.map(Duration::from_secs)
}
