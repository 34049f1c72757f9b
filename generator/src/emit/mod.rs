//! [`Api`] and [`Names`] in, tokens out: one [`Module`] per file of the output.

use proc_macro2::TokenStream;

use crate::{Config, ir::Api, manifest::Manifest, name::Names};

/// The tokens of one file.
#[derive(Debug)]
pub struct Module {
    /// Where it goes, relative to the crate's folder.
    pub path: String,
    /// What it holds.
    pub tokens: TokenStream,
}

/// Emits every file of the crate.
pub fn emit(api: &Api, names: &Names, config: &Config) -> Vec<Module> {
    let _ = (api, names, config);
    Vec::new()
}

/// Says what everything is called and typed in the crate.
pub fn manifest(api: &Api, names: &Names, config: &Config) -> Manifest {
    let _ = (api, names, config);
    Manifest::default()
}
