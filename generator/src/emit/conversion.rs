//! What the variants of an enum hold in, the conversions that make the enum of it out.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Emitter,
    types::{SeenFrom, within},
};
use crate::{
    ir::{Primitive, Type, TypeId},
    name::TypeName,
};

/// What a variant holds.
pub(super) struct Held {
    /// What it is told by from what others hold.
    key: String,
    /// How it becomes the variant; nothing where that would be vague.
    rows: Vec<TokenStream>,
    /// How an array of pairs becomes the variant, where it is a map.
    pairs: Option<TokenStream>,
}

/// Which of several variants that hold the same is made of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Twins {
    /// The first: they differ in their names only.
    First,
    /// None: nobody can tell which is meant.
    None,
}

impl Held {
    /// A variant with a struct of its own, in a box.
    pub(super) fn own(variant: &TypeName, ty: &TokenStream) -> Self {
        Self {
            key: ty.to_string(),
            rows: vec![quote!(#variant: boxed #ty)],
            pairs: None,
        }
    }
}

impl Emitter<'_> {
    /// What `variant` holds.
    ///
    /// Of a type from elsewhere it is not known what it is, any JSON is what the variant `Unknown` holds too, and `None` is
    /// of every type: none of these is converted.
    pub(super) fn held(self, variant: &TypeName, ty: &Type, from: SeenFrom) -> Held {
        let is_vague = matches!(self.resolve(ty), Type::Any | Type::Nullable(_)) || self.is_from_elsewhere(ty);
        let held = self.ty(ty, from);
        let kind = if self.api.types.is_composite(ty) {
            quote!(boxed)
        } else {
            quote!(plain)
        };
        let text = self.is_string(ty).then(|| quote!(#variant: text &str));
        let array = self.array_of(variant, ty, from);
        let rows = [Some(quote!(#variant: #kind #held)), text, array].into_iter().flatten();
        Held {
            key: self.resolved(ty),
            rows: if is_vague { Vec::new() } else { rows.collect() },
            pairs: self.pairs_of(variant, ty, from).filter(|_| !is_vague),
        }
    }

    /// Whether a type, or what it is a list or a map of, is one that the settings name.
    fn is_from_elsewhere(self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::Primitive(Primitive::Custom { .. }) => true,
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => self.is_from_elsewhere(inner),
            Type::Tuple(items) => items.iter().any(|item| self.is_from_elsewhere(item)),
            Type::Primitive(_) | Type::Def(_) | Type::Constant(_) | Type::Any => false,
        }
    }

    /// What an array becomes, where the variant is a list. Of tuples, it could be a map's.
    fn array_of(self, variant: &TypeName, ty: &Type, from: SeenFrom) -> Option<TokenStream> {
        Some(match self.resolve(ty) {
            Type::List(item) if self.is_string(item) => quote!(#variant: texts String),
            Type::List(item) if !matches!(self.resolve(item), Type::Tuple(_)) => {
                let item = self.ty(item, within(ty, from));
                quote!(#variant: array #item)
            }
            _ => return None,
        })
    }

    /// What an array of pairs becomes, where the variant is a map.
    fn pairs_of(self, variant: &TypeName, ty: &Type, from: SeenFrom) -> Option<TokenStream> {
        let Type::Map(value) = self.resolve(ty) else {
            return None;
        };
        let value = self.ty(value, within(ty, from));
        Some(quote!(#variant: pairs #value))
    }

    /// `From` for whatever only one variant of the enum `name` holds, or where it does not matter which of several is
    /// meant. The enum may be one of the definitions.
    pub(super) fn conversions(self, name: &TypeName, id: Option<TypeId>, held: &[Held], twins: Twins) -> TokenStream {
        let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, held) in held.iter().enumerate() {
            holders.entry(&held.key).or_default().push(index);
        }
        let is_chosen = |index: usize, held: &Held| match (holders[held.key.as_str()].as_slice(), twins) {
            ([_], _) => true,
            ([first, ..], Twins::First) => *first == index,
            _ => false,
        };
        let is_itself = |held: &Held| id.is_some_and(|id| held.key == self.written(id));
        let chosen = held
            .iter()
            .enumerate()
            .filter(|(index, held)| is_chosen(*index, held) && !is_itself(held));
        let chosen: Vec<&Held> = chosen.map(|(_, held)| held).collect();
        // Of two maps, an array of pairs would be the one or the other.
        let pairs = chosen.iter().find_map(|held| held.pairs.as_ref());
        let rows = chosen.iter().flat_map(|held| &held.rows);
        let mut rows = rows.chain(pairs).peekable();
        if rows.peek().is_none() {
            return TokenStream::new();
        }
        // Of a crate that has it from another one, `Maybe` takes no conversions.
        let is_here = !self.home.is_shared();
        let maybe = id.filter(|id| is_here && self.api.types[*id].capability.maybe);
        let maybe = maybe.map(|_| quote!(or Maybe));
        quote!(from_arms! { #name #maybe { #(#rows,)* } })
    }

    /// The name of the definition that is written out for this one.
    fn written(self, id: TypeId) -> String {
        let kept = self.api.types[id].same_as.unwrap_or(id);
        self.names.of(kept).to_string()
    }

    /// The Rust type of a use, past all aliases inside of it.
    fn resolved(self, ty: &Type) -> String {
        match self.resolve(ty) {
            Type::Def(id) => self.written(*id),
            Type::List(item) => format!("Vec<{}>", self.resolved(item)),
            Type::Map(value) => format!("BTreeMap<String, {}>", self.resolved(value)),
            Type::Nullable(inner) => format!("Option<{}>", self.resolved(inner)),
            Type::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.resolved(item)).collect();
                format!("({})", items.join(", "))
            }
            plain @ (Type::Primitive(_) | Type::Constant(_) | Type::Any) => {
                self.ty(plain, SeenFrom::Models).to_string()
            }
        }
    }
}
