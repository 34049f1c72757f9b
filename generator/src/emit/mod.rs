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
mod home;
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
mod shared;
mod shown;
mod telling;
mod together;
mod tuple;
mod types;
mod union;
mod webhook;
mod words;
mod xml;

use std::{borrow::Cow, sync::Arc};

use proc_macro2::TokenStream;

pub(crate) use manifest::manifest;
pub(crate) use package::can_have_runtime;
pub use package::{Dependency, Entry, EntryValue, Package};
pub(crate) use shared::shared;
pub(crate) use together::{Together, WITHIN, together};

use self::{
    home::Home,
    runtime::{Files, Parts},
};
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

/// What is emitted: a document with a name for all that is in it.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) api: &'a Api,
    pub(crate) names: &'a Names,
    pub(crate) gates: &'a Gates,
    pub(crate) config: &'a Config,
}

/// What every function of this stage works on.
#[derive(Clone, Copy)]
pub(crate) struct Emitter<'a> {
    api: &'a Api,
    names: &'a Names,
    gates: &'a Gates,
    config: &'a Config,
    home: Home<'a>,
    /// What there is of the runtime: for this document, and for others that share it.
    there: Parts,
}

/// Emits every file of the crate.
pub(crate) fn emit(subject: Subject<'_>) -> Emitted<'_> {
    let own = Parts::of(subject);
    let home = Home {
        package: subject.config.runtime_package(),
        ..Home::OWN
    };
    let there = if home.is_shared() { Parts::ALL } else { own };
    let emitter = Emitter::new(subject, home, there);
    let mut modules = emitter.modules(own);
    if home.is_own() {
        let files = Files::of(own, home);
        modules.push(runtime::root(&files, own, home));
        modules.extend(runtime::modules(&files, own, home));
    }
    modules.push(Module {
        path: README.to_owned(),
        content: Content::Page(Box::new(move || emitter.readme(own))),
    });
    Emitted {
        modules,
        package: emitter.package(own),
    }
}

impl<'a> Emitter<'a> {
    fn new(subject: Subject<'a>, home: Home<'a>, there: Parts) -> Self {
        let Subject {
            api,
            names,
            gates,
            config,
        } = subject;
        Self {
            api,
            names,
            gates,
            config,
            home,
            there,
        }
    }

    /// The files of the document, which needs these parts of the runtime.
    fn modules(self, own: Parts) -> Vec<Module<'a>> {
        let files = Arc::new(Files::of(own, self.home));
        let mut modules = vec![Module::new("src/lib.rs", move || self.library(&files, own))];
        if self.has_client() {
            modules.push(Module::new("src/client.rs", move || self.client()));
            modules.push(Module::new("src/api/mod.rs", move || self.handles()));
            if !self.home.is_own() {
                modules.push(runtime::builder(self.there, self.home));
            }
        }
        modules.push(Module::new("src/models/mod.rs", move || self.models()));
        if own.has("xml") {
            modules.push(Module::new("src/xml.rs", move || self.xml()));
        }
        if self.has_webhooks() {
            modules.push(Module::new("src/webhooks.rs", move || self.webhooks()));
        }
        modules.extend(self.names.groups.iter().map(|group| {
            let path = format!("src/api/{}.rs", group.module.as_str());
            Module::new(path, move || self.handle(group))
        }));
        modules.extend(self.names.models.iter().map(|model| {
            let path = format!("src/models/{}.rs", model.module.as_str());
            Module::new(path, move || self.model(model))
        }));
        modules
    }
}

impl Emitter<'_> {
    /// Whether there is anything to call.
    fn has_client(self) -> bool {
        !self.api.operations.is_empty()
    }

    /// Whether anybody can say who they are: here, or where the runtime is used too.
    fn has_credentials(self) -> bool {
        self.there.has("credentials")
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
