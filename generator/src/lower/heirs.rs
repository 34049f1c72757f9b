//! A schema that names a discriminator and no alternatives in, the union of its heirs and itself out.
//!
//! An heir is a component, or a schema with a name in another file, with the schema in its `allOf`; so is an heir of an heir. Where the base is used, a value may be
//! any of them; where an heir is, it is that heir. Which one it is says the discriminator: by what the `mapping` has for the
//! heir, by an extension, by the values that the heir permits, or by the heir's name.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{
    base::{own_parts, said_discriminator},
    context::Lowering,
    docs,
    keywords::{Discriminator, Keywords, Node},
    object, reference,
    schema::{Home, Site},
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
    Extension,
    Values,
    Name,
}

/// Who inherits from whom.
#[derive(Debug, Default)]
pub(super) struct Heirs {
    /// The schemas with a name of their own, each with what it is called: the components in document order, then those of
    /// other places.
    named: IndexMap<Pointer, String>,
    /// Those of them that name a schema in their `allOf`, by the place of that schema.
    by_base: BTreeMap<Pointer, Vec<Pointer>>,
}

impl<'d> Lowering<'d> {
    /// The union of the schema at `site` and its heirs, if it is a base that has any.
    pub(super) fn lower_base(&mut self, keywords: Keywords<'d>, site: &Site) -> Option<Type> {
        let pointer = site.pointer();
        let heirs = self.heirs_by_tag(keywords, &pointer)?;
        let (Discriminator { property, .. }, _) = said_discriminator(keywords, &pointer)?;
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
                tags: tags.into_iter().map(Value::from).collect(),
                docs,
                boxed: false,
            });
        }
        self.types[id].shape = Shape::Union(Union {
            variants,
            discriminator: Some(ir::Discriminator {
                property: property.to_owned(),
                inferred: false,
                optional: false,
                default: None,
                absent: None,
            }),
        });
        Some(Type::Def(id))
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
        for (tag, target) in discriminator.mapping() {
            let end = self.target_of(target, said);
            if let Some((_, end)) = end {
                mapped.push(end);
            } else {
                let place = said.child("discriminator").child("mapping").child(tag);
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
        let tag = keywords.discriminator().into_iter().flat_map(Discriminator::mapping);
        let tags: Vec<&str> = tag
            .filter(|(_, target)| self.target_of(target, said).is_some_and(|(_, end)| end == *place))
            .map(|(tag, _)| tag)
            .collect();
        for tag in tags {
            let at = said.child("discriminator").child("mapping").child(tag);
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
        for heir in heirs {
            let (claim, tags) = self.tags_of_heir(discriminator, base, heir);
            claims.push((claim, heir, tags));
        }
        let mut by_plainness: Vec<_> = claims.iter().collect();
        by_plainness.sort_by_key(|(claim, heir, _)| (*claim, *heir == base, *heir));
        let mut owners: BTreeMap<&str, &Pointer> = BTreeMap::new();
        for (_, heir, tags) in by_plainness {
            for tag in tags {
                match owners.get(tag.as_str()) {
                    None => _ = owners.insert(tag, heir),
                    Some(other) if *heir != base => {
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

    /// The texts that a schema permits, where it names them.
    pub(super) fn texts_of(&mut self, node: Node<'d>) -> Option<Vec<String>> {
        let keywords = self.end_of(node)?;
        let values = keywords.enumeration();
        let texts = values.iter().filter_map(|value| value.as_str().map(str::to_owned));
        let texts: Vec<String> = texts.collect();
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

    fn family(&mut self) -> &Heirs {
        if self.heirs.is_none() {
            let named = self.named_schemas();
            let by_base = self.by_base(named.keys());
            self.heirs = Some(Heirs { named, by_base });
        }
        self.heirs.get_or_insert_default()
    }

    /// The heirs of the schema at `base`, and theirs, in document order.
    fn heirs_of(&mut self, base: &Pointer) -> Vec<Pointer> {
        let Heirs { named, by_base } = self.family();
        let mut found = BTreeSet::new();
        let mut pending = vec![base];
        while let Some(place) = pending.pop() {
            for heir in by_base.get(place).into_iter().flatten() {
                if heir != base && found.insert(heir) {
                    pending.push(heir);
                }
            }
        }
        named.keys().filter(|place| found.contains(place)).cloned().collect()
    }

    fn named_schemas(&mut self) -> IndexMap<Pointer, String> {
        let folder = Pointer::root().child("components").child("schemas");
        let components = self.document.value_at(&folder).and_then(Value::as_object);
        let mut named = IndexMap::new();
        for name in components.into_iter().flat_map(Map::keys) {
            // A component may only say in which file it is written.
            if let Ok(end) = self.end_of_references(&folder.child(name)) {
                let is_own = reference::component(&end).is_some();
                let name = if is_own { end.last() } else { None }.unwrap_or_else(|| name.clone());
                named.entry(end).or_insert(name);
            }
        }
        let mut others: Vec<&Pointer> = self.targets.shared().collect();
        others.sort_unstable();
        for place in others {
            if let Some((name, _)) = reference::entry(place) {
                named.entry(place.clone()).or_insert(name);
            }
        }
        named
    }

    fn by_base<'p>(&mut self, named: impl Iterator<Item = &'p Pointer>) -> BTreeMap<Pointer, Vec<Pointer>> {
        let mut heirs: BTreeMap<Pointer, Vec<Pointer>> = BTreeMap::new();
        for place in named {
            let Some(Node::Schema(keywords)) = self.node_at(place) else {
                continue;
            };
            if keywords.is_nullable() && keywords.is_bare() && keywords.all_of().len() == 1 {
                // The base, or `null`.
                continue;
            }
            let mut pending: Vec<&'d Value> = keywords.all_of().iter().collect();
            while let Some(value) = pending.pop() {
                match Node::of(value) {
                    Some(Node::Reference(reference)) => {
                        if let Ok((_, end)) = self.terminal(reference) {
                            heirs.entry(end).or_default().push(place.clone());
                        }
                    }
                    Some(Node::Schema(keywords)) => pending.extend(keywords.all_of()),
                    None => {}
                }
            }
        }
        heirs
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
