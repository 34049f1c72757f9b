//! A schema in, a note for each keyword of it that says nothing where it stands out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    all_of::{Choice, Conjunction},
    base,
    context::Lowering,
    keywords::{JsonType, Keywords, Node, Others},
    parent_of,
};
use crate::{diagnostics::Code, ir::Pointer};

/// The keywords that speak of members.
const OF_OBJECTS: &[&str] = &["properties", "patternProperties", "additionalProperties"];

/// The keywords that speak of items.
const OF_LISTS: &[&str] = &["items", "prefixItems"];

/// The keywords that say nothing without another one.
const SECOND: [(&str, &str); 4] = [
    ("minContains", "contains"),
    ("maxContains", "contains"),
    ("then", "if"),
    ("else", "if"),
];

/// The flags of older versions that say how the bound beside them is meant.
const EXCLUSIVE: [(&str, &str); 2] = [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")];

/// The keywords that speak of the rest, and those that leave none.
const OF_REST: [(&str, &str); 2] = [
    ("unevaluatedItems", "items"),
    ("unevaluatedProperties", "additionalProperties"),
];

impl<'d> Lowering<'d> {
    /// Says where keywords describe what values of the schema's type do not have.
    pub(super) fn note_idle(&mut self, keywords: Keywords<'d>, pointer: &Pointer) {
        let idle: &[&[&str]] = match keywords.ty() {
            Some(JsonType::Object) => &[OF_LISTS],
            Some(JsonType::Array) => &[OF_OBJECTS],
            Some(JsonType::Boolean | JsonType::Integer | JsonType::Number | JsonType::String) => {
                &[OF_OBJECTS, OF_LISTS]
            }
            Some(JsonType::Null | JsonType::Other(_)) | None => &[],
        };
        let ty = keywords.ty().map(JsonType::as_str).unwrap_or_default();
        for name in idle.iter().copied().flatten() {
            if keywords.get(name).is_some() {
                let message = format!("`{name}` says nothing of a value of type `{ty}`; it is ignored");
                self.report(Code::UnknownMember, &pointer.child(*name), message);
            }
        }
    }

    /// Says where a keyword needs another one, or is left nothing by it.
    pub(super) fn note_lonely(&mut self, keywords: Keywords<'d>, pointer: &Pointer) {
        let has = |name: &str| keywords.get(name).is_some();
        let flags = EXCLUSIVE.into_iter().filter(|(flag, _)| keywords.flag(flag));
        let second = SECOND.into_iter().filter(|(name, _)| has(name)).chain(flags);
        for (name, first) in second.filter(|(_, first)| !has(first)) {
            let message = format!("`{name}` says nothing without `{first}`; it is ignored");
            self.report(Code::UnknownMember, &pointer.child(name), message);
        }
        for (rest, all) in OF_REST.into_iter().filter(|(rest, all)| has(rest) && has(all)) {
            let message = format!("`{rest}` says nothing beside `{all}`, which leaves nothing to it; it is ignored");
            self.report(Code::UnknownMember, &pointer.child(rest), message);
        }
    }

    /// Says where a discriminator has nothing to tell apart: no schema inherits from this one, and it has no alternatives.
    pub(super) fn note_childless(&mut self, keywords: Keywords<'d>, pointer: &Pointer) {
        if let Some((discriminator, said)) = base::said_discriminator(keywords, pointer) {
            let message = format!(
                "no schema has this one in its `allOf`, so that `{}` tells nothing apart; the discriminator is ignored",
                discriminator.property
            );
            self.report(Code::UnknownMember, &said.child("discriminator"), message);
        }
    }

    /// The same of a choice that has one alternative.
    pub(super) fn note_sole(&mut self, choice: &Choice<'d>) {
        if let Some(discriminator) = choice.discriminator {
            let place = parent_of(&choice.pointer).child("discriminator");
            let property = discriminator.property;
            let message = format!(
                "there is one alternative, so that `{property}` tells nothing apart; the discriminator is ignored"
            );
            self.report(Code::UnknownMember, &place, message);
        }
    }

    /// A `type` beside the `$ref` at `pointer` is of no account; where it is another one than `end` has, somebody is mistaken.
    pub(super) fn hear_type_beside(&mut self, pointer: &Pointer, end: Keywords<'d>) {
        let beside = self.document.value_at(pointer).and_then(Node::beside);
        self.hear_type(beside.and_then(Keywords::ty), end, &pointer.child("type"));
    }

    pub(super) fn hear_type(&mut self, said: Option<JsonType<'_>>, end: Keywords<'d>, place: &Pointer) {
        let Some(said) = said else { return };
        if let Some(end) = self.type_of(end, &mut BTreeSet::new()).filter(|end| *end != said) {
            let (said, end) = (said.as_str(), end.as_str());
            let message = format!("`{said}` is ignored: what the `$ref` beside it leads to is of type `{end}`");
            self.report(Code::UnknownMember, place, message);
        }
    }

    /// The type that a schema says, or else one of its parts that was not `seen`.
    fn type_of(&mut self, keywords: Keywords<'d>, seen: &mut BTreeSet<Pointer>) -> Option<JsonType<'d>> {
        keywords.ty().or_else(|| {
            let mut parts = keywords.all_of().iter().filter_map(Node::of);
            let of_parts = parts.find_map(|part| match part {
                Node::Schema(keywords) => self.type_of(keywords, seen),
                Node::Reference(reference) => {
                    let (keywords, end) = self.terminal(reference).ok()?;
                    seen.insert(end).then(|| self.type_of(keywords, seen))?
                }
            });
            of_parts.or_else(|| keywords.types_members().then_some(JsonType::Object))
        })
    }

    /// Says where an object is to have no members but those that it describes itself, while others describe more.
    pub(super) fn note_denied(&mut self, conjunction: &Conjunction<'d>) {
        for arm in &conjunction.arms {
            if matches!(arm.keywords.additional(), Some(Others::Any(false))) {
                let message = "`false` is ignored: it would forbid members that other parts of the schema describe";
                let place = arm.pointer.child("additionalProperties");
                self.report(Code::UnknownMember, &place, message);
            }
        }
    }

    /// `enum: []` permits nothing, which cannot be meant; nor can `oneOf: []`.
    pub(super) fn report_empty_lists(&mut self, keywords: Keywords<'d>, pointer: &Pointer) {
        for keyword in ["enum", "oneOf", "anyOf"] {
            if keywords
                .get(keyword)
                .and_then(Value::as_array)
                .is_some_and(Vec::is_empty)
            {
                let message = format!("`{keyword}` is empty, which permits no value; it is ignored");
                self.report(Code::UnsupportedSchema, &pointer.child(keyword), message);
            }
        }
    }
}
