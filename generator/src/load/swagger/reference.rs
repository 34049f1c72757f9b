//! A `$ref` of Swagger 2.0 in, one that leads to where its target went out.

use serde_json::Value;

use super::{super::links::each_reference, Translation};
use crate::{diagnostics::Code, ir::Pointer};

/// Members whose own members have names of the document's choice.
const MAPS: [&str; 13] = [
    "paths",
    "schemas",
    "parameters",
    "requestBodies",
    "responses",
    "securitySchemes",
    "properties",
    "patternProperties",
    "$defs",
    "headers",
    "content",
    "encoding",
    "scopes",
];

/// Members that hold values of the API and no part of its description.
const VALUES: [&str; 5] = ["default", "enum", "const", "example", "examples"];

/// The place that `reference` names in the document `source`.
///
/// Before there were pointers, a `$ref` was the name of a model; and the slash behind the `#` is left out by some.
pub(super) fn read(reference: &str, source: &Value) -> Option<Pointer> {
    if let Some(pointer) = reference.strip_prefix('#').and_then(of_fragment) {
        return Some(pointer);
    }
    let definitions = Pointer::root().child("definitions");
    let name = reference.strip_prefix("#definitions/").unwrap_or(reference);
    let place = definitions.child(name);
    source.pointer(place.as_str()).is_some().then_some(place)
}

/// The pointer that stands behind a `#`, percent-encoded or not. A `%` that starts no escape stands for itself.
fn of_fragment(fragment: &str) -> Option<Pointer> {
    let mut decoded = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [byte, after @ ..] = rest {
        let escape = after.get(..2).filter(|_| *byte == b'%');
        let escape = escape.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        decoded.push(escape.unwrap_or(*byte));
        rest = after.get(if escape.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    let pointer = Pointer::parse(&String::from_utf8(decoded).ok()?)?;
    // Rebuilt from its tokens, so that one place has one spelling.
    Some(
        pointer
            .tokens()
            .fold(Pointer::root(), |place, token| place.child(token)),
    )
}

fn to_fragment(pointer: &Pointer) -> String {
    format!("#{}", pointer.as_str().replace('%', "%25"))
}

impl Translation<'_> {
    /// Lets every `$ref` of the translated document lead to where its target stands in it.
    pub(super) fn lead_references(&mut self, root: &mut Value) {
        self.lead(root, &Pointer::root(), false);
    }

    /// The same for another file, whose `$ref`s are written as places by now.
    pub(super) fn lead_references_of_file(&self, value: &mut Value) {
        each_reference(value, |reference| {
            let pointer = reference.starts_with('#').then(|| read(reference, self.source));
            if let Some(home) = pointer.flatten().and_then(|pointer| self.places.home(&pointer)) {
                *reference = to_fragment(&home);
            }
        });
    }

    /// `is_map` says that the names of the members are of the document's choice.
    fn lead(&mut self, value: &mut Value, here: &Pointer, is_map: bool) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let place = here.child(name);
                    match (name.as_str(), member) {
                        (_, member) if is_map => self.lead(member, &place, false),
                        ("$ref", Value::String(reference)) => self.lead_one(reference, &place),
                        ("mapping", Value::Object(targets)) => {
                            for (tag, target) in targets {
                                if let Value::String(target) = target
                                    && target.starts_with('#')
                                {
                                    self.lead_one(target, &place.child(tag));
                                }
                            }
                        }
                        (name, _) if name.starts_with("x-") || VALUES.contains(&name) => {}
                        (name, member) => {
                            let is_map = MAPS.contains(&name) && member.is_object();
                            self.lead(member, &place, is_map);
                        }
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.lead(item, &here.item(index), false);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn lead_one(&mut self, reference: &mut String, here: &Pointer) {
        let Some(pointer) = read(reference, self.source) else {
            return;
        };
        if !reference.starts_with("#/") && reference != "#" {
            let message = format!("`{reference}` must be `#{pointer}`; it is read as that");
            self.report(Code::WrongShape, &self.places.source(here), message);
            *reference = to_fragment(&pointer);
        }
        if let Some(home) = self.places.home(&pointer) {
            *reference = to_fragment(&home);
        }
    }
}
