//! An API and the crate that an earlier run made of it in, the members that callers give as they did out.
//!
//! A member that must be there and has one value only is filled in. When the document gives it a second value, callers who
//! never heard of it still mean the first, and so with a required parameter; and who has always given it goes on, when the
//! document leaves one value. So goes on who gives a client a base URL or a credential, when the document names a server or
//! calls may do without.

use serde_json::Value;

use crate::{
    ir::{Api, Before, Client, Field, Presence, Primitive, SecuritySchemeId, Shape, Type, Types},
    manifest::{ClientEntry, Earlier, Member},
};

/// Notes for each member, and for the client, what callers of the earlier crate do about it, where the document would have
/// it otherwise.
pub(super) fn keep(api: &mut Api, earlier: &Earlier<'_>) {
    if let Some(entry) = earlier.client() {
        api.client = client(api, entry);
    }
    let Api { types, operations, .. } = api;
    for operation in operations {
        let entry = earlier.operation(operation);
        for parameter in &mut operation.parameters {
            let value = entry.and_then(|entry| entry.filled.get(&parameter.place()));
            let may_go_on = parameter.constant.is_none() && parameter.required;
            if let Some(value) = value.filter(|value| may_go_on && is_value_of(types, &parameter.ty, value)) {
                parameter.before = Some(value.clone());
                parameter.required = false;
            }
        }
    }
    for id in api.types.ids().collect::<Vec<_>>() {
        let definition = &mut api.types[id];
        let Some(entry) = earlier.ty(definition) else {
            continue;
        };
        let Shape::Struct(object) = &mut definition.shape else {
            continue;
        };
        for field in &mut object.fields {
            let mut members = entry.members.values();
            if let Some(member) = members.find(|member| member.wire == field.wire) {
                field.before = before(field, member);
            }
        }
    }
}

/// Whether what was the only value is one of several now.
fn is_value_of(types: &Types, ty: &Type, value: &Value) -> bool {
    match types.resolve(ty) {
        Type::Def(id) => match &types[*id].shape {
            Shape::Enum(values) => values.values.iter().any(|own| own.wire == *value),
            Shape::Struct(_) | Shape::Union(_) | Shape::Tuple(_) | Shape::Alias(_) => false,
        },
        Type::Primitive(Primitive::String) => value.is_string(),
        Type::Primitive(Primitive::Boolean) => value.is_boolean(),
        _ => false,
    }
}

fn client(api: &Api, entry: &ClientEntry) -> Client {
    let is_it = |name: &String| api.security_schemes.iter().position(|scheme| scheme.name == *name);
    Client {
        base_url: entry
            .new
            .iter()
            .flatten()
            .any(|argument| argument == ClientEntry::BASE_URL),
        secret: entry.scheme.as_ref().and_then(is_it).map(SecuritySchemeId),
    }
}

fn before(field: &Field, member: &Member) -> Option<Before> {
    if field.presence == Presence::Optional || matches!(field.ty, Type::Nullable(_)) {
        return None;
    }
    let is_filled = field.constant.is_some() || field.tag.is_some();
    match &member.filled {
        Some(value) if !is_filled => Some(Before::Filled(value.clone())),
        None if is_filled && member.required => Some(Before::Given),
        Some(_) | None => None,
    }
}
