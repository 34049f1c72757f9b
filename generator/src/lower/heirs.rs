//! A schema that names a discriminator and no alternatives in, the union of its heirs and itself out.
//!
//! An heir is a component, or a schema with a name in another file, with the schema in its `allOf`; so is an heir of an heir. Where the base is used, a value may be
//! any of them; where an heir is, it is that heir. Which one it is says the discriminator: by what the `mapping` has for the
//! heir, by an extension, by the values that the heir permits, or by the heir's name.

use serde_json::Value;

use super::{
    base::said_discriminator,
    context::Lowering,
    docs,
    keywords::{Discriminator, JsonType, Keywords, Node},
    object,
    schema::{Home, Site},
    told::{Kind, Untold},
};
use crate::{
    diagnostics::Code,
    ir::{self, Docs, Origin, Parent, Pointer, Role, Shape, Type, TypeId, Union, Variant},
};

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
                name: None,
                tags,
                docs,
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
            let place = said.child("discriminator");
            let place = match tag {
                Some(tag) => place.child("mapping").child(tag),
                None => place.child("defaultMapping"),
            };
            if let Some((_, end)) = self.target_of(target, said) {
                let ty = match self.node_at(&end) {
                    Some(Node::Schema(keywords)) => keywords.ty(),
                    Some(Node::Reference(_)) | None => None,
                };
                if let Some(ty) = ty.filter(|ty| *ty != JsonType::Object) {
                    let ty = ty.as_str();
                    let message = format!("a value of type `{ty}` has no member to be told by; it is no kind of this");
                    self.report(Code::UnsupportedSchema, &place, message);
                } else {
                    mapped.push(end);
                }
            } else {
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
