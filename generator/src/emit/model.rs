//! The files of `models`: one per named schema, with all that is written inside it.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, docs};
use crate::{
    ir::{Origin, Shape, TypeDef, TypeId},
    name::Model,
};

impl Emitter<'_> {
    /// `models/mod.rs`.
    pub(super) fn models(self) -> TokenStream {
        let (modules, exports): (Vec<_>, Vec<_>) = self
            .names
            .models
            .iter()
            .map(|model| {
                let module = &model.module;
                let types = model.types.iter().map(|id| self.names.of(*id));
                (quote!(mod #module;), quote!(pub use #module::{#(#types),*};))
            })
            .unzip();
        let docs = docs::Text::ours("The types of the API: one file for each named schema.").inner();
        quote!(#docs #(#modules)* #(#exports)*)
    }

    /// One file of `models`.
    pub(super) fn model(self, model: &Model) -> TokenStream {
        let title = model.types.first().map(|id| self.wire_name(*id)).unwrap_or_default();
        let docs = docs::Text::ours(format!("The schema {title}.")).inner();
        let items = model.types.iter().map(|id| self.definition(*id));
        quote! {
            #docs

            #[allow(unused_imports, reason = "a type need not use all of it")]
            use crate::runtime::prelude::*;

            #(#items)*
        }
    }

    fn definition(self, id: TypeId) -> TokenStream {
        let definition = &self.api.types[id];
        match &definition.shape {
            Shape::Struct(object) => self.object(id, definition, object),
            Shape::Enum(values) => self.enumeration(id, definition, values),
            Shape::Union(union) => self.union(id, definition, union),
            Shape::Alias(ty) => self.alias(id, definition, ty),
        }
    }

    /// What a definition is called in the document.
    pub(super) fn wire_name(self, id: TypeId) -> String {
        let definition = &self.api.types[id];
        match &definition.origin {
            Origin::Component(name) => docs::code(name),
            Origin::Inline { .. } => format!("at {}", docs::code(definition.pointer.as_str())),
        }
    }

    /// The derives of a definition.
    pub(super) fn derives(self, definition: &TypeDef) -> TokenStream {
        let total = definition.capability.eq.then(|| quote!(, Eq, Hash));
        let default = definition.capability.default.then(|| quote!(, Default));
        let own = self
            .config
            .derives
            .iter()
            .filter_map(|path| path.parse::<TokenStream>().ok());
        quote!(#[derive(Debug, Clone, PartialEq #total #default #(, #own)*)])
    }
}
