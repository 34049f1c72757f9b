//! The object keywords of a conjunction in, a struct, a map or any JSON value out.

use indexmap::IndexMap;

use super::{
    all_of::Conjunction,
    context::{DefaultToCheck, Holder, Lowering},
    docs,
    keywords::Node,
    schema::{DEPTH, Home, Place, Site},
};
use crate::{
    config::nearest,
    diagnostics::Code,
    ir::{Access, Additional, Field, Origin, Parent, Pointer, Presence, Role, Shape, Struct, Type, TypeId},
};

/// A schema that describes a member, and the definition that it is written in; `None` is the one at hand.
#[derive(Debug, Clone)]
pub(super) struct Occurrence<'d> {
    pub(super) node: Node<'d>,
    pub(super) pointer: Pointer,
    pub(super) parent: Option<Parent>,
}

/// A member of an object, as all arms of a conjunction describe it.
#[derive(Debug, Clone, std::default::Default)]
pub(super) struct Member<'d> {
    pub(super) occurrences: Vec<Occurrence<'d>>,
    pub(super) required: bool,
}

/// The members of an object, in document order. One that may have no value is none.
pub(super) fn members<'d>(conjunction: &Conjunction<'d>) -> IndexMap<&'d str, Member<'d>> {
    let mut members: IndexMap<&'d str, Member<'d>> = IndexMap::new();
    for arm in &conjunction.arms {
        let list = arm.pointer.child("properties");
        for (name, node) in arm.keywords.properties() {
            members.entry(name).or_default().occurrences.push(Occurrence {
                node,
                pointer: list.child(name),
                parent: arm.parent.clone(),
            });
        }
    }
    for name in conjunction.arms.iter().flat_map(|arm| arm.keywords.required()) {
        if let Some(member) = members.get_mut(name) {
            member.required = true;
        }
    }
    members.retain(|_, member| {
        let mut nodes = member.occurrences.iter().map(|occurrence| occurrence.node);
        !nodes.any(|node| matches!(node, Node::Schema(keywords) if keywords.is_never()))
    });
    members
}

impl<'d> Lowering<'d> {
    pub(super) fn lower_object(&mut self, conjunction: &Conjunction<'d>, site: &Site) -> Type {
        let members = members(conjunction);
        if members.is_empty() {
            return match self.lower_additional(conjunction, site) {
                Additional::Implied => Type::Any,
                Additional::Declared(ty) => Type::Map(Box::new(ty)),
                Additional::Denied => {
                    let id = self.define(site);
                    self.types[id].shape = Shape::Struct(Struct {
                        fields: Vec::new(),
                        additional: Additional::Denied,
                    });
                    Type::Def(id)
                }
            };
        }
        let id = self.define(site);
        let site = site.settled(id);
        self.types[id].docs.constraints = docs::limits_of_all(conjunction);
        self.document_unlisted(conjunction, &members, id);
        let mut fields = Vec::with_capacity(members.len());
        for (name, member) in members {
            fields.push(self.lower_field(name, &member, id, fields.len()));
        }
        let additional = self.lower_additional(conjunction, &site);
        self.types[id].shape = Shape::Struct(Struct { fields, additional });
        Type::Def(id)
    }

    /// The definition at `site`, made now if there is none.
    pub(super) fn define(&mut self, site: &Site) -> TypeId {
        match &site.home {
            Home::Reserved(id) => *id,
            Home::Inline { parent, role } => {
                let origin = Origin::Inline {
                    parent: parent.clone(),
                    role: role.clone(),
                };
                self.reserve(site.key.clone(), origin)
            }
        }
    }

    /// Members that must be there and are described nowhere stay among the additional ones; the documentation names them.
    fn document_unlisted(
        &mut self,
        conjunction: &Conjunction<'d>,
        members: &IndexMap<&'d str, Member<'d>>,
        id: TypeId,
    ) {
        let required = conjunction.arms.iter().flat_map(|arm| {
            let names = arm.keywords.required().enumerate();
            names.map(move |(index, name)| (arm, index, name))
        });
        for (arm, index, name) in required.filter(|(.., name)| !members.contains_key(name)) {
            let sentence = format!("Requires a member `{name}`, which is not described.");
            let others = members.iter().filter(|(_, member)| !member.required);
            if let Some(meant) = nearest(name, others.map(|(name, _)| *name)) {
                let place = arm.pointer.child("required").item(index);
                let message = format!("`{name}` is required and not described, and `{meant}` is not required");
                self.report_mistaken(Code::MisspeltMember, &place, message, Some(meant));
            }
            let constraints = &mut self.types[id].docs.constraints;
            if !constraints.contains(&sentence) {
                constraints.push(sentence);
            }
        }
    }

