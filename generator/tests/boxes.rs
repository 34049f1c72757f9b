//! Documents that differ in what lies inside of a schema in, enums whose variants have their boxes where they had them out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use generator::{Config, Source, generate};
use serde_json::{Value, json};

/// What the variants of the enums hold.
fn held(document: &Value) -> String {
    let bytes = serde_json::to_vec(document).unwrap();
    let source = Source {
        name: "boxes",
        bytes: &bytes,
    };
    let generated = generate(&source, &Config::default()).unwrap();
    let enums = [
        ("src/models/choice.rs", "Choice"),
        ("src/models/other.rs", "Other"),
        ("src/api/things.rs", "ListResponse"),
        ("src/webhooks.rs", "Webhook"),
    ];
    let variants = enums.map(|(path, name)| {
        let (_, code) = generated.files.sources[path]
            .split_once(&format!("pub enum {name} {{"))
            .unwrap();
        let (code, _) = code.split_once("\n}").unwrap();
        let lines = code.lines().map(str::trim).filter(|line| line.ends_with("),"));
        format!("{name}: {}", lines.collect::<Vec<_>>().join(" "))
    });
    variants.join("\n")
}

/// A choice of everything that there is, an answer by its status, and a webhook.
fn document() -> Value {
    let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Small" } } });
    let choice = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Choice" } } });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Boxes", "version": "1" },
        "paths": { "/things": { "get": {
            "operationId": "listThings",
            "tags": ["things"],
            "responses": {
                "200": { "description": "One.", "content": choice },
                "202": { "description": "Another.", "content": content },
                "203": { "description": "A text.", "content": { "application/json": { "schema": { "type": "string" } } } },
            },
        } } },
        "webhooks": { "sent": { "post": {
            "requestBody": { "content": content },
            "responses": { "200": { "description": "Taken." } },
        } } },
        "components": { "schemas": {
            "Choice": { "anyOf": [
                { "$ref": "#/components/schemas/Small" },
                { "$ref": "#/components/schemas/Other" },
                { "$ref": "#/components/schemas/Level" },
                { "type": "array", "items": { "$ref": "#/components/schemas/Small" } },
                { "type": "array", "prefixItems": [{ "type": "string" }, { "type": "integer" }], "items": false, "minItems": 2 },
                { "type": "integer" },
            ] },
            "Other": { "anyOf": [{ "$ref": "#/components/schemas/Small" }, { "type": "boolean" }] },
            "Level": { "type": "string", "enum": ["low", "high"] },
            "Small": { "type": "object", "properties": { "id": { "type": "integer" } } },
        } },
    })
}

#[test]
fn what_lies_inside_moves_no_box() {
    let mut ring = document();
    ring["components"]["schemas"]["Small"]["properties"]["choice"] = json!({ "$ref": "#/components/schemas/Choice" });
    let mut large = document();
    for index in 0..400 {
        large["components"]["schemas"]["Small"]["properties"][format!("m{index}")] = json!({ "type": "string" });
    }
    assert_eq!(held(&document()), held(&ring));
    assert_eq!(held(&document()), held(&large));
}

#[test]
fn objects_unions_and_lists_by_position_stand_in_boxes() {
    insta::assert_snapshot!(held(&document()), @"
    Choice: Small(Box<Small>), Other(Box<Other>), Level(Level), SmallList(Vec<Small>), Tuple(Box<(String, i64)>), Integer(i64), Unknown(Value),
    Other: Small(Box<Small>), Boolean(bool), Unknown(Value),
    ListResponse: Ok(Box<models::Choice>), Accepted(Box<models::Small>), NonAuthoritative(String), Undeclared(StatusCode, Box<models::Small>),
    Webhook: Sent(Box<models::Small>),
    ");
}
