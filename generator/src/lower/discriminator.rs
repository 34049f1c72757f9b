//! The alternatives of a choice in, the member that tells them apart out, declared or inferred.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    all_of::{Choice, Conjunction},
    context::Lowering,
    keywords::{self, JsonType, Node},
    object, reference,
    union::Alternative,
};
use crate::{
    diagnostics::Code,
    ir::{Discriminator, Variant},
};

impl<'d> Lowering<'d> {
    /// Gives every variant its tags, if there is a member that tells them apart.
    pub(super) fn discriminate(
        &mut self,
        choice: &Choice<'d>,
        alternatives: &[Alternative<'d>],
        base: &Conjunction<'d>,
        variants: &mut [Variant],
    ) -> Option<Discriminator> {
        if let Some(declared) = choice.discriminator {
            let property = declared.property;
            let tags = self.declared_tags(choice, property, alternatives);
            if tags.iter().all(|tags| !tags.is_empty()) {
                assign(variants, tags);
                return Some(Discriminator {
                    property: property.to_owned(),
                    inferred: false,
                    default: self.default_alternative(choice, alternatives),
                });
            }
            let message = format!(
                "the discriminator `{property}` does not tell every alternative apart; the first that fits is taken"
            );
            self.report(Code::UnsupportedSchema, &choice.pointer, message);
        }
        let (property, tags) = self.inferred_tags(alternatives, base)?;
        assign(variants, tags);
        Some(Discriminator {
            property,
            inferred: true,
            default: None,
        })
    }

    /// The alternative for what has no tag that is known.
    fn default_alternative(&mut self, choice: &Choice<'d>, alternatives: &[Alternative<'d>]) -> Option<usize> {
        let target = choice.discriminator?.default?;
        let index = self.selected(target, alternatives);
        if index.is_none() {
            let place = super::parent_of(&choice.pointer).child("discriminator");
            let message = format!("`{target}` names no alternative");
            self.report(Code::DanglingReference, &place.child("defaultMapping"), message);
        }
        index
    }

