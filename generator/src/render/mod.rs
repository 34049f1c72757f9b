//! Tokens in, formatted text out, under the marker of machine-written files.

mod package;

use indexmap::IndexMap;

use crate::{Config, emit::Module};

pub use package::{Dependency, Package};

/// What every file that the machine writes has in its first line; only files with it are replaced or deleted.
pub const MARKER: &str = "@generated";

/// The files of a crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// Machine-written files: path relative to the crate's folder, with `/`, and text whose first line has [`MARKER`].
    pub sources: IndexMap<String, String>,
    /// What its `Cargo.toml` must say.
    pub package: Package,
}

/// Formats every module.
pub fn render(modules: Vec<Module>, config: &Config) -> Files {
    let _ = (modules, config);
    Files::default()
}
