//! `securityDefinitions` in, security schemes out.

use serde_json::{Map, Value, json};

use super::{Translation, members};
use crate::ir::Pointer;

/// The flows of OAuth, each with the name that it has now.
const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

impl Translation<'_> {
    pub(super) fn security_schemes(&mut self, home: &Pointer) -> Map<String, Value> {
        let mut schemes = Map::new();
        let folder = Pointer::root().child("securityDefinitions");
        for (name, definition) in members(self.source.get("securityDefinitions")) {
            let (home, source) = (home.child(name), folder.child(name));
            let scheme = scheme(definition);
            // What a flow has now stood in the scheme itself.
            for (flow, _) in members(scheme.get("flows")) {
                let flows = home.child("flows");
                self.places.stands_for(flows.child(flow), source.clone());
                self.places.stands_for(flows, source.clone());
            }
            self.places.moved(home, source);
            schemes.insert(name.to_owned(), scheme);
        }
        self.places.stands_for(home.clone(), folder);
        schemes
    }
}

fn scheme(definition: &Value) -> Value {
    let kind = definition.get("type").and_then(Value::as_str);
    let mut scheme = Map::new();
    let mut flow = Map::new();
    for (name, value) in members(Some(definition)) {
        match (kind, name) {
            (Some("oauth2"), "authorizationUrl" | "tokenUrl" | "scopes") => &mut flow,
            _ => &mut scheme,
        }
        .insert(name.to_owned(), value.clone());
    }
    match kind {
        Some("basic") => {
            scheme.insert("type".to_owned(), json!("http"));
            scheme.insert("scheme".to_owned(), json!("basic"));
        }
        Some("oauth2") => {
            let old = scheme.shift_remove("flow");
            let known = FLOWS
                .iter()
                .find(|(name, _)| old.as_ref().is_some_and(|old| old == name));
            let flows = known.map(|(_, name)| ((*name).to_owned(), Value::Object(flow)));
            scheme.insert("flows".to_owned(), Value::Object(flows.into_iter().collect()));
        }
        Some(_) | None => {}
    }
    Value::Object(scheme)
}
