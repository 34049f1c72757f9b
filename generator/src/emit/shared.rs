//! The runtime as a crate of its own, for several: all of it, so that it is the same whatever documents these are made of.

use indexmap::IndexMap;
use quote::quote;

use super::{
    Content, Emitted, Home, Module, Package,
    docs::Text,
    package::{About, Contents},
    runtime::{self, Files, Parts},
};
use crate::{Config, README};

/// What the crate is.
const ABOUT: &str = "What clients generated from OpenAPI descriptions have in common";

/// Emits the crate that `config` names.
pub(crate) fn shared(config: &Config) -> Emitted<'_> {
    let name = &config.crate_name;
    let home = Home {
        package: Some(name),
        ..Home::OWN
    };
    let files = Files::of(Parts::ALL, home);
    let mut modules = vec![
        Module::new("src/lib.rs", || {
            let docs = Text::ours(format!("{ABOUT}.")).inner();
            quote! {
                #docs
                #![forbid(unsafe_code)]
                #![cfg_attr(docsrs, feature(doc_cfg))]
                #![allow(clippy::doc_markdown, reason = "as the field has it")]

                #[allow(
                    clippy::len_without_is_empty,
                    clippy::new_without_default,
                    clippy::pedantic,
                    reason = "generated code alone names most of it, which is public for its sake"
                )]
                #[rustfmt::skip]
                pub mod runtime;
            }
        }),
        runtime::root(&files, Parts::ALL, home),
        Module {
            path: README.to_owned(),
            content: Content::Page(Box::new(move || format!("# {name}\n\n{ABOUT}.\n"))),
        },
    ];
    modules.extend(runtime::modules(&files, Parts::ALL, home));
    Emitted {
        modules,
        package: Package::of(Contents {
            config,
            parts: Parts::ALL,
            about: About {
                description: ABOUT.to_owned(),
                license: None,
                homepage: None,
            },
            features: IndexMap::new(),
        }),
    }
}
