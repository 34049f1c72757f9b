//! Several documents in, what stands beside their modules in one crate out: its root, one runtime, a page, a package.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{
    Content, Emitter, Home, Module, Package, Subject,
    docs::Text,
    package::{About, Contents},
    runtime::{self, Files, Parts},
};
use crate::{Config, README};

/// The modules that one of a document has.
pub(crate) const WITHIN: [&str; 8] = [
    "api", "builder", "client", "models", "oauth", "prelude", "webhooks", "xml",
];

/// All that is emitted for a crate of several documents.
pub(crate) struct Together<'a> {
    /// The files of each document, as if it had a crate of its own.
    pub(crate) documents: Vec<Vec<Module<'a>>>,
    /// The files beside the modules that these become.
    pub(crate) common: Vec<Module<'a>>,
    pub(crate) package: Package,
}

/// Emits the files of several documents, each under the name of its module, for the crate that `config` is about.
pub(crate) fn together<'a>(documents: &[(&'a str, Subject<'a>)], config: &'a Config) -> Together<'a> {
    let own: Vec<Parts> = documents.iter().map(|(_, subject)| Parts::of(*subject)).collect();
    let needed = own.iter().fold(Parts::NONE, |all, parts| all.and(*parts));
    let package = config.runtime_package();
    let there = if package.is_some() { Parts::ALL } else { needed };
    let home = |module| Home {
        module: Some(module),
        package,
    };
    let emitters = documents.iter();
    let emitters = emitters.map(|(module, subject)| Emitter::new(*subject, home(module), there));
    let emitters: Vec<Emitter<'a>> = emitters.collect();
    let home = home("");
    let (of_root, of_page) = (emitters.clone(), emitters.clone());
    let mut common = vec![
        Module::new("src/lib.rs", move || library(&of_root, config, home)),
        Module {
            path: README.to_owned(),
            content: Content::Page(Box::new(move || {
                Emitter::readme_of_several(&of_page, Text::ours(summary(&of_page)), config)
            })),
        },
    ];
    if !home.is_shared() {
        let files = Files::of(there, home);
        common.push(runtime::root(&files, there, home));
        common.extend(runtime::modules(&files, there, home));
    }
    let features = emitters.iter().flat_map(|emitter| emitter.comments());
    Together {
        package: Package::of(Contents {
            config,
            parts: needed,
            about: about(&emitters),
            features: features.collect::<IndexMap<_, _>>(),
        }),
        documents: emitters
            .iter()
            .zip(own)
            .map(|(emitter, own)| emitter.modules(own))
            .collect(),
        common,
    }
}

/// `lib.rs`.
fn library(documents: &[Emitter<'_>], config: &Config, home: Home<'_>) -> TokenStream {
    let docs = Text::ours(summary(documents))
        .and(Emitter::modules_of_several(documents))
        .inner();
    let has_calls = documents.iter().any(|document| document.has_client());
    let has_features = documents.iter().any(|document| !document.features().is_empty());
    let shown_features = (has_calls || has_features).then(|| quote!(#![cfg_attr(docsrs, feature(doc_cfg))]));
    let limit = documents
        .iter()
        .filter_map(|document| document.api.recursion_limit)
        .max();
    let limit = limit.map(|limit| {
        let limit = limit.to_string();
        quote!(#![recursion_limit = #limit])
    });
    let letters = documents.iter().find_map(|document| document.letters());
    let spare = documents.iter().find_map(|document| document.spare());
    let spare = spare.filter(|_| !home.is_shared());
    let runtime = home.runtime();
    let modules = documents.iter().map(|document| {
        let name = document.home.module.unwrap_or_default();
        let module = format_ident!("{name}");
        let inception = WITHIN
            .contains(&name)
            .then(|| quote!(#[allow(clippy::module_inception, reason = "the document is called so")]));
        quote! {
            #inception
            #[rustfmt::skip]
            pub mod #module;
        }
    });
    let mounted = Emitter::mounted(config);
    quote! {
        #docs
        #![forbid(unsafe_code)]
        #![allow(clippy::doc_markdown, reason = "as the APIs have it")]
        #shown_features
        #letters
        #limit

        #(#modules)*
        #spare
        #runtime
        #mounted
    }
}

fn summary(documents: &[Emitter<'_>]) -> String {
    let count = documents.len();
    match count {
        1 => "An API, in a module of its own.".to_owned(),
        _ => format!("{count} APIs, each in a module of its own; what is the same in several of them is one type."),
    }
}

fn about(documents: &[Emitter<'_>]) -> About {
    let all = documents
        .iter()
        .map(|document| document.about_package(document.has_client()));
    let all: Vec<About> = all.collect();
    // What all of them say.
    let one = |of: fn(&About) -> &Option<String>| {
        let first = of(all.first()?);
        first.clone().filter(|_| all.iter().all(|about| of(about) == first))
    };
    About {
        description: match all.as_slice() {
            [one] => one.description.clone(),
            all => format!("Clients for {} APIs", all.len()),
        },
        license: one(|about| &about.license),
        homepage: one(|about| &about.homepage),
    }
}
