//! Security schemes as data: which members each has.

use super::super::{
    rules,
    shape::{
        Arms, Kind, Member, PLAIN,
        Shape::{Keyword, Map, Object, Text},
        filled, may, must,
    },
};

pub(super) static SECURITY_SCHEME: Kind = Kind {
    name: "security scheme",
    members: &[
        must("type", Keyword(&["apiKey", "http", "oauth2", "openIdConnect"])),
        may("description", Text),
    ],
    rules: rules::SECURITY_SCHEME,
    arms: Some(Arms {
        by: "type",
        members: &[
            (
                "apiKey",
                &[must("name", Text), must("in", Keyword(&["query", "header", "cookie"]))],
            ),
            ("http", &[must("scheme", Text), may("bearerFormat", Text)]),
            ("oauth2", &[filled("flows", Object(&FLOWS))]),
            ("openIdConnect", &[filled("openIdConnectUrl", Text)]),
        ],
    }),
    ..PLAIN
};

static FLOWS: Kind = Kind {
    name: "flows object",
    members: &[
        may("implicit", Object(&AUTHORIZATION_FLOW)),
        may("password", Object(&TOKEN_FLOW)),
        may("clientCredentials", Object(&TOKEN_FLOW)),
        may("authorizationCode", Object(&CODE_FLOW)),
    ],
    blank: true,
    ..PLAIN
};

const AUTHORIZATION_URL: Member = filled("authorizationUrl", Text);
const TOKEN_URL: Member = filled("tokenUrl", Text);
const REFRESH_URL: Member = may("refreshUrl", Text);
const SCOPES: Member = filled("scopes", Map(&Text));

static AUTHORIZATION_FLOW: Kind = Kind {
    name: "flow",
    members: &[AUTHORIZATION_URL, may("tokenUrl", Text), REFRESH_URL, SCOPES],
    ..PLAIN
};

static TOKEN_FLOW: Kind = Kind {
    name: "flow",
    members: &[may("authorizationUrl", Text), TOKEN_URL, REFRESH_URL, SCOPES],
    ..PLAIN
};

static CODE_FLOW: Kind = Kind {
    name: "flow",
    members: &[AUTHORIZATION_URL, TOKEN_URL, REFRESH_URL, SCOPES],
    ..PLAIN
};
