//! What keeps a user from being signed in.

use std::fmt;

use crate::runtime::shown::outside::BoxError;

/// A user who is not signed in.
#[derive(Debug)]
pub struct SignInError(BoxError);

impl SignInError {
    pub(super) const fn new(source: BoxError) -> Self {
        Self(source)
    }
}

impl fmt::Display for SignInError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for SignInError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
