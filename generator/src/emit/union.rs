//! One of several types: an enum with an arm that keeps what fits none.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use serde_json::Value;

use super::{
    Emitter,
    conversion::{Held, Twins},
    docs::{self, Text},
    telling::Part,
    types::SeenFrom,
};
use crate::{
    ir::{Discriminator, EnumRepr, Primitive, Shape, Type, TypeDef, TypeId, Union, Variant},
    name::TypeName,
};

/// What chooses a variant of a union with a discriminator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// One of its tags.
    Told,
    /// One of its tags, or none.
    Untold,
    /// One of its tags, or any that no other has.
    Others,
}

impl Emitter<'_> {
    pub(super) fn union(self, id: TypeId, definition: &TypeDef, union: &Union) -> TokenStream {
        let name = self.names.of(id);
        let docs = docs::of_named(&definition.docs, name.as_str(), || self.told_by_name(id)).outer_of(&definition.docs);
        let derives = self.derives(definition);
        let names = self.variants(id);
        let variants = names
            .iter()
            .zip(&union.variants)
            .map(|(name, variant)| self.union_variant(name, variant));
        let held: Vec<Held> = names
            .iter()
            .zip(&union.variants)
            .filter(|(_, variant)| !matches!(variant.ty, Type::Constant(_)))
            .map(|(name, variant)| self.held(name, &variant.ty, SeenFrom::Models))
            .collect();
        // Where no tag is written, variants of one type are the same on the wire.
        let twins = if union.discriminator.is_none() {
            Twins::First
        } else {
            Twins::None
        };
        let conversions = self.conversions(name, Some(id), &held, twins);
        let total_eq = self.total_eq(id, definition);
        let table = self.union_table(name, names, union);
        quote! {
            #docs
            #derives
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// A value that fits none of the described types.
                Unknown(Value),
            }

            #conversions

            #total_eq

            #table
        }
    }

    fn union_variant(self, name: &TypeName, variant: &Variant) -> TokenStream {
        let Variant {
            ty,
            name: _,
            tags: _,
            docs,
        } = variant;
        let docs = docs::of(docs, || self.arm_title(ty)).outer();
        if let Type::Constant(_) = ty {
            return quote!(#docs #name);
        }
        let ty = self.held_by_variant(ty, SeenFrom::Models);
        quote!(#docs #name(#ty))
    }

    /// What an arm is, where the document does not say; nothing where its type says as much.
    fn arm_title(self, ty: &Type) -> Text {
        let name = |ty: &Type| match ty {
            Type::Def(id) => Some(format!("[`{}`]", self.names.of(*id))),
            Type::Constant(text) => Some(docs::code(&Value::from(text.as_str()).to_string())),
            Type::Primitive(_) | Type::List(_) | Type::Tuple(_) | Type::Map(_) | Type::Nullable(_) | Type::Any => None,
        };
        let title = match ty {
            Type::List(item) => name(item).map(|name| format!("A list of {name}.")),
            Type::Map(value) => name(value).map(|name| format!("An object whose values are {name}.")),
            Type::Nullable(inner) => name(inner).map(|name| format!("A {name}, or `null`.")),
            Type::Constant(_) => name(ty).map(|text| format!("{text}.")),
            Type::Def(_) | Type::Primitive(_) | Type::Tuple(_) | Type::Any => name(ty).map(|name| format!("A {name}.")),
        };
        let title = title.map(Text::ours).unwrap_or_default();
        self.described(ty).unwrap_or(title)
    }

    fn union_table(self, name: &TypeName, names: &[TypeName], union: &Union) -> TokenStream {
        let variants = names.iter().zip(&union.variants);
        let tags = |variant: &Variant| {
            let tags = variant.tags.iter().map(tag);
            quote!(#(#tags)|*)
        };
        match &union.discriminator {
            Some(Discriminator {
                property,
                optional: true,
                inferred: _,
                default: _,
                absent: _,
            }) => {
                let arms = variants.map(|(name, variant)| {
                    let (tags, hint) = (tags(variant), self.hint(&variant.ty));
                    let kind = self.kind_of_arm(&variant.ty, Standing::Told);
                    quote!(#name = #tags #kind: #hint)
                });
                quote!(untagged_union! { #name by #property { #(#arms,)* } })
            }
            Some(Discriminator {
                property,
                default,
                absent,
                inferred: _,
                optional: _,
            }) => {
                let beside = variants.clone().filter(|(_, variant)| variant.tags.is_empty());
                let beside = beside.map(|(name, variant)| {
                    let hint = self.hint(&variant.ty);
                    quote!(=> #name: #hint,)
                });
                let variants = variants.enumerate();
                let tagged = variants.filter(|(_, (_, variant))| !variant.tags.is_empty());
                let arms = tagged.map(|(index, (name, variant))| {
                    let tags = tags(variant);
                    let standing = match index {
                        index if *default == Some(index) => Standing::Others,
                        index if *absent == Some(index) => Standing::Untold,
                        _ => Standing::Told,
                    };
                    let kind = self.kind_of_arm(&variant.ty, standing);
                    quote!(#name = #tags #kind)
                });
                let name_of = |index: Option<usize>| index.and_then(|index| names.get(index));
                let other = name_of(*default).map(|name| quote!(else #name));
                let plain = name_of(*absent).map(|name| quote!(absent #name));
                quote!(tagged_union! { #name by #property #other #plain { #(#beside)* #(#arms,)* } })
            }
            None => {
                let arms = variants
                    .zip(self.telling_values(union))
                    .map(|((name, variant), parts)| {
                        let hint = self.hint(&variant.ty);
                        let known = places(&parts);
                        quote!(#name: #hint #known)
                    });
                quote!(untagged_union! { #name { #(#arms,)* } })
            }
        }
    }

    /// What marks a variant that the union does not simply write its tag into.
    fn kind_of_arm(self, ty: &Type, standing: Standing) -> Option<TokenStream> {
        let shape = match self.resolve(ty) {
            Type::Def(id) => Some(&self.api.types[*id].shape),
            Type::Primitive(_)
            | Type::List(_)
            | Type::Tuple(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Constant(_)
            | Type::Any => None,
        };
        Some(match (shape, standing) {
            (Some(Shape::Struct(_)), Standing::Told) => return None,
            (Some(Shape::Struct(_)), Standing::Untold) => quote!(as optional),
            (Some(Shape::Struct(_)), Standing::Others) => quote!(as members),
            (Some(Shape::Union(_)), Standing::Told | Standing::Untold) => quote!(as tagged_union),
            (Some(Shape::Union(_)), Standing::Others) => quote!(as union),
            (Some(Shape::Enum(_) | Shape::Tuple(_) | Shape::Alias(_)) | None, _) => quote!(as written),
        })
    }

    /// What shows that a value is of this type.
    fn hint(self, ty: &Type) -> TokenStream {
        let shape = match self.resolve(ty) {
            Type::Def(id) => &self.api.types[*id].shape,
            Type::Primitive(primitive) => return kind_of(primitive),
            Type::Tuple(_) => return quote!(some),
            Type::List(_) | Type::Map(_) | Type::Nullable(_) => return quote!(any),
            Type::Constant(text) => return quote!(unit[#text]),
            Type::Any => return quote!(all),
        };
        match shape {
            Shape::Struct(object) => {
                let members = object.fields.iter().map(|field| &field.wire);
                quote!(members[#(#members),*])
            }
            Shape::Enum(values) if values.repr != EnumRepr::Mixed => {
                let values = values.values.iter().map(|value| {
                    value
                        .wire
                        .as_str()
                        .map_or_else(|| value.wire.to_string(), str::to_owned)
                });
                quote!(values[#(#values),*])
            }
            Shape::Tuple(_) => quote!(some),
            Shape::Union(_) => quote!(union),
            Shape::Enum(_) | Shape::Alias(_) => quote!(any),
        }
    }
}

/// Whether it takes only few of the values of its JSON type, so that it is to be tried before one that takes them all.
fn kind_of(primitive: &Primitive) -> TokenStream {
    match primitive {
        Primitive::Int32 | Primitive::Int64 | Primitive::UInt32 | Primitive::UInt64 => quote!(some),
        Primitive::DateTime
        | Primitive::LocalDateTime
        | Primitive::Date
        | Primitive::Time
        | Primitive::Uuid
        | Primitive::Custom { .. } => {
            quote!(form)
        }
        // Almost every text is base64 of something.
        Primitive::Byte
        | Primitive::ByteUrl
        | Primitive::Binary
        | Primitive::Boolean
        | Primitive::Float
        | Primitive::Double
        | Primitive::String => quote!(any),
    }
}

/// A tag as a pattern.
fn tag(value: &Value) -> TokenStream {
    match value {
        Value::Bool(flag) => quote!(#flag),
        Value::Number(number) => Literal::i64_suffixed(number.as_i64().unwrap_or_default()).to_token_stream(),
        Value::String(text) => quote!(#text),
        Value::Null | Value::Array(_) | Value::Object(_) => unreachable!("`lower` tells variants apart by scalars"),
    }
}

/// What stands after a hint: the parts whose values show which variant it is.
fn places(parts: &[Part]) -> Option<TokenStream> {
    let parts = parts.iter().map(|(part, values)| {
        let values = values.iter().map(known);
        quote!(#part is #(#values)|*)
    });
    let mut parts = parts.peekable();
    parts.peek().is_some().then(|| quote!(where [#(#parts),*]))
}

/// A value that shows which variant it is.
fn known(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Bool(flag) => quote!(flag #flag),
        Value::Number(number) => {
            let number = number.to_string();
            quote!(number #number)
        }
        Value::String(text) => quote!(text #text),
        Value::Array(_) | Value::Object(_) => {
            let json = value.to_string();
            quote!(json #json)
        }
    }
}
