//! An object with known members: a struct with public fields, a constructor and setters.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::{Emitter, docs, types::SeenFrom};
use crate::{
    ir::{Access, Additional, Before, Docs, Field, Presence, Shape, Struct, Type, TypeDef, TypeId},
    name::{FieldNames, Members, TypeName},
};

/// How absence and `null` show in the type of a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Required,
    Optional,
    Nullable,
    Maybe,
}

/// How deep unions inside of unions are looked into.
const UNIONS: usize = 8;

impl Kind {
    pub(super) fn of(field: &Field) -> Self {
        match (field.presence, &field.ty) {
            (Presence::Required, Type::Nullable(_)) => Self::Nullable,
            (Presence::Required, _) => Self::Required,
            (Presence::Optional, Type::Nullable(_)) => Self::Maybe,
            (Presence::Optional, _) => Self::Optional,
        }
    }
}

/// A field with its names and its kind.
struct Member<'a> {
    field: &'a Field,
    names: &'a FieldNames,
    kind: Kind,
    /// Its type without what the kind adds.
    value: &'a Type,
    /// What it is filled in with, where it must be there and can be nothing else.
    constant: Option<TokenStream>,
}

impl Member<'_> {
    /// Whether it is filled in though it may be something else.
    fn is_free(&self) -> bool {
        self.constant.is_some() && self.field.before.is_some()
    }
}

