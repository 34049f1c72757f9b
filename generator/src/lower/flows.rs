//! What a document says of OAuth in, the ways to tokens out: as data, and a sentence each.

use serde_json::{Map, Value};

use super::{context::Lowering, docs};
use crate::{
    diagnostics::Code,
    ir::{Flow, FlowKind, Pointer, is_placeholder},
};

/// The flows of OAuth 2, what each is called, and where its user is asked.
const FLOWS: [(&str, FlowKind, &str); 5] = [
    ("implicit", FlowKind::Implicit, "authorizationUrl"),
    ("password", FlowKind::Password, "authorizationUrl"),
    ("clientCredentials", FlowKind::ClientCredentials, "authorizationUrl"),
    ("authorizationCode", FlowKind::AuthorizationCode, "authorizationUrl"),
    ("deviceAuthorization", FlowKind::Device, "deviceAuthorizationUrl"),
];

impl Lowering<'_> {
    /// The flows of the scheme at `pointer`.
    pub(super) fn flows(&mut self, pointer: &Pointer) -> Vec<Flow> {
        let flows = pointer.child("flows");
        let mut found = Vec::new();
        for (name, kind, authorization) in FLOWS {
            let flow = flows.child(name);
            if self.document.value_at(&flow).is_none_or(|flow| !flow.is_object()) {
                continue;
            }
            // No function goes through `implicit`.
            let needs_user = matches!(kind, FlowKind::AuthorizationCode | FlowKind::Device);
            let authorization_url = self.url_of_flow(name, &flow, authorization, needs_user);
            let token_url = self.url_of_flow(name, &flow, "tokenUrl", kind != FlowKind::Implicit);
            let refresh_url = self.url_of_flow(name, &flow, "refreshUrl", false);
            let scopes = self.document.value_at(&flow.child("scopes")).and_then(Value::as_object);
            let scopes = scopes.into_iter().flat_map(Map::iter);
            found.push(Flow {
                kind,
                authorization_url: authorization_url.unwrap_or_default(),
                token_url: token_url.unwrap_or_default(),
                refresh_url,
                scopes: scopes
                    .map(|(scope, docs)| (scope.clone(), docs.as_str().unwrap_or_default().trim().to_owned()))
                    .collect(),
            });
        }
        found
    }

    /// The URL that a flow has under a name. One that is relative is the client's to resolve; one that is none is said.
    fn url_of_flow(&mut self, kind: &str, flow: &Pointer, name: &str, is_needed: bool) -> Option<String> {
        let place = flow.child(name);
        let text = docs::text(self.document.text_at(&place));
        match text.filter(|text| !text.is_empty()) {
            Some(text) if is_placeholder(&text) => {
                let message = format!("`{text}` is at a host that is to be replaced; nothing is had from it");
                self.report(Code::UnsupportedSecurity, &place, message);
                None
            }
            Some(text) if is_url(&text) => Some(text),
            Some(text) => {
                let message = format!("`{text}` is no URL of HTTP; nothing is had from it");
                self.report(Code::UnsupportedSecurity, &place, message);
                None
            }
            None if is_needed => {
                let message = format!("the flow `{kind}` has no `{name}`; no token is had by it");
                let place = if self.document.value_at(&place).is_some() {
                    &place
                } else {
                    flow
                };
                self.report(Code::UnsupportedSecurity, place, message);
                None
            }
            None => None,
        }
    }

    /// Where what the scheme at `pointer` takes is to be had, a sentence each.
    pub(super) fn token_sources(&self, pointer: &Pointer, flows: &[Flow]) -> Vec<String> {
        let described = ["oauth2MetadataUrl", "openIdConnectUrl"].into_iter();
        let described = described.filter_map(|name| docs::text(self.document.text_at(&pointer.child(name))));
        let described = described.map(|url| format!("Described at `{url}`."));
        flows.iter().filter_map(sources).chain(described).collect()
    }
}

/// Whether a text is a URL of HTTP, or one that is relative to such.
fn is_url(text: &str) -> bool {
    let is_no_part = |char: char| char.is_whitespace() || char.is_control() || "<>\"{}|\\^`".contains(char);
    let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    let has_host = |scheme: &str| {
        let rest = &text[scheme.len() + "://".len()..];
        ["http", "https"].contains(&scheme) && !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':'])
    };
    !text.contains(is_no_part) && scheme.is_none_or(|scheme| has_host(&scheme))
}

/// Where tokens of a flow are to be had.
fn sources(flow: &Flow) -> Option<String> {
    let title = match flow.kind {
        FlowKind::Implicit => "Implicit",
        FlowKind::Password => "By password",
        FlowKind::ClientCredentials => "By client credentials",
        FlowKind::AuthorizationCode => "By authorization code",
        FlowKind::Device => "By device",
    };
    let url = |what: &str, url: &str| (!url.is_empty()).then(|| format!("{what} at `{url}`"));
    // No function goes through these ways, so that nothing else shows their scopes.
    let is_shown = flow.kind == FlowKind::Implicit || flow.token_url.is_empty();
    let scopes: Vec<String> = flow.scopes.iter().map(|(scope, _)| format!("`{scope}`")).collect();
    let parts = [
        url("authorization", &flow.authorization_url),
        url("tokens", &flow.token_url),
        url("fresh ones", flow.refresh_url.as_deref().unwrap_or_default()),
        (is_shown && !scopes.is_empty()).then(|| format!("scopes {}", scopes.join(", "))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("{title}: {}.", parts.join(", ")))
}
