//! Schemas that refer to each other in the new ways, tuples and constants.

use serde_json::{Value, json};

use super::{DEEP, DOUBLED, WIDE, alone, document, schema, schemas};
use crate::cases::{Case, answer, members, reference};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = doubled();
    cases.extend(references());
    cases.extend(tuples());
    cases.extend(constants());
    cases
}

/// What names the next one twice is a billion of it, taken apart.
fn doubled() -> Vec<Case> {
    let twice = |keyword: &'static str, prefix: &'static str| {
        members(DOUBLED, move |at| {
            let next = if at + 1 < DOUBLED {
                let next = reference(&format!("{prefix}{}", at + 1));
                json!({ keyword: [next, next] })
            } else {
                json!({ "type": "object", "properties": { "end": { "type": "string" } } })
            };
            (format!("{prefix}{at}"), next)
        })
    };
    let laughs = members(DOUBLED, |at| {
        let next = json!({ "$ref": format!("#/components/schemas/ModernLaughs/$defs/L{}", at + 1) });
        (
            format!("L{at}"),
            json!({ "type": "object", "properties": { "a": next, "b": next } }),
        )
    });
    let mut laughing = json!({ "$ref": "#/components/schemas/ModernLaughs/$defs/L0", "$defs": laughs });
    laughing["$defs"][format!("L{DOUBLED}")] = json!({ "type": "string" });
    vec![
        schemas(
            "`allOf` of the next one twice, forty times",
            twice("allOf", "ModernAll"),
        ),
        schemas(
            "`anyOf` of the next one twice, forty times",
            twice("anyOf", "ModernAny"),
        ),
        schemas(
            "a tuple of the next one twice, forty times",
            twice("prefixItems", "ModernPair"),
        ),
        schema(
            "`$defs` that refer to the next one twice, forty times",
            "ModernLaughs",
            laughing,
        ),
    ]
}

fn references() -> Vec<Case> {
    let node = json!({ "$dynamicAnchor": "modernNode", "type": "object", "properties": { "children": { "type": "array", "items": { "$dynamicRef": "#modernNode" } } } });
    vec![
        schemas(
            "a ring with words beside each reference",
            json!({
                "ModernRing1": { "$ref": "#/components/schemas/ModernRing2", "description": "one" },
                "ModernRing2": { "$ref": "#/components/schemas/ModernRing3", "type": "object" },
                "ModernRing3": { "$ref": "#/components/schemas/ModernRing1", "properties": { "a": { "type": "string" } } },
            }),
        ),
        schema(
            "to itself, with words",
            "ModernSelf",
            json!({ "$ref": "#/components/schemas/ModernSelf", "type": "object", "nullable": true }),
        ),
        schema("`$dynamicRef` to its own anchor", "ModernNode", node),
        schemas(
            "`$dynamicRef` to an anchor that two have",
            json!({
                "ModernHere": { "$dynamicAnchor": "modernBoth", "type": "string" },
                "ModernThere": { "$dynamicAnchor": "modernBoth", "type": "integer" },
                "ModernAsks": { "type": "object", "properties": { "it": { "$dynamicRef": "#modernBoth" } } },
            }),
        ),
        schemas(
            "`$dynamicRef`s in a ring",
            json!({
                "ModernRound1": { "$dynamicAnchor": "modernRound1", "$dynamicRef": "#modernRound2" },
                "ModernRound2": { "$dynamicAnchor": "modernRound2", "$dynamicRef": "#modernRound1" },
            }),
        ),
        schema(
            "`$dynamicRef` to nowhere",
            "ModernNowhere",
            json!({ "type": "object", "properties": { "a": { "$dynamicRef": "#modernNoSuch" }, "b": { "$recursiveRef": "#" } } }),
        ),
        schemas(
            "an anchor that two have",
            json!({
                "ModernAnchor1": { "$anchor": "modernSame", "type": "string" },
                "ModernAnchor2": { "$anchor": "modernSame", "type": "integer" },
                "ModernAnchored": { "type": "object", "properties": { "it": { "$ref": "#modernSame" }, "none": { "$ref": "#modernNone" } } },
            }),
        ),
        schemas(
            "`$id`s that are the same, relative, empty",
            json!({
                "ModernId1": { "$id": "https://example.test/same", "type": "string" },
                "ModernId2": { "$id": "https://example.test/same", "type": "integer" },
                "ModernId3": { "$id": "", "$ref": "" },
                "ModernId4": { "$id": "modern/nested", "type": "object", "properties": { "a": { "$ref": "#/properties/b" }, "b": { "type": "string" }, "c": { "$ref": "https://example.test/same" } } },
            }),
        ),
        schema(
            "to the whole document",
            "ModernWhole",
            json!({ "type": "object", "properties": { "a": { "$ref": "#" }, "b": { "$ref": "#/" }, "c": { "$ref": "" } } }),
        ),
        schema(
            "a reference that is no text",
            "ModernNumber",
            json!({ "type": "object", "properties": { "a": { "$ref": 5 }, "b": { "$ref": null }, "c": { "$ref": ["#/a"] } } }),
        ),
    ]
}

