//! A schema that names a discriminator and no alternatives in, the union of its heirs and itself out.
//!
//! An heir is a component, or a schema with a name in another file, with the schema in its `allOf`; so is an heir of an heir. Where the base is used, a value may be
//! any of them; where an heir is, it is that heir. Which one it is says the discriminator: by what the `mapping` has for the
//! heir, by an extension, by the values that the heir permits, or by the heir's name.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    base::{own_parts, said_discriminator},
    context::Lowering,
    docs,
    keywords::{Discriminator, Keywords, Node},
    object,
    schema::{Home, Site},
    told::{self, Kind, Untold},
};
use crate::{
    diagnostics::Code,
    ir::{self, Docs, Origin, Parent, Pointer, Role, Shape, Type, TypeId, Union, Variant},
};

/// Extensions that give a schema its value of the discriminator, in documents of all versions.
const VALUE: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

/// What says that a value of a discriminator is an heir's, the plainest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    Mapping,
    /// The mapping of another heir, which is a base as well.
    MappingOfHeir,
    Extension,
    Values,
    Name,
}

impl<'d> Lowering<'d> {
    /// The union of the schema at `site` and its heirs, if it is a base that has any.
    pub(super) fn lower_base(&mut self, keywords: Keywords<'d>, site: &Site) -> Option<Type> {
        let pointer = site.pointer();
        let heirs = self.heirs_by_tag(keywords, &pointer)?;
        let (discriminator, said) = said_discriminator(keywords, &pointer)?;
        let kind = self.kind_of_base(discriminator, &pointer);
        if let Err(untold) = kind {
            let place = said.child("discriminator").child("propertyName");
            self.report(Code::UnsupportedSchema, &place, untold.message(discriminator.property));
        }
        let heirs = self.read_tags(heirs, kind, discriminator, &pointer);
        let default = self.default_heir(discriminator, &said, &heirs).filter(|_| kind.is_ok());
        let absent = heirs.iter().position(|(heir, _)| *heir == pointer);
        let is_optional = kind.is_ok() && default.is_none() && self.is_optional_in(&pointer, discriminator.property);
        let id = self.define(site);
        let mut variants = Vec::with_capacity(heirs.len());
        for (heir, tags) in heirs {
            let (ty, docs) = if heir == pointer {
                let ty = self.lower_base_itself(keywords, &pointer, id);
                (ty, docs::of_schema(keywords))
            } else {
                (Type::Def(self.shared(&heir)), Docs::default())
            };
            variants.push(Variant {
                ty,
                tags,
                docs,
                boxed: false,
            });
        }
        self.types[id].shape = Shape::Union(Union {
            variants,
            discriminator: kind.is_ok().then(|| ir::Discriminator {
                property: discriminator.property.to_owned(),
                inferred: false,
                optional: false,
                default,
                absent: absent.filter(|_| is_optional),
            }),
        });
        Some(Type::Def(id))
    }

    /// What the values of the discriminator of the base at `pointer` are.
    pub(super) fn kind_of_base(&mut self, discriminator: Discriminator<'d>, pointer: &Pointer) -> Result<Kind, Untold> {
        let node = self.node_at(pointer);
        let flat = node.and_then(|node| self.flatten([(node, pointer.clone(), None)]).ok());
        self.kind_of_tags(&flat, discriminator.property)
    }

    /// Heirs with their tags as values of that kind, and without tags where these do not tell. Who has none is no variant.
    fn read_tags(
        &mut self,
        heirs: Vec<(Pointer, Vec<String>)>,
        kind: Result<Kind, Untold>,
        discriminator: Discriminator<'d>,
        base: &Pointer,
    ) -> Vec<(Pointer, Vec<Value>)> {
        let Ok(kind) = kind else {
            return heirs.into_iter().map(|(heir, _)| (heir, Vec::new())).collect();
        };
        let mut read = Vec::with_capacity(heirs.len());
        for (heir, tags) in heirs {
            let tags: Vec<Value> = tags.iter().filter_map(|tag| kind.read(tag)).collect();
            if !tags.is_empty() {
                read.push((heir, tags));
            } else if heir != *base {
                let property = discriminator.property;
                let message = format!("has no value for `{property}` that says it; it is no variant of its base");
                self.report(Code::UnsupportedSchema, &heir, message);
            }
        }
        read
    }

