//! Schemas, which is where the versions of OpenAPI differ most.

use serde_json::{Map, Value, json};

use super::{
    super::{links::DYNAMIC, notes::Notes, path::Path, shape::Rule, version::Version},
    always, only, since, swagger, until,
};
use crate::diagnostics::Code;

pub(in super::super) const SCHEMA: &[Rule] = &[
    always(dynamic_reference),
    since(Version::V3_1, reference_among_others),
    always(constant),
    always(tuple),
    only(Version::V2_0, swagger::bare_reference).and_of_references(),
    only(Version::V2_0, swagger::reference_alone).and_of_references(),
    only(Version::V2_0, swagger::file),
    only(Version::V2_0, swagger::nullable).and_of_references(),
    only(Version::V2_0, swagger::discriminator),
    only(Version::V3_0, file),
    always(types),
    until(Version::V3_0, numeric_bounds),
    since(Version::V3_0, named_discriminator),
    always(required_flag),
];

/// A reference whose meaning depends on the way that leads to it is one like any other where it can have one meaning.
fn dynamic_reference(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
    for name in ["$dynamicRef", "$recursiveRef"] {
        let Some(Value::String(text)) = map.get(name) else {
            continue;
        };
        let reference = json!({ "$ref": format!("{DYNAMIC}{text}") });
        if notes.version < Version::V3_1 {
            notes.other_version(path, name, Version::V3_1);
        }
        map.shift_remove(name);
        match (map.contains_key("$ref"), reference) {
            (false, Value::Object(reference)) => map.extend(reference),
            (_, reference) => {
                if let Value::Array(all) = map.entry("allOf").or_insert_with(|| json!([])) {
                    let list = path.pointer().child("allOf");
                    notes.moves.moved(list, all.len().to_string(), path.pointer());
                    all.push(reference);
                }
            }
        }
    }
}

/// What may stand beside a `$ref` without being more than a remark about its use.
const REMARKS: [&str; 3] = ["description", "summary", "$comment"];

/// A `$ref` holds together with what stands beside it, as an element of `allOf` does.
fn reference_among_others(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
    let is_remark = |name: &String| name == "$ref" || name.starts_with("x-") || REMARKS.contains(&name.as_str());
    if !map.get("$ref").is_some_and(Value::is_string) || map.keys().all(is_remark) {
        return;
    }
    let Some(reference) = map.shift_remove("$ref") else {
        return;
    };
    let all = map.entry("allOf").or_insert_with(|| json!([]));
    if let Value::Array(all) = all {
        notes
            .moves
            .moved(path.pointer().child("allOf"), all.len().to_string(), path.pointer());
        all.push(json!({ "$ref": reference }));
    }
}

/// `const` is an `enum` of one value.
fn constant(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
    if let Some(value) = map.get("const").cloned() {
        if notes.version < Version::V3_1 {
            notes.other_version(path, "const", Version::V3_1);
        }
        let place = path.pointer();
        notes.moves.moved(place.clone(), "enum", place.child("const"));
        notes.moves.moved(place.child("const"), "0", place.child("const"));
        map.shift_remove("const");
        map.insert("enum".to_owned(), json!([value]));
    }
}

/// A list of `items` is what `prefixItems` was called once; what follows it was `additionalItems`.
fn tuple(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
    let Some(Value::Array(items)) = map.get("items").filter(|items| **items != json!([])).cloned() else {
        return;
    };
    let place = path.pointer();
    if let [only] = items.as_slice() {
        let message = "must be a schema, not a list; it is read as its only element";
        notes.say(Code::WrongShape, &path.key("items"), message, None);
        notes.moves.moved(place.clone(), "items", place.child("items").item(0));
        map.insert("items".to_owned(), only.clone());
        return;
    }
    // Swagger 2.0 took this keyword too from JSON Schema as it is.
    if notes.version > Version::V2_0 {
        let message = "must be a schema, not a list; it is read as `prefixItems`";
        notes.say(Code::WrongShape, &path.key("items"), message, None);
    }
    notes.moves.moved(place.clone(), "prefixItems", place.child("items"));
    map.shift_remove("items");
    map.insert("prefixItems".to_owned(), Value::Array(items));
    if let Some(rest) = map.shift_remove("additionalItems") {
        notes
            .moves
            .moved(place.clone(), "items", place.child("additionalItems"));
        map.insert("items".to_owned(), rest);
    }
}

/// `file` was a type of its own once.
fn file(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
    if map.get("type").is_some_and(|name| name == "file") {
        let message =
            "must be the name of one of the six types of OpenAPI 3.0; it is read as a `string` of format `binary`";
        notes.say(Code::WrongShape, &path.key("type"), message, None);
        map.insert("type".to_owned(), json!("string"));
        map.entry("format").or_insert_with(|| json!("binary"));
    }
}

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
        &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"],
    ),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
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

/// Of a list of types, `null` is a flag of the schema; several others are alternatives.
fn types(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
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
    let nullable = others.len() < names.len() && names.iter().any(|name| name == "null");
    // Swagger 2.0 took the keyword from JSON Schema as it is.
    if notes.version == Version::V3_0 {
        let words = match others.as_slice() {
            [] => "any JSON value".to_owned(),
            [(_, name)] => format!("`{name}`"),
            [..] => "any of them".to_owned(),
        };
        let null = if nullable { ", `nullable`" } else { "" };
        let message = format!("must be the name of one of the six types of OpenAPI 3.0; it is read as {words}{null}");
        notes.say(Code::WrongShape, &path.key("type"), &message, None);
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

/// Makes an alternative of each of `types`, with the keywords that speak of its values.
fn alternatives(map: &mut Map<String, Value>, types: &[(usize, &String)], path: &Path<'_>, notes: &mut Notes<'_>) {
    let place = path.pointer();
    let mut arms = Vec::with_capacity(types.len());
    let mut given = Vec::new();
    let choice = place.child("anyOf");
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
    if map.contains_key("anyOf") {
        // Two choices at once are what `allOf` says.
        if let Value::Array(all) = map.entry("allOf").or_insert_with(|| json!([])) {
            let list = place.child("allOf");
            notes.moves.moved(list.clone(), all.len().to_string(), place.clone());
            all.push(json!({ "anyOf": arms }));
        }
    } else {
        // What is put there here is no word of another version.
        notes.moves.moved(place, "anyOf", choice);
        map.insert("anyOf".to_owned(), Value::Array(arms));
    }
}

/// `exclusiveMinimum: 5` is `minimum: 5` with `exclusiveMinimum: true`.
fn numeric_bounds(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
    for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(limit @ Value::Number(_)) = map.get(exclusive).cloned() {
            let message = format!("must be `true` or `false`; it is read as an exclusive `{inclusive}`");
            notes.say(Code::WrongShape, &path.key(exclusive), &message, None);
            map.insert(inclusive.to_owned(), limit);
            map.insert(exclusive.to_owned(), json!(true));
        }
    }
}

/// A discriminator was a name alone once.
fn named_discriminator(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
    if let Some(Value::String(property)) = map.get("discriminator") {
        let message = format!("must be an object; it is read as one with the `propertyName` {property:?}");
        let object = json!({ "propertyName": property });
        notes.say(Code::WrongShape, &path.key("discriminator"), &message, None);
        map.insert("discriminator".to_owned(), object);
    }
}

fn required_flag(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
    if map.get("required").is_some_and(Value::is_boolean) {
        let hint = "name the property in `required` of the object that has it";
        notes.say(
            Code::WrongShape,
            &path.key("required"),
            "must be a list of names; it is ignored",
            Some(hint),
        );
        map.shift_remove("required");
    }
}
