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
            if self.is_nearer(&origin, known, &place.pointer) && !self.is_inside(&place.parent, id) {
                self.types[id].origin = origin.clone();
            }
        }
        if self.targets.is_shared(&place.pointer) {
            let known = self.origins.get(&place.pointer);
            if known.is_none_or(|known| self.is_nearer(&origin, known, &place.pointer)) {
                self.origins.insert(place.pointer.clone(), origin);
            }
        }
    }

    /// Whether `origin` is at least as good as `known` for what is at `pointer`. Of operations, the first one counts, so
    /// that one that is added renames nothing.
    fn is_nearer(&self, origin: &Origin, known: &Origin, pointer: &Pointer) -> bool {
        let is_of_operation = matches!(
            origin,
            Origin::Inline {
                parent: Parent::Operation(_),
                ..
            }
        );
        let [one, other] = [origin, known].map(|origin| self.nearness(origin, pointer));
        if is_of_operation { one > other } else { one >= other }
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
            // What is written elsewhere, such as in an operation, and only referred to is not its own.
            Parent::Webhook(_) => Some(usize::from(is_sent(pointer))),
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
                Origin::Component(_) | Origin::Entry { .. } => return false,
            }
        }
        false
    }

    /// Gives what is written in an operation to that operation, though another may have met it first by a `$ref`.
    pub(super) fn settle_origins(&mut self, operations: &[Operation]) {
        // Of several operations that are written in one place it is the one of that path, else the first by its path.
        let mut ranked: BTreeMap<&str, (bool, &str, OperationId)> = BTreeMap::new();
        for (index, operation) in operations.iter().enumerate() {
            let is_own = operation.pointer.tokens().nth(1).as_deref() == Some(operation.template.as_str());
            let rank = (!is_own, operation.template.as_str(), OperationId(index));
            let known = ranked.entry(operation.pointer.as_str()).or_insert(rank);
            *known = rank.min(*known);
        }
        let places: BTreeMap<&str, OperationId> = ranked.into_iter().map(|(place, (.., id))| (place, id)).collect();
        for id in self.types.ids() {
            let definition = &mut self.types[id];
            let Origin::Inline { parent, role } = &mut definition.origin else {
                continue;
            };
            if matches!(parent, Parent::Operation(_))
                && let Some((place, &owner)) = ancestors(&definition.pointer)
                    .find_map(|place| places.get(place.as_str()).map(|owner| (place, owner)))
            {
                *parent = Parent::Operation(owner);
                if let Role::Response(status, _) = role
                    && let Some(own) = definition.pointer.tokens().nth(place.tokens().count() + 1)
                {
                    *status = status_of(&own);
                }
            }
        }
    }
}

/// The places around `pointer`, the nearest first.
fn ancestors(pointer: &Pointer) -> impl Iterator<Item = Pointer> {
    std::iter::successors(Some(pointer.clone()), |place| {
        let is_whole = place.within().is_empty();
        (!is_whole).then(|| place.parent())
    })
    .skip(1)
}

fn status_of(key: &str) -> Status {
    let class = || key.strip_suffix("XX").and_then(|class| class.parse().ok());
    match key.parse() {
        Ok(code) => Status::Code(code),
        Err(_) => class().map_or(Status::Default, Status::Class),
    }
}

/// Whether a place is in a webhook or a callback.
fn is_sent(pointer: &Pointer) -> bool {
    let tokens: Vec<String> = pointer.tokens().take(4).collect();
    let token = |index: usize| tokens.get(index).map(String::as_str);
    matches!(token(0), Some("webhooks" | "x-webhooks")) || token(0) == Some("paths") && token(3) == Some("callbacks")
}

/// Reads the place from its root down: the nearest thing with a name is the parent, the last token that says something
/// is the role.
pub(super) fn of_place(pointer: &Pointer, definition: impl Fn(&Pointer) -> Option<TypeId>) -> Origin {
    if let Some((folder, name)) = reference::component(pointer)
        && folder == "schemas"
    {
        return Origin::Component(name);
    }
    if let Some((name, within)) = reference::entry(pointer) {
        return Origin::Entry { name, within };
    }
    let named = ancestors(pointer).find_map(|place| {
        let name = reference::component(&place).map(|(_, name)| name);
        let name = name.or_else(|| reference::entry(&place).map(|(name, _)| name))?;
        Some(definition(&place).map_or(Parent::Component(name), Parent::Type))
    });
    let tokens: Vec<String> = pointer.tokens().collect();
    let parent = named.unwrap_or_else(|| {
        Parent::Component(match tokens.as_slice() {
            [first, path, method, ..] if first == "paths" => format!("{method} {path}"),
            [first, ..] => first.clone(),
            [] => String::new(),
        })
    });
    Origin::Inline {
        parent,
        role: role(&tokens),
    }
}

fn role(tokens: &[String]) -> Role {
    if let [.., holder, name] = tokens
        && matches!(holder.as_str(), "$defs" | "definitions")
    {
        return Role::Definition(name.clone());
    }
    let mut role = Role::Property(tokens.last().cloned().unwrap_or_default());
    for pair in tokens.windows(2) {
        let [holder, token] = pair else { continue };
        match (holder.as_str(), token.as_str()) {
            ("properties" | "definitions" | "schemas", name) => role = Role::Property(name.to_owned()),
            ("responses", status) => role = Role::Response(status_of(status), None),
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
