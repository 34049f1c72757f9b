//! The objects of OpenAPI as data: which members each has in which versions, and which shape each member has.
//!
//! A member that the specification requires says what becomes of an object without it: the member is filled in where
//! the rest still means something, else the object is given up.

mod schema;
mod security;
mod swagger;

use self::{schema::SCHEMA, security::SECURITY_SCHEME};
use super::{
    rules,
    shape::{
        Arms, Either, Kind, Others, PLAIN,
        Shape::{self, Any, Aside, Flag, Keyword, List, Map, Name, Object, Referable, Reference, Schema, Text},
        blank, filled, may, must,
    },
    version::Version::{self, V3_0, V3_1, V3_2},
};
use crate::diagnostics::Code;

/// What a document of a version is.
pub(super) fn of(version: Version) -> &'static Kind {
    match version {
        Version::V2_0 => &swagger::DOCUMENT,
        V3_0 | V3_1 | V3_2 => &DOCUMENT,
    }
}

static DOCUMENT: Kind = Kind {
    name: "document",
    members: &[
        must("openapi", Text),
        filled("info", Object(&INFO)),
        may("servers", List(&Object(&SERVER))),
        filled("paths", Object(&PATHS)).until(V3_0),
        blank("paths", Object(&PATHS)).since(V3_1),
        may("webhooks", Map(&Object(&PATH_ITEM))).since(V3_1),
        may("jsonSchemaDialect", Text).since(V3_1),
        may("$self", Text).since(V3_2),
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
        may("summary", Text).since(V3_1),
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
    members: &[
        must("name", Text),
        may("url", Text),
        may("identifier", Text).since(V3_1),
    ],
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
        may("summary", Text).since(V3_2),
        may("parent", Text).since(V3_2),
        may("kind", Text).since(V3_2),
    ],
    ..PLAIN
};

static SERVER: Kind = Kind {
    name: "server",
    members: &[
        must("url", Text),
        may("name", Text).since(V3_2),
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
    rules: rules::SERVER_VARIABLE,
    ..PLAIN
};

static COMPONENTS: Kind = Kind {
    name: "components object",
    members: &[
        may("schemas", Map(&Schema(&SCHEMA))),
        may("responses", Map(&Referable(&RESPONSE))),
        may("parameters", Map(&Referable(&PARAMETER))),
        may("examples", Map(&Aside(&EXAMPLE))),
        may("requestBodies", Map(&Referable(&REQUEST_BODY))),
        may("headers", Map(&Referable(&HEADER))),
        may("securitySchemes", Map(&Referable(&SECURITY_SCHEME))),
        may("links", Map(&Aside(&LINK))),
        may("callbacks", Map(&Referable(&CALLBACK))),
        may("pathItems", Map(&Object(&PATH_ITEM))).since(V3_1),
        may("mediaTypes", Map(&Referable(&MEDIA_TYPE))).since(V3_2),
    ],
    ..PLAIN
};

static PATHS: Kind = Kind {
    name: "paths object",
    others: Others::Entries(&Object(&PATH_ITEM)),
    rules: rules::PATHS,
    blank: true,
    loss: Code::SkippedOperation,
    ..PLAIN
};

pub(super) static PATH_ITEM: Kind = Kind {
    name: "path item",
    members: &[
        may("$ref", Reference(&Object(&PATH_ITEM))),
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
        may("query", Object(&OPERATION)).since(V3_2),
        may("additionalOperations", Map(&Object(&OPERATION))).since(V3_2),
        may("servers", List(&Object(&SERVER))),
        may("parameters", List(&Referable(&PARAMETER))),
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
        may("parameters", List(&Referable(&PARAMETER))),
        may("requestBody", Referable(&REQUEST_BODY)),
        filled("responses", Object(&RESPONSES)).until(V3_0),
        blank("responses", Object(&RESPONSES)).since(V3_1),
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
        may("schema", Schema(&SCHEMA)),
        may("content", Map(&Object(&MEDIA_TYPE))),
        may("example", Any),
        may("examples", Map(&Aside(&EXAMPLE))),
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
        may("schema", Schema(&SCHEMA)),
        may("content", Map(&Object(&MEDIA_TYPE))),
        may("example", Any),
        may("examples", Map(&Aside(&EXAMPLE))),
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
        may("schema", Schema(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&Aside(&EXAMPLE))),
        may("encoding", Map(&Object(&ENCODING))),
        may("itemSchema", Schema(&SCHEMA)).since(V3_2),
        may("prefixEncoding", List(&Object(&ENCODING))).since(V3_2),
        may("itemEncoding", Object(&ENCODING)).since(V3_2),
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
        may("encoding", Map(&Object(&ENCODING))).since(V3_2),
        may("prefixEncoding", List(&Object(&ENCODING))).since(V3_2),
        may("itemEncoding", Object(&ENCODING)).since(V3_2),
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
        filled("description", Text).until(V3_1),
        blank("description", Text).since(V3_2),
        may("summary", Text).since(V3_2),
        may("headers", Map(&Referable(&HEADER))),
        may("content", Map(&Object(&MEDIA_TYPE))),
        may("links", Map(&Aside(&LINK))),
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
        may("dataValue", Any).since(V3_2),
        may("serializedValue", Text).since(V3_2),
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

static DISCRIMINATOR: Kind = Kind {
    name: "discriminator",
    members: &[
        must("propertyName", Text).until(V3_1),
        may("propertyName", Text).since(V3_2),
        may("mapping", Map(&Name(&Schema(&SCHEMA)))),
        may("defaultMapping", Name(&Schema(&SCHEMA))).since(V3_2).and_anywhere(),
    ],
    ..PLAIN
};
