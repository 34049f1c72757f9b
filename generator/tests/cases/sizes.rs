//! Class 4: types that contain themselves, and documents that grow, or would make something grow.

use serde_json::{Value, json};

use super::{Case, bytes, members, reference, schema, schemas, vast};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = rings();
    cases.extend(chains());
    cases.extend(graphs());
    cases.extend(texts());
    cases
}

fn object(properties: Value) -> Value {
    let mut object = json!({ "type": "object" });
    object["properties"] = properties;
    object
}

/// Types that contain themselves.
fn rings() -> Vec<Case> {
    vec![
        schema("A holds A", "SizeSelf", object(json!({ "a": reference("SizeSelf") }))),
        schema(
            "A holds A, and must",
            "SizeMust",
            json!({ "type": "object", "required": ["a"], "properties": { "a": reference("SizeMust") } }),
        ),
        schemas(
            "A holds B, B holds A",
            json!({ "SizeA": object(json!({ "b": reference("SizeB") })), "SizeB": object(json!({ "a": reference("SizeA") })) }),
        ),
        schemas(
            "A is a list of A, or a map",
            json!({
                "SizeList": { "type": "array", "items": reference("SizeList") },
                "SizeMap": { "type": "object", "additionalProperties": reference("SizeMap") },
                "SizeBoth": { "type": "array", "items": { "type": "object", "additionalProperties": reference("SizeBoth") } },
            }),
        ),
        schemas(
            "A is all of A",
            json!({ "SizeAll": { "allOf": [reference("SizeAll2"), object(json!({ "a": { "type": "string" } }))] },
                    "SizeAll2": { "allOf": [reference("SizeAll")] } }),
        ),
        schemas(
            "A is one of A",
            json!({
                "SizeOne": { "oneOf": [reference("SizeOne"), { "type": "string" }] },
                "SizeAny": { "anyOf": [{ "allOf": [reference("SizeAny")] }, reference("SizeOne")] },
                "SizeOf": { "allOf": [{ "oneOf": [reference("SizeOf"), reference("SizeOne")] }] },
            }),
        ),
    ]
}

/// Types that contain others, far down.
fn chains() -> Vec<Case> {
    vec![
        vast(schemas(
            "`allOf` in a chain of 2,000",
            members(2_000, |at| {
                let own = object(json!({ format!("own{at}"): { "type": "string" } }));
                let schema = if at + 1 < 2_000 {
                    json!({ "allOf": [reference(&format!("SizeChain{}", at + 1)), own] })
                } else {
                    own
                };
                // Names without their members would do, and the crate has enough of those.
                (format!("SizeChain{at}"), schema)
            }),
        )),
        vast(schemas(
            "80 bases in a chain, each with a discriminator",
            members(80, |at| {
                let own = object(json!({ format!("own{at}"): { "type": "string" } }));
                let mut parts = vec![own];
                if at > 0 {
                    parts.push(reference(&format!("SizeBase{}", at - 1)));
                }
                let base = json!({ "allOf": parts, "discriminator": { "propertyName": "kind" } });
                (format!("SizeBase{at}"), base)
            }),
        )),
        schemas(
            "`allOf` in diamonds, 2^60 ways",
            members(122, |at| {
                let (level, side) = (at / 2, at % 2);
                let below = |side: usize| reference(&format!("SizeDiamond{}", 2 * level + 2 + side));
                let own = object(json!({ format!("side{side}"): { "type": "string" } }));
                (
                    format!("SizeDiamond{at}"),
                    if level < 60 {
                        json!({ "allOf": [below(0), below(1)] })
                    } else {
                        own
                    },
                )
            }),
        ),
        schemas(
            "members in diamonds, 2^60 bytes",
            members(60, |at| {
                let below = reference(&format!("SizeDouble{}", at + 1));
                let twice =
                    json!({ "type": "object", "required": ["a", "b"], "properties": { "a": below, "b": below } });
                (
                    format!("SizeDouble{at}"),
                    if at + 1 < 60 {
                        twice
                    } else {
                        object(json!({ "end": { "type": "string" } }))
                    },
                )
            }),
        ),
        vast(schemas(
            "definitions in a chain of 100",
            members(100, |at| {
                let below = json!({ "a": reference(&format!("SizeDeep{}", at + 1)) });
                (
                    format!("SizeDeep{at}"),
                    object(if at + 1 < 100 {
                        below
                    } else {
                        json!({ "end": { "type": "string" } })
                    }),
                )
            }),
        )),
        vast(schemas(
            "definitions in a chain of 300",
            members(300, |at| {
                let below = json!({ "a": reference(&format!("SizeDeeper{}", at + 1)) });
                (
                    format!("SizeDeeper{at}"),
                    object(if at + 1 < 300 {
                        below
                    } else {
                        json!({ "end": { "type": "string" } })
                    }),
                )
            }),
        )),
        vast(schemas(
            "lists of lists in a chain of 300",
            members(300, |at| {
                let below = json!({ "type": "array", "items": reference(&format!("SizeLists{}", at + 1)) });
                (
                    format!("SizeLists{at}"),
                    if at + 1 < 300 {
                        below
                    } else {
                        json!({ "type": "string" })
                    },
                )
            }),
        )),
    ]
}

