//! `lib.rs`: what the crate is, and what it offers.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Emitter,
    docs::{self, Text},
    runtime::{Files, Parts},
    words,
};
use crate::Config;
use crate::ir::{Contact, Content, Info, License, Operation, Payload, Shape, TypeDef};

impl Emitter<'_> {
    /// `lib.rs`.
    pub(super) fn library(self, files: &Files, parts: Parts) -> TokenStream {
        let has_client = self.has_client();
        let (limit, depth) = self.recursion_limit();
        // docs.rs shows what stands behind which.
        let shown_features =
            (has_client || !self.features().is_empty()).then(|| quote!(#![cfg_attr(docsrs, feature(doc_cfg))]));
        let letters = self.letters();
        let docs = self.page(parts, depth).inner();
        // Of a module, its crate says this.
        let of_crate = self.home.module.is_none().then(|| {
            quote! {
                #![forbid(unsafe_code)]
                #![allow(clippy::doc_markdown, reason = "as the API has it")]
                #shown_features
                #letters
                #limit
            }
        });
        let mounted = Self::mounted(self.config);
        // What is deprecated is still there, and made of other things that are.
        let old = self
            .has_deprecated()
            .then(|| quote!(#[allow(deprecated, reason = "what the description calls deprecated is still in it")]));
        let theirs = quote! {
            #[allow(clippy::similar_names, clippy::too_many_lines, reason = "as the API has it")]
            #[allow(clippy::fn_params_excessive_bools, reason = "as the API has it")]
        };
        let builder = (!self.home.is_own()).then(|| {
            quote! {
                #[rustfmt::skip]
                mod builder;
            }
        });
        let calls = has_client.then(|| {
            quote! {
                #old
                #theirs
                #[rustfmt::skip]
                pub mod api;
                #[rustfmt::skip]
                mod client;
                #builder
            }
        });
        let spare = self.spare();
        let spare_runtime = spare.as_ref().filter(|_| self.home.is_own());
        let webhooks = self.has_webhooks().then(|| {
            let when = self.when_webhooks();
            quote! {
                #when
                #old
                #[rustfmt::skip]
                pub mod webhooks;
            }
        });
        let xml = parts.has("xml").then(|| Self::marked_up(spare.as_ref()));
        let exports = has_client.then(|| self.at_the_root(files, parts));
        let prelude = self.prelude(files, parts);
        let runtime = self.runtime();
        quote! {
            #docs
            #of_crate

            #calls
            #old
            #theirs
            #[allow(clippy::struct_excessive_bools, reason = "as the API has it")]
            #[rustfmt::skip]
            pub mod models;
            #spare_runtime
            #runtime
            #webhooks
            #xml
            #mounted

            #exports

            #prelude
        }
    }

    /// What permits names in which letters of several scripts stand, where there are such.
    pub(super) fn letters(self) -> Option<TokenStream> {
        (!self.names.is_ascii()).then(|| {
            quote! {
                #![allow(
                    confusable_idents,
                    mixed_script_confusables,
                    uncommon_codepoints,
                    reason = "the names are those of the API"
                )]
            }
        })
    }

    /// The hand-written modules.
    pub(super) fn mounted(config: &Config) -> TokenStream {
        let modules = config.modules.iter().filter_map(|(name, mount)| {
            let name: TokenStream = name.parse().ok()?;
            let path = format!("../{}", mount.path);
            let feature = mount.feature.as_ref().map(|feature| quote!(#[cfg(feature = #feature)]));
            Some(quote!(#feature #[path = #path] pub mod #name;))
        });
        quote!(#(#modules)*)
    }

    /// The module of what is written as XML.
    fn marked_up(spare: Option<&TokenStream>) -> TokenStream {
        quote! {
            #spare
            #[rustfmt::skip]
            mod xml;
        }
    }

    /// What permits to have more of the runtime than is used, where that is so: with what a feature would use that is off, and
    /// with what nobody but the user asks for.
    pub(super) fn spare(self) -> Option<TokenStream> {
        let reason = if self.config.whole_runtime {
            "the settings ask for all that clients can do"
        } else if !self.features().is_empty() {
            "what is used depends on the features that are on"
        } else {
            return None;
        };
        Some(quote!(#[allow(dead_code, unused_imports, reason = #reason)]))
    }

    /// Whether anything is marked as deprecated.
    fn has_deprecated(self) -> bool {
        let of_type = |definition: &TypeDef| {
            definition.docs.deprecated
                || match &definition.shape {
                    Shape::Struct(object) => object.fields.iter().any(|field| field.docs.deprecated),
                    Shape::Enum(values) => values.values.iter().any(|value| value.docs.deprecated),
                    Shape::Union(_) | Shape::Tuple(_) | Shape::Alias(_) => false,
                }
        };
        let of_part = |content: &Content| match &content.payload {
            Payload::Multipart(parts) => parts.iter().any(|part| part.docs.deprecated),
            _ => false,
        };
        let of_operation = |operation: &Operation| {
            let mut bodies = operation.body.iter().flat_map(|body| &body.contents);
            let mut headers = operation.responses.iter().flat_map(|response| &response.headers);
            operation.docs.deprecated
                || operation.parameters.iter().any(|parameter| parameter.docs.deprecated)
                || headers.any(|header| header.docs.deprecated)
                || bodies.any(of_part)
        };
        self.api.types.iter().any(|(_, definition)| of_type(definition)) || self.api.operations.iter().any(of_operation)
    }

    /// Who answers for the API, and on which terms it is to be used.
    pub(super) fn imprint(self) -> Text {
        let Info {
            terms,
            contact,
            license,
            title: _,
            version: _,
            summary: _,
            description: _,
            link,
        } = &self.api.info;
        let shown = |text: &String| {
            if words::is_link(text) {
                format!("<{text}>")
            } else {
                docs::code(text)
            }
        };
        let listed = |title: &str, parts: Vec<String>| {
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            (!parts.is_empty()).then(|| format!("{title}: {}.", parts.join(", ")))
        };
        let license = license.as_ref().and_then(|license| {
            let License { name, url, identifier } = license;
            let identifier = identifier.as_ref().filter(|identifier| *identifier != name);
            let name = Some(name).filter(|name| !name.is_empty()).map(|name| docs::code(name));
            let parts = name
                .into_iter()
                .chain(identifier.map(|identifier| docs::code(identifier)));
            listed("Licence of the API", parts.chain(url.as_ref().map(shown)).collect())
        });
        let terms = terms
            .as_ref()
            .and_then(|terms| listed("Terms of its use", vec![shown(terms)]));
        let contact = contact.as_ref().and_then(|contact| {
            let Contact { name, url, email } = contact;
            let name = name.as_ref().map(|name| docs::code(name));
            let parts = name.into_iter().chain([url, email].into_iter().flatten().map(shown));
            listed("Contact", parts.collect())
        });
        let further = link
            .as_ref()
            .filter(|link| words::is_link(link))
            .map(|link| format!("See <{link}>."));
        let lines = [further, license, terms, contact].into_iter().flatten();
        lines.fold(Text::default(), |text, line| text.and(Text::ours(line)))
    }

    /// What lets rustc look deep enough into the types, and what a user has to know about it.
    fn recursion_limit(self) -> (Option<TokenStream>, Text) {
        let Some(limit) = self.api.recursion_limit.map(|limit| limit.to_string()) else {
            return (None, Text::default());
        };
        let docs = Text::ours(format!(
            "The types are nested so deeply that rustc may give up on yours that hold them, saying `overflow evaluating \
             the requirement`. Then put `#![recursion_limit = \"{limit}\"]` at the top of your crate as well."
        ));
        (Some(quote!(#![recursion_limit = #limit])), docs)
    }
}
