//! The schemas that describe a member in, what they say besides its type out.

use serde_json::Value;

use super::{
    context::Lowering,
    docs,
    keywords::{self, Keywords, Node},
    object::{Member, Occurrence},
};
use crate::ir::{Access, Docs, Pointer, Primitive, Type};

/// How many schemas are looked through.
const DEPTH: usize = 16;

/// What becomes of a member, besides its type.
pub(super) struct Facts {
    pub(super) access: Access,
    pub(super) default: Option<(Value, Pointer)>,
    pub(super) docs: Docs,
}

impl Facts {
    /// Adds what a schema says that holds for all of its uses.
    fn add(&mut self, keywords: Keywords<'_>, pointer: &Pointer) {
        match (keywords.flag("readOnly"), keywords.flag("writeOnly")) {
            (true, false) => self.access = Access::ReadOnly,
            (false, true) => self.access = Access::WriteOnly,
            (false, false) | (true, true) => {}
        }
        if let Some(default) = keywords.default() {
            self.default = Some((default.clone(), pointer.child("default")));
        }
    }
}

impl<'d> Lowering<'d> {
    /// What the schema at `pointer` says of a value besides its type.
    pub(super) fn facts_at(&mut self, node: Node<'d>, pointer: &Pointer, required: bool) -> Facts {
        let occurrence = Occurrence {
            node,
            pointer: pointer.clone(),
            parent: None,
        };
        self.facts(&Member {
            occurrences: vec![occurrence],
            required,
        })
    }

    /// What the occurrences of a member say besides its type: the last word counts.
    pub(super) fn facts(&mut self, member: &Member<'d>) -> Facts {
        let mut facts = Facts {
            access: Access::ReadWrite,
            default: None,
            docs: Docs::default(),
        };
        for occurrence in &member.occurrences {
            match occurrence.node {
                Node::Schema(keywords) => {
                    let said = docs::of_schema(keywords);
                    let is_deprecated = facts.docs.deprecated || said.deprecated;
                    facts.docs = if said.description.is_none() && said.summary.is_none() {
                        let Docs {
                            summary, description, ..
                        } = facts.docs;
                        Docs {
                            summary,
                            description,
                            ..said
                        }
                    } else {
                        said
                    };
                    facts.docs.deprecated = is_deprecated;
                    self.facts_within(keywords, &occurrence.pointer, &mut facts, DEPTH);
                    facts.add(keywords, &occurrence.pointer);
                }
                Node::Reference(reference) => {
                    // Siblings of a `$ref` mean nothing in 3.0, but a description can do no harm.
                    let sibling = self.document.value_at(&occurrence.pointer.child("description"));
                    if let Some(Value::String(text)) = sibling {
                        facts.docs.description = docs::text(Some(text.as_str()));
                    }
                    self.facts_of(reference, &mut facts, DEPTH);
                    if let Some(beside) = self.document.value_at(&occurrence.pointer).and_then(Node::beside) {
                        facts.docs.deprecated |= beside.flag("deprecated");
                        facts.add(beside, &occurrence.pointer);
                    }
                }
            }
        }
        facts
    }

    /// What is said where a `$ref` leads to.
    fn facts_of(&mut self, reference: &'d str, facts: &mut Facts, depth: usize) {
        if let Ok((keywords, pointer)) = self.terminal(reference) {
            self.facts_within(keywords, &pointer, facts, depth);
            facts.docs.deprecated |= keywords.flag("deprecated");
            facts.add(keywords, &pointer);
        }
    }

    /// What is said by the schemas that hold together with one.
    fn facts_within(&mut self, keywords: Keywords<'d>, pointer: &Pointer, facts: &mut Facts, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        for (index, value) in keywords.all_of().iter().enumerate() {
            match Node::of(value) {
                Some(Node::Reference(reference)) => self.facts_of(reference, facts, depth),
                Some(Node::Schema(keywords)) => {
                    let pointer = pointer.child("allOf").item(index);
                    self.facts_within(keywords, &pointer, facts, depth);
                    facts.add(keywords, &pointer);
                }
                None => {}
            }
        }
    }

    /// The one value that the occurrences of a member permit.
    pub(super) fn constant(&mut self, member: &Member<'d>) -> Option<Value> {
        let mut occurrences = member.occurrences.iter();
        occurrences.find_map(|occurrence| self.sole_value(occurrence.node, DEPTH))
    }

    /// The one text, number or boolean that is permitted where something must be there, and the type of it.
    pub(super) fn fixed(&mut self, member: &Member<'d>) -> Option<(Value, Type)> {
        let value = self.constant(member).filter(|_| member.required)?;
        let primitive = match &value {
            Value::String(_) => Primitive::String,
            Value::Bool(_) => Primitive::Boolean,
            Value::Number(number) if number.is_i64() => Primitive::Int64,
            Value::Number(number) if number.is_u64() => Primitive::UInt64,
            Value::Number(number) if number.is_f64() => Primitive::Double,
            Value::Number(_) | Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        Some((value, Type::Primitive(primitive)))
    }

    fn sole_value(&mut self, node: Node<'d>, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        let keywords = match node {
            Node::Schema(keywords) => keywords,
            Node::Reference(reference) => self.terminal(reference).ok()?.0,
        };
        if keywords.is_nullable() && !keywords.is_null() {
            return None;
        }
        if keywords.is_null() {
            return Some(Value::Null);
        }
        if let [value] = keywords.enumeration().as_slice() {
            return Some(value.clone());
        }
        let telling = keywords.all_of().iter().filter(|value| keywords::tells(value));
        let mut parts = telling.filter_map(Node::of).chain(self.only_part(keywords));
        parts.find_map(|node| self.sole_value(node, depth))
    }
}
