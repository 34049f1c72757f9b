//! Why a build script ends without a module.

use std::{error::Error, fmt};

use crate::{Refusal, diagnostics::render};

/// Why there is no module. Its text is all that is wrong, as it is drawn on a terminal.
#[derive(Clone, PartialEq, Eq)]
pub struct BuildError(String);

impl BuildError {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// What was about to be done, and what the system said.
    pub(super) fn at(what: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Self(format!("cannot {what} `{}`: {error}", path.display()))
    }
}

impl From<Refusal> for BuildError {
    fn from(refusal: Refusal) -> Self {
        let drawn = render(&refusal.problems, &refusal.sources, false);
        Self(format!("refused\n\n{}", drawn.trim_end()))
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// As [`Display`](fmt::Display): it is what Rust prints of an error that `main` returns.
impl fmt::Debug for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Error for BuildError {}
