//! Security schemes and servers in, the names that the client has for them out.

use indexmap::IndexMap;

use super::{
    ServerNames, ValuesNames, VariableNames,
    ident::{Ident, TypeName},
    reserved::Namespace,
    scope::{Scope, Wish},
    words::words,
};
use crate::{
    ir::{SecurityScheme, Server, ServerVariable},
    manifest::{ClientEntry, plain},
};

/// The methods of the client's builder that set a credential, one for each security scheme.
pub(super) fn credentials(schemes: &[SecurityScheme], earlier: Option<&ClientEntry>) -> Vec<Ident> {
    let before = |scheme: &SecurityScheme| plain(earlier?.credentials.get(&scheme.name)?).into();
    let wish =
        |scheme: &SecurityScheme| Wish::wire(&scheme.name).keeping::<Ident>(before(scheme), Namespace::Credential);
    let wishes: Vec<Wish> = schemes.iter().map(wish).collect();
    Scope::default().settle(&wishes, Namespace::Credential)
}

/// The variants for the servers, and all that is inside them. They are called by their names, or else by their URLs:
/// descriptions change too easily.
pub(super) fn servers(servers: &[Server], earlier: Option<&ClientEntry>) -> Vec<ServerNames> {
    let before = |server: &Server| earlier?.servers.get(address(server)).map(String::as_str);
    let wish = |server: &Server| Wish::wire(address(server)).keeping::<TypeName>(before(server), Namespace::Variant);
    let wishes: Vec<Wish> = servers.iter().map(wish).collect();
    let variants: Vec<TypeName> = Scope::default().settle(&wishes, Namespace::Variant);
    let values = values(servers);
    variants
        .into_iter()
        .zip(servers)
        .map(|(variant, server)| {
            let wishes: Vec<Wish> = server
                .variables
                .iter()
                .map(|variable| Wish::wire(&variable.name))
                .collect();
            let fields = Scope::default().settle(&wishes, Namespace::Argument);
            let variables = fields.into_iter().zip(&server.variables).map(|(field, variable)| {
                let values = values.get(&Values::of(variable)).cloned();
                VariableNames { field, values }
            });
            let variables = variables.collect();
            ServerNames { variant, variables }
        })
        .collect()
}

/// What a server is called by.
pub(crate) fn address(server: &Server) -> &str {
    let url = server.url.as_str();
    let address = url.split_once("://").map_or(url, |(_, address)| address);
    server.name.as_deref().unwrap_or(address)
}

/// What makes a type: servers that have a variable with the same values share it.
#[derive(PartialEq, Eq, Hash)]
struct Values<'a> {
    variable: &'a str,
    values: &'a [String],
}

impl<'a> Values<'a> {
    fn of(variable: &'a ServerVariable) -> Self {
        Self {
            variable: &variable.name,
            values: &variable.values,
        }
    }
}

/// A type for the values of each variable that lists them.
fn values(servers: &[Server]) -> IndexMap<Values<'_>, ValuesNames> {
    let mut wishes: IndexMap<Values<'_>, Wish> = IndexMap::new();
    for server in servers {
        for variable in server.variables.iter().filter(|variable| !variable.values.is_empty()) {
            let short = [vec!["server".to_owned()], words(&variable.name)].concat();
            let long = [short.as_slice(), &words(address(server))].concat();
            let text = format!("{} {}", variable.name, variable.values.join(" "));
            let wish = Wish::words(text, vec![short, long]);
            wishes.entry(Values::of(variable)).or_insert(wish);
        }
    }
    let (keys, wishes): (Vec<_>, Vec<_>) = wishes.into_iter().unzip();
    let mut scope = Scope::default();
    scope.take("Server");
    let types: Vec<TypeName> = scope.settle(&wishes, Namespace::Api);
    let named = keys.into_iter().zip(types).map(|(key, ty)| {
        let wishes: Vec<Wish> = key.values.iter().map(|value| Wish::wire(value)).collect();
        let variants = Scope::default().settle(&wishes, Namespace::Variant);
        (key, ValuesNames { ty, variants })
    });
    named.collect()
}
