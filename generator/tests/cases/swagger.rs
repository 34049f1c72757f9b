//! Class 10: what Swagger 2.0 lets a document say.

use serde_json::{Value, json};

use super::{Case, bytes, members};

const MANY: usize = 1_000;
const DEEP: usize = 40;

/// A document in 2.0 with these members beside those that it must have.
fn document(item: &'static str, more: &Value) -> Case {
    let mut document = json!({ "swagger": "2.0", "info": { "title": "t", "version": "1" }, "paths": {} });
    for (key, value) in more.as_object().into_iter().flatten() {
        document[key] = value.clone();
    }
    bytes(item, document.to_string())
}

/// An operation with these parameters.
fn parameters(item: &'static str, parameters: &Value) -> Case {
    let operation = json!({ "parameters": parameters, "responses": { "200": { "description": "" } } });
    document(item, &json!({ "paths": { "/a": { "post": operation } } }))
}

/// These definitions, with an operation that answers with the first.
fn definitions(item: &'static str, definitions: &Value) -> Case {
    let first = definitions
        .as_object()
        .and_then(|all| all.keys().next().cloned())
        .unwrap_or_default();
    let schema = json!({ "$ref": format!("#/definitions/{first}") });
    let paths = json!({ "/a": { "get": { "produces": ["application/json"], "responses": { "200": { "description": "", "schema": schema } } } } });
    document(item, &json!({ "paths": paths, "definitions": definitions }))
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = of_parameters();
    cases.extend(of_definitions());
    cases.extend(of_places());
    cases
}

fn of_parameters() -> Vec<Case> {
    let mut nested = json!({ "type": "string" });
    for _ in 0..DEEP {
        nested = json!({ "type": "array", "collectionFormat": "pipes", "items": nested });
    }
    let text = |name: &str, place: &str| json!({ "name": name, "in": place, "type": "string" });
    vec![
        parameters(
            "two bodies",
            &json!([{ "name": "a", "in": "body", "schema": {} }, { "name": "b", "in": "body", "schema": { "type": "string" } }]),
        ),
        parameters(
            "a body and a form",
            &json!([{ "name": "a", "in": "body", "schema": {} }, text("b", "formData")]),
        ),
        parameters(
            "a body without a schema",
            &json!([{ "name": "a", "in": "body" }, { "in": "body", "schema": false }]),
        ),
        parameters(
            "a field of a form twice",
            &json!([text("a", "formData"), text("a", "formData")]),
        ),
        parameters(
            "a file anywhere but in a form",
            &json!([{ "name": "a", "in": "query", "type": "file" }, { "name": "b", "in": "header", "type": "array", "items": { "type": "file" } }]),
        ),
        parameters(
            "a list in a way that nobody knows",
            &json!([
                { "name": "a", "in": "query", "type": "array", "collectionFormat": "xsv", "items": { "type": "string" } },
                { "name": "b", "in": "header", "type": "array", "collectionFormat": "multi", "items": { "type": "string" } },
                { "name": "c", "in": "query", "type": "string", "collectionFormat": "csv" },
                { "name": "d", "in": "query", "type": "array" }
            ]),
        ),
        parameters(
            "lists in lists, 40 deep",
            &json!([{ "name": "a", "in": "query", "type": "array", "items": nested }]),
        ),
        parameters(
            "an object in a query",
            &json!([{ "name": "a", "in": "query", "type": "object" }, { "name": "b", "in": "query" }, { "name": "c", "in": "query", "schema": { "type": "string" } }]),
        ),
        parameters(
            "a place that nobody knows",
            &json!([text("a", "cookie"), text("b", "body"), text("c", ""), { "name": 5, "in": null }, null, []]),
        ),
        document(
            "parameters in a ring",
            &json!({
                "paths": { "/a": { "get": { "parameters": [{ "$ref": "#/parameters/A" }, { "$ref": "#/parameters/None" }, { "$ref": "#/definitions/A" }], "responses": { "default": { "$ref": "#/responses/A" } } } } },
                "parameters": { "A": { "$ref": "#/parameters/B" }, "B": { "$ref": "#/parameters/A" } },
                "responses": { "A": { "$ref": "#/responses/B" }, "B": { "$ref": "#/responses/A" } },
                "definitions": { "A": { "type": "string" } }
            }),
        ),
        document(
            "the same body for two, under other media types",
            &json!({
                "consumes": ["text/plain"],
                "paths": { "/a": { "post": { "consumes": [], "parameters": [{ "$ref": "#/parameters/Body" }], "responses": {} } }, "/b": { "post": { "parameters": [{ "$ref": "#/parameters/Body" }], "responses": {} } } },
                "parameters": { "Body": { "name": "body", "in": "body", "schema": { "type": "object", "properties": { "a": { "type": "string" } } } } }
            }),
        ),
    ]
}

