//! Texts that are hard to name in, documents that give them to everything that has a name out.

use serde_json::{Map, Value, json};

/// Keywords, words of the templates, texts without a letter, texts that differ in nothing that can be seen.
pub(crate) const HAZARDS: &[&str] = &[
    "",
    "_",
    "__",
    "self",
    "Self",
    "super",
    "crate",
    "type",
    "gen",
    "async",
    "yield",
    "true",
    "2fa",
    "1.5",
    "15",
    "+1",
    "-1",
    "1",
    "=",
    "<=",
    "*",
    "new",
    "clone",
    "send",
    "body",
    "client",
    "Option",
    "String",
    "Result",
    "Vec",
    "Client",
    "Error",
    "Value",
    "Call",
    "Response",
    "Unknown",
    "Undeclared",
    "additional_properties",
    "con",
    "CON",
    "mod",
    "lib",
    "👍",
    "日本語",
    "é",
    "e\u{301}",
    "ﬁ",
    "²",
    "\u{202e}abc",
    "a\u{0}b",
    "r#type",
    "'a",
    "\"",
    "\\",
    "//",
    "*/",
    "{id}",
];

/// A document of these components and paths.
pub(crate) fn document(schemas: &Map<String, Value>, paths: &Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Names", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// A document in which every text is the name of everything that has a name.
pub(crate) fn document_of(texts: &[String]) -> Value {
    let members: Map<String, Value> = texts
        .iter()
        .map(|text| (text.clone(), json!({ "type": "string" })))
        .collect();
    let mut schemas: Map<String, Value> = texts
        .iter()
        .map(|text| (text.clone(), json!({ "type": "object", "properties": members.clone() })))
        .collect();
    schemas.insert("Values".to_owned(), json!({ "type": "string", "enum": texts }));
    let parameters: Vec<Value> = texts
        .iter()
        .map(|text| json!({ "name": text, "in": "query", "schema": { "type": "string" } }))
        .collect();
    let paths: Map<String, Value> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let operation = json!({
                "operationId": text,
                "tags": [text],
                "parameters": parameters,
                "responses": { "204": { "description": "" } },
            });
            (
                format!("/{index}"),
                json!({ "get": operation.clone(), "put": operation }),
            )
        })
        .collect();
    document(&schemas, &Value::Object(paths))
}
