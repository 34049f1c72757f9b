//! Class 5: numbers that nothing holds, and values that do not fit what they are values of.

use serde_json::{Value, json};

use super::{Case, bytes, fixture, schema};

pub(super) fn cases() -> Vec<Case> {
    let with = |number: &str| {
        format!(
            r#"{{"openapi": "3.0.3", "info": {{"title": "t", "version": "1"}}, "paths": {{}}, "components": {{"schemas": {{"A": {{"type": "object", "properties": {{
                "a": {{"type": "integer", "maximum": {number}, "default": {number}, "example": {number}, "enum": [{number}]}},
                "b": {{"type": "string", "maxLength": {number}}},
                "c": {{"type": "number", "format": "int64", "minimum": {number}, "multipleOf": {number}}}
            }}}}}}}}}}"#
        )
    };
    let member = |value: Value| json!({ "type": "object", "properties": { "a": value } });
    vec![
        fixture("1e400 in many places", "refusals/shape_number_beyond_all.json"),
        bytes("1e400", with("1e400")),
        bytes("-1e400", with("-1e400")),
        bytes("2^64", with("18446744073709551616")),
        bytes("10^30", with("1000000000000000000000000000000")),
        bytes("a number of 100,000 digits", with(&"9".repeat(100_000))),
        bytes("negative", with("-1")),
        bytes("a fraction", with("2.5")),
        bytes("negative zero", with("-0")),
        bytes(
            "5,000 numbers beyond all",
            with(&vec!["1e999"; 5_000].join(", \"x-\": [1e999], \"x-\": ")),
        ),
        fixture("defaults of the wrong type", "lower/default_mismatched.yaml"),
        schema(
            "values of several types",
            "NumberMixed",
            json!({ "enum": ["a", 1, 1.5, true, null, [1], { "a": 1 }, "a"] }),
        ),
        schema(
            "no value",
            "NumberNone",
            member(json!({ "type": "string", "enum": [] })),
        ),
        schema(
            "one value twice",
            "NumberTwice",
            member(json!({ "type": "string", "enum": ["a", "a", "A", "a "] })),
        ),
        schema(
            "only null",
            "NumberNull",
            member(json!({ "type": "string", "enum": [null] })),
        ),
        schema(
            "values of another type",
            "NumberOther",
            member(json!({ "type": "integer", "enum": ["1", "x", 2.5, 9e99] })),
        ),
        schema(
            "patterns that do not compile",
            "NumberPattern",
            member(json!({ "type": "string", "pattern": "([", "minLength": 9, "maxLength": 1 })),
        ),
    ]
}