impl Emitter<'_> {
    pub(super) fn object(self, id: TypeId, definition: &TypeDef, object: &Struct) -> TokenStream {
        let name = self.names.of(id);
        let docs = docs::of_named(&definition.docs, name.as_str(), || self.told_by_name(id)).outer_of(&definition.docs);
        let derives = self.derives(definition);
        let names = match &self.names.members[id.index()] {
            Members::Fields(names) => names.as_slice(),
            Members::Variants(_) | Members::Items(_) | Members::None => &[],
        };
        let members: Vec<Member<'_>> = object
            .fields
            .iter()
            .zip(names)
            .map(|(field, names)| self.object_member(field, names))
            .collect();
        let fields = members.iter().map(|member| self.field(member));
        let additional = self.additional(&object.additional);
        let (constructor, default) = self.constructor(name, definition, &members);
        let setters = members
            .iter()
            .filter(|member| member.kind != Kind::Required || member.is_free())
            .map(|member| self.setter(member));
        let rows = members.iter().map(|member| self.row(member));
        let total_eq = self.total_eq(id, definition);
        let rest = match object.additional {
            Additional::Denied => quote!(denied),
            Additional::Implied | Additional::Declared(_) => quote!(additional),
        };
        quote! {
            #docs
            #derives
            #[non_exhaustive]
            pub struct #name {
                #(#fields,)*
                #additional
            }

            impl #name {
                #constructor

                #(#setters)*
            }

            #default

            #total_eq

            model! {
                #name {
                    #(#rows,)*
                    #rest additional_properties,
                }
            }
        }
    }

    fn object_member<'m>(self, field: &'m Field, names: &'m FieldNames) -> Member<'m> {
        let kind = Kind::of(field);
        let constant = self.filled(field);
        Member {
            field,
            names,
            kind,
            value: without_null(&field.ty),
            constant: constant.filter(|_| kind == Kind::Required),
        }
    }

    fn field(self, member: &Member<'_>) -> TokenStream {
        let Member { field, names, .. } = member;
        let Field {
            wire,
            ty,
            presence: _,
            access,
            default,
            constant,
            docs: said,
            tag: _,
            before,
            boxed: _,
        } = field;
        let mut text = docs::of_named(said, wire, || {
            let is_its_name = *wire == names.field.as_str();
            let name = docs::Text::ours(if is_its_name { String::new() } else { docs::code(wire) });
            self.described(ty).unwrap_or(name)
        });
        text = text.and(always(constant.as_ref(), said));
        if let Some(Before::Filled(value)) = before {
            text = text.and(docs::Text::ours(format!(
                "{} from the start.",
                docs::code(&value.to_string())
            )));
        }
        if let Some(default) = default {
            text = text.and(docs::Text::ours(format!(
                "Default: {}.",
                docs::code(&default.to_string())
            )));
        }
        text = text.and(docs::Text::ours(match access {
            Access::ReadWrite => "",
            Access::ReadOnly => "Read-only: the server sets it, and may refuse or ignore it in a request.",
            Access::WriteOnly => "Write-only: no answer has it.",
        }));
        let docs = text.outer_of(said);
        let (name, ty) = (&names.field, self.field_type(field, SeenFrom::Models));
        quote!(#docs pub #name: #ty)
    }

    /// The type of a field, with what absence and `null` add.
    pub(super) fn field_type(self, field: &Field, from: SeenFrom) -> TokenStream {
        let value = self.ty(without_null(&field.ty), from);
        let value = if field.boxed { quote!(Box<#value>) } else { value };
        match Kind::of(field) {
            Kind::Required => value,
            Kind::Optional | Kind::Nullable => quote!(Option<#value>),
            Kind::Maybe => quote!(Maybe<#value>),
        }
    }

    fn additional(self, additional: &Additional) -> TokenStream {
        let value = match additional {
            Additional::Denied | Additional::Implied => quote!(Value),
            Additional::Declared(ty) => self.ty(ty, SeenFrom::Models),
        };
        let docs = docs::Text::ours(if *additional == Additional::Denied {
            "Members that there should not be: those of a newer server, which are written back as they came."
        } else {
            "Members that the description does not name."
        });
        let docs = docs.outer();
        quote! {
            #docs
            pub additional_properties: BTreeMap<String, #value>,
        }
    }

    fn row(self, member: &Member<'_>) -> TokenStream {
        let (name, wire) = (&member.names.field, &member.field.wire);
        match member.kind {
            Kind::Required => quote!(required #name = #wire),
            Kind::Optional if self.has_null(member.value, UNIONS) => quote!(anything #name = #wire),
            Kind::Optional => quote!(optional #name = #wire),
            Kind::Nullable => quote!(nullable #name = #wire),
            Kind::Maybe => quote!(maybe #name = #wire),
        }
    }

    /// Whether `null` is one of the values of a type.
    fn has_null(self, ty: &Type, depth: usize) -> bool {
        match self.resolve(ty) {
            Type::Any | Type::Nullable(_) => true,
            Type::Def(id) => match (&self.api.types[*id].shape, depth.checked_sub(1)) {
                (Shape::Union(union), Some(depth)) => {
                    union.variants.iter().any(|variant| self.has_null(&variant.ty, depth))
                }
                _ => false,
            },
            Type::Primitive(_) | Type::Constant(_) | Type::List(_) | Type::Tuple(_) | Type::Map(_) => false,
        }
    }

    fn constructor(
        self,
        name: &TypeName,
        definition: &TypeDef,
        members: &[Member<'_>],
    ) -> (TokenStream, Option<TokenStream>) {
        if definition.capability.default {
            let constructor = quote! {
                /// Without any member.
                #[must_use]
                pub fn new() -> Self {
                    Self::default()
                }
            };
            return (constructor, None);
        }
        let (constants, members): (Vec<_>, Vec<_>) = members.iter().partition(|member| member.constant.is_some());
        let (required, optional): (Vec<_>, Vec<_>) = members
            .into_iter()
            .partition(|member| matches!(member.kind, Kind::Required | Kind::Nullable));
        let arguments = required.iter().map(|member| {
            let name = &member.names.field;
            let (ty, _) = self.argument(member.value, SeenFrom::Models);
            if member.kind == Kind::Nullable {
                let ty = self.ty(member.value, SeenFrom::Models);
                quote!(#name: Option<#ty>)
            } else {
                quote!(#name: #ty)
            }
        });
        let filled = constants.iter().map(|member| {
            let (name, value) = (&member.names.field, &member.constant);
            if member.field.boxed {
                quote!(#name: Box::new(#value))
            } else {
                quote!(#name: #value)
            }
        });
        let given = required.iter().map(|member| {
            let name = &member.names.field;
            let (_, store) = self.argument(member.value, SeenFrom::Models);
            let value = match (member.kind, member.field.boxed) {
                (Kind::Nullable, true) => quote!(#name.map(Box::new)),
                (Kind::Nullable, false) => quote!(#name),
                (_, true) => {
                    let value = store(quote!(#name));
                    quote!(Box::new(#value))
                }
                (_, false) => store(quote!(#name)),
            };
            if value.to_string() == name.to_string() {
                quote!(#name)
            } else {
                quote!(#name: #value)
            }
        });
        let absent = optional.iter().map(|member| {
            let name = &member.names.field;
            match member.kind {
                Kind::Maybe => quote!(#name: Maybe::Absent),
                Kind::Required | Kind::Optional | Kind::Nullable => quote!(#name: None),
            }
        });
        let many = many(required.len(), "members");
        let docs = docs::Text::ours(if constants.is_empty() {
            "With the required members, and without the others."
        } else {
            "With the required members, of which those that have one value only have it, and without the others."
        });
        let docs = docs.outer();
        let constructor = quote! {
            #docs
            #many
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self {
                    #(#filled,)*
                    #(#given,)*
                    #(#absent,)*
                    additional_properties: BTreeMap::new(),
                }
            }
        };
        (constructor, required.is_empty().then(|| default(name)))
    }

    fn setter(self, member: &Member<'_>) -> TokenStream {
        let FieldNames { field, setter } = member.names;
        let (ty, store) = self.argument(member.value, SeenFrom::Models);
        let (ty, value) = match (member.kind, member.field.boxed) {
            (Kind::Maybe, false) => {
                let value = self.ty(member.value, SeenFrom::Models);
                (quote!(impl Into<Maybe<#value>>), quote!(#field.into()))
            }
            (Kind::Maybe, true) => {
                let value = store(quote!(#field));
                (ty, quote!(Maybe::Value(Box::new(#value))))
            }
            (Kind::Required, true) => {
                let value = store(quote!(#field));
                (ty, quote!(Box::new(#value)))
            }
            (Kind::Required, false) => (ty, store(quote!(#field))),
            (Kind::Optional | Kind::Nullable, true) => {
                let value = store(quote!(#field));
                (ty, quote!(Some(Box::new(#value))))
            }
            (Kind::Optional | Kind::Nullable, false) => {
                let value = store(quote!(#field));
                (ty, quote!(Some(#value)))
            }
        };
        let docs = docs::Text::sets(&member.field.wire, field.as_str());
        let docs = docs.outer_of(&member.field.docs);
        quote! {
            #docs
            #[must_use]
            pub fn #setter(mut self, #field: #ty) -> Self {
                self.#field = #value;
                self
            }
        }
    }
}

/// Permits as many arguments as a constructor has, where these are more than usual.
pub(super) fn many(arguments: usize, what: &str) -> Option<TokenStream> {
    let reason = format!("so many {what} are required");
    (arguments > 7).then(|| quote!(#[expect(clippy::too_many_arguments, reason = #reason)]))
}

/// `Default` for what can be made without a value, though not all that it holds can.
pub(super) fn default(name: &TypeName) -> TokenStream {
    quote! {
        impl Default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}

pub(super) fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        other => other,
    }
}

/// Says which value alone is permitted, unless `docs` say so.
pub(super) fn always(constant: Option<&Value>, docs: &Docs) -> docs::Text {
    let sentence = constant.map(|value| format!("Always {}.", docs::code(&value.to_string())));
    match sentence {
        Some(sentence) if !docs.constraints.contains(&sentence) => docs::Text::ours(sentence),
        Some(_) | None => docs::Text::default(),
    }
}
