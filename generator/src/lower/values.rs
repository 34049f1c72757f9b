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
                Some((_, Value::Object(texts))) => {
                    for (value, given) in texts {
                        *member(said.entry(value.clone()).or_default()) = word(given);
                    }
                }
                Some(_) | None => {}
            }
        }
        let values = keywords
            .get("x-ms-enum")
            .and_then(|extension| extension.get("values")?.as_array());
        for entry in values.into_iter().flatten() {
            let Some(value) = entry.get("value") else { continue };
            let json = number::plain(value).to_string();
            let is_listed = listed.contains(&json);
            let said = said.entry(if is_listed { json } else { text(value) }).or_default();
            said.name = entry.get("name").and_then(word).or(said.name.take());
            said.description = entry.get("description").and_then(word).or(said.description.take());
        }
        said
    }
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
