//! What more than one direction asks about parts of a document in OpenAPI 3.0.

use serde_json::{Map, Value};

/// Bytes that are not in JSON.
pub(super) fn is_binary(schema: &Value) -> bool {
    schema.get("type").is_some_and(|ty| ty == "string") && schema.get("format").is_some_and(|format| format == "binary")
}

/// The target of a reference to a component of a kind, and its name.
pub(super) fn component<'d>(document: &'d Value, reference: &'d str, kind: &str) -> Option<(&'d str, &'d Value)> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(kind)?
        .strip_prefix('/')?;
    let decoded = name.replace("~1", "/").replace("~0", "~");
    Some((name, document.get("components")?.get(kind)?.get(&decoded)?))
}

/// A primitive in place, or a list of such.
pub(super) fn is_simple(schema: &Value) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        Some("array") => schema.get("items").is_some_and(|items| {
            items.get("type").is_none_or(|ty| ty != "array") && is_simple(items) && !is_binary(items)
        }),
        Some("string" | "integer" | "number" | "boolean") => !["$ref", "allOf", "oneOf", "anyOf", "not"]
            .iter()
            .any(|word| schema.get(word).is_some()),
        _ => false,
    }
}

/// How 2.0 calls the way in which a list is written; nothing where it has no word for it, empty for what is no list.
pub(super) fn collection_format(parameter: &Map<String, Value>) -> Option<&'static str> {
    let word = |name: &str| parameter.get(name).and_then(Value::as_str);
    let default = match word("in") {
        Some("query") => "form",
        _ => "simple",
    };
    let style = word("style").unwrap_or(default);
    let is_list = parameter
        .get("schema")
        .and_then(|schema| schema.get("type"))
        .is_some_and(|ty| ty == "array");
    let explode = parameter
        .get("explode")
        .and_then(Value::as_bool)
        .unwrap_or(style == "form");
    match (style, is_list, explode) {
        ("form" | "simple", false, _) => Some(""),
        ("form", true, true) => Some("multi"),
        ("form", true, false) | ("simple", true, _) => Some("csv"),
        ("spaceDelimited", true, false) => Some("ssv"),
        ("pipeDelimited", true, false) => Some("pipes"),
        _ => None,
    }
}
