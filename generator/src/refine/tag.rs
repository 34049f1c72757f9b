//! What tells an arm of a union from the others, and so need not be asked for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Api, Shape, Type, TypeId, Types, Union},
};

/// A member of a struct: whose, and its name on the wire.
type Member = (TypeId, String);

/// Notes for each member that unions go by which value it has there, where it is the same one in all of them.
pub(super) fn settle(api: &mut Api, _: &Config, _: &mut Diagnostics) {
    let mut written: BTreeMap<Member, Vec<Option<Value>>> = BTreeMap::new();
    for (_, definition) in api.types.iter() {
        let Shape::Union(union) = &definition.shape else {
            continue;
        };
        for (member, value) in tags(&api.types, union) {
            written.entry(member).or_default().push(value);
        }
    }
    for ((id, wire), values) in written {
        let Shape::Struct(object) = &mut api.types[id].shape else {
            continue;
        };
        let mut values = values.into_iter();
        let first = values.next().flatten();
        if let Some(field) = object.fields.iter_mut().find(|field| field.wire == wire) {
            field.tag = first.filter(|first| values.all(|value| value.as_ref() == Some(first)));
        }
    }
}

/// What a union writes into the structs that it leads to; nothing where that may be one of several values.
fn tags(types: &Types, union: &Union) -> Vec<(Member, Option<Value>)> {
    let Some(discriminator) = &union.discriminator else {
        return Vec::new();
    };
    let mut tags = Vec::new();
    for (index, variant) in union.variants.iter().enumerate() {
        let value = match variant.tags.as_slice() {
            [tag] if discriminator.default != Some(index) => Some(tag.clone()),
            _ => None,
        };
        for id in structs(types, &variant.ty) {
            tags.push(((id, discriminator.property.clone()), value.clone()));
        }
    }
    tags
}

/// The structs that a value of a type is one of.
fn structs(types: &Types, ty: &Type) -> Vec<TypeId> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        match types.resolve(ty) {
            Type::Nullable(inner) => open.push(inner),
            Type::Def(id) if seen.insert(*id) => match &types[*id].shape {
                Shape::Struct(_) => found.push(*id),
                Shape::Union(union) => open.extend(union.variants.iter().map(|variant| &variant.ty)),
                Shape::Enum(_) | Shape::Tuple(_) | Shape::Alias(_) => {}
            },
            Type::Def(_)
            | Type::Primitive(_)
            | Type::List(_)
            | Type::Tuple(_)
            | Type::Map(_)
            | Type::Constant(_)
            | Type::Any => {}
        }
    }
    found
}
