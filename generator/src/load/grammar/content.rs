//! What is sent and what comes back, as data: parameters, bodies and responses, and what they are made of.

use super::{
    super::{
        rules,
        shape::{
            Arms, Either, Kind, Others, PLAIN,
            Shape::{self, Any, Aside, Flag, Keyword, LaterKeyword, List, Map, Object, Referable, Schema, Text},
            blank, filled, may, must,
        },
        version::Version::{V3_1, V3_2},
    },
    LATER_REFERENCE, REFERENCE, SERVER,
    schema::SCHEMA,
};

pub(super) static PARAMETER: Kind = Kind {
    name: "parameter",
    members: &[
        must("name", Text),
        must(
            "in",
            LaterKeyword(&["query", "header", "path", "cookie"], &[("querystring", V3_2)]),
        ),
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("allowEmptyValue", Flag),
        may("allowReserved", Flag),
        may("explode", Flag),
        may("schema", Schema(&SCHEMA)),
        may("content", Map(&MEDIA)),
        may("example", Any),
        may("examples", Map(&Aside(&EXAMPLE, &REFERENCE))),
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
            ("cookie", &[may("style", LaterKeyword(&["form"], &[("cookie", V3_2)]))]),
        ],
    }),
    either: SCHEMA_OR_CONTENT,
    rules: rules::earlier::PARAMETER,
    extensions: &["x-idempotency-key"],
    ..PLAIN
};

const SCHEMA_OR_CONTENT: Option<Either> = Some(Either {
    one: "schema",
    other: "content",
    fill: true,
});

pub(super) static HEADER: Kind = Kind {
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
        may("content", Map(&MEDIA)),
        may("example", Any),
        may("examples", Map(&Aside(&EXAMPLE, &REFERENCE))),
    ],
    either: SCHEMA_OR_CONTENT,
    rules: rules::earlier::HEADER,
    blank: true,
    ..PLAIN
};

pub(super) static REQUEST_BODY: Kind = Kind {
    name: "request body",
    members: &[
        may("description", Text),
        filled("content", Map(&MEDIA)),
        may("required", Flag),
    ],
    ..PLAIN
};

pub(super) static MEDIA_TYPE: Kind = Kind {
    name: "media type",
    members: &[
        may("schema", Schema(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&Aside(&EXAMPLE, &REFERENCE))),
        may("encoding", Map(&Object(&ENCODING))),
        may("itemSchema", Schema(&SCHEMA)).since(V3_2).and_anywhere(),
        may("prefixEncoding", List(&Object(&ENCODING)))
            .since(V3_2)
            .and_anywhere(),
        may("itemEncoding", Object(&ENCODING)).since(V3_2).and_anywhere(),
    ],
    extensions: &["x-sse"],
    blank: true,
    ..PLAIN
};

static ENCODING: Kind = Kind {
    name: "encoding",
    members: &[
        may("contentType", Text),
        may("headers", Map(&Referable(&HEADER, &REFERENCE))),
        may(
            "style",
            Keyword(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        may("explode", Flag),
        may("allowReserved", Flag),
        may("encoding", Map(&Object(&ENCODING))).since(V3_2).and_anywhere(),
        may("prefixEncoding", List(&Object(&ENCODING)))
            .since(V3_2)
            .and_anywhere(),
        may("itemEncoding", Object(&ENCODING)).since(V3_2).and_anywhere(),
    ],
    ..PLAIN
};

pub(super) static RESPONSES: Kind = Kind {
    name: "responses object",
    members: &[may("default", Referable(&RESPONSE, &REFERENCE))],
    others: Others::Statuses(&Referable(&RESPONSE, &REFERENCE)),
    blank: true,
    ..PLAIN
};

pub(super) static RESPONSE: Kind = Kind {
    name: "response",
    members: &[
        filled("description", Text).until(V3_1),
        blank("description", Text).since(V3_2),
        may("summary", Text).since(V3_2).and_anywhere(),
        may("headers", Map(&Referable(&HEADER, &REFERENCE))),
        may("content", Map(&MEDIA)),
        may("links", Map(&Referable(&LINK, &REFERENCE))),
    ],
    rules: rules::earlier::RESPONSE,
    blank: true,
    ..PLAIN
};

static MEDIA: Shape = Referable(&MEDIA_TYPE, &LATER_REFERENCE);

pub(super) static EXAMPLE: Kind = Kind {
    name: "example",
    members: &[
        may("summary", Text),
        may("description", Text),
        may("value", Any),
        may("dataValue", Any).since(V3_2).and_anywhere(),
        may("serializedValue", Text).since(V3_2).and_anywhere(),
        may("externalValue", Text),
    ],
    ..PLAIN
};

pub(super) static LINK: Kind = Kind {
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
