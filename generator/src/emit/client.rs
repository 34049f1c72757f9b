//! `client.rs`: the client, its builder's credentials, and the servers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    Emitter,
    docs::{self, Text},
};
use crate::{
    ir::{CredentialLocation, SecurityKind, SecurityScheme, Server},
    name::{Group, Ident},
};

impl Emitter<'_> {
    /// `client.rs`.
    pub(super) fn client(self) -> TokenStream {
        let docs = Text::ours("The client: where requests go, and as whom.").inner();
        let accessors = self.names.groups.iter().map(|group| self.accessor(group));
        let credentials: Vec<_> = self.api.security_schemes.iter().zip(&self.names.credentials).collect();
        let new = self.client_constructor(&credentials);
        let setters = credentials
            .iter()
            .map(|(scheme, setter)| credential_setter(scheme, setter));
        let schemes = credentials.iter().map(|(scheme, _)| scheme_data(scheme));
        let base_url = self
            .api
            .servers
            .first()
            .map(default_url)
            .filter(|url| is_absolute(url))
            .unwrap_or_default();
        let user_agent = format!("{}/", self.config.crate_name);
        let server = self.servers();
        let is_new_with_secret = credentials.len() == 1 && new.is_some();
        let secret = is_new_with_secret.then(|| {
            quote!(
                use crate::runtime::secret::Secret;
            )
        });
        quote! {
            #docs

            use crate::api;
            use crate::runtime::prelude::*;
            #secret

            /// A client of the API. A clone shares its connections, limits and credentials.
            #[derive(Debug, Clone)]
            pub struct Client {
                core: Core,
            }

            impl Client {
                #new

                /// A client with settings of your choice.
                pub fn builder() -> ClientBuilder {
                    ClientBuilder::new(&API)
                }

                #(#accessors)*
            }

            impl ClientBuilder {
                #(#setters)*

                /// The client.
                ///
                /// # Errors
                ///
                /// When the base URL is not usable, or TLS cannot be set up.
                pub fn build(self) -> Result<Client, BuildError> {
                    Ok(Client { core: self.build_core()? })
                }
            }

            #server

            static API: Api = Api {
                base_url: #base_url,
                security_schemes: &[#(#schemes),*],
                user_agent: concat!(#user_agent, env!("CARGO_PKG_VERSION")),
            };
        }
    }

    fn accessor(self, group: &Group) -> TokenStream {
        let (accessor, module, handle) = (&group.accessor, &group.module, &group.handle);
        let tag = group.tag.and_then(|tag| self.api.tags.get(tag.0));
        let described = tag
            .and_then(|tag| tag.description.as_deref())
            .map(Text::theirs)
            .unwrap_or_default();
        let docs = described
            .or(format!(
                "The operations of the group {}.",
                docs::code(group.module.as_str())
            ))
            .outer();
        quote! {
            #docs
            #[must_use]
            pub const fn #accessor(&self) -> api::#module::#handle<'_> {
                api::#module::#handle::new(&self.core)
            }
        }
    }

    /// `Client::new`, where there is no choice about the credential and the server.
    fn client_constructor(self, credentials: &[(&SecurityScheme, &Ident)]) -> Option<TokenStream> {
        let server = self.api.servers.first()?;
        if !is_absolute(&default_url(server)) {
            return None;
        }
        match credentials {
            [] => Some(quote! {
                /// A client with the usual settings.
                ///
                /// # Errors
                ///
                /// When TLS cannot be set up.
                pub fn new() -> Result<Self, BuildError> {
                    Self::builder().build()
                }
            }),
            [(scheme, setter)] if scheme.kind != SecurityKind::Basic => {
                let docs = scheme.description.as_deref().map(Text::theirs).unwrap_or_default();
                let docs = Text::ours("A client with the usual settings and this secret:")
                    .and(docs.or("the credential of the API."))
                    .outer();
                Some(quote! {
                    #docs
                    ///
                    /// # Errors
                    ///
                    /// When TLS cannot be set up.
                    pub fn new(secret: impl Into<Secret>) -> Result<Self, BuildError> {
                        Self::builder().#setter(secret.into()).build()
                    }
                })
            }
            _ => None,
        }
    }

    /// The servers that the document offers, where there is a choice.
    fn servers(self) -> Option<TokenStream> {
        let offered: Vec<String> = self
            .api
            .servers
            .iter()
            .map(default_url)
            .filter(|url| is_absolute(url))
            .collect();
        if offered.len() < 2 {
            return None;
        }
        let count = Literal::usize_unsuffixed(offered.len());
        Some(quote! {
            /// The base URLs that the description names, with the defaults of their variables; the first is the usual one.
            pub const SERVERS: [&str; #count] = [#(#offered),*];
        })
    }
}

fn credential_setter(scheme: &SecurityScheme, setter: &Ident) -> TokenStream {
    let name = &scheme.name;
    let described = scheme.description.as_deref().map(Text::theirs).unwrap_or_default();
    let docs = described
        .or(format!("The credential of the security scheme {}.", docs::code(name)))
        .outer();
    quote! {
        #docs
        pub fn #setter(self, credential: impl Into<Credential>) -> Self {
            self.credential(#name, credential.into())
        }
    }
}

fn scheme_data(scheme: &SecurityScheme) -> TokenStream {
    let name = &scheme.name;
    let kind = match &scheme.kind {
        SecurityKind::Bearer => quote!(Bearer),
        SecurityKind::Basic => quote!(Basic),
        SecurityKind::ApiKey { location, parameter } => match location {
            CredentialLocation::Header => quote!(Header(#parameter)),
            CredentialLocation::Query => quote!(Query(#parameter)),
            CredentialLocation::Cookie => quote!(Cookie(#parameter)),
        },
    };
    quote!(SecurityScheme { name: #name, kind: SecurityKind::#kind })
}

/// The URL with every variable at its default.
fn default_url(server: &Server) -> String {
    server.variables.iter().fold(server.url.clone(), |url, variable| {
        url.replace(&format!("{{{}}}", variable.name), &variable.default)
    })
}

fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
