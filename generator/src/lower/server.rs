//! Servers in, base URLs with typed variables out.

use indexmap::IndexSet;
use openapiv3::Server;

use super::{context::Lowering, docs};
use crate::{
    diagnostics::Code,
    ir::{self, Pointer, ServerVariable},
    load,
};

const HINT: &str = "hand an `https` address to the client's builder: `base_url`";

const HINT_OF_HTTP: &str = "hand an `https` address to the client's builder: `base_url`; or this one, and trust its host with requests in \
                            the clear: `allow_http`";

impl Lowering<'_> {
    /// Lowers the servers of the API. Those that a client could not call are left out.
    pub(super) fn lower_servers(&mut self, pointer: &Pointer) -> Vec<ir::Server> {
        let mut lowered = self.usable_servers(pointer);
        lowered.retain(|(server, place)| {
            let is_path = server.url.starts_with('/');
            let written = self.document.text_at(place).unwrap_or_default();
            let shown = if written.is_empty() {
                "an empty URL".to_owned()
            } else {
                format!("`{written}`")
            };
            // What the specification assumes where there is no server says nothing of one.
            if is_path && written != "/" {
                let message = format!(
                    "{shown} is relative to where the document is served, which is not known; the server is left out"
                );
                self.report_with_hint(Code::UnusableServer, place, message, HINT);
            }
            !is_path
        });
        lowered.into_iter().map(|(server, _)| server).collect()
    }

    /// Lowers the servers of one operation. None are left where the operation is served where the rest of the API is too:
    /// it follows the client's choice.
    pub(super) fn lower_own_servers(&mut self, pointer: &Pointer, all: &[ir::Server]) -> Vec<ir::Server> {
        let own = self.usable_servers(pointer);
        let address = |server: &ir::Server| server.default_url().trim_end_matches('/').to_owned();
        let default = all.first().map(address);
        if own.iter().any(|(server, _)| Some(address(server)) == default) {
            let is_new = |server: &ir::Server| all.iter().all(|known| address(known) != address(server));
            let others = own.iter().filter(|(server, _)| is_new(server));
            for (server, place) in others {
                let message = format!(
                    "the operation is served where the rest of the API is; `{}`, where it is served too, is left out",
                    server.url
                );
                self.report(Code::UnusableServer, place, message);
            }
            return Vec::new();
        }
        let host = all.first().and_then(|server| split(&server.url)).map(|(host, _)| host);
        own.into_iter()
            .map(|(server, _)| match split(&server.url) {
                // Whatever the variables in it: it goes where the client goes.
                Some((own, path)) if Some(own) == host => ir::Server {
                    url: format!("/{path}"),
                    ..server
                },
                Some(_) | None => server,
            })
            .collect()
    }

    /// The servers listed at `pointer`, each with the place of its URL, but for those that a client would refuse: with a
    /// variable that nobody describes, or without encryption.
    fn usable_servers(&mut self, pointer: &Pointer) -> Vec<(ir::Server, Pointer)> {
        let servers: Vec<Server> = self.document.typed_at(pointer).unwrap_or_default();
        let mut usable = Vec::with_capacity(servers.len());
        for (index, server) in servers.iter().enumerate() {
            let place = pointer.item(index).child("url");
            let described = server.variables.iter().flatten();
            let variables: Vec<ServerVariable> = described
                .map(|(name, variable)| ServerVariable {
                    name: name.clone(),
                    default: variable.default.clone(),
                    values: each_once(&variable.enumeration),
                    description: docs::text(variable.description.as_ref()),
                })
                .collect();
            let missing = names(&server.url).find(|name| variables.iter().all(|variable| variable.name != *name));
            if let Some(missing) = missing {
                let message = format!("the variable `{missing}` of the URL is not described; the server is left out");
                let meant = load::nearest(missing, variables.iter().map(|variable| variable.name.as_str()));
                self.report_mistaken(Code::PathTemplate, &place, message, meant);
                continue;
            }
            let (variables, unused): (Vec<_>, Vec<_>) = variables
                .into_iter()
                .partition(|variable| names(&server.url).any(|name| name == variable.name));
            for ServerVariable { name, .. } in unused {
                let place = pointer.item(index).child("variables").child(&name);
                let message = format!("the URL does not name the variable `{name}`, which is left out");
                self.report(Code::PathTemplate, &place, message);
            }
            let description = docs::text(server.description.as_ref());
            let lowered = ir::Server {
                name: docs::text(self.document.text_at(&pointer.item(index).child("name"))),
                url: absolute(&server.url, &variables),
                description,
                variables,
            };
            if let Some(why) = no_base(&server.url, &lowered.default_url()) {
                let message = format!("`{}` {why}; the server is left out", server.url);
                self.report_with_hint(Code::UnusableServer, &place, message, HINT);
                continue;
            }
            for variable in &lowered.variables {
                let place = pointer
                    .item(index)
                    .child("variables")
                    .child(&variable.name)
                    .child("default");
                self.note_unlisted(variable, &place);
            }
            match server.url.strip_prefix("http://") {
                Some(rest) if !lowered.is_callable() => {
                    let twin = format!("https://{rest}");
                    if servers.iter().all(|other| absolute(&other.url, &[]) != twin) {
                        let message = format!("`{}` is not `https`; the server is left out", server.url);
                        self.report_with_hint(Code::UnusableServer, &place, message, HINT_OF_HTTP);
                    }
                }
                Some(_) | None => usable.push((lowered, place)),
            }
        }
        usable
    }
}

