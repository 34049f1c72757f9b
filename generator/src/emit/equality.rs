//! `Eq` and `Hash` of what has numbers with floating point, which cannot be derived.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::Emitter;
use crate::{
    ir::{Additional, Equality, Shape, Type, TypeDef, TypeId},
    name::Members,
};

impl Emitter<'_> {
    /// `total_eq!` of a definition that needs it. What mixes such numbers with others inside a list by position is not part
    /// of the hash, which therefore is still the same for equals.
    pub(super) fn total_eq(self, id: TypeId, definition: &TypeDef) -> Option<TokenStream> {
        if definition.capability.eq != Equality::Written {
            return None;
        }
        let name = self.names.of(id);
        let row = |member: &dyn ToTokens, ty: &Type| {
            let leaves = self.api.types.leaves(ty);
            let floating = leaves.iter().filter(|leaf| leaf.is_floating_point()).count();
            match (ty, floating) {
                (Type::Constant(_), _) => None,
                (_, 0) => Some(quote!(plain #member,)),
                (_, all) if all == leaves.len() => Some(quote!(float #member,)),
                _ => None,
            }
        };
        let (kind, rows): (_, Vec<TokenStream>) = match (&definition.shape, &self.names.members[id.index()]) {
            (Shape::Struct(object), Members::Fields(names)) => {
                let others = match &object.additional {
                    Additional::Declared(ty) => ty,
                    Additional::Denied | Additional::Implied => &Type::Any,
                };
                let fields = names.iter().zip(&object.fields);
                let fields = fields.filter_map(|(names, field)| row(&names.field, &field.ty));
                let others = row(&format_ident!("additional_properties"), others);
                ("struct", fields.chain(others).collect())
            }
            (Shape::Union(union), Members::Variants(names)) => {
                let variants = names.iter().zip(&union.variants);
                let variants = variants.filter_map(|(name, variant)| row(name, &variant.ty));
                ("enum", variants.chain([quote!(plain Unknown,)]).collect())
            }
            (Shape::Tuple(tuple), _) => {
                let items = tuple.items.iter().map(|item| &item.ty).chain(&tuple.rest);
                let items = items.enumerate();
                let rows = items.filter_map(|(index, ty)| row(&Literal::usize_unsuffixed(index), ty));
                ("struct", rows.collect())
            }
            _ => return None,
        };
        let kind = format_ident!("{kind}");
        Some(quote!(total_eq! { #kind #name { #(#rows)* } }))
    }
}
