//! Where the API is served: the default base URL, and a type for the choice where the document leaves one.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Emitter,
    docs::{self, Text},
};
use crate::{
    ir::{Server, ServerVariable},
    name::{Ident, ServerNames},
};

impl<'a> Emitter<'a> {
    /// The base URL when none is chosen; none where the document leaves it to its reader.
    pub(super) fn base_url(self) -> Option<String> {
        let server = self.api.servers.first()?;
        let default =
            |url: String, variable: &ServerVariable| url.replace(&format!("{{{}}}", variable.name), &variable.default);
        Some(server.variables.iter().fold(server.url.clone(), default)).filter(|url| is_absolute(url))
    }

    /// The servers, where there is anything to choose.
    pub(super) fn servers(self) -> Option<TokenStream> {
        let offered: Vec<(&Server, &ServerNames)> = self.offered().collect();
        let has_choice = offered.len() > 1 || offered.iter().any(|(server, _)| !server.variables.is_empty());
        let (first, first_names) = offered.first().filter(|_| has_choice)?;
        let variants = offered.iter().map(|(server, names)| variant(server, names));
        let urls = offered.iter().map(|(server, names)| url(server, names));
        let default = default(first, first_names);
        Some(quote! {
            /// Where the API is served.
            #[derive(Debug, Clone, PartialEq, Eq)]
            #[non_exhaustive]
            pub enum Server {
                #(#variants,)*
            }

            impl Default for Server {
                fn default() -> Self {
                    #default
                }
            }

            impl From<Server> for String {
                /// The base URL.
                fn from(server: Server) -> Self {
                    match server {
                        #(#urls,)*
                    }
                }
            }
        })
    }

    /// The method of the client's builder that chooses.
    pub(super) fn server_setter(self) -> Option<TokenStream> {
        self.servers().map(|_| {
            quote! {
                /// Where requests go, in place of the first server of the description.
                pub fn server(self, server: Server) -> Self {
                    self.base_url(server)
                }
            }
        })
    }

    /// The servers that are somewhere: a document may also mean the place that it was loaded from.
    fn offered(self) -> impl Iterator<Item = (&'a Server, &'a ServerNames)> {
        let servers = self.api.servers.iter().zip(&self.names.servers);
        servers.filter(|(server, _)| is_absolute(&server.url))
    }
}

fn variant(server: &Server, names: &ServerNames) -> TokenStream {
    let described = server.description.as_deref().map(Text::theirs).unwrap_or_default();
    let docs = Text::ours(docs::code(&server.url)).and(described).outer();
    let name = &names.variant;
    if server.variables.is_empty() {
        return quote!(#docs #name);
    }
    let fields = server.variables.iter().zip(&names.variables).map(|(variable, name)| {
        let docs = variable_docs(variable).outer();
        quote!(#docs #name: String)
    });
    quote!(#docs #name { #(#fields,)* })
}

fn variable_docs(variable: &ServerVariable) -> Text {
    let described = variable.description.as_deref().map(Text::theirs).unwrap_or_default();
    let values: Vec<String> = variable.values.iter().map(|value| docs::code(value)).collect();
    let values = (!values.is_empty()).then(|| Text::ours(format!("One of {}.", values.join(", "))));
    described
        .or(format!("The variable {}.", docs::code(&variable.name)))
        .and(values.unwrap_or_default())
        .and(Text::ours(format!("Default: {}.", docs::code(&variable.default))))
}

fn default(server: &Server, names: &ServerNames) -> TokenStream {
    let name = &names.variant;
    if server.variables.is_empty() {
        return quote!(Self::#name);
    }
    let fields = server.variables.iter().zip(&names.variables).map(|(variable, name)| {
        let default = &variable.default;
        quote!(#name: #default.to_owned())
    });
    quote!(Self::#name { #(#fields,)* })
}

/// The arm that makes the base URL.
fn url(server: &Server, names: &ServerNames) -> TokenStream {
    let name = &names.variant;
    let url = &server.url;
    if server.variables.is_empty() {
        return quote!(Server::#name => #url.to_owned());
    }
    let variables: Vec<(&ServerVariable, &Ident)> = server.variables.iter().zip(&names.variables).collect();
    let fields = &names.variables;
    let format = format_string(url, &variables);
    quote!(Server::#name { #(#fields),* } => format!(#format))
}

/// The URL as the text of a `format!`, with the fields in place of the variables.
fn format_string(url: &str, variables: &[(&ServerVariable, &Ident)]) -> String {
    let plain = url.replace('{', "{{").replace('}', "}}");
    variables.iter().fold(plain, |url, (variable, name)| {
        let place = format!("{{{{{}}}}}", variable.name.replace('{', "{{").replace('}', "}}"));
        url.replace(&place, &format!("{{{}}}", name.as_str()))
    })
}

fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
