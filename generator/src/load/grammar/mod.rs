//! The objects of OpenAPI 3.0 as data: which members each has, and which shape each member has.
//!
//! A member that the specification requires says what becomes of an object without it: the member is filled in where
//! the rest still means something, else the object is given up.

mod security;

use self::security::SECURITY_SCHEME;
use super::{
    adjust,
    shape::{
        Arms, Either, Kind, Others, PLAIN,
        Shape::{self, Any, Count, Flag, FlagOr, Keyword, Later, List, Map, Number, Object, Referable, Text},
        filled, may, must,
    },
};
use crate::diagnostics::Code;

pub(super) static DOCUMENT: Kind = Kind {
    name: "document",
    members: &[
        must("openapi", Text),
        filled("info", Object(&INFO)),
        may("servers", List(&Object(&SERVER))),
        filled("paths", Object(&PATHS)),
        may("components", Object(&COMPONENTS)),
        may("security", SECURITY),
        may("tags", List(&Object(&TAG))),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
    ],
    ..PLAIN
};

const SECURITY: Shape = List(&Map(&List(&Text)));

static INFO: Kind = Kind {
    name: "info object",
    members: &[
        filled("title", Text),
        may("description", Text),
        may("termsOfService", Text),
        may("contact", Object(&CONTACT)),
        may("license", Object(&LICENSE)),
        filled("version", Text),
    ],
    blank: true,
    ..PLAIN
};

static CONTACT: Kind = Kind {
    name: "contact",
    members: &[may("name", Text), may("url", Text), may("email", Text)],
    ..PLAIN
};

static LICENSE: Kind = Kind {
    name: "licence",
    members: &[must("name", Text), may("url", Text)],
    ..PLAIN
};

static EXTERNAL_DOCS: Kind = Kind {
    name: "link to documentation",
    members: &[may("description", Text), must("url", Text)],
    ..PLAIN
};

static TAG: Kind = Kind {
    name: "tag",
    members: &[
        must("name", Text),
        may("description", Text),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
    ],
    ..PLAIN
};

static SERVER: Kind = Kind {
    name: "server",
    members: &[
        must("url", Text),
        may("description", Text),
        may("variables", Map(&Object(&SERVER_VARIABLE))),
    ],
    ..PLAIN
};

static SERVER_VARIABLE: Kind = Kind {
    name: "server variable",
    members: &[
        may("enum", List(&Text)),
        must("default", Text),
        may("description", Text),
    ],
    adjust: adjust::server_variable,
    ..PLAIN
};

static COMPONENTS: Kind = Kind {
    name: "components object",
    members: &[
        may("schemas", Map(&Referable(&SCHEMA))),
        may("responses", Map(&Referable(&RESPONSE))),
        may("parameters", Map(&Referable(&PARAMETER))),
        may("examples", Map(&Referable(&EXAMPLE))),
        may("requestBodies", Map(&Referable(&REQUEST_BODY))),
        may("headers", Map(&Referable(&HEADER))),
        may("securitySchemes", Map(&Referable(&SECURITY_SCHEME))),
        may("links", Map(&Referable(&LINK))),
        may("callbacks", Map(&Referable(&CALLBACK))),
    ],
    ..PLAIN
};

static PATHS: Kind = Kind {
    name: "paths object",
    others: Others::Entries(&Object(&PATH_ITEM)),
    adjust: adjust::paths,
    blank: true,
    loss: Code::SkippedOperation,
    ..PLAIN
};

static PATH_ITEM: Kind = Kind {
    name: "path item",
    members: &[
        may("$ref", Text),
        may("summary", Text),
        may("description", Text),
        may("get", Object(&OPERATION)),
        may("put", Object(&OPERATION)),
        may("post", Object(&OPERATION)),
        may("delete", Object(&OPERATION)),
        may("options", Object(&OPERATION)),
        may("head", Object(&OPERATION)),
        may("patch", Object(&OPERATION)),
        may("trace", Object(&OPERATION)),
        may("servers", List(&Object(&SERVER))),
        may("parameters", List(&Referable(&PARAMETER))),
    ],
    adjust: adjust::path_item,
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
        may("parameters", List(&Referable(&PARAMETER))),
        may("requestBody", Referable(&REQUEST_BODY)),
        filled("responses", Object(&RESPONSES)),
        may("callbacks", Map(&Referable(&CALLBACK))),
        may("deprecated", Flag),
        may("security", SECURITY),
        may("servers", List(&Object(&SERVER))),
    ],
    loss: Code::SkippedOperation,
    ..PLAIN
};

static CALLBACK: Kind = Kind {
    name: "callback",
    others: Others::Entries(&Object(&PATH_ITEM)),
    ..PLAIN
};