fn of_definitions() -> Vec<Case> {
    let heir = |of: &str| json!({ "allOf": [{ "$ref": format!("#/definitions/{of}") }, { "type": "object" }] });
    let base = json!({ "type": "object", "discriminator": "kind", "required": ["kind"], "properties": { "kind": { "type": "string" } } });
    let mut heirs = members(MANY, |at| (format!("Heir{at}"), heir("Base")));
    let mut all = json!({ "Base": base });
    if let (Some(all), Some(heirs)) = (all.as_object_mut(), heirs.as_object_mut()) {
        all.append(heirs);
    }
    vec![
        definitions(
            "a ring",
            &json!({ "A": { "$ref": "#/definitions/B" }, "B": { "$ref": "#/definitions/A" } }),
        ),
        definitions(
            "heirs of each other",
            &json!({ "A": { "allOf": [{ "$ref": "#/definitions/B" }], "discriminator": "kind" }, "B": { "allOf": [{ "$ref": "#/definitions/A" }], "discriminator": "kind" } }),
        ),
        definitions(
            "an heir of itself",
            &json!({ "A": { "allOf": [{ "$ref": "#/definitions/A" }], "discriminator": "kind" } }),
        ),
        definitions("a thousand heirs", &all),
        definitions(
            "a discriminator that is no member",
            &json!({ "A": { "type": "object", "discriminator": "kind" }, "B": heir("A") }),
        ),
        definitions(
            "a discriminator that is no text",
            &json!({ "A": { "type": "object", "discriminator": { "propertyName": "kind" } }, "B": { "discriminator": 5 }, "C": { "discriminator": null }, "D": heir("A") }),
        ),
        definitions(
            "null beside a reference",
            &json!({ "A": { "type": "object", "properties": { "b": { "$ref": "#/definitions/B", "x-nullable": true }, "c": { "$ref": "#/definitions/B", "x-nullable": "yes" } } }, "B": { "type": "string", "x-nullable": true } }),
        ),
        definitions(
            "a file within",
            &json!({ "A": { "type": "object", "properties": { "a": { "type": "file" } } }, "B": { "type": "file" } }),
        ),
        definitions(
            "words that 2.0 does not have",
            &json!({ "A": { "oneOf": [{ "type": "string" }, { "type": "integer" }], "anyOf": [], "not": {}, "nullable": true, "type": ["string", "null"], "const": 1 } }),
        ),
        definitions(
            "names of values that are too few, too many, hostile, or none",
            &json!({
                "Few": { "type": "string", "enum": ["a", "b"], "x-enum-varnames": ["One"] },
                "Many": { "type": "string", "enum": ["a"], "x-enumNames": ["One", "Two", "Three"] },
                "Hostile": { "type": "integer", "enum": [1, 2], "x-enum-varnames": ["", "\"; //"] },
                "Same": { "type": "string", "enum": ["a", "b"], "x-enum-varnames": ["One", "One"] },
                "Object": { "type": "string", "enum": ["a", "b"], "x-ms-enum": { "name": "", "values": [{ "value": "a", "name": 5 }, null] } },
                "Text": { "type": "string", "enum": ["a"], "x-ms-enum": "Text", "x-enum-varnames": "One" }
            }),
        ),
    ]
}

fn of_places() -> Vec<Case> {
    let server =
        |host: Value, base: Value, schemes: Value| json!({ "host": host, "basePath": base, "schemes": schemes });
    vec![
        document(
            "a host with a path",
            &server(json!("example.test/a?b#c"), json!("d"), json!(["https"])),
        ),
        document(
            "a host of hostile text",
            &server(
                json!("{host}\u{202e} \n"),
                json!("/{base}/../.."),
                json!(["https", "https"]),
            ),
        ),
        document(
            "schemes that are no web's",
            &server(json!("example.test"), json!("/"), json!(["ws", "ftp", "", 5])),
        ),
        document(
            "no scheme at all",
            &server(json!("example.test:99999"), Value::Null, json!([])),
        ),
        document(
            "a base path alone",
            &server(Value::Null, json!("//other.test/a"), Value::Null),
        ),
        document(
            "security that nobody knows",
            &json!({
                "security": [{ "a": [] }, { "none": [] }, {}, null],
                "securityDefinitions": {
                    "a": { "type": "bearer" }, "b": { "type": "oauth2" }, "c": { "type": "oauth2", "flow": "magic" },
                    "d": { "type": "apiKey", "in": "cookie", "name": "d" }, "e": { "type": "apiKey" }, "f": { "type": "basic", "in": "query" }, "g": null
                }
            }),
        ),
        document(
            "media types that are none",
            &json!({
                "consumes": ["", "json", 5], "produces": null,
                "paths": { "/a": { "get": { "produces": [], "responses": { "200": { "description": "", "schema": { "type": "file" } }, "4XX": { "description": "" }, "0": {}, "default": null } } } }
            }),
        ),
        document(
            "members of 3.0 in 2.0",
            &json!({
                "openapi": "3.0.3", "servers": [{ "url": "https://example.test" }], "components": { "schemas": { "A": { "type": "string" } } },
                "paths": { "/a": { "post": { "requestBody": { "content": { "application/json": {} } }, "callbacks": {}, "responses": { "200": { "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/A" } } } } } } } }
            }),
        ),
        bytes(
            "the version as a number",
            "swagger: 2.0\ninfo: { title: t, version: 1 }\npaths: {}\n",
        ),
        bytes(
            "another version of Swagger",
            "swagger: '1.2'\ninfo: { title: t, version: '1' }\npaths: {}\n",
        ),
        bytes(
            "a version of Swagger to come",
            "swagger: '2.1'\ninfo: { title: t, version: '1' }\npaths: {}\n",
        ),
        bytes(
            "everything null",
            "swagger: '2.0'\ninfo:\npaths:\ndefinitions:\nparameters:\nresponses:\nsecurityDefinitions:\nhost:\nbasePath:\nschemes:\nconsumes:\nproduces:\ntags:\nsecurity:\n",
        ),
    ]
}
