//! [`Api`] and [`Names`] in, tokens out: one [`Module`] per file of the output.
//!
//! A function per construct, and a `quote!` that reads like what it makes. Nothing here knows OpenAPI, and nothing can
//! fail.

mod alias;
mod arms;
mod batch;
mod body;
mod client;
mod constant;
mod construction;
mod conversion;
mod defaults;
mod docs;
mod door;
mod enumeration;
mod equality;
mod events;
mod example;
mod exports;
mod feature;
mod form;
mod guide;
mod handle;
mod header;
mod html;
mod library;
mod literal;
mod manifest;
mod markdown;
mod markup;
mod media;
mod mock;
mod model;
mod oauth;
mod object;
mod operation;
mod operation_docs;
mod package;
mod pages;
mod parameter;
mod response;
mod runtime;
mod sample;
mod sentence;
mod server;
mod shown;
mod telling;
mod tuple;
mod types;
mod union;
mod webhook;
mod words;
mod xml;

use std::{borrow::Cow, sync::Arc};

use proc_macro2::TokenStream;

pub(crate) use manifest::manifest;
pub use package::{Dependency, Entry, EntryValue, Package};

use self::runtime::{Files, Parts};
use crate::{Config, README, gate::Gates, ir::Api, name::Names};

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
    Text(Cow<'static, str>),
    /// Markdown.
    Page(Box<dyn Fn() -> String + Send + Sync + 'a>),
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
    gates: &'a Gates,
    config: &'a Config,
}

/// Emits every file of the crate.
pub(crate) fn emit<'a>(api: &'a Api, names: &'a Names, gates: &'a Gates, config: &'a Config) -> Emitted<'a> {
    let emitter = Emitter {
        api,
        names,
        gates,
        config,
    };
    let parts = Parts::of(emitter);
    let files = Arc::new(Files::of(parts));
    let copied = Arc::clone(&files);
    let mut modules = vec![Module::new("src/lib.rs", move || emitter.library(&copied, parts))];
    if emitter.has_client() {
        modules.push(Module::new("src/client.rs", move || emitter.client()));
        modules.push(Module::new("src/api/mod.rs", move || emitter.handles()));
    }
    modules.push(Module::new("src/models/mod.rs", move || emitter.models()));
    if parts.has("xml") {
        modules.push(Module::new("src/xml.rs", move || emitter.xml()));
    }
    if emitter.has_webhooks() {
        modules.push(Module::new("src/webhooks.rs", move || emitter.webhooks()));
    }
    let copied = Arc::clone(&files);
    modules.push(Module::new("src/runtime/mod.rs", move || {
        runtime::root(&copied, parts.has("calls"))
    }));
    modules.extend(names.groups.iter().map(|group| {
        let path = format!("src/api/{}.rs", group.module.as_str());
        Module::new(path, move || emitter.handle(group))
    }));
    modules.extend(names.models.iter().map(|model| {
        let path = format!("src/models/{}.rs", model.module.as_str());
        Module::new(path, move || emitter.model(model))
    }));
    modules.extend(runtime::modules(&files, parts));
    modules.push(Module {
        path: README.to_owned(),
        content: Content::Page(Box::new(move || emitter.readme(parts))),
    });
    Emitted {
        modules,
        package: emitter.package(parts),
    }
}

impl Emitter<'_> {
    /// Whether there is anything to call.
    fn has_client(self) -> bool {
        !self.api.operations.is_empty()
    }

    /// Whether anybody can say who they are.
    fn has_credentials(self) -> bool {
        self.config.whole_runtime || self.has_client() && !self.api.security_schemes.is_empty()
    }

    /// Whether the server sends anything by itself.
    fn has_webhooks(self) -> bool {
        !self.api.webhooks.is_empty()
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
