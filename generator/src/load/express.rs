//! A repaired document and its files in, one document in the words of OpenAPI 3.1 out: what the generator works on, for
//! people to read and for other tools.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value, json};

use super::{
    grammar,
    links::each_reference,
    rules::means_the_same_beside_reference,
    shape::{Kind, Others, Shape},
    texts::Texts,
    version::Version,
};
use crate::ir::Pointer;

/// Where other files stand, by their names.
const FILES: &str = "x-files";

/// What stands before a number of more digits than a value in memory has, until it is written. Nobody has it in a document:
/// it means nothing.
const LONG: char = '\u{e000}';

/// What a document is in effect, as YAML. Of other files, what `walked` names has been read as something of that shape.
pub(super) fn express(texts: &Texts, walked: &BTreeMap<Pointer, Shape>) -> String {
    let mut root = texts.value_at(&Pointer::root()).cloned().unwrap_or_default();
    object(grammar::of(Version::NEWEST), &mut root);
    root["openapi"] = json!("3.1.1");
    let mut files = Map::new();
    for (whole, value) in texts.wholes() {
        let Some(name) = whole.file() else { continue };
        let mut value = value.clone();
        for (place, shape) in walked.iter().filter(|(place, _)| place.whole() == whole) {
            if let Some(piece) = value.pointer_mut(place.within()) {
                inside(shape, piece);
            }
        }
        files.insert(name.into_owned(), value);
    }
    if !files.is_empty() {
        root[FILES] = Value::Object(files);
        lead_into_files(&mut root);
    }
    let Ok(text) = serde_yaml::to_string(&root) else {
        unreachable!("a value whose keys are texts can be written")
    };
    text.replace(LONG, "")
}

/// Lets references into other files lead to where these stand now.
fn lead_into_files(root: &mut Value) {
    each_reference(root, |text| {
        let place = Pointer::of_reference(text).filter(|place| place.file().is_some());
        if let Some((place, file)) = place.as_ref().and_then(|place| Some((place, place.file()?))) {
            let file = Pointer::root().child(FILES).child(file);
            let home = place.tokens().fold(file, |home, token| home.child(token));
            *text = format!("#{}", home.as_str().replace('%', "%25").replace(' ', "%20"));
        }
    });
}

fn object(kind: &Kind, value: &mut Value) {
    let Value::Object(members) = value else { return };
    for (name, value) in members.iter_mut().filter(|(name, _)| !name.starts_with("x-")) {
        let listed = kind.listed().find(|member| member.name == name);
        let other = match &kind.others {
            Others::Entries(shape) | Others::Statuses(shape) => Some(*shape),
            Others::Unknown => None,
        };
        if let Some(shape) = listed.map(|member| &member.shape).or(other) {
            inside(shape, value);
        }
    }
}

fn inside(shape: &Shape, value: &mut Value) {
    match (shape, value) {
        (Shape::Schema(kind), value) => {
            arms_of_null(value);
            parts_of_null(value);
            object(kind, value);
            schema(value);
        }
        (Shape::Object(kind) | Shape::Referable(kind, _), value) => object(kind, value),
        (Shape::List(shape), Value::Array(items)) => items.iter_mut().for_each(|item| inside(shape, item)),
        (Shape::Map(shape), Value::Object(entries)) => entries.values_mut().for_each(|value| inside(shape, value)),
        (Shape::FlagOr(shape), value) => inside(shape, value),
        // A bound of many digits is kept as text, and is a number all the same.
        (Shape::Number, value @ Value::String(_)) => {
            if let Some(text) = value.as_str().filter(|text| text.parse::<Number>().is_ok()) {
                *value = Value::String(format!("{LONG}{text}"));
            }
        }
        _ => {}
    }
}

fn schema(value: &mut Value) {
    if *value == json!({ "not": {} }) {
        *value = Value::Bool(false);
        return;
    }
    let Value::Object(schema) = value else { return };
    if schema.contains_key("$ref") {
        // What did not hold beside it in an older version must not begin to.
        schema.retain(|name, _| name == "$ref" || means_the_same_beside_reference(name));
        return;
    }
    for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match schema.get(exclusive) {
            Some(Value::Bool(true)) => {
                schema.shift_remove(exclusive);
                if let Some(bound) = schema.shift_remove(inclusive) {
                    schema.insert(exclusive.to_owned(), bound);
                }
            }
            Some(Value::Bool(false)) => _ = schema.shift_remove(exclusive),
            Some(_) | None => {}
        }
    }
    if let Some(example) = schema.shift_remove("example") {
        let examples = schema.entry("examples").or_insert_with(|| json!([]));
        if let Value::Array(examples) = examples {
            examples.insert(0, example);
        }
    }
    if schema.shift_remove("nullable") == Some(Value::Bool(true)) {
        permit_null(schema);
    }
}

/// An alternative that says nothing but that it permits `null` is how 3.0 writes the type of `null` alone.
fn arms_of_null(value: &mut Value) {
    for keyword in ["oneOf", "anyOf"] {
        let arms = value.get_mut(keyword).and_then(Value::as_array_mut);
        for arm in arms.into_iter().flatten().filter_map(Value::as_object_mut) {
            if only_permits_null(arm) {
                arm.shift_remove("nullable");
                arm.insert("type".to_owned(), json!("null"));
            }
        }
    }
}

/// A part that says nothing but that `null` is permitted says it of the whole.
fn parts_of_null(value: &mut Value) {
    let Some(schema) = value.as_object_mut() else {
        return;
    };
    let Some(parts) = schema.get_mut("allOf").and_then(Value::as_array_mut) else {
        return;
    };
    let all = parts.len();
    parts.retain(|part| !part.as_object().is_some_and(only_permits_null));
    if parts.len() < all {
        schema.insert("nullable".to_owned(), Value::Bool(true));
    }
}

/// Whether a schema says nothing of values but that `null` is permitted.
fn only_permits_null(schema: &Map<String, Value>) -> bool {
    let says_more = schema.keys().any(|name| name != "nullable" && !is_annotation(name));
    !says_more && schema.get("nullable") == Some(&Value::Bool(true))
}

/// `null` is one of the types, or an alternative to all that has no type.
fn permit_null(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    if let Some(name @ Value::String(_)) = schema.get("type") {
        let types = json!([name, "null"]);
        schema.insert("type".to_owned(), types);
        return;
    }
    if schema.keys().all(|name| is_annotation(name)) {
        return;
    }
    let (beside, inside): (Map<_, _>, Map<_, _>) = std::mem::take(schema)
        .into_iter()
        .partition(|(name, _)| is_annotation(name));
    *schema = beside;
    schema.insert("anyOf".to_owned(), json!([inside, { "type": "null" }]));
}

/// Whether a keyword speaks of the place rather than of the values that are permitted there.
fn is_annotation(name: &str) -> bool {
    const NAMES: [&str; 9] = [
        "title",
        "description",
        "default",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "externalDocs",
        "xml",
    ];
    NAMES.contains(&name) || name.starts_with("x-")
}
