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

/// How many members or parameters there are where there are not all.
const SOME: usize = 12;

/// A document in which every text is the name of everything that has a name.
pub(crate) fn document_of(texts: &[String]) -> Value {
    // One has all of them; of the others, each has its own and some more, or there would be as many as there are pairs.
    let some = |index: usize| {
        let few = if index == 0 { texts.len() } else { SOME };
        texts.iter().cycle().skip(index).take(few.min(texts.len()))
    };
    let members = |index: usize| -> Map<String, Value> {
        some(index)
            .map(|text| (text.clone(), json!({ "type": "string" })))
            .collect()
    };
    let mut schemas: Map<String, Value> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| (text.clone(), json!({ "type": "object", "properties": members(index) })))
        .collect();
    schemas.insert("Values".to_owned(), json!({ "type": "string", "enum": texts }));
    let parameters = |index: usize| -> Vec<Value> {
        some(index)
            .map(|text| json!({ "name": text, "in": "query", "schema": { "type": "string" } }))
            .collect()
    };
    let sent = |schema: &Value| -> Map<String, Value> {
        let content = json!({ "application/json": { "schema": schema } });
        let item = json!({ "post": { "requestBody": { "content": content }, "responses": {} } });
        texts.iter().map(|text| (text.clone(), item.clone())).collect()
    };
    let callbacks: Map<String, Value> = sent(&json!({ "type": "string" }))
        .into_iter()
        .map(|(text, item)| (text, json!({ "{$url}": item })))
        .collect();
    let paths: Map<String, Value> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let mut operation = json!({
                "operationId": text,
                "tags": [text],
                "parameters": parameters(index),
                "responses": { "204": { "description": "" } },
            });
            let get = operation.clone();
            // Once is enough: there are as many of them as there are texts.
            if index == 0 {
                operation["callbacks"] = Value::Object(callbacks.clone());
            }
            (format!("/{index}"), json!({ "get": get, "put": operation }))
        })
        .collect();
    let mut document = document(&schemas, &Value::Object(paths));
    document["x-webhooks"] = Value::Object(sent(&json!({ "type": "string", "enum": texts })));
    document
}
