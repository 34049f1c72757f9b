//! The extensions beside an `enum` in, names and documentation of its values out.
//!
//! | extension | what it has |
//! |---|---|
//! | `x-enum-varnames`, `x-enumNames`, `x-enum-names` | a name for each value |
//! | `x-enum-descriptions`, `x-enumDescriptions` | a sentence for each value |
//! | `x-ms-enum` | `values` with names and sentences |
//!
//! What is for each value is a list in their order, or an object by the values' texts. They stand in documents of all versions.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{all_of::Conjunction, context::Lowering, keywords::Keywords, number};
use crate::{
    diagnostics::Code,
    ir::{Docs, Enum, EnumValue, Pointer},
    load::nearest,
};

const NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];
const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// What is said of a value.
#[derive(Debug, Clone, Default)]
struct Said {
    name: Option<String>,
    description: Option<String>,
}

/// The part of what is said that an extension gives.
type Member = fn(&mut Said) -> &mut Option<String>;

impl Lowering<'_> {
    /// Gives the values of an enum the names and the documentation that the schemas of a conjunction have for them.
    pub(super) fn describe_values(&mut self, conjunction: &Conjunction<'_>, values: &mut Enum) {
        for arm in conjunction.arms.iter().filter(|arm| arm.keywords.is_enumerated()) {
            let said = self.said_of_values(arm.keywords, &arm.pointer);
            for EnumValue { wire, name, docs } in &mut values.values {
                let Some(Said {
                    name: given,
                    description,
                }) = said.get(&wire.to_string()).or_else(|| said.get(&text(wire))).cloned()
                else {
                    continue;
                };
                *name = given.or(name.take());
                *docs = Docs {
                    description: description.or(docs.description.take()),
                    ..Docs::default()
                };
            }
        }
    }

    /// What the schema at `pointer` says of each of its values, by their JSON, and by their texts where only these are given.
    fn said_of_values(&mut self, keywords: Keywords<'_>, pointer: &Pointer) -> BTreeMap<String, Said> {
        let mut said: BTreeMap<String, Said> = BTreeMap::new();
        let listed: Vec<String> = keywords.enumeration().iter().map(Value::to_string).collect();
        let members: [(&[&str], Member); 2] = [
            (&NAMES, |said| &mut said.name),
            (&DESCRIPTIONS, |said| &mut said.description),
        ];
        for (extensions, member) in members {
            let given = extensions.iter().find_map(|name| Some((*name, keywords.get(name)?)));
            match given {
                Some((name, Value::Array(texts))) if texts.len() != listed.len() => {
                    let message = format!(
                        "`{name}` has {} entries for {} values; it is ignored",
                        texts.len(),
                        listed.len()
                    );
                    self.report(Code::UnknownMember, &pointer.child(name), message);
                }
                Some((_, Value::Array(texts))) => {
                    for (value, given) in listed.iter().zip(texts) {
                        *member(said.entry(value.clone()).or_default()) = word(given);
                    }
                }
                Some((name, Value::Object(texts))) => {
                    for (value, given) in texts {
                        if !is_permitted(value, keywords) {
                            self.note_no_value(value, &pointer.child(name).child(value));
                        }
                        *member(said.entry(value.clone()).or_default()) = word(given);
                    }
                }
                Some((_, Value::Null)) | None => {}
                Some((name, _)) => {
                    let message = format!("`{name}` must be a list or an object; it is ignored");
                    self.report(Code::WrongShape, &pointer.child(name), message);
                }
            }
        }
        self.note_equal_names(keywords, pointer);
        let place = pointer.child("x-ms-enum").child("values");
        let values = keywords
            .get("x-ms-enum")
            .and_then(|extension| extension.get("values")?.as_array());
        for (index, entry) in values.into_iter().flatten().enumerate() {
            let place = place.item(index);
            self.note_misspelt(entry, &place);
            let Some(value) = entry.get("value") else { continue };
            let json = number::plain(value).to_string();
            let is_listed = listed.contains(&json);
            if !is_listed && !is_permitted(&text(value), keywords) {
                self.note_no_value(&text(value), &place.child("value"));
            }
            let said = said.entry(if is_listed { json } else { text(value) }).or_default();
            said.name = entry.get("name").and_then(word).or(said.name.take());
            said.description = entry.get("description").and_then(word).or(said.description.take());
        }
        said
    }
}

impl Lowering<'_> {
    fn note_no_value(&mut self, value: &str, place: &Pointer) {
        let message = format!("`{value}` is none of the values of the `enum`; what is said of it is ignored");
        self.report(Code::UnknownMember, place, message);
    }

    /// Says where two values are given one name, of which one can have it.
    fn note_equal_names(&mut self, keywords: Keywords<'_>, pointer: &Pointer) {
        let lists = NAMES
            .iter()
            .filter_map(|name| Some((name, keywords.get(name)?.as_array()?)));
        for (extension, names) in lists {
            for (index, name) in names
                .iter()
                .enumerate()
                .filter(|(index, name)| names[..*index].contains(name))
            {
                let message = format!("{name} names two values; a number tells them apart");
                self.report(Code::UnknownMember, &pointer.child(extension).item(index), message);
            }
        }
    }

    /// Says where a member of an entry of `x-ms-enum` is nearly one that means something.
    fn note_misspelt(&mut self, entry: &Value, place: &Pointer) {
        const MEMBERS: [&str; 3] = ["value", "name", "description"];
        let names = entry.as_object().into_iter().flatten().map(|(name, _)| name);
        for name in names.filter(|name| !MEMBERS.contains(&name.as_str())) {
            if let Some(near) = nearest(name, MEMBERS.into_iter()) {
                let message = format!("`{name}` is no member of a value of `x-ms-enum`; it is ignored");
                self.report_mistaken(Code::MisspeltMember, &place.child(name), message, Some(near));
            }
        }
    }
}

/// Whether a value that is written as `text` is one of those that a schema permits.
fn is_permitted(text: &str, keywords: Keywords<'_>) -> bool {
    keywords.enumeration().iter().any(|value| self::text(value) == text)
}

/// A text that says something.
fn word(value: &Value) -> Option<String> {
    let word = value.as_str()?.trim();
    (!word.is_empty()).then(|| word.to_owned())
}

/// A value as text: a string as it is, anything else as JSON.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