fn tuples() -> Vec<Case> {
    let items = |number: usize| json!({ "type": "array", "prefixItems": vec![json!({ "type": "string" }); number], "items": false });
    let mut deep = json!({ "type": "string" });
    for _ in 0..DEEP {
        deep = json!({ "type": "array", "prefixItems": [deep] });
    }
    let vast = document(
        json!({ "ModernLong": items(WIDE) }),
        json!({ "/modern/long": { "get": answer(&reference("ModernLong")) } }),
    );
    vec![
        schema(
            "a tuple of nothing",
            "ModernEmpty",
            json!({ "type": "array", "prefixItems": [] }),
        ),
        schema("a tuple of thirteen", "ModernThirteen", items(13)),
        schema("a tuple of forty", "ModernForty", items(40)),
        alone("a tuple of 100,000", &vast),
        schema("tuples in tuples, 40 deep", "ModernDeep", deep),
        schema(
            "no items at all",
            "ModernNoItems",
            json!({ "type": "array", "items": false }),
        ),
        schema(
            "any items, said",
            "ModernAnyItems",
            json!({ "type": "array", "items": true, "prefixItems": [true, false, {}] }),
        ),
        schema(
            "a tuple without its type",
            "ModernBare",
            json!({ "prefixItems": [{ "type": "string" }, { "type": ["integer", "null"] }], "items": { "type": "boolean" } }),
        ),
        schema(
            "a tuple that holds itself",
            "ModernInside",
            json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "$ref": "#/components/schemas/ModernInside" }] }),
        ),
        schema(
            "fewer items than the tuple has",
            "ModernFewer",
            json!({ "type": "array", "prefixItems": [{}, {}], "minItems": 5, "maxItems": 1 }),
        ),
    ]
}

fn constants() -> Vec<Case> {
    let mut deep = json!("end");
    for _ in 0..DEEP / 2 {
        deep = json!([{ "a": deep }]);
    }
    let of = |value: Value| json!({ "type": "object", "required": ["it"], "properties": { "it": value } });
    vec![
        schema("a constant null", "ModernConstNull", of(json!({ "const": null }))),
        schema(
            "a constant object",
            "ModernConstObject",
            of(json!({ "const": { "a": [1, null] } })),
        ),
        schema("a constant list, deep", "ModernConstDeep", of(json!({ "const": deep }))),
        schema(
            "a constant beyond 64 bits",
            "ModernConstHuge",
            of(json!({ "type": "integer", "const": 18_446_744_073_709_551_615_u64 })),
        ),
        schema(
            "a constant with a point",
            "ModernConstFloat",
            of(json!({ "const": 1.5 })),
        ),
        schema(
            "a constant of another type",
            "ModernConstOdd",
            of(json!({ "type": "integer", "const": "1" })),
        ),
        schema(
            "a constant and other values",
            "ModernConstEnum",
            of(json!({ "const": "a", "enum": ["b", "c"] })),
        ),
        schema(
            "a constant of hostile text",
            "ModernConstText",
            of(json!({ "const": "\"; std::process::exit(1); //\u{202e}\n" })),
        ),
        schema(
            "choices told apart by constants of all types",
            "ModernConstTags",
            json!({ "oneOf": [
            of(json!({ "const": 1 })), of(json!({ "const": "1" })), of(json!({ "const": true })), of(json!({ "const": null }))
        ] }),
        ),
        schema(
            "choices with the same constant",
            "ModernConstSame",
            json!({ "oneOf": [of(json!({ "const": "a" })), of(json!({ "const": "a" }))] }),
        ),
    ]
}
