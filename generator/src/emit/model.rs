//! The files of `models`: one per named schema, with all that is written inside it.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, docs, feature};
use crate::{
    gate::Gate,
    ir::{EnumRepr, Equality, Origin, Parent, Primitive, Role, Shape, Status, Type, TypeDef, TypeId},
    name::{Model, TypeName},
};

impl<'a> Emitter<'a> {
    /// `models/mod.rs`.
    pub(super) fn models(self) -> TokenStream {
        let (modules, exports): (Vec<_>, Vec<_>) = self
            .names
            .models
            .iter()
            .map(|model| {
                let module = &model.module;
                let when = self.when(&self.file_gate(model));
                let mut exports: IndexMap<&Gate, Vec<&TypeName>> = IndexMap::new();
                for id in &model.types {
                    exports.entry(self.gates.of(*id)).or_default().push(self.names.of(*id));
                }
                let exports = exports.into_iter().map(|(gate, types)| {
                    let when = self.when(gate);
                    quote!(#when pub use #module::{#(#types),*};)
                });
                (quote!(#when mod #module;), quote!(#(#exports)*))
            })
            .unzip();
        let docs = docs::Text::ours("The types of the API: one file for each named schema.").inner();
        quote!(#docs #(#modules)* #(#exports)*)
    }

    /// One file of `models`.
    pub(super) fn model(self, model: &Model) -> TokenStream {
        let title = model.types.first().map(|id| self.subject(*id)).unwrap_or_default();
        let docs = docs::Text::ours(title).inner();
        let whole = self.file_gate(model);
        let items = model.types.iter().map(|id| {
            let when = self.when_within(self.gates.of(*id), &whole);
            feature::each_when(when.as_ref(), self.definition(*id))
        });
        let mut users = model.types.iter().filter(|id| self.uses_prelude(**id)).peekable();
        let prelude = users.peek().is_some().then(|| {
            let when = self.when_within(&Gate::any(users.map(|id| self.gates.of(*id))), &whole);
            quote!(
                #when
                use crate::runtime::prelude::*;
            )
        });
        let mut others: IndexMap<Gate, Vec<&TypeName>> = IndexMap::new();
        for (name, gate) in self.mentioned(model) {
            others.entry(gate).or_default().push(name);
        }
        let others = others.into_iter().map(|(gate, others)| {
            let when = self.when_within(&gate, &whole);
            quote!(
                #when
                use super::{#(#others),*};
            )
        });
        quote! {
            #docs

            #(#others)*
            #prelude

            #(#items)*
        }
    }

    /// The models of other files that a file mentions, in the order of their names, and when it does.
    fn mentioned(self, model: &Model) -> BTreeMap<&'a TypeName, Gate> {
        let mut mentioned = BTreeMap::new();
        for id in &model.types {
            let definition = &self.api.types[*id];
            let parts = match definition.same_as {
                Some(kept) => vec![kept],
                None => definition
                    .shape
                    .parts()
                    .into_iter()
                    .flat_map(Type::definitions)
                    .collect(),
            };
            let gate = self.gates.of(*id);
            for part in parts.into_iter().filter(|part| !model.types.contains(part)) {
                mentioned
                    .entry(self.names.of(part))
                    .and_modify(|known| *known = Gate::any([&*known, gate]))
                    .or_insert_with(|| gate.clone());
            }
        }
        mentioned
    }

    /// Whether a definition names anything of the runtime: all but some aliases do.
    fn uses_prelude(self, id: TypeId) -> bool {
        let definition = &self.api.types[id];
        definition.same_as.is_none()
            && match &definition.shape {
                Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Tuple(_) => true,
                Shape::Alias(ty) => is_of_prelude(ty),
            }
    }

    fn definition(self, id: TypeId) -> TokenStream {
        let definition = &self.api.types[id];
        if let Some(kept) = definition.same_as {
            return self.alias(id, definition, &Type::Def(kept));
        }
        match &definition.shape {
            Shape::Struct(object) => self.object(id, definition, object),
            Shape::Enum(values) => self.enumeration(id, definition, values),
            Shape::Union(union) => self.union(id, definition, union),
            Shape::Tuple(tuple) => self.tuple(id, definition, tuple),
            Shape::Alias(ty) => self.alias(id, definition, ty),
        }
    }

    /// What a definition is, in a sentence: a schema by its name, or the part that it is of what it is written in.
    pub(super) fn subject(self, id: TypeId) -> String {
        let (parent, role) = match &self.api.types[id].origin {
            Origin::Component(name) | Origin::Entry { name, .. } => {
                return format!("The schema {}.", docs::code(name));
            }
            Origin::Inline { parent, role } => (parent, role),
        };
        let parent = match parent {
            Parent::Type(id) => format!("[`{}`]", self.names.of(*id)),
            Parent::Operation(id) => self
                .api
                .operations
                .get(id.0)
                .map_or_else(String::new, |operation| docs::code(&operation.method_and_path())),
            Parent::Webhook(id) => self
                .api
                .webhooks
                .get(id.0)
                .map_or_else(String::new, |webhook| docs::code(&webhook.key)),
            Parent::Component(name) => docs::code(name),
        };
        match role {
            Role::Property(name) => format!("The member {} of {parent}.", docs::code(name)),
            Role::Item => format!("An item of {parent}."),
            Role::Position(index) => format!("Item {} of {parent}.", index + 1),
            Role::Definition(name) => format!("The schema {}, from inside {parent}.", docs::code(name)),
            Role::AdditionalProperty => format!("A value of {parent}."),
            Role::Base => format!("What is {parent} and no other of its alternatives."),
            Role::Variant(_) => format!("One of the alternatives of {parent}."),
            Role::RequestBody(_) => format!("The body of {parent}."),
            Role::Response(Status::Default, _) => format!("An answer of {parent}."),
            Role::Response(status, _) => format!("The answer {} of {parent}.", docs::code(&status.to_string())),
            Role::Header(name) => format!("The header {} of an answer of {parent}.", docs::code(name)),
            Role::Parameter(name) => format!("The parameter {} of {parent}.", docs::code(name)),
        }
    }

    /// The same, unless that is its name and no more.
    pub(super) fn told_by_name(self, id: TypeId) -> String {
        match &self.api.types[id].origin {
            Origin::Component(name) if name == self.names.of(id).as_str() => String::new(),
            _ => self.subject(id),
        }
    }

    /// The derives of a definition.
    pub(super) fn derives(self, definition: &TypeDef) -> TokenStream {
        let mut derives = vec!["Debug", "Clone", "PartialEq"];
        if matches!(&definition.shape, Shape::Enum(values) if values.repr == EnumRepr::Integer) {
            derives.insert(2, "Copy");
        }
        if definition.capability.eq == Equality::Derived {
            derives.extend(["Eq", "Hash"]);
        }
        if definition.capability.default {
            derives.push("Default");
        }
        let asked = self.config.derives.iter().map(String::as_str);
        let asked: Vec<&str> = asked.filter(|path| !derives.contains(path)).collect();
        derives.extend(asked);
        let derives = derives.iter().filter_map(|path| path.parse::<TokenStream>().ok());
        quote!(#[derive(#(#derives),*)])
    }
}

/// Whether code for the type names something that is not in every scope.
fn is_of_prelude(ty: &Type) -> bool {
    match ty {
        Type::Map(_) | Type::Any => true,
        Type::List(inner) | Type::Nullable(inner) => is_of_prelude(inner),
        Type::Tuple(items) => items.iter().any(is_of_prelude),
        Type::Def(_) | Type::Constant(_) => false,
        Type::Primitive(primitive) => match primitive {
            Primitive::DateTime
            | Primitive::Date
            | Primitive::Time
            | Primitive::Uuid
            | Primitive::Byte
            | Primitive::ByteUrl
            | Primitive::Binary => true,
            Primitive::LocalDateTime
            | Primitive::Boolean
            | Primitive::Int32
            | Primitive::Int64
            | Primitive::UInt32
            | Primitive::UInt64
            | Primitive::Float
            | Primitive::Double
            | Primitive::String
            | Primitive::Custom { .. } => false,
        },
    }
}
