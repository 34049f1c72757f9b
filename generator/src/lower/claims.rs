//! A base and its heirs in, the values of the discriminator that say which heir a value is out.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use indexmap::IndexMap;

use super::{
    base::{own_parts, said_discriminator},
    context::Lowering,
    keywords::{Discriminator, Keywords, Node},
    told,
};
use crate::{diagnostics::Code, ir::Pointer};

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

/// What was found out about bases and heirs. In a row of bases each asks the same of all that come after it.
#[derive(Debug, Default)]
pub(super) struct Claimed {
    chains: BTreeMap<Pointer, Option<Rc<BTreeSet<Pointer>>>>,
    told: BTreeMap<(Pointer, String), Rc<[Told]>>,
}

/// What one schema of those that an heir has to satisfy says of a member.
#[derive(Debug)]
struct Told {
    arm: Pointer,
    /// `None` where it permits no value at all.
    values: Option<Vec<String>>,
}

impl<'d> Lowering<'d> {
    /// Which of `heirs`, the last of which is the base itself, each value of the discriminator says. Of several that claim
    /// one, it is the heir that the document says it of most plainly, and of those the first by its place.
    pub(super) fn owners(
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
        let told = self.told(keywords, heir, property);
        let Some(of_base) = self.chain(base) else {
            return Vec::new();
        };
        let mut own = told.iter().filter(|told| !of_base.contains(&told.arm)).rev();
        match own.next() {
            Some(last) if own.all(|told| told.values.is_some()) => last.values.clone().unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// What all that an heir has to satisfy says of the values of its member `property`.
    fn told(&mut self, keywords: Keywords<'d>, heir: &Pointer, property: &str) -> Rc<[Told]> {
        let key = (heir.clone(), property.to_owned());
        if let Some(told) = self.claimed.told.get(&key) {
            return told.clone();
        }
        let flat = self.flatten([(Node::Schema(keywords), heir.clone(), None)]);
        let mut told = Vec::new();
        for arm in flat.unwrap_or_default().arms {
            let node = arm.keywords.properties().find(|(name, _)| *name == property);
            let Some((_, node)) = node else { continue };
            let is_never = matches!(node, Node::Schema(keywords) if keywords.is_never());
            let values = self.texts_of(node).filter(|_| !is_never);
            if is_never || values.is_some() {
                let arm = arm.pointer;
                told.push(Told { arm, values });
            }
        }
        let told: Rc<[Told]> = told.into();
        self.claimed.told.insert(key, told.clone());
        told
    }

    /// The places of all that a value of the schema at `pointer` has to satisfy.
    fn chain(&mut self, pointer: &Pointer) -> Option<Rc<BTreeSet<Pointer>>> {
        if let Some(chain) = self.claimed.chains.get(pointer) {
            return chain.clone();
        }
        let node = self.node_at(pointer)?;
        let flat = self.flatten([(node, pointer.clone(), None)]).ok();
        let chain = flat.map(|flat| Rc::new(flat.arms.into_iter().map(|arm| arm.pointer).collect()));
        self.claimed.chains.insert(pointer.clone(), chain.clone());
        chain
    }

    /// The values that a base permits for its discriminator; none where it permits any.
    pub(super) fn permitted(&mut self, keywords: Keywords<'d>, property: &str) -> Vec<String> {
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
