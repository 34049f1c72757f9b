//! `host`, `basePath` and `schemes` in, servers out.

use serde_json::{Map, Value, json};

use super::Translation;
use crate::{diagnostics::Code, ir::Pointer};

/// What a URL is made of, but for its scheme.
struct Address<'s> {
    host: &'s str,
    path: String,
}

impl<'s> Translation<'s> {
    /// The servers of the document. Without a host it is served where the document is, which only its path can tell.
    pub(super) fn servers(&mut self) -> Value {
        let root = Pointer::root();
        if let Some(host) = self.source.get("x-ms-parameterized-host").and_then(Value::as_object) {
            return self.parameterized(host);
        }
        let here = root.child("servers");
        let base = self.base();
        let servers = match self.address() {
            Some(address) => self.of_schemes(self.source, &root, &address, &here),
            None if base.is_empty() => Vec::new(),
            None => {
                self.places.stands_for(here.item(0), root.child("basePath"));
                self.places
                    .stands_for(here.item(0).child("url"), root.child("basePath"));
                vec![json!({ "url": base })]
            }
        };
        Value::Array(servers)
    }

    /// The servers of an operation that has schemes of its own; `here` is where they go.
    pub(super) fn own_servers(&mut self, operation: &'s Value, place: &Pointer, here: &Pointer) -> Option<Value> {
        operation.get("schemes")?;
        let address = self.address()?;
        let servers = self.of_schemes(operation, place, &address, here);
        Some(Value::Array(servers))
    }

    fn address(&self) -> Option<Address<'s>> {
        let host = self.source.get("host").and_then(Value::as_str)?;
        let host = host.trim();
        (!host.is_empty()).then(|| Address {
            host,
            path: self.base(),
        })
    }

    /// The path that all paths follow, without a slash at its end.
    fn base(&self) -> String {
        let path = self.source.get("basePath").and_then(Value::as_str);
        let path = path.unwrap_or_default().trim().trim_matches('/');
        if path.is_empty() {
            String::new()
        } else {
            format!("/{path}")
        }
    }

    /// A server for each of the schemes that `holder`, which stands at `place`, lists; one with encryption where it lists none.
    fn of_schemes(&mut self, holder: &'s Value, place: &Pointer, address: &Address<'_>, here: &Pointer) -> Vec<Value> {
        let list = place.child("schemes");
        let schemes = holder.get("schemes").and_then(Value::as_array);
        let schemes = schemes.filter(|schemes| !schemes.is_empty());
        let schemes: Vec<(&str, Pointer)> = match schemes {
            None => vec![("https", Pointer::root().child("host"))],
            Some(schemes) => schemes
                .iter()
                .enumerate()
                .filter_map(|(index, scheme)| Some((scheme.as_str()?, list.item(index))))
                .collect(),
        };
        let mut servers = Vec::new();
        let (usable, others): (Vec<_>, Vec<_>) =
            schemes.into_iter().partition(|(scheme, _)| scheme.starts_with("http"));
        if usable.is_empty() {
            for (scheme, place) in &others {
                let message = format!("a client of HTTP does not speak `{scheme}`; the server is left out");
                self.report(Code::UnusableServer, place, message);
            }
        }
        for (scheme, place) in usable {
            let home = here.item(servers.len());
            self.places.stands_for(home.child("url"), place.clone());
            self.places.stands_for(home, place);
            servers.push(json!({ "url": format!("{scheme}://{}{}", address.host, address.path) }));
        }
        servers
    }

    /// A host with variables: an extension of Azure's.
    fn parameterized(&mut self, extension: &'s Map<String, Value>) -> Value {
        let place = Pointer::root().child("x-ms-parameterized-host");
        let home = Pointer::root().child("servers").item(0);
        let template = extension
            .get("hostTemplate")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let scheme = match extension.get("useSchemePrefix") {
            Some(Value::Bool(false)) => "",
            _ => "https://",
        };
        let mut variables = Map::new();
        let list = place.child("parameters");
        let nodes = extension.get("parameters").and_then(Value::as_array);
        for (index, node) in nodes.into_iter().flatten().enumerate() {
            let Some((members, end)) = self.end(node, &list.item(index)) else {
                continue;
            };
            // A shared parameter was repaired, and has a schema; one that is written here has not.
            let described = members.get("schema").and_then(Value::as_object).unwrap_or(members);
            let name = members.get("name").and_then(Value::as_str).unwrap_or_default();
            let values: Vec<&Value> = described
                .get("enum")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .collect();
            let default = described.get("default").or(values.first().copied());
            let Some(default) = default.and_then(Value::as_str) else {
                let message = format!("the variable `{name}` of the host has no default; the server is left out");
                self.report(Code::UnusableServer, &end, message);
                return Value::Array(Vec::new());
            };
            let mut variable = Map::new();
            variable.insert("default".to_owned(), json!(default));
            if !values.is_empty() && values.iter().all(|value| value.is_string()) {
                variable.insert("enum".to_owned(), json!(values));
            }
            if let Some(description) = members.get("description").filter(|text| text.is_string()) {
                variable.insert("description".to_owned(), description.clone());
            }
            self.places.stands_for(home.child("variables").child(name), end);
            variables.insert(name.to_owned(), Value::Object(variable));
        }
        self.places.stands_for(home.child("url"), place.child("hostTemplate"));
        self.places.stands_for(home, place);
        let url = format!("{scheme}{template}{}", self.base());
        json!([{ "url": url, "variables": variables }])
    }
}
