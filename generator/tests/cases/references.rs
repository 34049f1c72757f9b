//! Class 3: references that lead nowhere, round, far, or out.

use serde_json::{Value, json};

use super::{Case, Document, answer, bytes, document, fixture, members, reference, schema, schemas, vast};

const FAR: usize = 5_000;

pub(super) fn cases() -> Vec<Case> {
    let object = |member: Value| json!({ "type": "object", "properties": { "a": member } });
    vec![
        fixture("all that is broken", "lower/reference_broken.yaml"),
        schema("dangling", "RefNowhere", object(reference("RefNoSuch"))),
        schema("to itself", "RefSelf", reference("RefSelf")),
        schemas(
            "a ring of schemas",
            json!({ "RefRing1": reference("RefRing2"), "RefRing2": reference("RefRing3"), "RefRing3": reference("RefRing1") }),
        ),
        bytes("a part through itself", through_itself("#/components/schemas/X")),
        bytes("a part that is itself", through_itself("#/components")),
        bytes("a ring of webhooks", sent(50, true).to_string()),
        bytes("a chain of 5,000 webhooks", sent(FAR, false).to_string()),
        bytes(
            "150 operations with the same 150 callbacks",
            called_back(150).to_string(),
        ),
        components(
            "a ring of responses",
            "responses",
            "RefAnswer",
            &ring("responses", "RefAnswer"),
        ),
        components(
            "a ring of parameters",
            "parameters",
            "RefPage",
            &ring("parameters", "RefPage"),
        ),
        vast(schemas(
            "a chain of 5,000 schemas",
            members(FAR, |at| {
                let next = if at + 1 < FAR {
                    reference(&format!("RefFar{}", at + 1))
                } else {
                    object(json!({}))
                };
                (format!("RefFar{at}"), next)
            }),
        )),
        components(
            "a chain of 5,000 parameters",
            "parameters",
            "RefFarPage",
            &chain(
                "parameters",
                "RefFarPage",
                &json!({ "name": "far", "in": "query", "schema": { "type": "string" } }),
            ),
        ),
        components(
            "a chain of 5,000 responses",
            "responses",
            "RefFarAnswer",
            &chain(
                "responses",
                "RefFarAnswer",
                &json!({ "description": "", "content": { "text/plain": {} } }),
            ),
        ),
        Case {
            item: "into `paths`, with escapes",
            document: Document::Value(document(
                json!({
                    "RefInto": object(json!({ "$ref": "#/paths/~1ref~1{id}~01/get/responses/200/content/application~1json/schema" })),
                    "RefPercent": object(json!({ "$ref": "#/paths/~1ref~1%7Bid%7D~01/get/responses/200/content/application~1json/schema/properties/x" })),
                    "RefBadEscape": object(json!({ "$ref": "#/components/schemas/~2%zz%" })),
                }),
                json!({ "/ref/{id}~1": { "get": answer(&json!({ "type": "object", "properties": { "x": object(json!({})) } })) } }),
            )),
        },
        schema(
            "to a file, to a server, to a scheme that nobody knows",
            "RefOut",
            json!({ "type": "object", "properties": {
                "file": { "$ref": "other.yaml#/A" },
                "up": { "$ref": "../../../../etc/passwd" },
                "absolute": { "$ref": "file:///etc/passwd#/a" },
                "server": { "$ref": "http://127.0.0.1:9/a.json#/B" },
                "odd": { "$ref": "x-odd:#" },
                "empty": { "$ref": "" },
                "root": { "$ref": "#" },
                "slash": { "$ref": "#/" },
                "huge": { "$ref": "#/components/schemas/99999999999999999999" },
            } }),
        ),
        schema(
            "to what is no schema",
            "RefKind",
            object(json!({ "$ref": "#/components/schemas/RefKind/type" })),
        ),
    ]
}

/// Components that refer to each other in a ring.
/// Components that are written elsewhere, which is among them.
fn through_itself(place: &str) -> String {
    let answer = answer(&reference("X"));
    json!({
        "openapi": "3.0.3",
        "info": { "title": "t", "version": "1" },
        "paths": { "/ref": { "get": answer } },
        "components": { "$ref": place },
    })
    .to_string()
}

fn ring(folder: &str, name: &str) -> Value {
    let to = |at: usize| json!({ "$ref": format!("#/components/{folder}/{name}{at}") });
    json!({ format!("{name}0"): to(1), format!("{name}1"): to(2), format!("{name}2"): to(0) })
}

fn chain(folder: &str, name: &str, end: &Value) -> Value {
    members(FAR, |at| {
        let next = json!({ "$ref": format!("#/components/{folder}/{name}{}", at + 1) });
        (format!("{name}{at}"), if at + 1 < FAR { next } else { end.clone() })
    })
}

/// Components, and several operations that refer to the first of them.
fn components(item: &'static str, folder: &'static str, name: &str, components: &Value) -> Case {
    let first = json!({ "$ref": format!("#/components/{folder}/{name}0") });
    let operation = if folder == "responses" {
        json!({ "responses": { "200": first } })
    } else {
        json!({ "parameters": [first], "responses": { "204": { "description": "" } } })
    };
    let paths = members(50, |at| (format!("/{name}/{at}"), json!({ "get": operation })));
    let mut document = document(json!({}), paths);
    document["components"][folder] = components.clone();
    Case {
        item,
        document: Document::Value(document),
    }
}

/// Webhooks each of which refers to the next.
fn sent(number: usize, is_ring: bool) -> Value {
    let mut document = document(json!({}), json!({}));
    document["x-webhooks"] = members(number, |at| {
        let next = if at + 1 < number || is_ring {
            json!({ "$ref": format!("#/x-webhooks/sent{}", (at + 1) % number) })
        } else {
            json!({ "post": { "responses": {} } })
        };
        (format!("sent{at}"), next)
    });
    document
}

/// So many operations, each of which refers to all of so many callbacks.
fn called_back(number: usize) -> Value {
    let callbacks = members(number, |at| {
        (
            format!("back{at}"),
            json!({ "$ref": format!("#/components/callbacks/Back{at}") }),
        )
    });
    let paths = members(number, |at| {
        let operation = json!({ "callbacks": callbacks.clone(), "responses": { "204": { "description": "" } } });
        (format!("/back{at}"), json!({ "post": operation }))
    });
    let mut document = document(json!({}), paths);
    document["components"]["callbacks"] = members(number, |at| {
        (
            format!("Back{at}"),
            json!({ "{$url}": { "post": { "responses": {} } } }),
        )
    });
    document
}
