//! Class 9: what OpenAPI 3.1 and 3.2, and with them JSON Schema 2020-12, let a document say.

mod schemas;

use serde_json::{Map, Value, json};

use super::{Case, Document, answer, bytes, members, reference};

const WIDE: usize = 100_000;
/// Less deep than a document may be, so that all of it is read.
const DEEP: usize = 40;
/// So many levels that each names the next one twice are too many to be taken apart.
const DOUBLED: usize = 40;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = types();
    cases.extend(schemas::cases());
    cases.extend(keywords());
    cases.extend(operations());
    cases.extend(versions());
    cases
}

/// A document in the newest version that is known.
fn document(schemas: Value, paths: Value) -> Value {
    let mut document = super::document(schemas, paths);
    document["openapi"] = json!("3.2.0");
    document
}

/// A hazard of schemas. An operation answers with the first of them.
fn schemas(item: &'static str, schemas: Value) -> Case {
    let first = schemas.as_object().and_then(|schemas| schemas.keys().next().cloned());
    let paths = first.map_or_else(
        || json!({}),
        |first| json!({ format!("/modern/{first}"): { "get": answer(&reference(&first)) } }),
    );
    Case {
        item,
        document: Document::Modern(document(schemas, paths)),
    }
}

/// A hazard of one schema of this name.
fn schema(item: &'static str, name: &str, value: Value) -> Case {
    schemas(item, Value::Object(Map::from_iter([(name.to_owned(), value)])))
}

fn paths(item: &'static str, paths: Value) -> Case {
    Case {
        item,
        document: Document::Modern(document(json!({}), paths)),
    }
}

/// A hazard that no other document may be merged with.
fn alone(item: &'static str, document: &Value) -> Case {
    bytes(item, document.to_string())
}

fn types() -> Vec<Case> {
    let all = ["null", "boolean", "integer", "number", "string", "array", "object"];
    vec![
        schema("every type at once", "ModernAll", json!({ "type": all })),
        schema("no type of none", "ModernNone", json!({ "type": [] })),
        schema(
            "a type twice",
            "ModernTwice",
            json!({ "type": ["string", "string", "null", "null"] }),
        ),
        schema("null alone, as a list", "ModernNull", json!({ "type": ["null"] })),
        schema(
            "a type that nobody knows",
            "ModernOdd",
            json!({ "type": ["strin", "null", 5] }),
        ),
        schema("a list of types that is null", "ModernNil", json!({ "type": null })),
        schema(
            "nullable all the same",
            "ModernNullable",
            json!({ "type": ["string", "null"], "nullable": true }),
        ),
        schema(
            "null and nothing else, four times",
            "ModernNulls",
            json!({ "anyOf": [{ "type": "null" }, { "const": null }, { "enum": [null] }, { "type": ["null"] }] }),
        ),
        schema(
            "a list or an object or text, with the keywords of all",
            "ModernMany",
            json!({
                "type": ["array", "object", "string"], "items": { "type": "string" }, "properties": { "a": { "type": "integer" } },
                "required": ["a"], "pattern": "^a", "enum": ["a", ["b"], { "a": 1 }]
            }),
        ),
        schema(
            "limits that nothing meets",
            "ModernLimits",
            json!({
                "type": ["number", "string"], "exclusiveMinimum": 5, "exclusiveMaximum": 5, "minimum": 9, "maximum": 1, "minLength": 4, "maxLength": 0
            }),
        ),
        schema(
            "limits as flags",
            "ModernFlags",
            json!({ "type": "number", "minimum": 1, "exclusiveMinimum": true, "exclusiveMaximum": false }),
        ),
    ]
}

fn keywords() -> Vec<Case> {
    let mut conditions = json!({ "type": "string" });
    let mut nots = json!({ "type": "string" });
    for _ in 0..DEEP {
        conditions = json!({ "if": { "const": 1 }, "then": conditions, "else": false });
        nots = json!({ "not": nots });
    }
    let patterns = members(1_000, |at| {
        (
            format!("^p{at}("),
            json!({ "type": if at % 2 == 0 { "string" } else { "integer" } }),
        )
    });
    vec![
        schema(
            "true and false everywhere",
            "ModernBooleans",
            json!({
                "type": "object", "properties": { "yes": true, "no": false, "list": { "type": "array", "items": true } },
                "required": ["no"], "additionalProperties": false, "allOf": [true], "anyOf": [true, false], "oneOf": [false], "not": false
            }),
        ),
        schema("false alone", "ModernFalse", json!(false)),
        schema("true alone", "ModernTrue", json!(true)),
        schema(
            "a thousand patterns, none of them one",
            "ModernPatterns",
            json!({ "type": "object", "patternProperties": patterns }),
        ),
        schema(
            "one pattern beside known members",
            "ModernPattern",
            json!({ "type": "object", "properties": { "a": { "type": "integer" } }, "patternProperties": { "^x-": { "type": "string" } }, "additionalProperties": false }),
        ),
        schema(
            "names that nothing may have",
            "ModernNames",
            json!({ "type": "object", "propertyNames": false, "minProperties": 1 }),
        ),
        schema("conditions, 40 deep", "ModernConditions", conditions),
        schema("not, 40 times", "ModernNots", nots),
        schema(
            "dependents in a ring",
            "ModernDependents",
            json!({
                "type": "object", "properties": { "a": {}, "b": {} },
                "dependentRequired": { "a": ["b"], "b": ["a"] }, "dependentSchemas": { "a": { "$ref": "#/components/schemas/ModernDependents" } },
                "unevaluatedProperties": false, "unevaluatedItems": false, "contains": false, "minContains": 5
            }),
        ),
        schema(
            "content in content",
            "ModernContent",
            json!({
                "type": "object", "properties": {
                    "json": { "type": "string", "contentMediaType": "application/json", "contentSchema": { "$ref": "#/components/schemas/ModernContent" } },
                    "odd": { "type": "string", "contentEncoding": "rot13" },
                    "both": { "type": "string", "contentEncoding": "base64", "format": "byte", "contentMediaType": "" },
                    "number": { "type": "integer", "contentEncoding": "base64url" }
                }
            }),
        ),
        schema(
            "examples that are none",
            "ModernExamples",
            json!({ "type": "string", "examples": "a", "example": { "a": "*/ \u{202e}" } }),
        ),
        schema(
            "100,000 examples",
            "ModernExampled",
            json!({ "type": "integer", "examples": (0..WIDE).collect::<Vec<_>>() }),
        ),
    ]
}

