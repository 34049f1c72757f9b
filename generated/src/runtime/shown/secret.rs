// @generated from an OpenAPI description: the runtime, the same for every API.

//! Text that must not be shown: goes in, and comes out for those who ask by name.
//!
//! An own type because the well-known one brings a second crate for wiping memory, and a token that is on its way in a
//! header has copies that nobody wipes.

use std::fmt;
use std::sync::Arc;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use http::HeaderName;
use http::header::COOKIE;

use crate::runtime::shown::mask;

/// A token, key or password. It shows itself to [`Secret::expose`] only.
///
/// A server may repeat it. Errors, outcomes that are no success, replies, events that do not fit, spans and what is behind
/// them then show `…` in its place, however it is escaped or encoded. One with fewer than six characters, which any text may
/// have by chance, is hidden where it is a word of its own. A value that was decoded from an answer is the program's own:
/// where the program prints it, it shows what the server sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// Takes `text` into custody.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into().into())
    }

    /// The text. Whoever calls this answers for where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// What the names of parameters and headers have in them whose values are secret.
const NAMES: [&str; 9] = [
    "auth",
    "token",
    "secret",
    "password",
    "passwd",
    "cookie",
    "session",
    "assertion",
    "api-key",
];

/// Whether the value that goes under `name` is a secret.
pub(crate) fn is_named_by(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('_', "-");
    NAMES.iter().any(|part| name.contains(part)) || name.ends_with("key")
}

/// The secrets in the value of a header: of cookies, each; of others, what stands behind the scheme, where there is one.
pub(crate) fn in_header(name: &HeaderName, value: &str) -> Vec<Secret> {
    if name == COOKIE {
        let cookies = value.split(';').map(str::trim);
        return cookies
            .map(|cookie| cookie.split_once('=').map_or(cookie, |(_, value)| value).into())
            .collect();
    }
    let secret: Secret = value.split_once(' ').map_or(value, |(_, secret)| secret).into();
    // The password of a pair.
    let pair = STANDARD
        .decode(secret.expose())
        .ok()
        .and_then(|pair| String::from_utf8(pair).ok());
    let password = pair.and_then(|pair| Some(Secret::from(pair.split_once(':')?.1)));
    std::iter::once(secret).chain(password).collect()
}

/// The secrets of a call: what it was sent with, and what is behind that. They go along with all that may repeat them.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Secrets(Option<Arc<[Secret]>>);

impl Secrets {
    pub(crate) const NONE: Self = Self(None);

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Secret> {
        self.0.iter().flat_map(|secrets| secrets.iter())
    }

    /// These and others.
    #[must_use]
    pub(crate) fn with(&self, others: impl IntoIterator<Item = Secret>) -> Self {
        let mut all: Vec<Secret> = self.iter().cloned().collect();
        for other in others {
            if !other.0.is_empty() && !all.contains(&other) {
                all.push(other);
            }
        }
        Self((!all.is_empty()).then(|| all.into()))
    }

    /// How many bytes the longest of them may take, however it is written.
    pub(crate) fn reach(&self) -> usize {
        const LONGEST_ESCAPE: usize = 12;
        let longest = self.iter().map(|secret| secret.0.len()).max().unwrap_or_default();
        longest.saturating_mul(LONGEST_ESCAPE)
    }

    /// `text` without the secrets in it; `None` where nothing else is.
    pub(crate) fn cut_out_of(&self, text: &str) -> Option<String> {
        let mut rest = String::with_capacity(text.len());
        let mut from = 0;
        for range in mask::find(text.as_bytes(), self) {
            rest.push_str(text.get(from..range.start)?);
            rest.push('…');
            from = range.end;
        }
        rest.push_str(text.get(from..)?);
        rest.chars().any(char::is_alphanumeric).then_some(rest)
    }
}

impl FromIterator<Secret> for Secrets {
    fn from_iter<I: IntoIterator<Item = Secret>>(secrets: I) -> Self {
        Self::NONE.with(secrets)
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secrets(…)")
    }
}
