//! Servers in, base URLs with typed variables out.

use openapiv3::Server;

use super::{context::Lowering, docs};
use crate::{
    diagnostics::Code,
    ir::{self, Pointer, ServerVariable},
};

impl Lowering<'_> {
    /// Lowers the servers listed at `pointer`. One whose URL has a variable that is not described is left out.
    pub(super) fn lower_servers(&mut self, servers: &[Server], pointer: &Pointer) -> Vec<ir::Server> {
        let mut lowered = Vec::with_capacity(servers.len());
        for (index, server) in servers.iter().enumerate() {
            let place = pointer.item(index);
            let described = server.variables.iter().flatten();
            let variables: Vec<ServerVariable> = described
                .map(|(name, variable)| ServerVariable {
                    name: name.clone(),
                    default: variable.default.clone(),
                    values: variable.enumeration.clone(),
                    description: docs::text(variable.description.as_ref()),
                })
                .collect();
            let missing = names(&server.url).find(|name| variables.iter().all(|variable| variable.name != *name));
            if let Some(missing) = missing {
                let message = format!("the variable `{missing}` of the URL is not described; the server is left out");
                self.report(Code::WrongShape, &place.child("url"), message);
                continue;
            }
            let description = docs::text(server.description.as_ref());
            lowered.push(ir::Server {
                url: server.url.clone(),
                description,
                variables,
            });
        }
        lowered
    }
}

/// The names inside the braces of a URL template.
fn names(url: &str) -> impl Iterator<Item = &str> {
    url.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
}