    /// The heir for what has no value that is known.
    fn default_heir(
        &mut self,
        discriminator: Discriminator<'d>,
        said: &Pointer,
        heirs: &[(Pointer, Vec<Value>)],
    ) -> Option<usize> {
        let (_, end) = self.target_of(discriminator.default?, said)?;
        heirs.iter().position(|(heir, _)| *heir == end)
    }

    /// Whether a value of the schema at `pointer` may be without the member `property`, or have `null` there.
    fn is_optional_in(&mut self, pointer: &Pointer, property: &str) -> bool {
        let node = self.node_at(pointer);
        let Some(flat) = node.and_then(|node| self.flatten([(node, pointer.clone(), None)]).ok()) else {
            return false;
        };
        let members = object::members(&flat);
        members.get(property).is_some_and(|member| {
            let mut occurrences = member.occurrences.iter();
            !member.required || occurrences.all(|occurrence| self.admits_null(occurrence.node))
        })
    }

    /// The heirs of the schema at `pointer` and itself, each with its values of the discriminator, if it is a base that has
    /// any.
    pub(super) fn heirs_by_tag(
        &mut self,
        keywords: Keywords<'d>,
        pointer: &Pointer,
    ) -> Option<Vec<(Pointer, Vec<String>)>> {
        let (discriminator, said) = said_discriminator(keywords, pointer)?;
        let mut heirs = self.heirs_of(pointer);
        for place in self.mapped(discriminator, &said) {
            if place != *pointer && !heirs.contains(&place) {
                self.report_no_heir(&place, &said);
                heirs.push(place);
            }
        }
        if heirs.is_empty() {
            return None;
        }
        heirs.push(pointer.clone());
        let owners = self.owners(discriminator, pointer, &heirs);
        let permitted = self.permitted(keywords, discriminator.property);
        let heirs = heirs.into_iter().map(|heir| {
            let is_base = heir == *pointer;
            // A base whose own value is not among those permitted is none by itself.
            let is_possible = |tag: &String| !is_base || permitted.is_empty() || permitted.contains(tag);
            let own = owners.iter().filter(|(_, owner)| **owner == heir);
            let tags: Vec<String> = own.map(|(tag, _)| tag.clone()).filter(is_possible).collect();
            (heir, tags)
        });
        Some(heirs.filter(|(_, tags)| !tags.is_empty()).collect())
    }

    /// The members of the base alone, for what is no heir.
    fn lower_base_itself(&mut self, keywords: Keywords<'d>, pointer: &Pointer, union: TypeId) -> Type {
        let origin = Origin::Inline {
            parent: Parent::Type(union),
            role: Role::Base,
        };
        // One place, and two definitions of it.
        let key = vec![pointer.clone(), pointer.clone()];
        let id = self.reserve(key.clone(), origin);
        self.types[id].docs = docs::of_schema(keywords);
        // What is written in the base is named after the base, in every heir too.
        let node = (Node::Schema(keywords), pointer.clone(), Some(Parent::Type(union)));
        let flat = self.flatten([node]);
        let home = Home::Reserved(id);
        let ty = self.lower_flat(flat, &Site { key, home });
        if ty != Type::Def(id) {
            self.types[id].shape = Shape::Alias(ty.without_null());
        }
        Type::Def(id)
    }

    /// The schemas that the mapping of the discriminator at `said` names, whether they are heirs or not.
    fn mapped(&mut self, discriminator: Discriminator<'d>, said: &Pointer) -> Vec<Pointer> {
        let mut mapped = Vec::new();
        let entries = discriminator.mapping().map(|(tag, target)| (Some(tag), target));
        for (tag, target) in entries.chain(discriminator.default.map(|target| (None, target))) {
            let end = self.target_of(target, said);
            if let Some((_, end)) = end {
                mapped.push(end);
            } else {
                let place = said.child("discriminator");
                let place = match tag {
                    Some(tag) => place.child("mapping").child(tag),
                    None => place.child("defaultMapping"),
                };
                let known: Vec<String> = self.family().named.values().cloned().collect();
                self.report_unknown_target(target, &place, "schema", &known);
            }
        }
        mapped
    }

