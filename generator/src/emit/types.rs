//! A use of a type in, its Rust type out.

use proc_macro2::TokenStream;
use quote::{ToTokens, TokenStreamExt, quote};

use super::{
    Emitter,
    docs::{self, Text},
};
use crate::{
    ir::{Primitive, Shape, Type, TypeId},
    name::{Ident, TypeName},
};

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let span = proc_macro2::Span::call_site();
        let ident = if self.is_raw() {
            proc_macro2::Ident::new_raw(self.as_str(), span)
        } else {
            proc_macro2::Ident::new(self.as_str(), span)
        };
        tokens.append(ident);
    }
}

impl ToTokens for TypeName {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(proc_macro2::Ident::new(self.as_str(), proc_macro2::Span::call_site()));
    }
}

/// Where a type is named from, and so how the path to a model begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SeenFrom {
    /// A file of `models`, which imports the models that it mentions.
    Models,
    /// The same, for a model that it does not mention: one behind an alias.
    Beside,
    /// A file of `api`.
    Api,
}

impl<'a> Emitter<'a> {
    /// The Rust type for a use of a type.
    pub(super) fn ty(self, ty: &Type, from: SeenFrom) -> TokenStream {
        match ty {
            Type::Def(id) => self.path(*id, from),
            Type::Primitive(primitive) => self::primitive(primitive),
            Type::List(item) => {
                let item = self.ty(item, from);
                quote!(Vec<#item>)
            }
            Type::Tuple(items) => {
                let items = items.iter().map(|item| self.ty(item, from));
                quote!((#(#items,)*))
            }
            Type::Map(value) => {
                let value = self.ty(value, from);
                quote!(BTreeMap<String, #value>)
            }
            Type::Nullable(inner) => {
                let inner = self.ty(inner, from);
                quote!(Option<#inner>)
            }
            Type::Constant(_) => quote!(()),
            Type::Any => quote!(Value),
        }
    }

    /// The type of what a variant of an enum holds.
    pub(super) fn held_by_variant(self, ty: &Type, from: SeenFrom) -> TokenStream {
        let held = self.ty(ty, from);
        if self.api.types.is_composite(ty) {
            quote!(Box<#held>)
        } else {
            held
        }
    }

    /// The path of a definition.
    pub(super) fn path(self, id: TypeId, from: SeenFrom) -> TokenStream {
        let name = self.names.of(id);
        match from {
            SeenFrom::Models => quote!(#name),
            SeenFrom::Beside => quote!(super::#name),
            SeenFrom::Api => quote!(models::#name),
        }
    }

    /// What the document says about the definition that a use mentions, at a glance.
    pub(super) fn described(self, ty: &Type) -> Option<Text> {
        let id = ty.definition()?;
        let docs = &self.api.types[id].docs;
        let title = docs.summary.as_ref();
        let title = title.filter(|title| !docs::is_echo(title, self.names.of(id).as_str()));
        let description = docs.description.as_deref().and_then(Text::summary);
        description.or_else(|| Text::summary(title?))
    }

    /// What a type is, past all its aliases.
    pub(super) fn resolve<'t>(self, ty: &'t Type) -> &'t Type
    where
        'a: 't,
    {
        self.api.types.resolve(ty)
    }

    /// How a value of the type is taken as an argument, and what is stored of it.
    ///
    /// What a list is of is taken as it is unless it is text: there `x.into()` in a list of several would be of no type.
    pub(super) fn argument(self, ty: &Type, from: SeenFrom) -> (TokenStream, fn(TokenStream) -> TokenStream) {
        let within = within(ty, from);
        match self.resolve(ty) {
            Type::Primitive(Primitive::String) => (quote!(impl Into<String>), |value| quote!(#value.into())),
            Type::Def(id) if matches!(self.api.types[*id].shape, Shape::Union(_)) => {
                let ty = self.ty(ty, from);
                (quote!(impl Into<#ty>), |value| quote!(#value.into()))
            }
            Type::List(item) if self.is_string(item) => (
                quote!(impl IntoIterator<Item = impl Into<String>>),
                |value| quote!(#value.into_iter().map(Into::into).collect()),
            ),
            Type::List(item) => {
                let item = self.ty(item, within);
                (
                    quote!(impl IntoIterator<Item = #item>),
                    |value| quote!(#value.into_iter().collect()),
                )
            }
            Type::Map(value) if self.is_string(value) => (
                quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>),
                |value| quote!(#value.into_iter().map(|(key, value)| (key.into(), value.into())).collect()),
            ),
            Type::Map(value) => {
                let value = self.ty(value, within);
                (
                    quote!(impl IntoIterator<Item = (impl Into<String>, #value)>),
                    |value| quote!(#value.into_iter().map(|(key, value)| (key.into(), value)).collect()),
                )
            }
            Type::Any => (quote!(impl Into<Value>), |value| quote!(#value.into())),
            _ => (self.ty(ty, from), |value| value),
        }
    }

    /// Whether a type is text of any form.
    pub(super) fn is_string(self, ty: &Type) -> bool {
        *self.resolve(ty) == Type::Primitive(Primitive::String)
    }
}

/// Where the parts of a type are named from: those behind an alias are not mentioned.
pub(super) const fn within(ty: &Type, from: SeenFrom) -> SeenFrom {
    match (ty, from) {
        (Type::Def(_), SeenFrom::Models) => SeenFrom::Beside,
        _ => from,
    }
}

fn primitive(primitive: &Primitive) -> TokenStream {
    match primitive {
        Primitive::Boolean => quote!(bool),
        Primitive::Int32 => quote!(i32),
        Primitive::Int64 => quote!(i64),
        Primitive::UInt32 => quote!(u32),
        Primitive::UInt64 => quote!(u64),
        Primitive::Float => quote!(f32),
        Primitive::Double => quote!(f64),
        Primitive::String => quote!(String),
        Primitive::DateTime => quote!(Timestamp),
        Primitive::LocalDateTime => quote!(::jiff::civil::DateTime),
        Primitive::Date => quote!(Date),
        Primitive::Time => quote!(Time),
        Primitive::Uuid => quote!(Uuid),
        Primitive::Byte => quote!(Base64),
        Primitive::ByteUrl => quote!(Base64Url),
        Primitive::Binary => quote!(Upload),
        Primitive::Custom { path, .. } => match path.parse() {
            Ok(path) => path,
            Err(_) => unreachable!("the settings check that `{path}` is a path"),
        },
    }
}
