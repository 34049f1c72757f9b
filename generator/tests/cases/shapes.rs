//! Class 1: a wrong shape at any place costs that place only.

use serde_json::json;

use super::{Case, fixture, paths, schema};

pub(super) fn cases() -> Vec<Case> {
    let good = json!({ "responses": { "204": { "description": "" } } });
    vec![
        fixture("a list where an object belongs", "refusals/shape_list_for_object.yaml"),
        fixture("text where an object belongs", "refusals/shape_text_for_object.yaml"),
        fixture("text where a number belongs", "refusals/shape_numbers.yaml"),
        fixture("null where anything belongs", "refusals/shape_nulls.yaml"),
        fixture("paths that are a list", "refusals/shape_paths_is_a_list.yaml"),
        fixture("no `paths`", "refusals/shape_no_paths.yaml"),
        fixture("no `info`", "refusals/shape_missing_info.yaml"),
        fixture("`type: strng`", "refusals/shape_unknown_type.yaml"),
        fixture("`type` as a list", "refusals/shape_type_list.yaml"),
        fixture("junk status codes", "refusals/shape_status_codes.yaml"),
        fixture("unknown members", "refusals/shape_unknown_members.yaml"),
        schema(
            "`type: file`",
            "ShapeFile",
            json!({ "type": "object", "properties": { "a": { "type": "file" } } }),
        ),
        schema(
            "`type: any`",
            "ShapeAny",
            json!({ "type": "object", "properties": { "a": { "type": "any" } } }),
        ),
        schema(
            "unknown formats",
            "ShapeFormats",
            json!({ "type": "object", "properties": {
                "a": { "type": "string", "format": "no-such-format" },
                "b": { "type": "integer", "format": "int7" },
                "c": { "type": "number", "format": "date-time" },
                "d": { "type": "boolean", "format": "byte" },
                "e": { "type": "array", "format": "uuid", "items": { "type": "string" } },
            } }),
        ),
        paths(
            "an operation that cannot be read, between others",
            json!({ "/shape/one": { "get": good }, "/shape/two": { "get": [] }, "/shape/three": { "get": good } }),
        ),
        schema(
            "a schema that cannot be read, between others",
            "ShapeBetween",
            json!({ "type": "object", "properties": {
                "a": { "type": "string" }, "b": [1], "c": { "properties": 5 }, "d": { "type": "string" },
            } }),
        ),
    ]
}
