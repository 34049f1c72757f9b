//! Which program is run: what its commands are called, and where it looks for settings.

use std::path::{Path, PathBuf};

use crate::input;

/// The program that is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Front {
    /// `cargo xtask`, in this repository.
    Xtask,
    /// `openapi-crate`, in anybody's folder.
    OpenapiCrate,
}

impl Front {
    /// The command that generates, as one types it.
    pub(crate) fn generate(self) -> &'static str {
        match self {
            Self::Xtask => "cargo xtask codegen",
            Self::OpenapiCrate => "openapi-crate generate",
        }
    }

    /// The settings file where none is named, as seen from the working folder.
    pub(crate) fn settings(self) -> PathBuf {
        match self {
            Self::Xtask => input::relative(&input::root().join("spec/codegen.toml")),
            Self::OpenapiCrate => PathBuf::from(SETTINGS),
        }
    }

    /// What can be done where there are no settings at `path`.
    pub(crate) fn hint(self, path: &Path) -> Option<&'static str> {
        let is_missing = self == Self::OpenapiCrate && path == Path::new(SETTINGS) && !path.exists();
        is_missing
            .then_some("`openapi-crate init DOCUMENT` writes one, and `generate --spec FILE --out DIR` needs none")
    }
}

/// What `openapi-crate` is told in a folder.
pub(crate) const SETTINGS: &str = "codegen.toml";
