//! The files of `api`: one per group of operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, docs::Text};
use crate::name::Group;

impl<'a> Emitter<'a> {
    /// `api/mod.rs`.
    pub(super) fn handles(self) -> TokenStream {
        let docs = Text::ours("The operations of the API: one file for each group.").inner();
        let modules = self.names.groups.iter().map(|group| &group.module);
        quote!(#docs #(pub mod #modules;)*)
    }

    /// One file of `api`.
    pub(super) fn handle(self, group: &'a Group) -> TokenStream {
        let handle = &group.handle;
        let tag = group.tag.and_then(|tag| self.api.tags.get(tag.0));
        let described = tag
            .and_then(|tag| tag.description.as_deref())
            .map(Text::theirs)
            .unwrap_or_default();
        let title = match tag.and_then(|tag| tag.name.as_deref()) {
            Some(name) => format!("The operations with the tag {}.", super::docs::code(name)),
            None => format!("The operations below {}.", super::docs::code(group.module.as_str())),
        };
        let file_docs = Text::ours(&title).inner();
        let docs = described.or(&title).outer();
        let emitted: Vec<_> = group.operations.iter().map(|id| self.operation(group, *id)).collect();
        let methods = emitted.iter().map(|operation| &operation.method);
        let items = emitted.iter().map(|operation| &operation.items);
        let data = emitted.iter().map(|operation| &operation.data);
        let models = self.uses_models(group).then(|| {
            quote!(
                use crate::models;
            )
        });
        let has_batch = group
            .operations
            .iter()
            .any(|id| self.api.operations[id.0].batch.is_some());
        let bulk = has_batch.then(|| {
            quote!(
                use crate::runtime::bulk::{BatchKey, BatchLayout, BatchOperation, Bulk, Source};
            )
        });
        quote! {
            #file_docs

            #models
            #bulk
            use crate::runtime::prelude::*;

            #docs
            #[derive(Debug, Clone, Copy)]
            pub struct #handle<'c> {
                core: &'c Core,
            }

            impl<'c> #handle<'c> {
                pub(crate) const fn new(core: &'c Core) -> Self {
                    Self { core }
                }

                #(#methods)*
            }

            #(#items)*

            #(#data)*
        }
    }

    /// Whether any operation of the group names a model.
    fn uses_models(self, group: &Group) -> bool {
        group
            .operations
            .iter()
            .any(|id| self.api.operations[id.0].mentions_definition())
    }
}
