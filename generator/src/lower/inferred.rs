//! The alternatives of a choice without a discriminator in, the member whose one value tells them apart out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    all_of::Conjunction,
    context::Lowering,
    discriminator::shared_arms,
    keywords::{JsonType, Keywords, Node},
    object,
    told::Kind,
    union::Alternative,
};
use crate::ir::Pointer;

/// How many schemas a member may be wrapped in.
const DEPTH: usize = 8;

/// How deep choices may be alternatives of others.
const CHOICES: usize = 8;

/// A member that tells alternatives apart.
pub(super) struct Inferred {
    pub(super) property: String,
    /// Its values for each alternative.
    pub(super) tags: Vec<Vec<Value>>,
    /// Whether some alternative does not require it.
    pub(super) optional: bool,
}

/// Where it is looked for what tells alternatives apart.
struct Search<'s> {
    property: &'s str,
    /// What more than one alternative has to satisfy.
    shared: &'s BTreeSet<Pointer>,
    /// The choices that have been looked into.
    seen: BTreeSet<Pointer>,
    optional: bool,
}

impl<'d> Lowering<'d> {
    /// The first member that has a value of its own in every alternative; those that all alternatives require go before
    /// others.
    pub(super) fn inferred_tags(
        &mut self,
        alternatives: &[&Alternative<'d>],
        base: &Conjunction<'d>,
    ) -> Option<Inferred> {
        let mut candidates: Vec<&str> = Vec::new();
        let flats: Option<Vec<_>> = alternatives
            .iter()
            .map(|alternative| alternative.flat.as_ref())
            .collect();
        let flats = flats?;
        // Only a choice has its members further inside.
        let telling = flats.iter().find(|flat| flat.choices.is_empty()).or(flats.first())?;
        candidates.extend(object::members(telling).keys());
        let shared = shared_arms(alternatives.iter().copied());
        let required = required_by(base);
        let mut optional = None;
        for property in candidates {
            let mut search = Search {
                property,
                shared: &shared,
                seen: BTreeSet::new(),
                optional: false,
            };
            let Some(tags) = self.distinct_tags(&flats, &required, &mut search) else {
                continue;
            };
            let inferred = Inferred {
                property: property.to_owned(),
                tags,
                optional: search.optional,
            };
            if !inferred.optional {
                return Some(inferred);
            }
            optional = optional.or(Some(inferred));
        }
        optional
    }

    /// The values of each alternative, if none has one of another.
    fn distinct_tags(
        &mut self,
        flats: &[&Conjunction<'d>],
        required: &BTreeSet<&'d str>,
        search: &mut Search<'_>,
    ) -> Option<Vec<Vec<Value>>> {
        let mut tags: Vec<Vec<Value>> = Vec::with_capacity(flats.len());
        for flat in flats {
            let values = self.sole_values(flat, required, search, CHOICES)?;
            let mut known = tags.iter().flatten();
            let kind = Kind::of(values.first()?);
            if known.any(|tag| values.contains(tag) || Kind::of(tag) != kind) {
                return None;
            }
            tags.push(values);
        }
        Some(tags)
    }

    /// The one value that the member has in what `flat` describes; where that is a choice, in each of its alternatives.
    fn sole_values(
        &mut self,
        flat: &Conjunction<'d>,
        required: &BTreeSet<&'d str>,
        search: &mut Search<'_>,
        depth: usize,
    ) -> Option<Vec<Value>> {
        let mut required = required.clone();
        required.extend(required_by(flat));
        if let Some(keywords) = self.enumerated_member(flat, search.property, search.shared) {
            let [value] = <[Value; 1]>::try_from(keywords.enumeration()).ok()?;
            search.optional |= !required.contains(search.property);
            return can_tell(keywords, &value).then(|| vec![value]);
        }
        let depth = depth.checked_sub(1)?;
        let [choice] = flat.choices.as_slice() else { return None };
        let declared = choice.discriminator;
        let is_told_otherwise = declared
            .is_some_and(|declared| declared.property != search.property || declared.targets().next().is_some());
        if is_told_otherwise || !search.seen.insert(choice.pointer.clone()) {
            return None;
        }
        let mut all: Vec<Value> = Vec::new();
        for alternative in self.alternatives(choice) {
            let values = self.sole_values(alternative.flat.as_ref()?, &required, search, depth)?;
            let kind = Kind::of(values.first()?);
            if all.iter().any(|tag| Kind::of(tag) != kind) {
                return None;
            }
            all.extend(
                values
                    .into_iter()
                    .filter(|value| !all.contains(value))
                    .collect::<Vec<_>>(),
            );
        }
        (!all.is_empty()).then_some(all)
    }

    /// The schema that lists the values of a member, in a part that is not `shared`.
    pub(super) fn enumerated_member(
        &mut self,
        flat: &Conjunction<'d>,
        property: &str,
        shared: &BTreeSet<Pointer>,
    ) -> Option<Keywords<'d>> {
        let members = object::members(flat);
        let occurrences = members.get(property)?.occurrences.iter().rev();
        // `properties` and the name of the member follow the place of the schema.
        let place = |pointer: &Pointer| super::parent_of(&super::parent_of(pointer));
        let own = occurrences.filter(|occurrence| !shared.contains(&place(&occurrence.pointer)));
        let nodes: Vec<Node<'d>> = own.map(|occurrence| occurrence.node).collect();
        nodes.into_iter().find_map(|node| self.enumerated(node, DEPTH))
    }

    /// The schema that lists values, which others may only wrap.
    fn enumerated(&mut self, node: Node<'d>, depth: usize) -> Option<Keywords<'d>> {
        let depth = depth.checked_sub(1)?;
        let keywords = self.end_of(node)?;
        if keywords.is_enumerated() {
            return Some(keywords);
        }
        let part = self.only_part(keywords)?;
        self.enumerated(part, depth)
    }
}

/// The members that a conjunction requires.
fn required_by<'d>(conjunction: &Conjunction<'d>) -> BTreeSet<&'d str> {
    let arms = conjunction.arms.iter();
    arms.flat_map(|arm| arm.keywords.required()).collect()
}

/// Whether a value that `keywords` lists is of a kind that can tell alternatives apart.
pub(super) fn can_tell(keywords: Keywords<'_>, value: &Value) -> bool {
    match keywords.ty() {
        None => value.is_string() || value.is_i64() || value.is_boolean(),
        Some(JsonType::String) => value.is_string(),
        Some(JsonType::Integer | JsonType::Number) => value.is_i64(),
        Some(JsonType::Boolean) => value.is_boolean(),
        Some(_) => false,
    }
}