    /// The alternative that a value of a mapping means.
    fn selected(&mut self, target: &str, alternatives: &[Alternative<'d>]) -> Option<usize> {
        let reference = reference_of(target)?;
        let (_, end) = self.terminal(&reference).ok()?;
        alternatives.iter().position(|alternative| alternative.end == end)
    }

    /// The tags of each alternative by mapping, else by the values that its member may have, else by its name.
    fn declared_tags(
        &mut self,
        choice: &Choice<'d>,
        property: &str,
        alternatives: &[Alternative<'d>],
    ) -> Vec<Vec<Value>> {
        let mut tags: Vec<Vec<Value>> = vec![Vec::new(); alternatives.len()];
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let own: Vec<Vec<Value>> = alternatives
            .iter()
            .map(|alternative| self.values_of_member(alternative, property))
            .collect();
        let kind = own.iter().flatten().next().map_or(Kind::Text, Kind::of);
        let mapping = choice
            .discriminator
            .into_iter()
            .flat_map(keywords::Discriminator::mapping);
        for (tag, target) in mapping {
            match self.selected(target, alternatives) {
                Some(index) if taken.insert(tag.to_owned(), index).is_none() => tags[index].extend(kind.read(tag)),
                Some(_) => {}
                None => {
                    let place = super::parent_of(&choice.pointer)
                        .child("discriminator")
                        .child("mapping")
                        .child(tag);
                    self.report(
                        Code::DanglingReference,
                        &place,
                        format!("`{target}` names no alternative"),
                    );
                }
            }
        }
        for (index, alternative) in alternatives.iter().enumerate() {
            if !tags[index].is_empty() {
                continue;
            }
            let mut implied = own[index].clone();
            if implied.is_empty() {
                implied.extend(name_of(alternative).and_then(|name| kind.read(&name)));
            }
            implied.retain(|tag| Kind::of(tag) == kind);
            for tag in implied {
                let text = tag.as_str().map_or_else(|| tag.to_string(), str::to_owned);
                if !taken.contains_key(&text) {
                    taken.insert(text, index);
                    tags[index].push(tag);
                }
            }
        }
        tags
    }

    /// The values that an alternative permits for a member, where these can tell alternatives apart.
    fn values_of_member(&mut self, alternative: &Alternative<'d>, property: &str) -> Vec<Value> {
        let Some(flat) = &alternative.flat else {
            return Vec::new();
        };
        let members = object::members(flat);
        let Some(member) = members.get(property) else {
            return Vec::new();
        };
        for occurrence in member.occurrences.iter().rev() {
            let Some(keywords) = self.end_of(occurrence.node) else {
                continue;
            };
            if keywords.is_enumerated() {
                let values = keywords.enumeration().into_iter();
                return values
                    .filter(|value| match keywords.ty() {
                        None => value.is_string() || value.is_i64() || value.is_boolean(),
                        Some(JsonType::String) => value.is_string(),
                        Some(JsonType::Integer) => value.is_i64(),
                        Some(JsonType::Boolean) => value.is_boolean(),
                        Some(_) => false,
                    })
                    .collect();
            }
        }
        Vec::new()
    }

    /// The first member that every alternative requires with a single value of its own.
    fn inferred_tags(
        &mut self,
        alternatives: &[Alternative<'d>],
        base: &Conjunction<'d>,
    ) -> Option<(String, Vec<Vec<Value>>)> {
        let candidates: Vec<String> = object::members(alternatives.first()?.flat.as_ref()?)
            .keys()
            .map(|name| (*name).to_owned())
            .collect();
        candidates.into_iter().find_map(|name| {
            let mut tags: Vec<Vec<Value>> = Vec::with_capacity(alternatives.len());
            for alternative in alternatives {
                let flat = alternative.flat.as_ref()?;
                let required = flat
                    .arms
                    .iter()
                    .chain(&base.arms)
                    .flat_map(|arm| arm.keywords.required());
                if !required.into_iter().any(|required| required == name) {
                    return None;
                }
                let values = self.values_of_member(alternative, &name);
                let [value] = values.as_slice() else { return None };
                let is_of_another_kind = |tag: &Value| Kind::of(tag) != Kind::of(value);
                if tags.contains(&values) || tags.iter().flatten().any(is_of_another_kind) {
                    return None;
                }
                tags.push(values);
            }
            Some((name, tags))
        })
    }
}

/// What the tags of a union are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Integer,
    Flag,
}

impl Kind {
    fn of(tag: &Value) -> Self {
        match tag {
            Value::Bool(_) => Self::Flag,
            Value::Number(_) => Self::Integer,
            Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => Self::Text,
        }
    }

    /// The tag that is written as `text` where only texts can be.
    fn read(self, text: &str) -> Option<Value> {
        match self {
            Self::Text => Some(text.into()),
            Self::Integer => text.parse::<i64>().ok().map(Value::from),
            Self::Flag => text.parse::<bool>().ok().map(Value::from),
        }
    }
}

/// What a value of a mapping means: a `$ref`, or the name of a schema.
pub(super) fn reference_of(target: &str) -> Option<String> {
    if target.contains('#') {
        return Some(target.to_owned());
    }
    (!target.is_empty()).then(|| format!("#/components/schemas/{}", target.replace('~', "~0").replace('/', "~1")))
}

fn assign(variants: &mut [Variant], tags: Vec<Vec<Value>>) {
    for (variant, tags) in variants.iter_mut().zip(tags) {
        variant.tags = tags;
    }
}

/// The name under which an alternative stands in `components`.
fn name_of(alternative: &Alternative<'_>) -> Option<String> {
    let pointer = match alternative.node {
        Node::Reference(text) => reference::parse(text).ok()?,
        Node::Schema(_) => alternative.end.clone(),
    };
    reference::component(&pointer).map(|(_, name)| name)
}