impl Lowering<'_> {
    /// Says where a variable has a default that it does not list. It is what the document says all the same.
    fn note_unlisted(&mut self, variable: &ServerVariable, place: &Pointer) {
        let ServerVariable {
            name, default, values, ..
        } = variable;
        if !values.is_empty() && !values.contains(default) {
            let message =
                format!("the variable `{name}` is `{default}` by default, which is none of its values; it is sent so");
            self.report(Code::UnlistedDefault, place, message);
        }
    }
}

/// Why a URL, as it is written and with the defaults of its variables, is none that paths can follow.
fn no_base(written: &str, url: &str) -> Option<&'static str> {
    let scheme = written.split_once("://").map(|(scheme, _)| scheme);
    let is_known = |scheme: &str| scheme.contains('{') || ["http", "https"].contains(&scheme);
    let (host, path) = split(url).unwrap_or(("", url));
    let authority = host.split_once("://").map(|(_, authority)| authority);
    let ends =
        |char: char| char.is_whitespace() || char.is_control() || matches!(char, '<' | '>' | '"' | '\\' | '^' | '|');
    if scheme.is_some_and(|scheme| !is_known(scheme)) {
        Some("is not reached by HTTP")
    } else if host.contains(['?', '#']) || path.contains(['?', '#']) {
        Some("has a query or a fragment, behind which no path can stand")
    } else if authority.is_some_and(|authority| authority.contains('@')) {
        Some("names a user, who is a credential of the caller's")
    } else if authority == Some("") || host.contains(ends) {
        Some("has no host")
    } else if !has_a_port(url) {
        Some("names a port that there is not")
    } else {
        None
    }
}

/// The URL as one that says where it begins: with a scheme, or with the slash of a path.
fn absolute(url: &str, variables: &[ServerVariable]) -> String {
    let starts_with_variable = variables.iter().any(|variable| {
        let default = variable.default.as_str();
        (default.contains("://") || url.contains("://")) && url.starts_with(&format!("{{{}}}", variable.name))
    });
    if let Some(rest) = url.strip_prefix("//") {
        format!("https://{rest}")
    } else if starts_with_variable || url.starts_with("https://") || url.starts_with("http://") || url.starts_with('/')
    {
        url.to_owned()
    } else {
        format!("/{}", url.strip_prefix("./").unwrap_or(url))
    }
}

/// The template of a URL's scheme and host, and that of its path without the slash at the start.
fn split(url: &str) -> Option<(&str, &str)> {
    let host = url.find("://")? + "://".len();
    let end = url[host..].find('/').map_or(url.len(), |end| host + end);
    Some((&url[..end], url[end..].trim_start_matches('/')))
}

/// Whether a port that `url` names is one.
fn has_a_port(url: &str) -> bool {
    let Some((host, _)) = split(url) else { return true };
    let authority = host.rsplit('/').next().unwrap_or_default();
    // The colons of an address of IPv6 stand in brackets.
    let port = authority.rsplit([']', '@']).next().and_then(|end| end.split_once(':'));
    port.is_none_or(|(_, port)| port.is_empty() || port.parse::<u16>().is_ok())
}

fn each_once(values: &[String]) -> Vec<String> {
    values.iter().collect::<IndexSet<_>>().into_iter().cloned().collect()
}

/// The names inside the braces of a URL template.
fn names(url: &str) -> impl Iterator<Item = &str> {
    url.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
}
