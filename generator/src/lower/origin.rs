//! The place of a schema in, a stable [`Origin`] out: the same whoever meets the schema first, by whichever `$ref`.

use std::collections::BTreeMap;

use super::{context::Lowering, reference, schema::Place};
use crate::ir::{Operation, OperationId, Origin, Parent, Pointer, Role, Status, TypeId};

impl Lowering<'_> {
    /// Notes that a schema was met where it is written. What a `$ref` met before gets its true origin by this.
    pub(super) fn note_origin(&mut self, place: &Place) {
        let origin = Origin::Inline {
            parent: place.parent.clone(),
            role: place.role.clone(),
        };
        if let Some(&id) = self.definitions.get([place.pointer.clone()].as_slice()) {
            let known = &self.types[id].origin;
            if self.nearness(&origin, &place.pointer) >= self.nearness(known, &place.pointer)
                && !self.is_inside(&place.parent, id)
            {
                self.types[id].origin = origin.clone();
            }
        }
        if self.targets.is_shared(&place.pointer) {
            let known = self.origins.get(&place.pointer);
            let known = known.and_then(|known| self.nearness(known, &place.pointer));
            if self.nearness(&origin, &place.pointer) >= known {
                self.origins.insert(place.pointer.clone(), origin);
            }
        }
    }

    /// How much of the way to `pointer` the parent has come. One that is not on the way, since the member that is
    /// written at `pointer` was merged into it, is no match for one that is; and an arm of `allOf`, which is a type only
    /// where a `$ref` leads to it, is none for the whole.
    fn nearness(&self, origin: &Origin, pointer: &Pointer) -> Option<usize> {
        let Origin::Inline { parent, .. } = origin else {
            return Some(usize::MAX);
        };
        match parent {
            Parent::Type(id) => {
                let place = self.types[*id].pointer.as_str();
                if place.rsplit('/').nth(1) == Some("allOf") {
                    return None;
                }
                pointer.as_str().starts_with(place).then_some(place.len())
            }
            Parent::Operation(_) => Some(1),
            Parent::Component(_) => Some(0),
        }
    }

    /// Whether a parent is `id`, or written inside of it.
    fn is_inside(&self, parent: &Parent, id: TypeId) -> bool {
        let mut parent = parent;
        while let Parent::Type(at) = parent {
            if *at == id {
                return true;
            }
            match &self.types[*at].origin {
                Origin::Inline { parent: next, .. } => parent = next,
                Origin::Component(_) => return false,
            }
        }
        false
    }

    /// Gives what is written in an operation to that operation, though another may have met it first by a `$ref`.
    pub(super) fn settle_origins(&mut self, operations: &[Operation]) {
        let mut places: BTreeMap<&str, OperationId> = BTreeMap::new();
        for (index, operation) in operations.iter().enumerate() {
            let paths = Pointer::root().child("paths").child(&operation.template);
            let is_own = operation.pointer.as_str().starts_with(&format!("{}/", paths.as_str()));
            let known = places.entry(operation.pointer.as_str()).or_insert(OperationId(index));
            if is_own {
                *known = OperationId(index);
            }
        }
        for id in self.types.ids() {
            let definition = &mut self.types[id];
            let Origin::Inline { parent, role } = &mut definition.origin else {
                continue;
            };
            if matches!(parent, Parent::Operation(_))
                && let Some((owner, inside)) = owner(&places, definition.pointer.as_str())
                && *parent != Parent::Operation(owner)
            {
                *parent = Parent::Operation(owner);
                if let Role::Response(status) = role
                    && let Some(own) = inside.tokens().nth(1)
                {
                    *status = status_of(&own);
                }
            }
        }
    }
}

fn status_of(key: &str) -> Status {
    let class = || key.strip_suffix("XX").and_then(|class| class.parse().ok());
    match key.parse() {
        Ok(code) => Status::Code(code),
        Err(_) => class().map_or(Status::Default, Status::Class),
    }
}

/// The operation at one of `places` that a place is in, and the way from there.
fn owner(places: &BTreeMap<&str, OperationId>, pointer: &str) -> Option<(OperationId, Pointer)> {
    let mut ends = pointer.match_indices('/').map(|(end, _)| end);
    ends.find_map(|end| {
        let (place, inside) = pointer.split_at(end);
        Some((*places.get(place)?, Pointer::parse(inside)?))
    })
}

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
            ("responses", status) => role = Role::Response(status_of(status)),
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
