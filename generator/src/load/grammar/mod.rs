//! The objects of OpenAPI as data: which members each has in which versions, and which shape each member has.
//!
//! A member that the specification requires says what becomes of an object without it: the member is filled in where
//! the rest still means something, else the object is given up.

mod content;
mod schema;
mod security;
mod swagger;

use self::{
    content::{EXAMPLE, HEADER, LINK, MEDIA_TYPE, PARAMETER, REQUEST_BODY, RESPONSE, RESPONSES},
    schema::SCHEMA,
    security::SECURITY_SCHEME,
};
use super::{
    rules,
    shape::{
        Kind, Others, PLAIN,
        Shape::{self, Aside, Flag, List, Map, Name, Object, Referable, Reference, Schema, Text},
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

/// The objects on which extensions mean something.
pub(super) static EXTENDED: [&Kind; 7] = [
    &swagger::DOCUMENT,
    &DOCUMENT,
    &OPERATION,
    &PARAMETER,
    &MEDIA_TYPE,
    &SCHEMA,
    &schema::XML,
];

/// Where an extension means something: each such object, with its article.
pub(super) fn homes_of(extension: &str) -> Vec<String> {
    let homes = EXTENDED.iter().filter(|kind| kind.extensions.contains(&extension));
    let mut homes: Vec<_> = homes.map(|kind| kind.with_article()).collect();
    homes.dedup();
    homes
}

static DOCUMENT: Kind = Kind {
    name: "document",
    members: &[
        must("openapi", Text),
        filled("info", Object(&INFO)),
        may("servers", List(&Object(&SERVER))),
        filled("paths", Object(&PATHS)).until(V3_0),
        blank("paths", Object(&PATHS)).since(V3_1),
        may("webhooks", Map(&Object(&PATH_ITEM))).since(V3_1).and_anywhere(),
        may("jsonSchemaDialect", Text).since(V3_1),
        may("$self", Text).since(V3_2),
        may("components", Object(&COMPONENTS)),
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
    ],
    rules: rules::earlier::DOCUMENT,
    ..PLAIN
};

const SECURITY: Shape = List(&Map(&List(&Text)));

/// What stands in for an object, and says more about its use here.
static REFERENCE: Kind = Kind {
    name: "reference",
    members: &[
        must("$ref", Text),
        may("summary", Text).since(V3_1).and_anywhere(),
        may("description", Text).since(V3_1).and_anywhere(),
    ],
    ..PLAIN
};

/// The same for objects that nothing could stand in for once.
static LATER_REFERENCE: Kind = Kind {
    name: "reference",
    members: &[
        must("$ref", Text).since(V3_2).and_anywhere(),
        may("summary", Text).since(V3_2).and_anywhere(),
        may("description", Text).since(V3_2).and_anywhere(),
    ],
    ..PLAIN
};

static INFO: Kind = Kind {
    name: "info object",
    members: &[
        filled("title", Text),
        may("summary", Text).since(V3_1).and_anywhere(),
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
        may("identifier", Text).since(V3_1).and_anywhere(),
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
        may("summary", Text).since(V3_2).and_anywhere(),
        may("parent", Text).since(V3_2).and_anywhere(),
        may("kind", Text).since(V3_2).and_anywhere(),
    ],
    ..PLAIN
};

static SERVER: Kind = Kind {
    name: "server",
    members: &[
        must("url", Text),
        may("name", Text).since(V3_2).and_anywhere(),
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
        may("responses", Map(&Referable(&RESPONSE, &REFERENCE))),
        may("parameters", Map(&Referable(&PARAMETER, &REFERENCE))),
        may("examples", Map(&Aside(&EXAMPLE, &REFERENCE))),
        may("requestBodies", Map(&Referable(&REQUEST_BODY, &REFERENCE))),
        may("headers", Map(&Referable(&HEADER, &REFERENCE))),
        may("securitySchemes", Map(&Referable(&SECURITY_SCHEME, &REFERENCE))),
        may("links", Map(&Referable(&LINK, &REFERENCE))),
        may("callbacks", Map(&Referable(&CALLBACK, &REFERENCE))),
        may("pathItems", Map(&Object(&PATH_ITEM))).since(V3_1).and_anywhere(),
        may("mediaTypes", Map(&Referable(&MEDIA_TYPE, &LATER_REFERENCE)))
            .since(V3_2)
            .and_anywhere(),
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

static PATH_ITEM: Kind = Kind {
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
        may("query", Object(&OPERATION)).since(V3_2).and_anywhere(),
        may("additionalOperations", Map(&Object(&OPERATION)))
            .since(V3_2)
            .and_anywhere(),
        may("servers", List(&Object(&SERVER))),
        may("parameters", List(&Referable(&PARAMETER, &REFERENCE))),
    ],
    rules: rules::PATH_ITEM,
    loss: Code::SkippedOperation,
    ..PLAIN
};

const OPERATION_EXTENSIONS: &[&str] = &[
    "x-batch",
    "x-idempotency-key",
    "x-idempotent",
    "x-pagination",
    "x-ms-pageable",
    "x-speakeasy-pagination",
    "x-fern-pagination",
    "x-dropshot-pagination",
    "x-rejected",
];

static OPERATION: Kind = Kind {
    name: "operation",
    members: &[
        may("tags", List(&Text)),
        may("summary", Text),
        may("description", Text),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
        may("operationId", Text),
        may("parameters", List(&Referable(&PARAMETER, &REFERENCE))),
        may("requestBody", Referable(&REQUEST_BODY, &REFERENCE)),
        filled("responses", Object(&RESPONSES)).until(V3_0),
        blank("responses", Object(&RESPONSES)).since(V3_1),
        may("callbacks", Map(&Referable(&CALLBACK, &REFERENCE))),
        may("deprecated", Flag),
        may("security", SECURITY),
        may("servers", List(&Object(&SERVER))),
    ],
    extensions: OPERATION_EXTENSIONS,
    rules: rules::earlier::OPERATION,
    loss: Code::SkippedOperation,
    ..PLAIN
};

static CALLBACK: Kind = Kind {
    name: "callback",
    others: Others::Entries(&Object(&PATH_ITEM)),
    ..PLAIN
};

static DISCRIMINATOR: Kind = Kind {
    name: "discriminator",
    members: &[
        must("propertyName", Text),
        may("mapping", Map(&Name(&Schema(&SCHEMA)))),
        may("defaultMapping", Name(&Schema(&SCHEMA))).since(V3_2).and_anywhere(),
    ],
    ..PLAIN
};
