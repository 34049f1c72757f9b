//! A document in OpenAPI 3.0 in, the same one in 3.1 out, written as people write that: lists of types, arms that are
//! `null`, `const`, limits that are numbers, `examples`, `contentEncoding`.

use serde_json::{Map, Value, json};

use super::{
    forms::is_binary,
    walk::{Kind, walk},
};

/// The same document in 3.1.
pub(crate) fn to_3_1(document: &Value) -> Value {
    let mut document = document.clone();
    walk(&mut document, &mut |kind, map, pointer| match kind {
        // Left to the whole that it is a part of.
        Kind::Schema if pointer.rsplit('/').nth(1) == Some("allOf") && is_only_null(map) => {}
        Kind::Schema => {
            let is_null = is_only_null(map) && is_arm(pointer);
            schema(map);
            if is_null {
                // It permits everything; as an alternative it is there for `null`.
                map.insert("type".to_owned(), json!("null"));
            }
        }
        Kind::RequestBody => body(map),
        Kind::PathItem if map.contains_key("$ref") => {
            // In 3.0 it stands for the whole item, in 3.1 for a part of it.
            map.retain(|key, _| key == "$ref" || key.starts_with("x-"));
        }
        _ => {}
    });
    document["openapi"] = json!("3.1.0");
    document
}

/// Whether it is one of several alternatives.
fn is_arm(pointer: &str) -> bool {
    let mut tokens = pointer.rsplit('/').skip(1);
    matches!(tokens.next(), Some("oneOf" | "anyOf"))
}

/// Whether it says nothing but that `null` is permitted.
fn is_only_null(map: &Map<String, Value>) -> bool {
    map.len() == 1 && map.get("nullable").is_some_and(|flag| flag == true)
}

fn schema(map: &mut Map<String, Value>) {
    if let Some(Value::Array(parts)) = map.get_mut("allOf") {
        let all = parts.len();
        parts.retain(|part| !part.as_object().is_some_and(is_only_null));
        if parts.len() < all {
            map.insert("nullable".to_owned(), json!(true));
        }
    }
    if map.contains_key("$ref") {
        // In 3.0 nothing counts beside it but what everybody means by `nullable`, in 3.1 everything does.
        let nullable = map.get("nullable").is_some_and(|flag| flag == true);
        // What is said of the use is taken at its word in every version.
        let of_use = ["default", "deprecated", "readOnly", "writeOnly"];
        let holds = |key: &str| key == "$ref" || of_use.contains(&key) || nullable && key == "description";
        map.retain(|key, _| holds(key));
        if nullable && let Some(reference) = map.shift_remove("$ref") {
            let arms = json!([{ "$ref": reference }, { "type": "null" }]);
            map.insert("anyOf".to_owned(), arms);
        }
        return;
    }
    if map.get("type").is_some_and(|ty| ty == "file") {
        // Not a type in 3.0 either, but known for what it means.
        map.insert("type".to_owned(), json!("string"));
        map.insert("format".to_owned(), json!("binary"));
    }
    limits(map);
    if let Some(example) = map.shift_remove("example") {
        map.insert("examples".to_owned(), json!([example]));
    }
    if map.get("format").is_some_and(|format| format == "byte") {
        map.shift_remove("format");
        map.insert("contentEncoding".to_owned(), json!("base64"));
    }
    let nullable = map.shift_remove("nullable").is_some_and(|flag| flag == true);
    if nullable {
        or_null(map);
    } else if let Some([only]) = map.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
        let only = only.clone();
        map.shift_remove("enum");
        map.insert("const".to_owned(), only);
    }
}

/// `exclusiveMinimum: true` is a remark about `minimum` in 3.0.
fn limits(map: &mut Map<String, Value>) {
    for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if map.get(exclusive).is_some_and(Value::is_boolean)
            && map.shift_remove(exclusive).is_some_and(|flag| flag == true)
            && let Some(limit) = map.shift_remove(inclusive)
        {
            map.insert(exclusive.to_owned(), limit);
        }
    }
}

