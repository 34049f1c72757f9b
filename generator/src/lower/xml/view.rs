//! The schemas of a value in, what all of them say of it together out.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

use crate::{
    ir::{Pointer, XmlShape},
    lower::{
        context::Lowering,
        keywords::{JsonType, Keywords, Node},
    },
};

/// What all schemas of a value say of it together.
#[derive(Debug, Default)]
pub(super) struct View {
    /// In every place that has one.
    pub(super) properties: IndexMap<String, Vec<Pointer>>,
    /// Those that every value has.
    pub(super) required: BTreeSet<String>,
    pub(super) additional: Option<Pointer>,
    pub(super) items: Vec<Pointer>,
    pub(super) positions: Vec<Pointer>,
    pub(super) is_object: bool,
    pub(super) is_list: bool,
    pub(super) scalars: Vec<XmlShape>,
}

impl View {
    fn scalar(&mut self, scalar: XmlShape) {
        if !self.scalars.contains(&scalar) {
            self.scalars.push(scalar);
        }
    }

    /// What it is where it is neither an object nor a list.
    pub(super) fn of_scalars(&self) -> XmlShape {
        match self.scalars.as_slice() {
            [] => XmlShape::Any,
            scalars if scalars.contains(&XmlShape::Text) => XmlShape::Text,
            [only] => only.clone(),
            _ => XmlShape::Guess,
        }
    }
}

impl Lowering<'_> {
    /// Adds what the schemas at `place` say.
    ///
    /// What one demands, all values have only where it is `sure` to describe them all.
    pub(super) fn look(&mut self, place: &Pointer, view: &mut View, sure: bool, seen: &mut BTreeSet<Pointer>) {
        if !seen.insert(place.clone()) {
            return;
        }
        match self.node_at(place) {
            Some(Node::Reference(_)) => {
                if let Ok(end) = self.end_of_references(place) {
                    self.look(&end, view, sure, seen);
                }
            }
            Some(Node::Schema(keywords)) => {
                note(keywords, place, view);
                if sure {
                    view.required.extend(keywords.required().map(str::to_owned));
                }
                for name in ["allOf", "oneOf", "anyOf"] {
                    let list = place.child(name);
                    for index in 0..keywords.list(name).len() {
                        self.look(&list.child(index.to_string()), view, sure && name == "allOf", seen);
                    }
                }
                if let Some(discriminator) = keywords.discriminator() {
                    let targets: Vec<&str> = discriminator.targets().collect();
                    let mut heirs = self.heirs_of(place);
                    heirs.extend(
                        targets
                            .into_iter()
                            .filter_map(|target| Some(self.terminal(target).ok()?.1)),
                    );
                    for heir in heirs {
                        self.look(&heir, view, false, seen);
                    }
                }
            }
            None => {}
        }
    }
}

/// Adds what one schema says, without those in it.
fn note(keywords: Keywords<'_>, place: &Pointer, view: &mut View) {
    let properties = place.child("properties");
    for (name, _) in keywords.properties() {
        let known = view.properties.entry(name.to_owned()).or_default();
        known.push(properties.child(name));
    }
    for name in ["additionalProperties", "unevaluatedProperties"] {
        if keywords.get(name).is_some_and(Value::is_object) {
            view.additional.get_or_insert_with(|| place.child(name));
        }
    }
    if keywords.items().is_some() {
        view.items.push(place.child("items"));
    }
    if view.positions.is_empty() {
        let list = place.child("prefixItems");
        let positions = 0..keywords.prefix_items().len();
        view.positions = positions.map(|index| list.child(index.to_string())).collect();
    }
    view.is_object |= keywords.types_members();
    view.is_list |= !keywords.says_nothing_of_a_list();
    match keywords.ty() {
        Some(JsonType::Object) => view.is_object = true,
        Some(JsonType::Array) => view.is_list = true,
        Some(JsonType::String | JsonType::Other(_)) => view.scalar(of_text(keywords)),
        Some(JsonType::Integer | JsonType::Number) => view.scalar(XmlShape::Number),
        Some(JsonType::Boolean) => view.scalar(XmlShape::Boolean),
        Some(JsonType::Null) => {}
        None => {
            for value in keywords.enumeration() {
                match value {
                    Value::Null => {}
                    Value::Bool(_) => view.scalar(XmlShape::Boolean),
                    Value::Number(_) => view.scalar(XmlShape::Number),
                    Value::String(_) => view.scalar(XmlShape::Word),
                    Value::Array(_) => view.is_list = true,
                    Value::Object(_) => view.is_object = true,
                }
            }
        }
    }
}

/// Formats whose texts have no space in or around them.
const WORDS: [&str; 22] = [
    "base64url",
    "byte",
    "date",
    "date-time",
    "date-time-local",
    "decimal",
    "double",
    "duration",
    "email",
    "float",
    "hostname",
    "idn-email",
    "idn-hostname",
    "int32",
    "int64",
    "ipv4",
    "ipv6",
    "time",
    "uint64",
    "uri",
    "uri-reference",
    "uuid",
];

/// What stands in a node that is a text.
fn of_text(keywords: Keywords<'_>) -> XmlShape {
    let values = keywords.enumeration();
    let is_word = |value: &Value| {
        value
            .as_str()
            .is_none_or(|text| !text.is_empty() && text.trim() == text)
    };
    let is_of_words = if values.is_empty() {
        keywords.format().is_some_and(|format| WORDS.contains(&format))
            || keywords
                .text("contentEncoding")
                .is_some_and(|encoding| encoding.starts_with("base64"))
    } else {
        values.iter().all(is_word)
    };
    if is_of_words { XmlShape::Word } else { XmlShape::Text }
}
