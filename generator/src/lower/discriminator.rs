//! The alternatives of a choice in, the member that tells them apart out, declared or inferred.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use serde_json::Value;

use super::{
    all_of::{Choice, Conjunction},
    base, claims,
    context::Lowering,
    inferred::{Inferred, can_tell},
    keywords::{self, Keywords, Node},
    object, reference,
    told::{self, Kind},
    union::Alternative,
};
use crate::{
    config::nearest,
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
        // What is no object has no members, and needs none to be told.
        let beside: Vec<bool> = variants
            .iter()
            .map(|variant| self.types.is_no_object(&variant.ty))
            .collect();
        if let Some(declared) = choice.discriminator {
            let property = declared.property;
            let flats = alternatives.iter().filter_map(|alternative| alternative.flat.as_ref());
            let message = match self.kind_of_tags(flats.chain([base]), property) {
                Ok(kind) => {
                    let mut seen = BTreeSet::new();
                    let mut tags = self.tags_of_choice((choice, alternatives), (property, kind), &mut seen);
                    let is_told = tags
                        .iter()
                        .zip(&beside)
                        .all(|(tags, beside)| *beside || !tags.is_empty());
                    if is_told && beside.contains(&false) {
                        for (tags, _) in tags.iter_mut().zip(&beside).filter(|(_, beside)| **beside) {
                            tags.clear();
                        }
                        assign(variants, tags);
                        return Some(Discriminator {
                            property: property.to_owned(),
                            inferred: false,
                            optional: false,
                            default: self
                                .default_alternative(choice, alternatives)
                                .filter(|index| !beside[*index]),
                            absent: None,
                        });
                    }
                    format!(
                        "the discriminator `{property}` does not tell every alternative apart; the first that fits is taken"
                    )
                }
                Err(untold) => untold.message(property),
            };
            self.report(Code::UnsupportedSchema, &choice.pointer, message);
        }
        if let Some((declared, place)) = base::common_base(alternatives)
            && let Ok(kind) = self.kind_of_base(declared, &place)
        {
            let tags = self.tags_of_family(declared, &place, alternatives);
            let tags: Vec<Vec<Value>> = tags
                .iter()
                .map(|tags| tags.iter().filter_map(|tag| kind.read(tag)).collect())
                .collect();
            let all: Vec<&Value> = tags.iter().flatten().collect();
            let apart = (1..all.len()).all(|index| !all[..index].contains(&all[index]));
            if apart && tags.iter().all(|tags| !tags.is_empty()) {
                assign(variants, tags);
                return Some(Discriminator {
                    property: declared.property.to_owned(),
                    inferred: false,
                    optional: false,
                    default: None,
                    absent: None,
                });
            }
        }
        let objects: Vec<&Alternative<'d>> = alternatives
            .iter()
            .zip(&beside)
            .filter_map(|(alternative, beside)| (!beside).then_some(alternative))
            .collect();
        // An object among others needs no member to be told.
        if objects.len() < 2 {
            return None;
        }
        let Inferred {
            property,
            tags,
            optional,
        } = self.inferred_tags(&objects, base)?;
        let mut tags = tags.into_iter();
        let all = beside.into_iter().map(|beside| if beside { None } else { tags.next() });
        assign(variants, all.map(Option::unwrap_or_default).collect());
        Some(Discriminator {
            property,
            inferred: true,
            optional,
            default: None,
            absent: None,
        })
    }

    /// A discriminator that no alternative has cannot be what tells them apart.
    pub(super) fn report_useless_discriminator(&mut self, choice: &Choice<'d>) {
        let Some(declared) = choice.discriminator else { return };
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for (index, value) in choice.nodes.iter().enumerate() {
            let Some(node) = Node::of(value) else { continue };
            let place = choice.pointer.item(index);
            let Ok(flat) = self.flatten([(node, place, None)]) else {
                return;
            };
            let says_members = |keywords: Keywords<'_>| keywords.has_properties();
            // What has alternatives of its own, or names no members, may have any.
            if !flat.choices.is_empty() || !flat.arms.iter().any(|arm| says_members(arm.keywords)) {
                return;
            }
            known.extend(object::members(&flat).keys());
        }
        if known.is_empty() || known.contains(declared.property) {
            return;
        }
        let place = super::parent_of(&choice.pointer).child("discriminator");
        let base = self
            .document
            .value_at(&super::parent_of(&choice.pointer).child("properties"));
        if base.is_some_and(|properties| properties.get(declared.property).is_some()) {
            return;
        }
        let message = format!(
            "no alternative has a member `{}`, which is to tell them apart",
            declared.property
        );
        let meant = nearest(declared.property, known.into_iter());
        self.report_mistaken(Code::UnsupportedSchema, &place, message, meant);
    }

    /// Reports `target`, a value of the mapping at `place` that means none of what is `known`.
    pub(super) fn report_unknown_target(&mut self, target: &str, place: &Pointer, what: &str, known: &[String]) {
        let message = format!("`{target}` names no {what}");
        let last = target.rsplit('/').next().unwrap_or(target);
        let meant = nearest(last, known.iter().map(String::as_str));
        self.report_mistaken(Code::DanglingReference, place, message, meant);
    }

    /// The alternative for what has no tag that is known.
    fn default_alternative(&mut self, choice: &Choice<'d>, alternatives: &[Alternative<'d>]) -> Option<usize> {
        let target = choice.discriminator?.default?;
        let index = self.alternative_of(target, choice, alternatives);
        if index.is_none() {
            let place = super::parent_of(&choice.pointer).child("discriminator");
            let message = format!("`{target}` names no alternative");
            self.report(Code::DanglingReference, &place.child("defaultMapping"), message);
        }
        index
    }

    /// The tags of each alternative by mapping, else by the values that its member may have, else by its name.
    pub(super) fn declared_tags(
        &mut self,
        choice: &Choice<'d>,
        property: &str,
        alternatives: &[Alternative<'d>],
        base: &Conjunction<'d>,
    ) -> Vec<Vec<Value>> {
        let kind = self.kind_of_choice(alternatives, property, base);
        self.tags_of_choice((choice, alternatives), (property, kind), &mut BTreeSet::new())
    }

    /// What the tags of a choice are; texts, where nothing else can be said.
    fn kind_of_choice(&mut self, alternatives: &[Alternative<'d>], property: &str, base: &Conjunction<'d>) -> Kind {
        let flats = alternatives.iter().filter_map(|alternative| alternative.flat.as_ref());
        self.kind_of_tags(flats.chain([base]), property).unwrap_or(Kind::Text)
    }

    /// The same, of a choice that may be an alternative of those that were `seen`.
    fn tags_of_choice(
        &mut self,
        (choice, alternatives): (&Choice<'d>, &[Alternative<'d>]),
        (property, kind): (&str, Kind),
        seen: &mut BTreeSet<Pointer>,
    ) -> Vec<Vec<Value>> {
        seen.insert(choice.pointer.clone());
        let mut tags: Vec<Vec<Value>> = vec![Vec::new(); alternatives.len()];
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let shared = shared_arms(alternatives);
        let own: Vec<Vec<Value>> = alternatives
            .iter()
            .map(|alternative| self.values_of_member(alternative, property, &shared))
            .collect();
        let mapping = choice
            .discriminator
            .into_iter()
            .flat_map(keywords::Discriminator::mapping);
        for (tag, target) in mapping {
            if let Some(index) = self.alternative_of(target, choice, alternatives) {
                let read = kind.read(tag).into_iter();
                tags[index].extend(read.filter(|tag| taken.insert(tag.to_string(), index).is_none()));
            } else {
                let place = super::parent_of(&choice.pointer)
                    .child("discriminator")
                    .child("mapping")
                    .child(tag);
                let known: Vec<String> = alternatives.iter().filter_map(name_of).collect();
                self.report_unknown_target(target, &place, "alternative", &known);
            }
        }
        let base = base::common_base(alternatives);
        let base = base.filter(|(inherited, _)| inherited.property == property);
        for (index, alternative) in alternatives.iter().enumerate() {
            if !tags[index].is_empty() {
                continue;
            }
            let given = self.end_of(alternative.node).and_then(claims::given_value);
            let mut implied: Vec<Value> = given.and_then(|given| kind.read(&given)).into_iter().collect();
            if implied.is_empty() {
                implied.clone_from(&own[index]);
            }
            if implied.is_empty()
                && let Some((inherited, base)) = &base
            {
                let (_, tags) = self.tags_of_heir(*inherited, base, &alternative.end);
                implied = tags.iter().filter_map(|tag| kind.read(tag)).collect();
            }
            if implied.is_empty() {
                implied.extend(name_of(alternative).and_then(|name| kind.read(&name)));
            }
            implied.retain(|tag| Kind::of(tag) == kind);
            for tag in implied {
                if let Entry::Vacant(free) = taken.entry(tag.to_string()) {
                    free.insert(index);
                    tags[index].push(tag);
                }
            }
        }
        // What an alternative writes that is a union itself, this one has to read.
        for (index, alternative) in alternatives.iter().enumerate() {
            for tag in self.tags_inside(alternative, property, seen) {
                if let Some(tag) = kind.read(&tag)
                    && let Entry::Vacant(free) = taken.entry(tag.to_string())
                {
                    free.insert(index);
                    tags[index].push(tag);
                }
            }
        }
        tags
    }

    /// The tags of the member `property` by which an alternative tells alternatives or heirs of its own apart.
    fn tags_inside(
        &mut self,
        alternative: &Alternative<'d>,
        property: &str,
        seen: &mut BTreeSet<Pointer>,
    ) -> Vec<String> {
        if let Some(Node::Schema(keywords)) = self.node_at(&alternative.end)
            && base::said_discriminator(keywords, &alternative.end).is_some_and(|(it, _)| it.property == property)
        {
            let heirs = self.heirs_by_tag(keywords, &alternative.end);
            return heirs.into_iter().flatten().flat_map(|(_, tags)| tags).collect();
        }
        let Some(flat) = &alternative.flat else {
            return Vec::new();
        };
        let [choice] = flat.choices.as_slice() else {
            return Vec::new();
        };
        if choice.discriminator.is_none_or(|it| it.property != property) || seen.contains(&choice.pointer) {
            return Vec::new();
        }
        let inner = self.alternatives(choice);
        let kind = self.kind_of_choice(&inner, property, flat);
        let tags = self.tags_of_choice((choice, &inner), (property, kind), seen);
        tags.iter().flatten().filter_map(told::text).collect()
    }

    /// The tags of alternatives that are all heirs of one base, or the base itself.
    fn tags_of_family(
        &mut self,
        declared: keywords::Discriminator<'d>,
        base: &Pointer,
        alternatives: &[Alternative<'d>],
    ) -> Vec<Vec<String>> {
        let family = match self.node_at(base) {
            Some(Node::Schema(keywords)) => self.heirs_by_tag(keywords, base).unwrap_or_default(),
            Some(Node::Reference(_)) | None => Vec::new(),
        };
        let mut tags = Vec::with_capacity(alternatives.len());
        for alternative in alternatives {
            let known = family.iter().find(|(heir, _)| *heir == alternative.end);
            tags.push(match known {
                Some((_, tags)) => tags.clone(),
                None => self.tags_of_heir(declared, base, &alternative.end).1,
            });
        }
        for (index, alternative) in alternatives.iter().enumerate() {
            for tag in self.tags_inside(alternative, declared.property, &mut BTreeSet::new()) {
                if !tags.iter().any(|tags| tags.contains(&tag)) {
                    tags[index].push(tag);
                }
            }
        }
        tags
    }

    /// The alternative that `target`, a value of a mapping, means: that at the end of a reference; a component of the
    /// file or of the document; or the one that is called so where it is written.
    fn alternative_of(&mut self, target: &str, choice: &Choice<'d>, alternatives: &[Alternative<'d>]) -> Option<usize> {
        if let Some((_, end)) = self.target_of(target, &choice.pointer)
            && let Some(index) = alternatives.iter().position(|alternative| alternative.end == end)
        {
            return Some(index);
        }
        let mut named = alternatives
            .iter()
            .enumerate()
            .filter(|(_, alternative)| name_of(alternative).as_deref() == Some(target));
        match (named.next(), named.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    }

    /// The schema that `target`, a value of a mapping in the file of `place`, means by itself.
    pub(super) fn target_of(&mut self, target: &str, place: &Pointer) -> Option<(Keywords<'d>, Pointer)> {
        if target.contains('#') {
            return self.terminal(target).ok();
        }
        let component = |whole: Pointer| whole.child("components").child("schemas").child(target).reference();
        let places = (!target.is_empty()).then(|| [place.whole(), Pointer::root()].map(component));
        places
            .into_iter()
            .flatten()
            .find_map(|reference| self.terminal(&reference).ok())
    }

    /// The values that an alternative permits for a member, where these can tell alternatives apart; what it shares with others tells nothing.
    fn values_of_member(
        &mut self,
        alternative: &Alternative<'d>,
        property: &str,
        shared: &BTreeSet<Pointer>,
    ) -> Vec<Value> {
        let flat = alternative.flat.as_ref();
        let keywords = flat.and_then(|flat| self.enumerated_member(flat, property, shared));
        let values = keywords.into_iter().flat_map(Keywords::enumeration);
        values
            .filter(|value| keywords.is_some_and(|keywords| can_tell(keywords, value)))
            .collect()
    }
}

/// The places of schemas that more than one of the alternatives have to satisfy.
pub(super) fn shared_arms<'a, 'd: 'a>(
    alternatives: impl IntoIterator<Item = &'a Alternative<'d>>,
) -> BTreeSet<Pointer> {
    let mut seen = BTreeSet::new();
    let arms = alternatives
        .into_iter()
        .flat_map(|alternative| alternative.flat.iter().flat_map(|flat| &flat.arms));
    let places = arms.map(|arm| arm.pointer.clone());
    places.filter(|place| !seen.insert(place.clone())).collect()
}

fn assign(variants: &mut [Variant], tags: Vec<Vec<Value>>) {
    for (variant, tags) in variants.iter_mut().zip(tags) {
        variant.tags = tags;
    }
}

/// The name under which an alternative stands in `components`, or where it is written.
fn name_of(alternative: &Alternative<'_>) -> Option<String> {
    let pointer = match alternative.node {
        Node::Reference(text) => reference::parse(text).ok()?,
        Node::Schema(_) => alternative.end.clone(),
    };
    let component = reference::component(&pointer).map(|(_, name)| name);
    component.or_else(|| reference::entry(&pointer).map(|(name, _)| name))
}
