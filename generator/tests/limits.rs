//! Documents that go beyond a limit of the generator in, what is said of it out: with the number, so that a person knows how
//! far off the document is.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use generator::{Config, Source, generate};
use serde_json::{Map, Value, json};

/// What is said of a document with these `schemas`, and `more` members beside them.
fn said(schemas: impl IntoIterator<Item = (String, Value)>, more: Value) -> Vec<String> {
    let mut document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Limits", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas.into_iter().collect::<Map<_, _>>() },
    });
    if let (Value::Object(document), Value::Object(more)) = (&mut document, more) {
        document.extend(more);
    }
    let bytes = document.to_string();
    let source = Source {
        name: "it",
        bytes: bytes.as_bytes(),
    };
    let generated = generate(&source, &Config::default()).unwrap();
    let mut said: Vec<String> = (&generated.diagnostics)
        .into_iter()
        .map(|diagnostic| match &diagnostic.hint {
            Some(hint) => format!("{} ({hint})", diagnostic.message),
            None => diagnostic.message.clone(),
        })
        .collect();
    said.dedup();
    said
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A list of lists, `levels` deep, of `inner`.
fn lists(levels: usize, inner: Value) -> Value {
    (0..levels).fold(inner, |items, _| json!({ "type": "array", "items": items }))
}

#[test]
fn bases_in_a_row() {
    let schemas = (0..=130).map(|at| {
        let schema = match at {
            0 => json!({ "type": "object", "properties": { "own": { "type": "string" } } }),
            _ => json!({ "allOf": [reference(&format!("A{}", at - 1)), { "required": ["own"] }] }),
        };
        (format!("A{at}"), schema)
    });
    insta::assert_debug_snapshot!(said(schemas, json!({})), @r#"
    [
        "`allOf` is nested more than 128 deep; it is typed as any JSON value",
    ]
    "#);
}

#[test]
fn schemas_inside_each_other() {
    let deep = lists(50, json!({ "type": "string" }));
    insta::assert_debug_snapshot!(said([("Deep".to_owned(), deep)], json!({})), @r#"
    [
        "schemas are written inside each other more than 48 deep; this one is typed as any JSON value (a schema with a name of its own, which a `$ref` leads to, begins anew)",
    ]
    "#);
}

#[test]
fn schemas_put_together_inside_each_other() {
    let both = json!({ "allOf": [lists(50, json!({ "minLength": 1 })), lists(50, json!({ "type": "string" }))] });
    insta::assert_debug_snapshot!(said([("Both".to_owned(), both)], json!({})), @r#"
    [
        "members are put together inside each other more than 48 deep; this one is typed as any JSON value",
    ]
    "#);
}

#[test]
fn alternatives_that_multiply() {
    let arms = |kind: &str| -> Vec<Value> {
        let member = |at| format!("{kind}{at}");
        let arm = |at| json!({ "required": [member(at)], "properties": { member(at): { "type": "string" } } });
        (0..9).map(arm).collect()
    };
    let ways = json!({ "oneOf": arms("one"), "anyOf": arms("any") });
    insta::assert_debug_snapshot!(said([("Ways".to_owned(), ways)], json!({})), @r#"
    [
        "alternatives multiply with others: 81 ways, of which 64 are the most; these are ignored, so the type is wider",
    ]
    "#);
}

#[test]
fn path_items_in_a_row() {
    let items = (0..=101).map(|at| (format!("i{at}"), json!({ "$ref": format!("#/x-items/i{}", at + 1) })));
    let items: Map<String, Value> = items.collect();
    let paths = json!({ "/row": { "$ref": "#/x-items/i0" } });
    insta::assert_debug_snapshot!(said([], json!({ "paths": paths, "x-items": items })), @r#"
    [
        "the operations of this path are left out",
        "more than 100 references follow on each other; the path item is left out",
    ]
    "#);
}

#[test]
fn misplaced_references_in_a_row() {
    let lists = (0..=33).map(|at| (format!("l{at}"), json!({ "$ref": format!("#/x-lists/l{}", at + 1) })));
    let lists: Map<String, Value> = lists.collect();
    let operation = json!({ "operationId": "row", "parameters": { "$ref": "#/x-lists/l0" }, "responses": { "204": { "description": "-" } } });
    let more = json!({ "paths": { "/row": { "get": operation } }, "x-lists": lists });
    insta::assert_debug_snapshot!(said([], more), @r#"
    [
        "`$ref` is ignored: more than 32 references follow on each other",
    ]
    "#);
}
