//! A list whose items have a type each by their position: a struct without names, and a constructor.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    Emitter, docs,
    object::{always, default, many},
    types::SeenFrom,
};
use crate::{
    ir::{Item, Presence, Tuple, Type, TypeDef, TypeId},
    name::{Ident, Members, TypeName},
};

impl Emitter<'_> {
    pub(super) fn tuple(self, id: TypeId, definition: &TypeDef, tuple: &Tuple) -> TokenStream {
        let name = self.names.of(id);
        let docs = docs::of_named(&definition.docs, name.as_str(), || self.told_by_name(id)).outer_of(&definition.docs);
        let derives = self.derives(definition);
        let names = match &self.names.members[id.index()] {
            Members::Items(names) => names.as_slice(),
            Members::Fields(_) | Members::Variants(_) | Members::None => &[],
        };
        let items = tuple.items.iter().enumerate().map(|(index, item)| {
            let title = format!("Item {}.", index + 1);
            let Item {
                ty,
                presence: _,
                constant,
                docs,
                boxed: _,
            } = item;
            let text = docs::of(docs, || self.described(ty).unwrap_or_else(|| title.into()));
            let docs = text.and(always(constant.as_ref(), docs)).outer();
            let ty = self.item_type(item);
            quote!(#docs pub #ty)
        });
        let rest = tuple.rest.as_ref().map(|ty| {
            let ty = self.ty(ty, SeenFrom::Models);
            quote! {
                /// The items after those.
                pub Vec<#ty>,
            }
        });
        let (constructor, default) = self.tuple_constructor(name, definition, tuple, names);
        let rows = tuple.items.iter().enumerate().map(|(index, item)| {
            let index = Literal::usize_unsuffixed(index);
            match (item.presence, &item.ty) {
                (Presence::Required, _) => quote!(required #index),
                (Presence::Optional, Type::Nullable(_)) => quote!(maybe #index),
                (Presence::Optional, _) => quote!(optional #index),
            }
        });
        let total_eq = self.total_eq(id, definition);
        let last = Literal::usize_unsuffixed(tuple.items.len());
        let others = tuple.rest.is_some().then(|| quote!(rest #last,));
        quote! {
            #docs
            #derives
            pub struct #name(
                #(#items,)*
                #rest
            );

            impl #name {
                #constructor
            }

            #default

            #total_eq

            tuple! {
                #name { #(#rows,)* #others }
            }
        }
    }

    /// The type of an item, with what absence and `null` add.
    pub(super) fn item_type(self, item: &Item) -> TokenStream {
        let inner = item.ty.clone().without_null();
        let value = self.ty(&inner, SeenFrom::Models);
        let value = if item.boxed { quote!(Box<#value>) } else { value };
        match (item.presence, &item.ty) {
            (Presence::Optional, Type::Nullable(_)) => quote!(Maybe<#value>),
            (Presence::Optional, _) | (Presence::Required, Type::Nullable(_)) => quote!(Option<#value>),
            (Presence::Required, _) => value,
        }
    }

    fn tuple_constructor(
        self,
        name: &TypeName,
        definition: &TypeDef,
        tuple: &Tuple,
        names: &[Ident],
    ) -> (TokenStream, Option<TokenStream>) {
        if definition.capability.default {
            let constructor = quote! {
                /// Without any item.
                #[must_use]
                pub fn new() -> Self {
                    Self::default()
                }
            };
            return (constructor, None);
        }
        let mut arguments = Vec::new();
        let values: Vec<_> = tuple
            .items
            .iter()
            .zip(names)
            .map(|(item, name)| match (item.presence, &item.ty) {
                (Presence::Optional, Type::Nullable(_)) => quote!(Maybe::Absent),
                (Presence::Optional, _) => quote!(None),
                (Presence::Required, Type::Nullable(inner)) => {
                    let ty = self.ty(inner, SeenFrom::Models);
                    arguments.push(quote!(#name: Option<#ty>));
                    if item.boxed {
                        quote!(#name.map(Box::new))
                    } else {
                        quote!(#name)
                    }
                }
                (Presence::Required, ty) => {
                    if let Some(constant) = self.constant(ty, item.constant.as_ref()) {
                        return constant;
                    }
                    let (argument, store) = self.argument(ty, SeenFrom::Models);
                    arguments.push(quote!(#name: #argument));
                    let value = store(quote!(#name));
                    if item.boxed { quote!(Box::new(#value)) } else { value }
                }
            })
            .collect();
        let rest = tuple.rest.as_ref().map(|_| quote!(Vec::new()));
        let values = values.into_iter().chain(rest);
        let many = many(arguments.len(), "items");
        let constructor = quote! {
            /// With the items that must be there, and without the others.
            #many
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self(#(#values),*)
            }
        };
        (constructor, arguments.is_empty().then(|| default(name)))
    }
}
