//! The members that lead to the items of a page in, expressions that lend or take the items out.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    emit::{
        Emitter,
        object::{Kind, without_null},
    },
    ir::{Field, Shape, Type},
    name::{Ident, Members},
};

/// A member on the way to the items.
pub(super) struct Step<'a> {
    pub(super) field: &'a Field,
    pub(super) name: &'a Ident,
}

impl<'a> Emitter<'a> {
    /// The members that lead to the items.
    pub(super) fn steps(self, page: &'a Type, path: &[String]) -> Option<Vec<Step<'a>>> {
        let mut ty = page;
        let mut steps = Vec::new();
        for name in path {
            let step = self.step(ty, name)?;
            ty = &step.field.ty;
            steps.push(step);
        }
        Some(steps)
    }

    pub(super) fn step(self, ty: &'a Type, wire: &str) -> Option<Step<'a>> {
        let Type::Def(id) = self.resolve(without_null(ty)) else {
            return None;
        };
        let Shape::Struct(object) = &self.api.types[*id].shape else {
            return None;
        };
        let Members::Fields(names) = &self.names.members[id.index()] else {
            return None;
        };
        let mut fields = object.fields.iter().zip(names);
        let (field, names) = fields.find(|(field, _)| field.wire == wire)?;
        Some(Step {
            field,
            name: &names.field,
        })
    }
}

/// The list of the items of `content`.
pub(super) enum Lent {
    /// It is always there.
    List(TokenStream),
    /// It may be missing: a reference, or nothing.
    Optional(TokenStream),
}

impl Lent {
    pub(super) fn bound(&self) -> Option<TokenStream> {
        match self {
            Self::List(_) => None,
            Self::Optional(list) => Some(quote!(let items = #list;)),
        }
    }

    pub(super) fn length(&self) -> TokenStream {
        match self {
            Self::List(list) => quote!(#list.len()),
            Self::Optional(_) => quote!(items.map_or(0, Vec::len)),
        }
    }

    pub(super) fn last(&self) -> TokenStream {
        match self {
            Self::List(list) => quote!(#list.last()),
            Self::Optional(_) => quote!(items.and_then(|items| items.last())),
        }
    }
}

pub(super) fn lent(steps: &[Step<'_>]) -> Lent {
    let mut list = Lent::List(quote!(content));
    for Step { field, name } in steps {
        list = Lent::Optional(match (list, Kind::of(field)) {
            (Lent::List(owner), Kind::Required) => {
                list = Lent::List(quote!(#owner.#name));
                continue;
            }
            (Lent::List(owner), Kind::Optional | Kind::Nullable) => quote!(#owner.#name.as_ref()),
            (Lent::List(owner), Kind::Maybe) => quote!(#owner.#name.value()),
            (Lent::Optional(owner), Kind::Required) => quote!(#owner.map(|it| &it.#name)),
            (Lent::Optional(owner), Kind::Optional | Kind::Nullable) => quote!(#owner.and_then(|it| it.#name.as_ref())),
            (Lent::Optional(owner), Kind::Maybe) => quote!(#owner.and_then(|it| it.#name.value())),
        });
    }
    list
}

/// A function that takes the items out of a page.
pub(super) fn split(steps: &[Step<'_>]) -> TokenStream {
    let [first, rest @ ..] = steps else {
        return quote!(|page| page);
    };
    let name = first.name;
    if let ([], Kind::Required) = (rest, Kind::of(first.field)) {
        return quote!(|page| page.#name);
    }
    let mut list = match Kind::of(first.field) {
        Kind::Required => quote!(Some(page.#name)),
        Kind::Optional | Kind::Nullable => quote!(page.#name),
        Kind::Maybe => quote!(page.#name.into_value()),
    };
    for Step { field, name } in rest {
        list = match Kind::of(field) {
            Kind::Required => quote!(#list.map(|it| it.#name)),
            Kind::Optional | Kind::Nullable => quote!(#list.and_then(|it| it.#name)),
            Kind::Maybe => quote!(#list.and_then(|it| it.#name.into_value())),
        };
    }
    quote!(|page| #list.unwrap_or_default())
}