static PARAMETER: Kind = Kind {
    name: "parameter",
    members: &[
        must("name", Text),
        must("in", Keyword(&["query", "header", "path", "cookie"])),
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("allowEmptyValue", Flag),
        may("allowReserved", Flag),
        may("explode", Flag),
        may("schema", Referable(&SCHEMA)),
        may("content", Map(&Object(&MEDIA_TYPE))),
        may("example", Any),
        may("examples", Map(&Referable(&EXAMPLE))),
    ],
    arms: Some(Arms {
        by: "in",
        members: &[
            (
                "query",
                &[may(
                    "style",
                    Keyword(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
                )],
            ),
            ("header", &[may("style", Keyword(&["simple"]))]),
            ("path", &[may("style", Keyword(&["simple", "label", "matrix"]))]),
            ("cookie", &[may("style", Keyword(&["form"]))]),
        ],
    }),
    either: SCHEMA_OR_CONTENT,
    ..PLAIN
};

const SCHEMA_OR_CONTENT: Option<Either> = Some(Either {
    one: "schema",
    other: "content",
    fill: true,
});

static HEADER: Kind = Kind {
    name: "header",
    members: &[
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("allowEmptyValue", Flag),
        may("allowReserved", Flag),
        may("explode", Flag),
        may("style", Keyword(&["simple"])),
        may("schema", Referable(&SCHEMA)),
        may("content", Map(&Object(&MEDIA_TYPE))),
        may("example", Any),
        may("examples", Map(&Referable(&EXAMPLE))),
    ],
    either: SCHEMA_OR_CONTENT,
    blank: true,
    ..PLAIN
};

static REQUEST_BODY: Kind = Kind {
    name: "request body",
    members: &[
        may("description", Text),
        filled("content", Map(&Object(&MEDIA_TYPE))),
        may("required", Flag),
    ],
    ..PLAIN
};

static MEDIA_TYPE: Kind = Kind {
    name: "media type",
    members: &[
        may("schema", Referable(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&Referable(&EXAMPLE))),
        may("encoding", Map(&Object(&ENCODING))),
    ],
    blank: true,
    ..PLAIN
};

static ENCODING: Kind = Kind {
    name: "encoding",
    members: &[
        may("contentType", Text),
        may("headers", Map(&Referable(&HEADER))),
        may(
            "style",
            Keyword(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        may("explode", Flag),
        may("allowReserved", Flag),
    ],
    ..PLAIN
};

static RESPONSES: Kind = Kind {
    name: "responses object",
    members: &[may("default", Referable(&RESPONSE))],
    others: Others::Statuses(&Referable(&RESPONSE)),
    blank: true,
    ..PLAIN
};

static RESPONSE: Kind = Kind {
    name: "response",
    members: &[
        filled("description", Text),
        may("headers", Map(&Referable(&HEADER))),
        may("content", Map(&Object(&MEDIA_TYPE))),
        may("links", Map(&Referable(&LINK))),
    ],
    blank: true,
    ..PLAIN
};

static EXAMPLE: Kind = Kind {
    name: "example",
    members: &[
        may("summary", Text),
        may("description", Text),
        may("value", Any),
        may("externalValue", Text),
    ],
    ..PLAIN
};

static LINK: Kind = Kind {
    name: "link",
    members: &[
        may("operationRef", Text),
        may("operationId", Text),
        may("parameters", Map(&Any)),
        may("requestBody", Any),
        may("description", Text),
        may("server", Object(&SERVER)),
    ],
    either: Some(Either {
        one: "operationId",
        other: "operationRef",
        fill: false,
    }),
    ..PLAIN
};

static SCHEMA: Kind = Kind {
    name: "schema",
    members: &[
        may("title", Text),
        may("multipleOf", Number),
        may("maximum", Number),
        may("exclusiveMaximum", Flag),
        may("minimum", Number),
        may("exclusiveMinimum", Flag),
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
            Keyword(&["array", "boolean", "integer", "number", "object", "string"]),
        ),
        may("allOf", List(&Referable(&SCHEMA))),
        may("oneOf", List(&Referable(&SCHEMA))),
        may("anyOf", List(&Referable(&SCHEMA))),
        may("not", Referable(&SCHEMA)),
        may("items", Referable(&SCHEMA)),
        may("properties", Map(&Referable(&SCHEMA))),
        may("additionalProperties", FlagOr(&Referable(&SCHEMA))),
        may("description", Text),
        may("format", Text),
        may("default", Any),
        may("nullable", Flag),
        may("discriminator", Object(&DISCRIMINATOR)),
        may("readOnly", Flag),
        may("writeOnly", Flag),
        may("xml", Any),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
        may("example", Any),
        may("deprecated", Flag),
        may("const", Later),
        may("if", Later),
        may("then", Later),
        may("else", Later),
        may("contains", Later),
        may("prefixItems", Later),
        may("additionalItems", Later),
        may("unevaluatedItems", Later),
        may("patternProperties", Later),
        may("propertyNames", Later),
        may("unevaluatedProperties", Later),
        may("dependencies", Later),
        may("dependentRequired", Later),
        may("dependentSchemas", Later),
        may("$dynamicRef", Later),
        may("$recursiveRef", Later),
    ],
    adjust: adjust::schema,
    blank: true,
    ..PLAIN
};

static DISCRIMINATOR: Kind = Kind {
    name: "discriminator",
    members: &[must("propertyName", Text), may("mapping", Map(&Text))],
    ..PLAIN
};