fn operations() -> Vec<Case> {
    let ok = || json!({ "responses": { "204": {} } });
    let with = |key: &str, value: Value| {
        let mut document = document(json!({}), json!({}));
        document[key] = value;
        document
    };
    vec![
        paths(
            "methods that are no tokens",
            json!({ "/modern/methods": { "additionalOperations": { "": ok(), "a b": ok(), "GET": ok(), "get": ok(), "COPY": ok(), "ü": ok() } } }),
        ),
        paths(
            "a query with and without a body",
            json!({ "/modern/query": { "query": ok() }, "/modern/asked": { "query": { "requestBody": { "content": { "application/json": { "schema": { "type": "string" } } } }, "responses": {} } } }),
        ),
        paths(
            "the whole query string, twice, and beside a part of it",
            json!({ "/modern/string": { "get": { "parameters": [
            { "in": "querystring", "name": "a", "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object" } } } },
            { "in": "querystring", "name": "b", "content": { "application/json": { "schema": { "type": "object" } } } },
            { "in": "query", "name": "c", "schema": { "type": "string" } }
        ], "responses": {} } } }),
        ),
        paths(
            "items of a stream that are streams",
            json!({ "/modern/stream": { "get": { "responses": { "200": { "content": {
            "text/event-stream": { "itemSchema": false },
            "application/jsonl": { "itemSchema": { "type": "array", "items": { "type": "string" } }, "schema": { "type": "string" } },
            "application/json-seq": {}
        } } } } } }),
        ),
        paths(
            "answers without a word",
            json!({ "/modern/silent": { "get": { "responses": { "200": {}, "201": { "summary": "s" } } } } }),
        ),
        alone(
            "path items in a ring",
            &json!({
                "openapi": "3.1.0", "info": { "title": "t", "version": "1" },
                "paths": { "/a": { "$ref": "#/components/pathItems/A", "get": ok() } },
                "webhooks": { "": { "$ref": "#/components/pathItems/A" }, "a/b~c": {}, "self": { "post": ok(), "get": ok() } },
                "components": { "pathItems": { "A": { "$ref": "#/components/pathItems/B" }, "B": { "$ref": "#/components/pathItems/A" } } }
            }),
        ),
        alone(
            "tags that are each other's parents",
            &with(
                "tags",
                json!([{ "name": "a", "parent": "b" }, { "name": "b", "parent": "a" }, { "name": "c", "parent": "none" }]),
            ),
        ),
        alone(
            "a document that says that it is elsewhere",
            &with("$self", json!("https://example.test/a/../../b#/c")),
        ),
        alone("a document that says that it is nothing", &with("$self", json!(5))),
        alone(
            "a dialect that nobody knows",
            &with("jsonSchemaDialect", json!("https://example.test/dialect")),
        ),
        alone(
            "neither paths nor components nor webhooks",
            &json!({ "openapi": "3.1.0", "info": { "title": "t", "version": "1" } }),
        ),
        alone(
            "paths and webhooks that are null",
            &json!({ "openapi": "3.1.0", "info": { "title": "t", "version": "1" }, "paths": null, "webhooks": null, "components": null }),
        ),
    ]
}

fn versions() -> Vec<Case> {
    let said = |version: &str| format!("openapi: {version}\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\n");
    [
        ("version 3.1", "3.1"),
        ("version '3.1.0-rc1'", "'3.1.0-rc1'"),
        ("version '3.10.0'", "'3.10.0'"),
        ("version '3.3.0'", "'3.3.0'"),
        ("version '3.99999999999999999999.0'", "'3.99999999999999999999.0'"),
        ("version '4.0.0'", "'4.0.0'"),
        ("version '3'", "'3'"),
        ("version ''", "''"),
        ("version ' 3.1.0 '", "' 3.1.0 '"),
        ("version [3, 1]", "[3, 1]"),
    ]
    .into_iter()
    .map(|(item, version)| bytes(item, said(version)))
    .collect()
}