/// Types that contain others in more ways than can be gone through.
fn graphs() -> Vec<Case> {
    vec![
        schemas(
            "60 types that each hold all",
            members(60, |at| {
                (
                    format!("SizeDense{at}"),
                    object(members(60, |to| {
                        (format!("to{to}"), reference(&format!("SizeDense{to}")))
                    })),
                )
            }),
        ),
        schemas(
            "30 types that each are one of 30, which each hold all",
            members(60, |at| {
                let other = |to: usize| reference(&format!("SizeUnion{}", to * 2 + 1 - at % 2));
                let schema = if at % 2 == 0 {
                    json!({ "oneOf": (0..30).map(other).collect::<Vec<_>>() })
                } else {
                    object(members(30, |to| (format!("to{to}"), other(to))))
                };
                (format!("SizeUnion{at}"), schema)
            }),
        ),
        vast(schemas("members that merge with members, without end", merging())),
        vast(schemas(
            "alternatives beside members, 2^40 ways",
            members(80, |at| {
                let below = |side: usize| reference(&format!("SizeWays{}", (at / 2) * 2 + 2 + side));
                let own = json!({ format!("own{at}"): { "type": "string" } });
                let ways = json!({ "type": "object", "properties": own, "oneOf": [below(0), below(1)] });
                (format!("SizeWays{at}"), if at < 78 { ways } else { object(own) })
            }),
        )),
        vast(schema(
            "20,000 values",
            "SizeValues",
            json!({ "type": "string", "enum": (0..20_000).map(|at| format!("value-{at}")).collect::<Vec<_>>() }),
        )),
        schema(
            "3,000 members, half of them required",
            "SizeMembers",
            json!({
                "type": "object",
                "required": (0..3_000).step_by(2).map(|at| format!("member{at}")).collect::<Vec<_>>(),
                "properties": members(3_000, |at| (format!("member{at}"), json!({ "type": "string" }))),
            }),
        ),
    ]
}

/// Brackets without end.
fn texts() -> [Case; 4] {
    let deep = 100_000;
    let head = r#"{"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "x-a": "#;
    [
        bytes(
            "100,000 lists in each other",
            format!("{head}{}{}}}", "[".repeat(deep), "]".repeat(deep)),
        ),
        bytes(
            "100,000 objects in each other",
            format!("{head}{}1{}}}", "{\"a\":".repeat(deep), "}".repeat(deep)),
        ),
        bytes(
            "100,000 brackets that nobody closes",
            format!("{head}{}", "[".repeat(deep)),
        ),
        bytes(
            "100,000 dashes of YAML",
            format!("openapi: 3.0.3\nx-a:\n  {}a\n", "- ".repeat(deep)),
        ),
    ]
}

/// Each member is described at two places that refer to others, whose members are then described at four.
fn merging() -> Value {
    const TYPES: usize = 24;
    members(TYPES, |at| {
        let to = |factor: usize, more: usize| reference(&format!("SizeMerge{}", (at * factor + more) % TYPES));
        let both = |one: Value, other: Value, third: Value| {
            json!({
                "type": "object",
                "allOf": [one, other],
                "properties": { "z": { "type": "object", "properties": { "w": third } } },
            })
        };
        let properties = json!({
            "x": both(to(7, 1), to(5, 3), to(1, 1)),
            "y": both(to(3, 2), to(1, 1), to(1, 5)),
        });
        (
            format!("SizeMerge{at}"),
            json!({ "type": "object", "properties": properties }),
        )
    })
}