/// What says which values a schema permits, apart from what is said about it.
const TELLING: [&str; 7] = [
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "discriminator",
    "properties",
    "required",
];

/// Permits `null` as well.
fn or_null(map: &mut Map<String, Value>) {
    if let Some(Value::Array(values)) = map.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    if let Some(Value::String(name)) = map.get("type") {
        let name = name.clone();
        if !["allOf", "oneOf", "anyOf"].iter().any(|key| map.contains_key(*key)) {
            map.insert("type".to_owned(), json!([name, "null"]));
            return;
        }
    }
    for choice in ["oneOf", "anyOf"] {
        let others = TELLING.iter().filter(|key| **key != choice && **key != "discriminator");
        if map.contains_key(choice)
            && others.into_iter().all(|key| !map.contains_key(*key))
            && !map.contains_key("type")
            && let Some(Value::Array(arms)) = map.get_mut(choice)
        {
            arms.push(json!({ "type": "null" }));
            return;
        }
    }
    // A schema that permits everything permits `null` too.
    let is_telling = |key: &str| key == "type" || TELLING.contains(&key);
    if map.keys().any(|key| is_telling(key)) {
        let (arm, around): (Map<_, _>, Map<_, _>) =
            std::mem::take(map).into_iter().partition(|(key, _)| is_telling(key));
        *map = around;
        let arm = match arm.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
            Some([only]) if arm.len() == 1 => only.clone(),
            _ => Value::Object(arm),
        };
        map.insert("anyOf".to_owned(), json!([arm, { "type": "null" }]));
    }
}

/// A file has no type in 3.1: as a body it needs no schema. A part that says its media type says more than in 3.0.
fn body(map: &mut Map<String, Value>) {
    let content = map.get_mut("content").and_then(Value::as_object_mut);
    for (name, media) in content.into_iter().flatten() {
        let Some(media) = media.as_object_mut() else {
            continue;
        };
        if name == "application/octet-stream" && media.get("schema").is_some_and(is_binary) {
            media.shift_remove("schema");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::schema;

    #[test]
    fn a_schema_is_written_as_in_3_1() {
        let cases = [
            (
                json!({ "type": "string", "nullable": true }),
                json!({ "type": ["string", "null"] }),
            ),
            (
                json!({ "type": "string", "nullable": true, "enum": ["a"] }),
                json!({ "type": ["string", "null"], "enum": ["a", null] }),
            ),
            (
                json!({ "type": "string", "enum": ["a"] }),
                json!({ "type": "string", "const": "a" }),
            ),
            (
                json!({ "nullable": true, "allOf": [{ "$ref": "#/a" }], "description": "d" }),
                json!({ "description": "d", "anyOf": [{ "$ref": "#/a" }, { "type": "null" }] }),
            ),
            (
                json!({ "nullable": true, "oneOf": [{ "$ref": "#/a" }, { "$ref": "#/b" }] }),
                json!({ "oneOf": [{ "$ref": "#/a" }, { "$ref": "#/b" }, { "type": "null" }] }),
            ),
            (
                json!({ "type": "number", "minimum": 1, "exclusiveMinimum": true, "maximum": 2, "exclusiveMaximum": false }),
                json!({ "type": "number", "exclusiveMinimum": 1, "maximum": 2 }),
            ),
            (json!({ "nullable": true }), json!({})),
            (json!({ "$ref": "#/a", "type": "string" }), json!({ "$ref": "#/a" })),
            (
                json!({ "$ref": "#/a", "nullable": true, "type": "string" }),
                json!({ "anyOf": [{ "$ref": "#/a" }, { "type": "null" }] }),
            ),
            (
                json!({ "type": "string", "format": "byte", "example": "YQ==" }),
                json!({ "type": "string", "examples": ["YQ=="], "contentEncoding": "base64" }),
            ),
        ];
        for (before, after) in cases {
            let Value::Object(mut map) = before.clone() else {
                unreachable!("an object");
            };
            schema(&mut map);
            assert_eq!(Value::Object(map), after, "{before}");
        }
    }
}
