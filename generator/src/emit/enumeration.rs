//! A set of values: an open enum, which keeps what the document does not name.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::{Emitter, docs};
use crate::{
    ir::{Enum, EnumRepr, EnumValue, TypeDef, TypeId},
    name::{Members, TypeName},
};

impl<'a> Emitter<'a> {
    pub(super) fn enumeration(self, id: TypeId, definition: &TypeDef, values: &Enum) -> TokenStream {
        let name = self.names.of(id);
        let docs = docs::of_named(&definition.docs, name.as_str(), || self.told_by_name(id)).outer_of(&definition.docs);
        let derives = self.derives(definition);
        let names = self.variants(id);
        let variants = names
            .iter()
            .zip(&values.values)
            .zip(values.texts())
            .map(|((name, value), text)| variant(name, value, &text));
        let unknown = match values.repr {
            EnumRepr::String => quote!(String),
            EnumRepr::Integer => quote!(i64),
            EnumRepr::Mixed => quote!(Value),
        };
        let table = table(name, names, values);
        quote! {
            #docs
            #derives
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// A value that the description does not name.
                Unknown(#unknown),
            }

            #table
        }
    }

    /// The names of the variants of an enum or a union.
    pub(super) fn variants(self, id: TypeId) -> &'a [TypeName] {
        match &self.names.members[id.index()] {
            Members::Variants(names) => names,
            Members::Fields(_) | Members::Items(_) | Members::None => &[],
        }
    }
}

fn variant(name: &TypeName, value: &EnumValue, text: &str) -> TokenStream {
    let EnumValue { wire: _, name: _, docs } = value;
    let docs = docs::of(docs, || docs::code(text)).outer_of(docs);
    quote!(#docs #name)
}

fn table(name: &TypeName, names: &[TypeName], values: &Enum) -> TokenStream {
    let wires = values.values.iter().map(|value| match (values.repr, &value.wire) {
        (EnumRepr::String, Value::String(text)) => quote!(#text),
        (EnumRepr::Integer, Value::Number(number)) => {
            let number = proc_macro2::Literal::i64_unsuffixed(number.as_i64().unwrap_or_default());
            quote!(#number)
        }
        (_, other) => {
            let json = other.to_string();
            quote!(#json)
        }
    });
    let repr = match values.repr {
        EnumRepr::String => quote!(str),
        EnumRepr::Integer => quote!(i64),
        EnumRepr::Mixed => quote!(Value),
    };
    quote! {
        open_enum! {
            #name: #repr { #(#names = #wires,)* }
        }
    }
}
