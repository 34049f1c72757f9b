//! Another name for a type.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, docs, types::SeenFrom};
use crate::ir::{Type, TypeDef, TypeId};

impl Emitter<'_> {
    pub(super) fn alias(self, id: TypeId, definition: &TypeDef, ty: &Type) -> TokenStream {
        let name = self.names.of(id);
        let docs = docs::of_named(&definition.docs, name.as_str(), || self.told_by_name(id)).outer_of(&definition.docs);
        let ty = self.ty(ty, SeenFrom::Models);
        quote! {
            #docs
            pub type #name = #ty;
        }
    }
}
