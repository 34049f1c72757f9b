//! The objects of Swagger 2.0 as data: which members each has, and which shape each member has.
//!
//! Schemas are those of [`SCHEMA`], whose members say which of them Swagger 2.0 has. What it writes inside of parameters and
//! headers is a schema too, and a rule makes it one before the members are looked at.

use super::{
    super::{
        rules,
        shape::{
            Arms, Kind, Member, Others, PLAIN,
            Shape::{Any, Flag, Keyword, List, Map, Object, Referable, Reference, Schema, Text},
            filled, may, must,
        },
        version::Version::{V3_0, V3_2},
    },
    EXTERNAL_DOCS, INFO, REFERENCE, SCHEMA, SECURITY, TAG,
};
use crate::diagnostics::Code;

pub(super) static DOCUMENT: Kind = Kind {
    name: "document",
    members: &[
        must("swagger", Any),
        filled("info", Object(&INFO)),
        may("host", Text),
        may("basePath", Text),
        may("schemes", SCHEMES),
        may("consumes", List(&Text)),
        may("produces", List(&Text)),
        filled("paths", Object(&PATHS)),
        may("definitions", Map(&Schema(&SCHEMA))),
        may("parameters", Map(&Referable(&PARAMETER, &REFERENCE))),
        may("responses", Map(&Referable(&RESPONSE, &REFERENCE))),
        may("securityDefinitions", Map(&Referable(&SECURITY_SCHEME, &REFERENCE))),
        may("security", SECURITY),
        may("tags", List(&Object(&TAG))),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
    ],
    extensions: &[
        "x-idempotency-key",
        "x-pagination",
        "x-fern-pagination",
        "x-rejected",
        "x-webhooks",
        "x-ms-paths",
        "x-ms-parameterized-host",
    ],
    rules: rules::swagger::DOCUMENT,
    ..PLAIN
};

const SCHEMES: super::Shape = List(&Keyword(&["http", "https", "ws", "wss"]));

static PATHS: Kind = Kind {
    name: "paths object",
    others: Others::Entries(&Object(&PATH_ITEM)),
    rules: rules::PATHS,
    blank: true,
    loss: Code::SkippedOperation,
    ..PLAIN
};

static PATH_ITEM: Kind = Kind {
    name: "path item",
    members: &[
        may("$ref", Reference(&Object(&PATH_ITEM))),
        may("get", Object(&OPERATION)),
        may("put", Object(&OPERATION)),
        may("post", Object(&OPERATION)),
        may("delete", Object(&OPERATION)),
        may("options", Object(&OPERATION)),
        may("head", Object(&OPERATION)),
        may("patch", Object(&OPERATION)),
        may("trace", Object(&OPERATION)).since(V3_0).and_anywhere(),
        may("query", Object(&OPERATION)).since(V3_2).and_anywhere(),
        may("additionalOperations", Map(&Object(&OPERATION)))
            .since(V3_2)
            .and_anywhere(),
        may("summary", Text).since(V3_0).and_anywhere(),
        may("description", Text).since(V3_0).and_anywhere(),
        may("parameters", List(&Referable(&PARAMETER, &REFERENCE))),
    ],
    rules: rules::PATH_ITEM,
    loss: Code::SkippedOperation,
    ..PLAIN
};

static OPERATION: Kind = Kind {
    name: "operation",
    members: &[
        may("tags", List(&Text)),
        may("summary", Text),
        may("description", Text),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
        may("operationId", Text),
        may("consumes", List(&Text)),
        may("produces", List(&Text)),
        may("parameters", List(&Referable(&PARAMETER, &REFERENCE))),
        filled("responses", Object(&RESPONSES)),
        may("schemes", SCHEMES),
        may("deprecated", Flag),
        may("security", SECURITY),
    ],
    extensions: super::OPERATION_EXTENSIONS,
    rules: rules::swagger::OPERATION,
    loss: Code::SkippedOperation,
    ..PLAIN
};

static PARAMETER: Kind = Kind {
    name: "parameter",
    members: &[
        must("name", Text),
        must(
            "in",
            Keyword(&["body", "cookie", "formData", "header", "path", "query"]),
        ),
        may("required", Flag),
        may("deprecated", Flag).since(V3_0).and_anywhere(),
    ],
    arms: Some(Arms {
        by: "in",
        members: &[
            ("body", &[may("description", Text), filled("schema", Schema(&SCHEMA))]),
            ("query", INLINE),
            ("header", INLINE),
            ("path", INLINE),
            ("formData", INLINE),
            ("cookie", INLINE),
        ],
    }),
    rules: rules::swagger::PARAMETER,
    extensions: &["x-idempotency-key"],
    ..PLAIN
};

/// The members of headers, and of parameters that are no bodies. Those that describe the value stand in `schema` by the time that they
/// are looked at; they are listed for the sake of those that are misspelt.
const INLINE: &[Member] = &[
    may("description", Text),
    may("allowEmptyValue", Flag),
    may("schema", Schema(&SCHEMA)),
    may("type", Any),
    may("format", Any),
    may("items", Any),
    may("collectionFormat", Any),
    may("default", Any),
    may("maximum", Any),
    may("exclusiveMaximum", Any),
    may("minimum", Any),
    may("exclusiveMinimum", Any),
    may("maxLength", Any),
    may("minLength", Any),
    may("pattern", Any),
    may("maxItems", Any),
    may("minItems", Any),
    may("uniqueItems", Any),
    may("enum", Any),
    may("multipleOf", Any),
];

static HEADER: Kind = Kind {
    name: "header",
    members: INLINE,
    rules: rules::swagger::HEADER,
    blank: true,
    ..PLAIN
};

static RESPONSES: Kind = Kind {
    name: "responses object",
    members: &[may("default", Referable(&RESPONSE, &REFERENCE))],
    others: Others::Statuses(&Referable(&RESPONSE, &REFERENCE)),
    blank: true,
    ..PLAIN
};

static RESPONSE: Kind = Kind {
    name: "response",
    members: &[
        filled("description", Text),
        may("schema", Schema(&SCHEMA)),
        may("headers", Map(&Object(&HEADER))),
        may("examples", Map(&Any)),
    ],
    blank: true,
    ..PLAIN
};

static SECURITY_SCHEME: Kind = Kind {
    name: "security scheme",
    members: &[
        must("type", Keyword(&["apiKey", "basic", "http", "oauth2"])),
        may("description", Text),
    ],
    arms: Some(Arms {
        by: "type",
        members: &[
            (
                "apiKey",
                &[must("name", Text), must("in", Keyword(&["query", "header", "cookie"]))],
            ),
            ("http", &[must("scheme", Text), may("bearerFormat", Text)]),
            (
                "oauth2",
                &[
                    must("flow", Keyword(&["accessCode", "application", "implicit", "password"])),
                    may("authorizationUrl", Text),
                    may("tokenUrl", Text),
                    filled("scopes", Map(&Text)),
                ],
            ),
        ],
    }),
    rules: rules::swagger::SECURITY_SCHEME,
    ..PLAIN
};
