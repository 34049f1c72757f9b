//! [`Api`] and [`Names`] in, tokens out: one [`Module`] per file of the output.
//!
//! A function per construct, and a `quote!` that reads like what it makes. Nothing here knows OpenAPI, and nothing can
//! fail.

mod alias;
mod batch;
mod body;
mod client;
mod docs;
mod enumeration;
mod events;
mod form;
mod handle;
mod header;
mod html;
mod library;
mod manifest;
mod markdown;
mod model;
mod object;
mod operation;
mod package;
mod parameter;
mod response;
mod runtime;
mod server;
mod types;
mod union;
mod words;

use proc_macro2::TokenStream;

pub(crate) use manifest::manifest;
pub use package::{Dependency, Package};

use crate::{Config, ir::Api, name::Names};

/// One file.
pub(crate) struct Module<'a> {
    /// Where it goes, relative to the crate's folder.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) content: Content<'a>,
}

/// What a file holds.
pub(crate) enum Content<'a> {
    /// Code. Tokens cannot go from thread to thread, so whoever formats them also has them made.
    Code(Box<dyn Fn() -> TokenStream + Send + Sync + 'a>),
    /// A file of the runtime, as it stands.
    Text(&'static str),
}

/// All that is emitted for a crate.
pub(crate) struct Emitted<'a> {
    pub(crate) modules: Vec<Module<'a>>,
    pub(crate) package: Package,
}

/// What every function of this stage works on.
#[derive(Clone, Copy)]
pub(crate) struct Emitter<'a> {
    api: &'a Api,
    names: &'a Names,
    config: &'a Config,
}

/// Emits every file of the crate.
pub(crate) fn emit<'a>(api: &'a Api, names: &'a Names, config: &'a Config) -> Emitted<'a> {
    let emitter = Emitter { api, names, config };
    let mut modules = vec![
        Module::new("src/lib.rs", move || emitter.library()),
        Module::new("src/client.rs", move || emitter.client()),
        Module::new("src/api/mod.rs", move || emitter.handles()),
        Module::new("src/models/mod.rs", move || emitter.models()),
        Module::new("src/runtime/mod.rs", runtime::root),
    ];
    modules.extend(names.groups.iter().map(|group| {
        let path = format!("src/api/{}.rs", group.module.as_str());
        Module::new(path, move || emitter.handle(group))
    }));
    modules.extend(names.models.iter().map(|model| {
        let path = format!("src/models/{}.rs", model.module.as_str());
        Module::new(path, move || emitter.model(model))
    }));
    modules.extend(runtime::files());
    Emitted {
        modules,
        package: emitter.package(),
    }
}

impl<'a> Module<'a> {
    fn new(path: impl Into<String>, code: impl Fn() -> TokenStream + Send + Sync + 'a) -> Self {
        Self {
            path: path.into(),
            content: Content::Code(Box::new(code)),
        }
    }
}
