//! Where the API is served: the default base URL, and a type for the choice where the document leaves one.

use indexmap::{IndexMap, IndexSet};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{
    Emitter,
    docs::{self, Text},
};
use crate::{
    ir::{Operation, Server, ServerVariable, is_placeholder},
    name::{Ident, ServerNames, TypeName, ValuesNames, VariableNames},
};

impl<'a> Emitter<'a> {
    /// The base URL when none is chosen; none where the document leaves it to its reader. In the place of a placeholder is
    /// the first server that is none and not the machine of whoever wrote it.
    pub(super) fn base_url(self) -> Option<String> {
        let first = self.first_server().filter(|server| !server.is_placeholder());
        let mut others = self.api.servers.iter();
        let is_real = |server: &&Server| server.default_url().starts_with("https://") && !server.is_placeholder();
        first.or_else(|| others.find(is_real)).map(Server::default_url)
    }

    /// The first server that clients may send to.
    pub(super) fn first_server(self) -> Option<&'a Server> {
        self.api.servers.iter().find(|server| server.is_callable())
    }

    /// Where only `operation` is served; empty where that is where the others are.
    pub(super) fn own_server(operation: &Operation) -> String {
        operation.servers.first().map(Server::default_url).unwrap_or_default()
    }

    /// The servers of single operations, but for those that are only paths.
    pub(super) fn own_servers(self) -> IndexSet<String> {
        let own = self.api.operations.iter().map(Self::own_server);
        own.filter(|url| !url.is_empty() && !url.starts_with('/')).collect()
    }

    /// The servers, where there is anything to choose.
    pub(super) fn servers(self) -> Option<TokenStream> {
        let offered: Vec<(&Server, &ServerNames)> = self.api.servers.iter().zip(&self.names.servers).collect();
        let has_choice = offered.len() > 1 || offered.iter().any(|(server, _)| !server.variables.is_empty());
        let (first, first_names) = offered.first().filter(|_| has_choice)?;
        let is_plain = first.variables.is_empty();
        // Nobody gets to a placeholder without having said so.
        let has_default = !first.is_placeholder();
        let variants = offered.iter().enumerate().map(|(index, (server, names))| {
            let is_default = has_default && is_plain && index == 0;
            variant(server, names, is_default)
        });
        // Servers of one URL may differ in what is said of them.
        let mut urls: IndexMap<Url<'_>, Vec<TokenStream>> = IndexMap::new();
        for (server, names) in &offered {
            urls.entry(url(server, names)).or_default().push(pattern(server, names));
        }
        let urls = urls.iter().map(|(url, patterns)| {
            let made = &url.text;
            if url.fields.is_empty() {
                quote!(#(#patterns)|* => #made.to_owned())
            } else {
                quote!(#(#patterns)|* => format!(#made))
            }
        });
        let derives = if is_plain && has_default {
            quote!(#[derive(Debug, Clone, PartialEq, Eq, Default)])
        } else {
            quote!(#[derive(Debug, Clone, PartialEq, Eq)])
        };
        let default = (has_default && !is_plain).then(|| default(first, first_names));
        let mut listed = IndexMap::new();
        for (server, names) in &offered {
            for (variable, names) in server.variables.iter().zip(&names.variables) {
                if let Some(names) = &names.values {
                    listed.entry(&names.ty).or_insert_with(|| values(variable, names));
                }
            }
        }
        let values = listed.into_values();
        Some(quote! {
            /// Where the API is served.
            #derives
            #[non_exhaustive]
            pub enum Server {
                #(#variants,)*
            }

            #default

            impl From<Server> for String {
                /// The base URL.
                fn from(server: Server) -> Self {
                    match server {
                        #(#urls,)*
                    }
                }
            }

            #(#values)*
        })
    }

    /// The method of the client's builder that chooses.
    pub(super) fn server_setter(self) -> Option<TokenStream> {
        self.servers().map(|_| {
            quote! {
                /// Where requests go, in place of the first server of the description. What it serves from elsewhere
                /// stays there.
                pub fn server(self, server: Server) -> Self {
                    self.described_server(server)
                }
            }
        })
    }
}

/// Where an operation is served that is served elsewhere than the rest, and what else there is to know of its servers.
pub(super) fn own_docs(operation: &Operation) -> Text {
    let own = Emitter::own_server(operation);
    let url = docs::code(&own);
    let served = Text::ours(if own.is_empty() {
        String::new()
    } else if own.starts_with('/') {
        format!("Served from {url} at the client's host.")
    } else {
        let told = "[`operation_server`](crate::ClientBuilder::operation_server) or \
                    [`base_url`](crate::ClientBuilder::base_url) of the client's builder";
        if is_placeholder(&own) {
            format!("Served from {url}, which is to be replaced by {told}: nothing is sent there.")
        } else {
            format!("Served from {url}, unless {told} says otherwise.")
        }
    });
    let is_told =
        |server: &Server| !server.variables.is_empty() || server.description.is_some() || server.name.is_some();
    if operation.servers.len() < 2 && !operation.servers.iter().any(is_told) {
        return served;
    }
    let listed = operation.servers.iter().fold(Text::default(), |text, server| {
        let variables = server.variables.iter().map(|variable| {
            let name = docs::code(&variable.name);
            let default = docs::code(&variable.default);
            let values: Vec<_> = variable.values.iter().map(|value| docs::code(value)).collect();
            let values = match values.as_slice() {
                [] => String::new(),
                values => format!("; one of {}", values.join(", ")),
            };
            Text::of_theirs(variable.description.as_ref())
                .and(Text::ours(format!("Variable {name}: {default} by default{values}.")))
        });
        let described = Text::of_theirs(server.name.as_ref()).and(Text::of_theirs(server.description.as_ref()));
        let described = variables.fold(described, Text::and);
        text.with_item(&docs::code(&server.url), Some(described))
    });
    served.and(Text::ours("Its servers:")).and(listed)
}

fn variant(server: &Server, names: &ServerNames, is_default: bool) -> TokenStream {
    let mark = is_default.then(|| quote!(#[default]));
    let described = Text::of_theirs(server.description.as_ref());
    let docs = Text::ours(docs::code(&server.url)).and(described).outer();
    let name = &names.variant;
    if server.variables.is_empty() {
        return quote!(#docs #mark #name);
    }
    let fields = server.variables.iter().zip(&names.variables).map(|(variable, names)| {
        let docs = variable_docs(variable, names).outer();
        let name = &names.field;
        let ty = names
            .values
            .as_ref()
            .map_or_else(|| quote!(String), |names| names.ty.to_token_stream());
        quote!(#docs #name: #ty)
    });
    quote!(#docs #name { #(#fields,)* })
}

fn variable_docs(variable: &ServerVariable, names: &VariableNames) -> Text {
    let described = Text::of_theirs(variable.description.as_ref());
    let default = match known(variable, names) {
        Some((names, variant)) => format!("Default: [`{variant}`]({}::{variant}).", names.ty),
        None => format!("Default: {}.", docs::code(&variable.default)),
    };
    described
        .or(format!("The variable {}.", docs::code(&variable.name)))
        .and(Text::ours(default))
}

/// The variant that is the default.
fn known<'n>(variable: &ServerVariable, names: &'n VariableNames) -> Option<(&'n ValuesNames, &'n TypeName)> {
    let names = names.values.as_ref()?;
    let index = variable.values.iter().position(|value| *value == variable.default)?;
    Some((names, names.variants.get(index)?))
}

fn default(server: &Server, names: &ServerNames) -> TokenStream {
    let name = &names.variant;
    let fields = server.variables.iter().zip(&names.variables).map(|(variable, names)| {
        let name = &names.field;
        let default = &variable.default;
        match (known(variable, names), &names.values) {
            (Some((ValuesNames { ty, .. }, variant)), _) => quote!(#name: #ty::#variant),
            (None, Some(ValuesNames { ty, .. })) => quote!(#name: #ty::Unknown(#default.to_owned())),
            (None, None) => quote!(#name: #default.to_owned()),
        }
    });
    quote! {
        impl Default for Server {
            fn default() -> Self {
                Self::#name { #(#fields,)* }
            }
        }
    }
}

/// A base URL: the text of a `format!` where it has fields.
#[derive(PartialEq, Eq, Hash)]
struct Url<'n> {
    text: String,
    fields: Vec<(&'n Ident, Option<&'n TypeName>)>,
}

fn url<'n>(server: &Server, names: &'n ServerNames) -> Url<'n> {
    let fields = names.variables.iter().map(|names| {
        let ty = names.values.as_ref().map(|values| &values.ty);
        (&names.field, ty)
    });
    let fields: Vec<_> = fields.collect();
    let text = if fields.is_empty() {
        server.url.clone()
    } else {
        let names = fields.iter().map(|(name, _)| *name);
        let variables: Vec<(&ServerVariable, &Ident)> = server.variables.iter().zip(names).collect();
        format_string(&server.url, &variables)
    };
    Url { text, fields }
}

fn pattern(server: &Server, names: &ServerNames) -> TokenStream {
    let name = &names.variant;
    if server.variables.is_empty() {
        return quote!(Server::#name);
    }
    let fields = names.variables.iter().map(|names| &names.field);
    quote!(Server::#name { #(#fields),* })
}

/// The type of a variable whose values are listed.
fn values(variable: &ServerVariable, names: &ValuesNames) -> TokenStream {
    let docs = Text::ours(format!(
        "A value of the variable {} of a [`Server`].",
        docs::code(&variable.name)
    ))
    .outer();
    let ValuesNames { ty, variants } = names;
    let texts = &variable.values;
    let described = texts.iter().map(|text| Text::ours(docs::code(text)).outer());
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #ty {
            #(#described #variants,)*
            /// A value that the description does not name.
            Unknown(String),
        }

        open_enum! {
            #ty: str { #(#variants = #texts,)* }
        }
    }
}

/// The URL as the text of a `format!`, with the fields in place of the variables.
fn format_string(url: &str, variables: &[(&ServerVariable, &Ident)]) -> String {
    let plain = url.replace('{', "{{").replace('}', "}}");
    variables.iter().fold(plain, |url, (variable, name)| {
        let place = format!("{{{{{}}}}}", variable.name.replace('{', "{{").replace('}', "}}"));
        url.replace(&place, &format!("{{{}}}", name.as_str()))
    })
}
