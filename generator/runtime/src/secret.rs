//! Text that must not be shown: goes in, and comes out for those who ask by name.
//!
//! An own type because the well-known one brings a second crate for wiping memory, and a token that is on its way in a
//! header has copies that nobody wipes.

use std::fmt;
use std::sync::Arc;

/// A token, key or password. It shows itself to [`Secret::expose`] only.
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

    /// Whether `bytes` contain the text.
    pub(crate) fn is_in(&self, bytes: &[u8]) -> bool {
        let text = self.0.as_bytes();
        !text.is_empty() && bytes.windows(text.len()).any(|window| window == text)
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
