//! The schema object as data: OpenAPI 3.0's keywords, those of JSON Schema that later versions have, and what Swagger 2.0 had.

use super::{
    super::{
        rules,
        shape::{
            Kind, PLAIN,
            Shape::{Any, Count, Flag, FlagOr, Keyword, List, Map, Number, Object, Schema, Text, Unsaid},
            may,
        },
        version::Version::{V2_0, V3_0, V3_1, V3_2},
    },
    DISCRIMINATOR, EXTERNAL_DOCS,
};

pub(super) static XML: Kind = Kind {
    name: "XML object",
    members: &[
        may("name", Text),
        may("namespace", Text),
        may("prefix", Text),
        may("attribute", Flag),
        may("wrapped", Flag),
        may("nodeType", Keyword(&["attribute", "cdata", "element", "none", "text"]))
            .since(V3_2)
            .and_anywhere(),
    ],
    extensions: &["x-ms-text", "x-text"],
    ..PLAIN
};

pub(super) static SCHEMA: Kind = Kind {
    name: "schema",
    members: &[
        may("title", Text),
        may("multipleOf", Number),
        may("maximum", Number),
        may("exclusiveMaximum", FlagOr(&Number)),
        may("minimum", Number),
        may("exclusiveMinimum", FlagOr(&Number)),
        may("maxLength", Count),
        may("minLength", Count),
        may("pattern", Text),
        may("maxItems", Count),
        may("minItems", Count),
        may("uniqueItems", Flag),
        may("maxProperties", Count),
        may("minProperties", Count),
        may("required", List(&Text)),
        may("enum", List(&Any)),
        may(
            "type",
            Keyword(&[
                "array", "boolean", "file", "integer", "null", "number", "object", "string",
            ]),
        )
        .until(V2_0),
        may(
            "type",
            Keyword(&["array", "boolean", "integer", "number", "object", "string"]),
        )
        .since(V3_0)
        .until(V3_0),
        may(
            "type",
            Keyword(&["array", "boolean", "integer", "null", "number", "object", "string"]),
        )
        .since(V3_1),
        may("allOf", List(&Schema(&SCHEMA))),
        may("oneOf", List(&Schema(&SCHEMA))).since(V3_0).and_anywhere(),
        may("anyOf", List(&Schema(&SCHEMA))).since(V3_0).and_anywhere(),
        may("not", Schema(&SCHEMA)).since(V3_0).and_anywhere(),
        may("items", Schema(&SCHEMA)),
        may("properties", Map(&Schema(&SCHEMA))),
        may("additionalProperties", FlagOr(&Schema(&SCHEMA))),
        may("description", Text),
        may("format", Text),
        may("default", Any),
        may("nullable", Flag).since(V3_0).until(V3_0).and_anywhere(),
        may("collectionFormat", Keyword(&["csv", "multi", "pipes", "ssv", "tsv"])).until(V2_0),
        may("discriminator", Object(&DISCRIMINATOR)),
        may("readOnly", Flag),
        may("writeOnly", Flag).since(V3_0).and_anywhere(),
        may("xml", Object(&XML)),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
        may("example", Any),
        may("deprecated", Flag).since(V3_0).and_anywhere(),
        may("$schema", Text).since(V3_1).and_anywhere(),
        may("$id", Text).since(V3_1).and_anywhere(),
        may("$anchor", Text).since(V3_1).and_anywhere(),
        may("$dynamicAnchor", Text).since(V3_1).and_anywhere(),
        may("$recursiveAnchor", Flag).since(V3_1).and_anywhere(),
        may("$vocabulary", Map(&Any)).since(V3_1).and_anywhere(),
        may("$comment", Text).since(V3_1).and_anywhere(),
        may("$defs", Map(&Schema(&SCHEMA))).since(V3_1).and_anywhere(),
        may("examples", Any).since(V3_1).and_anywhere(),
        may("prefixItems", List(&Schema(&SCHEMA))).since(V3_1).and_anywhere(),
        may("patternProperties", Map(&Schema(&SCHEMA)))
            .since(V3_1)
            .and_anywhere(),
        may("contentEncoding", Text).since(V3_1).and_anywhere(),
        may("contentMediaType", Text).since(V3_1).and_anywhere(),
        may("contentSchema", Schema(&SCHEMA)).since(V3_1).and_anywhere(),
        may("contains", FlagOr(&Schema(&SCHEMA))).since(V3_1).and_anywhere(),
        may("minContains", Count).since(V3_1).and_anywhere(),
        may("maxContains", Count).since(V3_1).and_anywhere(),
        may("propertyNames", FlagOr(&Schema(&SCHEMA)))
            .since(V3_1)
            .and_anywhere(),
        may("dependentRequired", Map(&List(&Text))).since(V3_1).and_anywhere(),
        may("unevaluatedItems", FlagOr(&Schema(&SCHEMA)))
            .since(V3_1)
            .and_anywhere(),
        may("unevaluatedProperties", FlagOr(&Schema(&SCHEMA)))
            .since(V3_1)
            .and_anywhere(),
        may("if", Unsaid),
        // Without an `if` these say nothing, and with one it has been spoken of.
        may("then", Any),
        may("else", Any),
        may("additionalItems", Unsaid),
        may("dependentSchemas", Unsaid),
    ],
    extensions: &[
        "x-enum-varnames",
        "x-enumNames",
        "x-enum-names",
        "x-enum-descriptions",
        "x-enumDescriptions",
        "x-ms-enum",
        "x-ms-discriminator-value",
        "x-discriminator-value",
        "x-nullable",
        "x-isnullable",
    ],
    rules: rules::SCHEMA,
    blank: true,
    ..PLAIN
};
