//! Where the API is served: the default base URL, and a type for the choice where the document leaves one.

use indexmap::{IndexMap, IndexSet};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{
    Emitter,
    docs::{self, Text},
};
use crate::{
    ir::{Operation, Server, ServerVariable},
    name::{Ident, ServerNames, TypeName, ValuesNames, VariableNames},
};

impl<'a> Emitter<'a> {
    /// The base URL when none is chosen; none where the document leaves it to its reader.
    pub(super) fn base_url(self) -> Option<String> {
        let server = self.first_server().filter(|server| !server.is_placeholder());
        server.map(Server::default_url)
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
        let variants = offered.iter().enumerate().map(|(index, (server, names))| {
            let is_default = is_plain && index == 0;
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
        let derives = if is_plain {
            quote!(#[derive(Debug, Clone, PartialEq, Eq, Default)])
        } else {
            quote!(#[derive(Debug, Clone, PartialEq, Eq)])
        };
        let default = (!is_plain).then(|| default(first, first_names));
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

fn variant(server: &Server, names: &ServerNames, is_default: bool) -> TokenStream {
    let mark = is_default.then(|| quote!(#[default]));
    let described = server.description.as_deref().map(Text::theirs).unwrap_or_default();
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
    let described = variable.description.as_deref().map(Text::theirs).unwrap_or_default();
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
