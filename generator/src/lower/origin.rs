//! The place of a schema in, a stable [`Origin`] out, for schemas that a `$ref` reaches where they are written.

use super::reference;
use crate::ir::{Origin, Parent, Pointer, Role, Status, TypeId};

/// Reads the place from its root down: the nearest thing with a name is the parent, the last token that says something
/// is the role.
pub(super) fn of_place(pointer: &Pointer, component: impl Fn(&Pointer) -> Option<TypeId>) -> Origin {
    if let Some((folder, name)) = reference::component(pointer)
        && folder == "schemas"
    {
        return Origin::Component(name);
    }
    let tokens: Vec<String> = pointer.tokens().collect();
    let token = |index: usize| tokens.get(index).map(String::as_str);
    let parent = match (token(0), token(1), token(2)) {
        (Some("components"), Some("schemas"), Some(name)) => {
            let place = Pointer::root().child("components").child("schemas").child(name);
            component(&place).map_or_else(|| Parent::Component(name.to_owned()), Parent::Type)
        }
        (Some("components"), Some(_), Some(name)) => Parent::Component(name.to_owned()),
        (Some("paths"), Some(path), Some(method)) => Parent::Component(format!("{method} {path}")),
        _ => Parent::Component(tokens.first().cloned().unwrap_or_default()),
    };
    Origin::Inline {
        parent,
        role: role(&tokens),
    }
}

fn role(tokens: &[String]) -> Role {
    let mut role = Role::Property(tokens.last().cloned().unwrap_or_default());
    for pair in tokens.windows(2) {
        let [holder, token] = pair else { continue };
        match (holder.as_str(), token.as_str()) {
            ("properties" | "definitions" | "schemas", name) => role = Role::Property(name.to_owned()),
            ("responses", status) => role = Role::Response(status.parse().map_or(Status::Default, Status::Code)),
            ("headers", name) => role = Role::Header(name.to_owned()),
            ("parameters", name) => role = Role::Parameter(name.to_owned()),
            ("requestBody", _) => role = Role::RequestBody(None),
            ("allOf" | "oneOf" | "anyOf", index) => role = index.parse().map_or(role, Role::Variant),
            (_, "items") => role = Role::Item,
            (_, "additionalProperties") => role = Role::AdditionalProperty,
            _ => {}
        }
    }
    role
}
