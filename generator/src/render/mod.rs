//! Tokens in, formatted text out, under the marker of machine-written files.

use indexmap::IndexMap;

use crate::{Config, emit::Module};

/// The files of a crate: path relative to its folder, and text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(pub IndexMap<String, String>);

/// Formats every module.
pub fn render(modules: Vec<Module>, config: &Config) -> Files {
    let _ = (modules, config);
    Files::default()
}
