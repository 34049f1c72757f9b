//! Security schemes as data: which members each has.

use super::super::{
    rules,
    shape::{
        Arms, Kind, Member, PLAIN,
        Shape::{Flag, Keyword, LaterKeyword, Map, Object, Text},
        filled, may, must,
    },
    version::Version::{V3_1, V3_2},
};

pub(super) static SECURITY_SCHEME: Kind = Kind {
    name: "security scheme",
    members: &[
        must(
            "type",
            LaterKeyword(&["apiKey", "http", "oauth2", "openIdConnect"], &[("mutualTLS", V3_1)]),
        ),
        may("description", Text),
        may("deprecated", Flag).since(V3_2).and_anywhere(),
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
            (
                "oauth2",
                &[
                    filled("flows", Object(&FLOWS)),
                    may("oauth2MetadataUrl", Text).since(V3_2).and_anywhere(),
                ],
            ),
            ("openIdConnect", &[filled("openIdConnectUrl", Text)]),
            ("mutualTLS", &[]),
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
        may("authorizationCode", Object(&TOKEN_FLOW)),
        may("deviceAuthorization", Object(&DEVICE_FLOW))
            .since(V3_2)
            .and_anywhere(),
    ],
    blank: true,
    ..PLAIN
};

// Without what it needs no token is had by a flow, which is said where somebody uses it.
const AUTHORIZATION_URL: Member = may("authorizationUrl", Text);
const TOKEN_URL: Member = may("tokenUrl", Text);
const REFRESH_URL: Member = may("refreshUrl", Text);
const SCOPES: Member = filled("scopes", Map(&Text));

static AUTHORIZATION_FLOW: Kind = Kind {
    name: "flow",
    members: &[filled("authorizationUrl", Text), TOKEN_URL, REFRESH_URL, SCOPES],
    ..PLAIN
};

static TOKEN_FLOW: Kind = Kind {
    name: "flow",
    members: &[AUTHORIZATION_URL, TOKEN_URL, REFRESH_URL, SCOPES],
    ..PLAIN
};

static DEVICE_FLOW: Kind = Kind {
    name: "flow",
    members: &[may("deviceAuthorizationUrl", Text), TOKEN_URL, REFRESH_URL, SCOPES],
    ..PLAIN
};
