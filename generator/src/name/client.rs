//! Security schemes and servers in, the names that the client has for them out.

use super::{
    ServerNames,
    ident::{Ident, TypeName},
    reserved::Namespace,
    scope::{Scope, Wish},
};
use crate::ir::{SecurityScheme, Server};

/// The methods of the client's builder that set a credential, one for each security scheme.
pub(super) fn credentials(schemes: &[SecurityScheme]) -> Vec<Ident> {
    let wishes: Vec<Wish> = schemes.iter().map(|scheme| Wish::wire(&scheme.name)).collect();
    Scope::default().settle(&wishes, Namespace::Credential)
}

/// The variants for the servers. They are called by their URLs: descriptions change too easily.
pub(super) fn servers(servers: &[Server]) -> Vec<ServerNames> {
    let wishes: Vec<Wish> = servers
        .iter()
        .map(|server| {
            let address = server
                .url
                .split_once("://")
                .map_or(server.url.as_str(), |(_, address)| address);
            Wish::wire(address)
        })
        .collect();
    let variants: Vec<TypeName> = Scope::default().settle(&wishes, Namespace::Variant);
    variants
        .into_iter()
        .zip(servers)
        .map(|(variant, server)| {
            let wishes: Vec<Wish> = server
                .variables
                .iter()
                .map(|variable| Wish::wire(&variable.name))
                .collect();
            let variables = Scope::default().settle(&wishes, Namespace::Argument);
            ServerNames { variant, variables }
        })
        .collect()
}
