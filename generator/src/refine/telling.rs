//! Webhooks that their bodies tell apart: by a member that all payloads have, with values that belong to one webhook each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Api, Field, Payload, Presence, Shape, Struct, Telling, Type, TypeId, Types, Union, Webhook},
};

/// Looks for the member, once for the webhooks and once for the callbacks of each operation.
pub(super) fn find(api: &mut Api, _: &Config, _: &mut Diagnostics) {
    let is_same = |one: &Webhook, other: &Webhook| one.origin.operation() == other.origin.operation();
    for webhooks in api.webhooks.chunk_by_mut(is_same) {
        // What has no body is never mistaken for what has one.
        let told: Vec<&mut Webhook> = webhooks.iter_mut().filter(|it| !it.payloads.is_empty()).collect();
        let payloads: Option<Vec<&Type>> = told.iter().map(|webhook| json(webhook)).collect();
        let Some((property, tags)) = payloads.and_then(|payloads| telling(&api.types, &payloads)) else {
            continue;
        };
        let operation = told.first().and_then(|webhook| webhook.origin.operation());
        for (webhook, tags) in told.into_iter().zip(tags) {
            webhook.tags = tags;
        }
        api.telling.push(Telling { operation, property });
    }
}

/// The payload that is read where no media type is asked for, if it is JSON.
fn json(webhook: &Webhook) -> Option<&Type> {
    match &webhook.payloads.first()?.payload {
        Payload::Json(ty) => Some(ty),
        Payload::Form { .. }
        | Payload::Xml(..)
        | Payload::Multipart(_)
        | Payload::Text(_)
        | Payload::Bytes
        | Payload::EventStream(..)
        | Payload::Events(..)
        | Payload::Items(..) => None,
    }
}

/// How many members are tried.
const TRIED: usize = 64;

/// How deep unions inside unions are looked into.
const DEPTH: usize = 32;

/// The member that tells all payloads apart, and its values for each. Of several, one that is always there, then the first
/// by name: so that no order of the document counts.
fn telling(types: &Types, payloads: &[&Type]) -> Option<(String, Vec<Vec<String>>)> {
    let members = payloads.iter().map(|payload| members(types, payload));
    let candidates: BTreeSet<&str> = members.min_by_key(BTreeSet::len)?;
    let candidates = candidates.into_iter().take(TRIED).filter_map(|property| {
        let mut values = Values::of(types, property, payloads.len() == 1);
        let listed: Option<Vec<Listed>> = payloads.iter().map(|ty| values.listed(ty, 0)).collect();
        Some((property, listed?))
    });
    let telling = candidates.filter(|(_, listed)| {
        let mut seen = BTreeSet::new();
        listed
            .iter()
            .flat_map(|listed| &listed.values)
            .all(|value| seen.insert(value))
    });
    let best = telling.min_by_key(|(_, listed)| !listed.iter().all(|listed| listed.is_required));
    best.map(|(property, listed)| {
        let values = listed.into_iter().map(|listed| listed.values.into_iter().collect());
        (property.to_owned(), values.collect())
    })
}

/// The members of a payload that have a list of values; of a union, what its first variant has.
fn members<'t>(types: &'t Types, payload: &'t Type) -> BTreeSet<&'t str> {
    let mut members = BTreeSet::new();
    let mut payload = payload;
    for _ in 0..DEPTH {
        let Some(id) = definition(types, payload) else { break };
        match &types[id].shape {
            Shape::Struct(object) => {
                let is_listed = |field: &&Field| values_of(types, field).is_some();
                members.extend(object.fields.iter().filter(is_listed).map(|field| field.wire.as_str()));
                break;
            }
            Shape::Union(union) => {
                members.extend(union.discriminator.iter().map(|it| it.property.as_str()));
                let Some(first) = union.variants.first() else { break };
                payload = &first.ty;
            }
            Shape::Enum(_) | Shape::Tuple(_) | Shape::Alias(_) => break,
        }
    }
    members
}

/// The values of a member, as text; `None` where the document does not list them.
fn values_of(types: &Types, field: &Field) -> Option<BTreeSet<String>> {
    let Shape::Enum(listed) = &types[definition(types, &field.ty)?].shape else {
        return None;
    };
    let is_text = |value: &Value| value.is_string() || value.is_i64() || value.is_u64();
    let all = listed.values.iter();
    all.map(|value| is_text(&value.wire).then(|| value.text())).collect()
}

/// A tag as text: a string as it is, anything else as JSON.
fn text(tag: &Value) -> String {
    tag.as_str().map_or_else(|| tag.to_string(), str::to_owned)
}

/// What the document says of a member of a payload.
#[derive(Debug, Clone)]
struct Listed {
    values: BTreeSet<String>,
    /// Whether it is always there.
    is_required: bool,
}

/// The values that a member has in payloads.
struct Values<'t> {
    types: &'t Types,
    property: &'t str,
    /// Whether there is one payload only.
    is_alone: bool,
    /// By the definition that has the member; `None` also while it is being looked at.
    known: BTreeMap<TypeId, Option<Listed>>,
}

impl<'t> Values<'t> {
    fn of(types: &'t Types, property: &'t str, is_alone: bool) -> Self {
        Self {
            types,
            property,
            is_alone,
            known: BTreeMap::new(),
        }
    }

    fn listed(&mut self, payload: &Type, depth: usize) -> Option<Listed> {
        let id = definition(self.types, payload).filter(|_| depth < DEPTH)?;
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        self.known.insert(id, None);
        let listed = match &self.types[id].shape {
            Shape::Struct(object) => self.of_member(object),
            Shape::Union(union) => self.of_variants(union, depth),
            Shape::Enum(_) | Shape::Tuple(_) | Shape::Alias(_) => None,
        };
        self.known.insert(id, listed.clone());
        listed
    }

    fn of_member(&self, object: &Struct) -> Option<Listed> {
        let field = object.fields.iter().find(|field| field.wire == self.property)?;
        let listed = Listed {
            values: values_of(self.types, field)?,
            is_required: field.presence == Presence::Required,
        };
        // One of several values may be a state of things, and a state is no name: what may be left out is none, and what has
        // nothing to be told apart from needs none.
        let is_name = listed.values.len() == 1 || listed.is_required && !self.is_alone;
        is_name.then_some(listed)
    }

    fn of_variants(&mut self, union: &Union, depth: usize) -> Option<Listed> {
        let declared = union.discriminator.as_ref();
        if let Some(declared) = declared.filter(|declared| declared.property == self.property) {
            let tags = union.variants.iter().flat_map(|variant| &variant.tags);
            return Some(Listed {
                values: tags.map(text).collect(),
                is_required: !declared.optional,
            });
        }
        let mut all = Listed {
            values: BTreeSet::new(),
            is_required: true,
        };
        for variant in &union.variants {
            let listed = self.listed(&variant.ty, depth + 1)?;
            all.values.extend(listed.values);
            all.is_required &= listed.is_required;
        }
        Some(all)
    }
}

/// The definition that a type is, past all its aliases; `null` is none of the values that tell.
fn definition(types: &Types, ty: &Type) -> Option<TypeId> {
    let mut ty = ty;
    loop {
        let Type::Def(id) = ty else { return None };
        match &types[*id].shape {
            Shape::Alias(inner) => ty = inner,
            Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Tuple(_) => return Some(*id),
        }
    }
}