    /// What a mapping names is an arm, whether it is an heir or not. Whoever reads the base's members of it will miss them.
    fn report_no_heir(&mut self, place: &Pointer, said: &Pointer) {
        let Some(Node::Schema(keywords)) = self.node_at(said) else {
            return;
        };
        let discriminator = keywords.discriminator();
        let default = discriminator
            .and_then(|it| it.default)
            .map(|target| ("defaultMapping", target));
        let entries = discriminator
            .into_iter()
            .flat_map(Discriminator::mapping)
            .map(|entry| (true, entry));
        for (is_mapped, (name, target)) in entries.chain(default.map(|entry| (false, entry))) {
            if self.target_of(target, said).is_none_or(|(_, end)| end != *place) {
                continue;
            }
            let at = said.child("discriminator");
            let at = if is_mapped {
                at.child("mapping").child(name)
            } else {
                at.child(name)
            };
            let named = self.document.source(place).reference();
            let message =
                format!("`{named}` does not have this schema in its `allOf`; it is one of its kinds all the same");
            self.report(Code::ForeignKind, &at, message);
        }
    }

    /// Which of `heirs`, the last of which is the base itself, each value of the discriminator says. Of several that claim
    /// one, it is the heir that the document says it of most plainly, and of those the first by its place.
    fn owners(
        &mut self,
        discriminator: Discriminator<'d>,
        base: &Pointer,
        heirs: &[Pointer],
    ) -> IndexMap<String, Pointer> {
        let mut claims = Vec::new();
        let mut mapped = self.mapped_by(heirs, discriminator.property, base);
        for heir in heirs {
            let (claim, tags) = self.tags_of_heir(discriminator, base, heir);
            let by_others = mapped.remove(heir).unwrap_or_default();
            // What a mapping says counts, and not what the heir is called.
            if claim == Claim::Mapping || by_others.is_empty() {
                claims.push((claim, heir, tags));
            }
            claims.push((Claim::MappingOfHeir, heir, by_others));
        }
        let mut by_plainness: Vec<_> = claims.iter().collect();
        by_plainness.sort_by_key(|(claim, heir, _)| (*claim, *heir == base, *heir));
        let mut owners: BTreeMap<&str, &Pointer> = BTreeMap::new();
        for (_, heir, tags) in by_plainness {
            for tag in tags {
                match owners.get(tag.as_str()) {
                    None => _ = owners.insert(tag, heir),
                    Some(other) if *heir != base && other != heir => {
                        let (other, property) = (self.document.source(other), discriminator.property);
                        let message = format!(
                            "has {tag:?} for `{property}`, as `{}` has; that one is taken for it",
                            other.reference()
                        );
                        self.report(Code::UnsupportedSchema, heir, message);
                    }
                    Some(_) => {}
                }
            }
        }
        let owned = claims
            .iter()
            .flat_map(|(_, heir, tags)| tags.iter().map(move |tag| (tag, *heir)));
        let owned = owned.filter(|(tag, heir)| owners.get(tag.as_str()) == Some(heir));
        owned.map(|(tag, heir)| (tag.clone(), heir.clone())).collect()
    }

    /// What those of `heirs` that are bases too have in their mappings for the same member: the tags of each heir.
    fn mapped_by(&mut self, heirs: &[Pointer], property: &str, base: &Pointer) -> BTreeMap<Pointer, Vec<String>> {
        let mut mapped: BTreeMap<Pointer, Vec<String>> = BTreeMap::new();
        for place in heirs.iter().filter(|place| *place != base) {
            let Some(Node::Schema(keywords)) = self.node_at(place) else {
                continue;
            };
            let Some((inner, said)) = said_discriminator(keywords, place).filter(|(it, _)| it.property == property)
            else {
                continue;
            };
            for (tag, target) in inner.mapping() {
                if let Some((_, end)) = self.target_of(target, &said) {
                    mapped.entry(end).or_default().push(tag.to_owned());
                }
            }
        }
        mapped
    }

