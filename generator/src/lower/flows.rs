//! What a document says of OAuth in, the ways to tokens out: as data, and a sentence each.

use serde_json::{Map, Value};

use super::{context::Lowering, docs};
use crate::ir::{Flow, FlowKind, Pointer};

/// The flows of OAuth 2, what each is called, and where its user is asked.
const FLOWS: [(&str, FlowKind, &str, &str); 5] = [
    ("implicit", FlowKind::Implicit, "Implicit", "authorizationUrl"),
    ("password", FlowKind::Password, "By password", "authorizationUrl"),
    (
        "clientCredentials",
        FlowKind::ClientCredentials,
        "By client credentials",
        "authorizationUrl",
    ),
    (
        "authorizationCode",
        FlowKind::AuthorizationCode,
        "By authorization code",
        "authorizationUrl",
    ),
    (
        "deviceAuthorization",
        FlowKind::Device,
        "By device",
        "deviceAuthorizationUrl",
    ),
];

impl Lowering<'_> {
    /// The flows of the scheme at `pointer`.
    pub(super) fn flows(&self, pointer: &Pointer) -> Vec<Flow> {
        let flows = pointer.child("flows");
        let mut found = Vec::new();
        for (name, kind, _, authorization) in FLOWS {
            let flow = flows.child(name);
            if self.document.value_at(&flow).is_none_or(|flow| !flow.is_object()) {
                continue;
            }
            let url = |name| docs::text(self.document.text_at(&flow.child(name)));
            let scopes = self.document.value_at(&flow.child("scopes")).and_then(Value::as_object);
            let scopes = scopes.into_iter().flat_map(Map::iter);
            found.push(Flow {
                kind,
                authorization_url: url(authorization).unwrap_or_default(),
                token_url: url("tokenUrl").unwrap_or_default(),
                refresh_url: url("refreshUrl"),
                scopes: scopes
                    .map(|(scope, docs)| (scope.clone(), docs.as_str().unwrap_or_default().trim().to_owned()))
                    .collect(),
            });
        }
        found
    }

    /// Where what the scheme at `pointer` takes is to be had, a sentence each.
    pub(super) fn token_sources(&self, pointer: &Pointer) -> Vec<String> {
        let text = |pointer: &Pointer, name| docs::text(self.document.text_at(&pointer.child(name)));
        let flows = pointer.child("flows");
        let mut sentences = Vec::new();
        for (name, kind, title, authorization) in FLOWS {
            let flow = flows.child(name);
            let parts = [
                text(&flow, authorization).map(|url| format!("authorization at `{url}`")),
                text(&flow, "tokenUrl").map(|url| format!("tokens at `{url}`")),
                text(&flow, "refreshUrl").map(|url| format!("fresh ones at `{url}`")),
                // No function goes through these ways, so that nothing else shows their scopes.
                (kind == FlowKind::Implicit || text(&flow, "tokenUrl").is_none())
                    .then(|| self.scope_names(&flow))
                    .flatten(),
            ];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            if !parts.is_empty() {
                sentences.push(format!("{title}: {}.", parts.join(", ")));
            }
        }
        for name in ["oauth2MetadataUrl", "openIdConnectUrl"] {
            sentences.extend(text(pointer, name).map(|url| format!("Described at `{url}`.")));
        }
        sentences
    }
    /// What a token of the flow at `pointer` may be asked to permit.
    fn scope_names(&self, pointer: &Pointer) -> Option<String> {
        let scopes = self.document.value_at(&pointer.child("scopes"))?.as_object()?;
        let names: Vec<String> = scopes.keys().map(|scope| format!("`{scope}`")).collect();
        (!names.is_empty()).then(|| format!("scopes {}", names.join(", ")))
    }
}
