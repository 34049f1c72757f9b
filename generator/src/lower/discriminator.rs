//! The alternatives of a choice in, the member that tells them apart out, declared or inferred.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    all_of::{Choice, Conjunction},
    context::Lowering,
    heirs,
    keywords::{self, JsonType, Node},
    object, reference,
    union::Alternative,
};
use crate::{
    diagnostics::Code,
    ir::{Discriminator, Pointer, Variant},
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
                });
            }
            let message = format!(
                "the discriminator `{property}` does not tell every alternative apart; the first that fits is taken"
            );
            self.report(Code::UnsupportedSchema, &choice.pointer, message);
        }
        if let Some((declared, place)) = self.common_base(alternatives) {
            let tags: Vec<Vec<String>> = alternatives
                .iter()
                .map(|alternative| self.tags_of_heir(declared, &place, &alternative.end).1)
                .collect();
            let all: Vec<&String> = tags.iter().flatten().collect();
            let apart = all.iter().collect::<BTreeSet<_>>().len() == all.len();
            if apart && tags.iter().all(|tags| !tags.is_empty()) {
                assign(variants, tags);
                return Some(Discriminator {
                    property: declared.property.to_owned(),
                    inferred: false,
                });
            }
        }
        let (property, tags) = self.inferred_tags(alternatives, base)?;
        assign(variants, tags);
        Some(Discriminator {
            property,
            inferred: true,
        })
    }

    /// The tags of each alternative by mapping, else by the values that its member may have, else by its name.
    fn declared_tags(
        &mut self,
        choice: &Choice<'d>,
        property: &str,
        alternatives: &[Alternative<'d>],
    ) -> Vec<Vec<String>> {
        let mut tags: Vec<Vec<String>> = vec![Vec::new(); alternatives.len()];
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let mapping = choice
            .discriminator
            .into_iter()
            .flat_map(keywords::Discriminator::mapping);
        for (tag, target) in mapping {
            let end = reference_of(target)
                .and_then(|reference| self.terminal(&reference).ok())
                .map(|(_, end)| end);
            let index = alternatives
                .iter()
                .position(|alternative| Some(&alternative.end) == end.as_ref());
            match index {
                Some(index) if taken.insert(tag.to_owned(), index).is_none() => tags[index].push(tag.to_owned()),
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
        let shared = shared_arms(alternatives);
        let base = self.common_base(alternatives);
        let base = base.filter(|(inherited, _)| inherited.property == property);
        for (index, alternative) in alternatives.iter().enumerate() {
            if !tags[index].is_empty() {
                continue;
            }
            let given = self.end_of(alternative.node).and_then(heirs::given_value);
            let mut implied: Vec<String> = given.into_iter().collect();
            if implied.is_empty() {
                implied = self.values_of_member(alternative, property, &shared);
            }
            if implied.is_empty()
                && let Some((inherited, base)) = &base
            {
                implied = self.tags_of_heir(*inherited, base, &alternative.end).1;
            }
            if implied.is_empty() {
                implied.extend(name_of(alternative));
            }
            for tag in implied {
                if !taken.contains_key(&tag) {
                    taken.insert(tag.clone(), index);
                    tags[index].push(tag);
                }
            }
        }
        tags
    }

    /// The values that an alternative permits for a member, where these are strings; what it shares with others tells nothing.
    fn values_of_member(
        &mut self,
        alternative: &Alternative<'d>,
        property: &str,
        shared: &BTreeSet<Pointer>,
    ) -> Vec<String> {
        let Some(flat) = &alternative.flat else {
            return Vec::new();
        };
        let members = object::members(flat);
        let Some(member) = members.get(property) else {
            return Vec::new();
        };
        for occurrence in member.occurrences.iter().rev() {
            // `properties` and the name of the member follow the place of the schema.
            let schema = super::parent_of(&super::parent_of(&occurrence.pointer));
            if shared.contains(&schema) {
                continue;
            }
            let Some(keywords) = self.end_of(occurrence.node) else {
                continue;
            };
            if matches!(keywords.ty(), None | Some(JsonType::String)) && keywords.is_enumerated() {
                let values = keywords.enumeration();
                return values
                    .iter()
                    .filter_map(|value| value.as_str().map(str::to_owned))
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
    ) -> Option<(String, Vec<Vec<String>>)> {
        let candidates: Vec<String> = object::members(alternatives.first()?.flat.as_ref()?)
            .keys()
            .map(|name| (*name).to_owned())
            .collect();
        let shared = shared_arms(alternatives);
        candidates.into_iter().find_map(|name| {
            let mut tags: Vec<Vec<String>> = Vec::with_capacity(alternatives.len());
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
                let values = self.values_of_member(alternative, &name, &shared);
                if values.len() != 1 || tags.contains(&values) {
                    return None;
                }
                tags.push(values);
            }
            Some((name, tags))
        })
    }
}

/// The places of schemas that more than one of the alternatives have to satisfy.
fn shared_arms(alternatives: &[Alternative<'_>]) -> BTreeSet<Pointer> {
    let mut seen = BTreeSet::new();
    let arms = alternatives
        .iter()
        .flat_map(|alternative| alternative.flat.iter().flat_map(|flat| &flat.arms));
    let places = arms.map(|arm| arm.pointer.clone());
    places.filter(|place| !seen.insert(place.clone())).collect()
}

/// What a value of a mapping means: a `$ref`, or the name of a schema.
pub(super) fn reference_of(target: &str) -> Option<String> {
    if target.contains('#') {
        return Some(target.to_owned());
    }
    (!target.is_empty()).then(|| format!("#/components/schemas/{}", target.replace('~', "~0").replace('/', "~1")))
}

fn assign(variants: &mut [Variant], tags: Vec<Vec<String>>) {
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
