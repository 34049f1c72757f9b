//! Class 7: path templates that do not agree with their parameters, or are none.

use serde_json::json;

use super::{Case, fixture, paths};

pub(super) fn cases() -> Vec<Case> {
    let good = json!({ "responses": { "204": { "description": "" } } });
    let alone = |item: &'static str, path: &str| paths(item, json!({ path: { "get": good } }));
    let path = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } });
    vec![
        fixture("all that do not agree", "lower/path_templates.yaml"),
        alone("undeclared", "/template/{undeclared}"),
        paths(
            "unused",
            json!({ "/template/unused": { "get": { "parameters": [path], "responses": good["responses"] } } }),
        ),
        paths(
            "declared twice",
            json!({ "/template/twice/{id}": { "get": { "parameters": [path, path], "responses": good["responses"] } } }),
        ),
        alone("named twice", "/template/{a}/{a}"),
        alone("two in a segment", "/template/two/{a}-{b}"),
        alone("a dash in a name", "/template/dash/{a-b}"),
        alone("an open brace", "/template/open/{a"),
        alone("a closed brace", "/template/close/a}"),
        alone("braces in braces", "/template/in/{{a}}"),
        alone("an empty name", "/template/empty/{}"),
        alone("a query", "/template/query?a={b}&c"),
        alone("a fragment", "/template/fragment#a"),
        alone("upwards", "/template/../../up"),
        alone("another host", "//template.example/host"),
        alone("controls", "/template/a\r\nHost: b\u{0}"),
        alone("what is encoded", "/template/%2e%2e/%00/é ü"),
        alone("a back slash", "/template\\..\\c"),
    ]
}
