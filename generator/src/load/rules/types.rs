//! The keyword `type`, which is a name in one version and may be a list of names in the next.

use serde_json::{Map, Value, json};

use super::super::{notes::Notes, path::Path, version::Version};
use crate::diagnostics::Code;

/// The keywords that speak of values of one type only, by that type.
const OF_TYPE: [(&str, &[&str]); 6] = [
    (
        "string",
        &[
            "format",
            "pattern",
            "minLength",
            "maxLength",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
        ],
    ),
    ("integer", NUMERIC),
    ("number", NUMERIC),
    ("boolean", &["format"]),
    (
        "array",
        &[
            "items",
            "prefixItems",
            "unevaluatedItems",
            "contains",
            "minContains",
            "maxContains",
            "minItems",
            "maxItems",
            "uniqueItems",
        ],
    ),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "unevaluatedProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "minProperties",
            "maxProperties",
        ],
    ),
];

const NUMERIC: &[&str] = &[
    "format",
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
];

/// The names of types, of any version.
const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// Of a list of types, `null` is a flag of the schema; several others are alternatives.
pub(super) fn types(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    quote_null(map, path, notes);
    let is_list = map.get("type").is_some_and(Value::is_array);
    let names = match map.get("type") {
        Some(Value::String(name)) if name == "null" && notes.version < Version::V3_1 => vec![name.clone()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(_) | None => return,
    };
    let mut others: Vec<(usize, &String)> = names.iter().enumerate().filter(|(_, name)| *name != "null").collect();
    if others.iter().any(|(_, name)| *name == "number") {
        others.retain(|(_, name)| *name != "integer");
    }
    let nullable = names.iter().any(|name| name == "null");
    if names.is_empty() || !names.iter().all(|name| TYPES.contains(&name.as_str())) {
        notes.say(Code::WrongShape, &path.key("type"), &odd(&others, nullable), None);
    } else if notes.version == Version::V3_0 {
        // Swagger 2.0 took the keyword from JSON Schema as it is.
        notes.other_writing(&path.key("type"), "`type`", Version::V3_1);
    }
    match others.as_slice() {
        [] if is_list && notes.version > Version::V3_0 && nullable => _ = map.insert("type".to_owned(), json!("null")),
        [] => _ = map.shift_remove("type"),
        [(_, name)] => {
            let name = json!(name);
            map.insert("type".to_owned(), name);
        }
        [..] => alternatives(map, &others, path, notes),
    }
    if nullable && (notes.version < Version::V3_1 || !others.is_empty()) {
        let place = path.pointer();
        notes.moves.moved(place.clone(), "nullable", place.child("type"));
        map.insert("nullable".to_owned(), json!(true));
    }
}

/// In YAML, `null` without quotes is no text, and so no name of a type. There is nothing else that it could mean here.
fn quote_null(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let Some(given) = map.get_mut("type") else { return };
    let nulls: Vec<&mut Value> = match given {
        Value::Array(names) => names.iter_mut().filter(|name| name.is_null()).collect(),
        given if given.is_null() => vec![given],
        _ => return,
    };
    if !nulls.is_empty() {
        let message = "holds `null`, which is no text; it is read as the type `null`";
        notes.say(
            Code::WrongShape,
            &path.key("type"),
            message,
            Some("write `\"null\"`, with quotes"),
        );
    }
    for null in nulls {
        *null = json!("null");
    }
}

/// What is said of a list that holds something else than names of types.
fn odd(others: &[(usize, &String)], nullable: bool) -> String {
    let words = match others {
        [] => "any JSON value".to_owned(),
        [(_, name)] => format!("`{name}`"),
        [..] => "any of them".to_owned(),
    };
    let null = if nullable { ", or `null`" } else { "" };
    format!("must hold names of types and nothing else; it is read as {words}{null}")
}

/// Makes an alternative of each of `types`, with the keywords that speak of its values.
fn alternatives(map: &mut Map<String, Value>, types: &[(usize, &String)], path: &Path<'_>, notes: &mut Notes) {
    let place = path.pointer();
    let mut arms = Vec::with_capacity(types.len());
    let mut given = Vec::new();
    // Two choices at once are what `allOf` says.
    let is_second = map.contains_key("anyOf");
    let holder = if is_second { place.child("type") } else { place.clone() };
    let choice = holder.child("anyOf");
    for (index, (position, name)) in types.iter().enumerate() {
        let source = place.child("type").item(*position);
        let mut arm = Map::new();
        arm.insert("type".to_owned(), json!(name));
        let keywords = OF_TYPE
            .iter()
            .find(|(ty, _)| ty == name)
            .map_or(&[][..], |(_, keywords)| keywords);
        for keyword in keywords {
            if let Some(value) = map.get(*keyword) {
                arm.insert((*keyword).to_owned(), value.clone());
                notes.moves.moved(source.clone(), *keyword, place.child(keyword));
                given.push(*keyword);
            }
        }
        notes.moves.moved(choice.clone(), index.to_string(), source);
        arms.push(Value::Object(arm));
    }
    map.retain(|name, _| name != "type" && !given.contains(&name.as_str()));
    if !is_second {
        // What is put there here is no word of another version.
        notes.moves.moved(place, "anyOf", choice);
        map.insert("anyOf".to_owned(), Value::Array(arms));
    } else if let Value::Array(all) = map.entry("allOf").or_insert_with(|| json!([])) {
        notes.moves.moved(place.child("allOf"), all.len().to_string(), holder);
        all.push(json!({ "anyOf": arms }));
    }
}
