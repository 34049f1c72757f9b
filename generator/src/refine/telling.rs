//! Webhooks that their bodies tell apart: by a member that all payloads have, with values that belong to one webhook each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Api, OperationId, Payload, Presence, Shape, Struct, Telling, Type, TypeId, Types, Webhook, WebhookOrigin},
};

/// Looks for the member, once for the webhooks and once for the callbacks of each operation.
pub(super) fn find(api: &mut Api, _: &Config, _: &mut Diagnostics) {
    let origins = api.webhooks.iter().map(|webhook| webhook.origin.operation());
    let origins: BTreeSet<Option<OperationId>> = origins.collect();
    for operation in origins {
        let is_of = |origin: &WebhookOrigin| origin.operation() == operation;
        // What has no body is never mistaken for what has one.
        let told = |webhook: &Webhook| is_of(&webhook.origin) && !webhook.payloads.is_empty();
        let payloads: Vec<Option<&Type>> = api.webhooks.iter().filter(|it| told(it)).map(json).collect();
        let Some(payloads) = payloads.into_iter().collect::<Option<Vec<&Type>>>() else {
            continue;
        };
        let Some((property, tags)) = telling(&api.types, &payloads) else {
            continue;
        };
        let webhooks = api.webhooks.iter_mut().filter(|webhook| told(webhook));
        for (webhook, tags) in webhooks.zip(tags) {
            webhook.tags = tags;
        }
        api.telling.push(Telling { operation, property });
    }
}

/// The payload that is read where no media type is asked for, if it is JSON.
fn json(webhook: &Webhook) -> Option<&Type> {
    match &webhook.payloads.first()?.payload {
        Payload::Json(ty) => Some(ty),
        Payload::Form { .. } | Payload::Multipart(_) | Payload::Text | Payload::Bytes | Payload::EventStream(_) => None,
    }
}

/// How many members are tried. What a payload is about stands at its head.
const TRIED: usize = 16;

/// How deep unions inside unions are looked into.
const DEPTH: usize = 32;

/// The first member that tells all payloads apart, those that are always there before others; and its values for each.
fn telling(types: &Types, payloads: &[&Type]) -> Option<(String, Vec<Vec<String>>)> {
    let first = payloads.first()?;
    let mut candidates = candidates(types, first);
    candidates.retain(|(property, _)| Values::of(types, property).listed(first, 0).is_some());
    candidates.sort_by_key(|(_, presence)| *presence == Presence::Optional);
    candidates.into_iter().take(TRIED).find_map(|(property, _)| {
        let mut values = Values::of(types, property);
        let tags = payloads.iter().map(|ty| values.listed(ty, 0));
        let tags: Vec<Vec<String>> = tags.collect::<Option<_>>()?;
        let mut seen = BTreeSet::new();
        let is_one_each = tags.iter().flatten().all(|tag| seen.insert(tag));
        is_one_each.then(|| (property.to_owned(), tags))
    })
}

/// The members of a payload that have a list of values.
fn candidates<'t>(types: &'t Types, payload: &'t Type) -> Vec<(&'t str, Presence)> {
    let Some(id) = definition(types, payload) else {
        return Vec::new();
    };
    match &types[id].shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter();
            fields.map(|field| (field.wire.as_str(), field.presence)).collect()
        }
        Shape::Union(union) => {
            let declared = union.discriminator.iter();
            let declared = declared.map(|discriminator| (discriminator.property.as_str(), Presence::Required));
            let first = union
                .variants
                .first()
                .and_then(|variant| definition(types, &variant.ty));
            let fields = first.iter().flat_map(|id| match &types[*id].shape {
                Shape::Struct(object) => object.fields.as_slice(),
                Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => &[],
            });
            declared
                .chain(fields.map(|field| (field.wire.as_str(), field.presence)))
                .collect()
        }
        Shape::Enum(_) | Shape::Alias(_) => Vec::new(),
    }
}

/// The values that a member may have.
struct Values<'t> {
    types: &'t Types,
    property: &'t str,
    /// By the definition that has the member; `None` also while it is being looked at.
    known: BTreeMap<TypeId, Option<Vec<String>>>,
}

impl<'t> Values<'t> {
    fn of(types: &'t Types, property: &'t str) -> Self {
        Self {
            types,
            property,
            known: BTreeMap::new(),
        }
    }

    /// The values of the member in a payload, as text; `None` where the document does not list them.
    fn listed(&mut self, payload: &Type, depth: usize) -> Option<Vec<String>> {
        let id = definition(self.types, payload).filter(|_| depth < DEPTH)?;
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        self.known.insert(id, None);
        let values = match &self.types[id].shape {
            Shape::Struct(object) => self.of_member(object),
            Shape::Union(union) => match &union.discriminator {
                Some(discriminator) if discriminator.property == self.property => {
                    Some(union.variants.iter().flat_map(|variant| variant.tags.clone()).collect())
                }
                Some(_) | None => {
                    let mut all = BTreeSet::new();
                    let variants = union.variants.iter();
                    let each = variants.map(|variant| self.listed(&variant.ty, depth + 1));
                    each.map(|values| Some(all.extend(values?)))
                        .collect::<Option<()>>()
                        .map(|()| all.into_iter().collect())
                }
            },
            Shape::Enum(_) | Shape::Alias(_) => None,
        };
        self.known.insert(id, values.clone());
        values
    }

    fn of_member(&self, object: &Struct) -> Option<Vec<String>> {
        let field = object.fields.iter().find(|field| field.wire == self.property)?;
        let Shape::Enum(listed) = &self.types[definition(self.types, &field.ty)?].shape else {
            return None;
        };
        let is_text = |value: &Value| value.is_string() || value.is_i64() || value.is_u64();
        let all = listed.values.iter();
        all.map(|value| is_text(&value.wire).then(|| value.text())).collect()
    }
}

/// The definition that a type is, past all its aliases; `null` is none of the values that tell.
fn definition(types: &Types, ty: &Type) -> Option<TypeId> {
    let mut ty = ty;
    loop {
        let Type::Def(id) = ty else { return None };
        match &types[*id].shape {
            Shape::Alias(inner) => ty = inner,
            Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => return Some(*id),
        }
    }
}