    /// The values of the discriminator of the base at `base` that say that a value is the heir at `heir`, and what says so.
    pub(super) fn tags_of_heir(
        &mut self,
        discriminator: Discriminator<'d>,
        base: &Pointer,
        heir: &Pointer,
    ) -> (Claim, Vec<String>) {
        let mut tags = Vec::new();
        for (tag, target) in discriminator.mapping() {
            let end = self.target_of(target, base);
            if end.is_some_and(|(_, end)| end == *heir) {
                tags.push(tag.to_owned());
            }
        }
        let Some(Node::Schema(keywords)) = self.node_at(heir) else {
            return (Claim::Mapping, tags);
        };
        if !tags.is_empty() {
            return (Claim::Mapping, tags);
        }
        if let Some(value) = given_value(keywords) {
            return (Claim::Extension, vec![value]);
        }
        if heir != base {
            tags = self.own_values(keywords, heir, discriminator.property, base);
            if !tags.is_empty() {
                return (Claim::Values, tags);
            }
        }
        let name = self.family().named.get(heir).cloned();
        let permitted = match self.node_at(base) {
            Some(Node::Schema(keywords)) => self.permitted(keywords, discriminator.property),
            Some(Node::Reference(_)) | None => Vec::new(),
        };
        (
            Claim::Name,
            name.map(|name| spelt(name, &permitted)).into_iter().collect(),
        )
    }

    /// The values that an heir permits for the discriminator where the base does not say it for all heirs.
    fn own_values(&mut self, keywords: Keywords<'d>, heir: &Pointer, property: &str, base: &Pointer) -> Vec<String> {
        let Ok(mut flat) = self.flatten([(Node::Schema(keywords), heir.clone(), None)]) else {
            return Vec::new();
        };
        let Some(of_base) = self.chain(base) else {
            return Vec::new();
        };
        flat.arms.retain(|arm| !of_base.contains(&arm.pointer));
        let members = object::members(&flat);
        let occurrences = members.get(property).map(|member| member.occurrences.clone());
        let nodes = occurrences.into_iter().flatten().map(|occurrence| occurrence.node);
        nodes
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .find_map(|node| self.texts_of(node))
            .unwrap_or_default()
    }

    /// The places of all that a value of the schema at `pointer` has to satisfy.
    fn chain(&mut self, pointer: &Pointer) -> Option<BTreeSet<Pointer>> {
        let node = self.node_at(pointer)?;
        let flat = self.flatten([(node, pointer.clone(), None)]).ok()?;
        Some(flat.arms.into_iter().map(|arm| arm.pointer).collect())
    }

    /// The values that a base permits for its discriminator; none where it permits any.
    fn permitted(&mut self, keywords: Keywords<'d>, property: &str) -> Vec<String> {
        let mut parts = vec![keywords];
        while let Some(keywords) = parts.pop() {
            let node = keywords.properties().find(|(name, _)| *name == property);
            if let Some(texts) = node.and_then(|(_, node)| self.texts_of(node)) {
                return texts;
            }
            parts.extend(own_parts(keywords).map(|(_, part)| part));
        }
        Vec::new()
    }

    /// The scalars that a schema permits, as text, where it names them.
    pub(super) fn texts_of(&mut self, node: Node<'d>) -> Option<Vec<String>> {
        let keywords = self.end_of(node)?;
        let texts: Vec<String> = keywords.enumeration().iter().filter_map(told::text).collect();
        (!texts.is_empty()).then_some(texts)
    }

    /// Whether the schema at `pointer` is an heir of the base that `reference` names.
    pub(super) fn is_heir(&mut self, pointer: &Pointer, reference: &str) -> bool {
        let Ok((base, end)) = self.terminal(reference) else {
            return false;
        };
        let is_base = said_discriminator(base, &end).is_some();
        let heirs = self.family().by_base.get(&end);
        is_base && heirs.is_some_and(|heirs| heirs.contains(pointer))
    }
}

/// The value of the discriminator that an extension gives a schema.
pub(super) fn given_value(keywords: Keywords<'_>) -> Option<String> {
    let value = VALUE.iter().find_map(|name| keywords.get(name)?.as_str());
    value.map(str::to_owned)
}

/// A name as the one of `permitted` that spells it, if there is exactly one.
fn spelt(name: String, permitted: &[String]) -> String {
    let plain = |text: &str| {
        let characters = text.chars().filter(|character| character.is_alphanumeric());
        characters.flat_map(char::to_lowercase).collect::<String>()
    };
    if permitted.contains(&name) {
        return name;
    }
    let mut spelling = permitted.iter().filter(|text| plain(text) == plain(&name));
    match (spelling.next(), spelling.next()) {
        (Some(only), None) => only.clone(),
        _ => name,
    }
}