    fn lower_field(&mut self, name: &'d str, member: &Member<'d>, id: TypeId, index: usize) -> Field {
        let ty = self.lower_member(member, &Parent::Type(id), &Role::Property(name.to_owned()));
        let ty = self.with_format_of_settings(ty, name, member, Some(id));
        self.note_unreadable(&ty, name, member, id);
        let mut facts = self.facts(member);
        let always = match facts.access {
            Access::ReadOnly => Some("Always in an answer."),
            Access::WriteOnly => Some("Always in a request."),
            Access::ReadWrite => None,
        };
        let always = always.filter(|_| member.required).map(str::to_owned);
        facts.docs.constraints.extend(always);
        if let Some((_, pointer)) = &facts.default {
            self.defaults.push(DefaultToCheck {
                holder: Holder::Field(id, index),
                pointer: pointer.clone(),
            });
        }
        let relaxed = self.is_relaxed(name, member, Some(id));
        let constant = self.constant(member);
        Field {
            wire: name.to_owned(),
            ty,
            presence: if member.required && !relaxed {
                Presence::Required
            } else {
                Presence::Optional
            },
            access: facts.access,
            default: facts.default.map(|(value, _)| value),
            constant,
            docs: facts.docs,
            tag: None,
            before: None,
            boxed: false,
        }
    }

    /// The type of a member. Where several arms describe it, a value has to satisfy all of them.
    pub(super) fn lower_member(&mut self, member: &Member<'d>, parent: &Parent, role: &Role) -> Type {
        let occurrences = self.telling(member);
        if let [occurrence] = occurrences.as_slice() {
            let place = Place {
                pointer: occurrence.pointer.clone(),
                parent: occurrence.parent.clone().unwrap_or_else(|| parent.clone()),
                role: role.clone(),
            };
            return self.lower_node(occurrence.node, place);
        }
        let nullable = occurrences.iter().all(|occurrence| self.admits_null(occurrence.node));
        let key: Vec<Pointer> = occurrences
            .iter()
            .map(|occurrence| occurrence.pointer.clone())
            .collect();
        let ty = if let Some(&id) = self.definitions.get(&key) {
            Type::Def(id)
        } else if self.depth >= DEPTH || !self.merging.insert(key.clone()) {
            // Lists of lists have no definition at which they could be known again.
            let message = if self.depth >= DEPTH {
                format!(
                    "members are put together inside each other more than {DEPTH} deep; this one is typed as any JSON value"
                )
            } else {
                "what holds together here goes on inside itself; it is typed as any JSON value".to_owned()
            };
            self.report(Code::UnsupportedSchema, &key[0], message);
            Type::Any
        } else {
            let home = Home::Inline {
                parent: self.owner(&occurrences).unwrap_or_else(|| parent.clone()),
                role: role.clone(),
            };
            let nodes = occurrences.into_iter().map(|o| (o.node, o.pointer, o.parent));
            let flat = self.flatten(nodes);
            let site = Site { key, home };
            self.depth += 1;
            let ty = self.lower_merged(flat, &site);
            self.depth -= 1;
            self.merging.remove(&site.key);
            ty
        };
        if nullable { ty.or_null() } else { ty.without_null() }
    }

    /// The definition that brings all occurrences together, where an heir of it has them from there: whoever is met first,
    /// they are named after it.
    fn owner(&mut self, occurrences: &[Occurrence<'d>]) -> Option<Parent> {
        let Some(parent @ Parent::Type(id)) = occurrences.last()?.parent.clone() else {
            return None;
        };
        let place = self.types[id].pointer.clone();
        let node = self.node_at(&place)?;
        let flat = self.flatten([(node, place, None)]).ok()?;
        // `properties` and the name of the member follow the place of the schema.
        let schema = |occurrence: &Occurrence<'_>| super::parent_of(&super::parent_of(&occurrence.pointer));
        let has_all = occurrences.iter().all(|occurrence| flat.contains(&schema(occurrence)));
        has_all.then_some(parent)
    }

    /// The occurrences that say something about the type, each once. One that includes another makes it superfluous.
    fn telling(&mut self, member: &Member<'d>) -> Vec<Occurrence<'d>> {
        if member.occurrences.len() < 2 {
            return member.occurrences.clone();
        }
        let mut distinct: Vec<(Occurrence<'d>, Pointer)> = Vec::new();
        for occurrence in &member.occurrences {
            let end = match occurrence.node {
                Node::Schema(keywords) if keywords.is_annotation() => continue,
                Node::Schema(_) => occurrence.pointer.clone(),
                Node::Reference(reference) => self
                    .terminal(reference)
                    .map_or_else(|_| occurrence.pointer.clone(), |(_, end)| end),
            };
            let known = distinct.iter().position(|(other, place)| {
                *place == end
                    || matches!((other.node, occurrence.node), (Node::Schema(a), Node::Schema(b))
                        if a.agrees_with(b))
            });
            match known {
                None => distinct.push((occurrence.clone(), end)),
                // `null` would have to satisfy both.
                Some(known) if self.admits_null(distinct[known].0.node) && !self.admits_null(occurrence.node) => {
                    distinct[known] = (occurrence.clone(), end);
                }
                Some(_) => {}
            }
        }
        if distinct.is_empty() {
            return member.occurrences.last().cloned().into_iter().collect();
        }
        for index in 0..distinct.len() {
            let (occurrence, _) = &distinct[index];
            let node = (occurrence.node, occurrence.pointer.clone(), occurrence.parent.clone());
            if let Ok(flat) = self.flatten([node])
                && distinct.iter().all(|(_, end)| flat.contains(end))
            {
                return vec![distinct.swap_remove(index).0];
            }
        }
        distinct.into_iter().map(|(occurrence, _)| occurrence).collect()
    }
}
