//! `client.rs`: the client, its builder's credentials, and the servers.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Emitter, defaults,
    docs::{self, Text},
};
use crate::{
    ir::{CredentialLocation, FlowKind, SecurityKind, SecurityScheme, is_placeholder},
    name::{Group, Ident},
};

impl<'a> Emitter<'a> {
    /// `client.rs`.
    pub(super) fn client(self) -> TokenStream {
        let docs = Text::ours("The client: where requests go, and as whom.").inner();
        let accessors = self.names.groups.iter().filter(|group| !group.is_call);
        let accessors = accessors.map(|group| self.accessor(group));
        let has_features = !self.features().is_empty();
        let has_groups = self.names.groups.iter().any(|group| !group.is_call);
        // Where each group may not be there, each says where it is.
        let api = (has_groups && !has_features).then(|| {
            quote!(
                use crate::api;
            )
        });
        let unread =
            has_features.then(|| quote!(#[allow(dead_code, reason = "nobody reads it without any operation")]));
        // Groups with a single operation make their calls of it themselves.
        let reach = self
            .names
            .groups
            .iter()
            .any(|group| group.is_call)
            .then(|| quote!(pub(crate)));
        let credentials: Vec<_> = self.schemes().collect();
        let construction = self.construction();
        let new = construction.constructor();
        let setters = credentials
            .iter()
            .map(|(scheme, setter)| credential_setter(scheme, setter));
        let schemes = credentials.iter().map(|(scheme, setter)| scheme_data(scheme, setter));
        let schemes = self
            .has_credentials()
            .then(|| quote!(security_schemes: &[#(#schemes),*],));
        let base_url = self.base_url().unwrap_or_default();
        let own_servers = self.own_servers();
        let own_servers = own_servers.iter();
        let placeholders = own_servers.clone().filter(|url| is_placeholder(url));
        let defaults = defaults::data(Some(&self.config.calls));
        let builder_docs = self.builder_docs().outer();
        let user_agent = format!("{}/", self.config.crate_name);
        let oauth = self.oauth();
        let server = self.servers();
        let server_setter = self.server_setter();
        let builder = self.own_builder();
        let secret = construction.takes_secret().then(|| {
            quote!(
                use crate::runtime::Secret;
            )
        });
        quote! {
            #docs

            #api
            #builder
            use crate::runtime::prelude::*;
            #secret

            /// A client of the API. A clone shares its connections, limits and credentials.
            #[derive(Debug, Clone)]
            pub struct Client {
                #unread
                #reach core: Core,
            }

            impl Client {
                #new

                #builder_docs
                pub fn builder() -> ClientBuilder {
                    ClientBuilder::new(&API)
                }

                #(#accessors)*
            }

            impl ClientBuilder {
                #(#setters)*

                #server_setter

                /// The client.
                ///
                /// # Errors
                ///
                /// When a URL, a proxy or a pattern of hosts is not usable, or TLS cannot be set up.
                pub fn build(self) -> Result<Client, BuildError> {
                    Ok(Client { core: self.build_core()? })
                }
            }

            #server

            #oauth

            static API: Api = Api {
                base_url: #base_url,
                operation_servers: &[#(#own_servers),*],
                placeholders: &[#(#placeholders),*],
                #schemes
                user_agent: concat!(#user_agent, env!("CARGO_PKG_VERSION")),
                defaults: #defaults,
            };
        }
    }

    fn builder_docs(self) -> Text {
        let mut text = Text::ours("A client with settings of your choice.");
        if self.base_url().is_none() {
            let why = match self.first_server() {
                None => "names no server".to_owned(),
                Some(server) => format!("has {} for a server, to be replaced", docs::code(&server.default_url())),
            };
            text = text.and(Text::ours(format!(
                "The description {why}: [`base_url`](ClientBuilder::base_url) must be set."
            )));
        }
        text.and(defaults::docs(&self.config.calls))
    }

    fn accessor(self, group: &'a Group) -> TokenStream {
        let (accessor, module, handle) = (&group.accessor, &group.module, &group.handle);
        let title = format!("The operations of the group {}.", docs::code(group.module.as_str()));
        let docs = self.group_docs(group, title).outer();
        let when = self.when_group(group);
        let root = when.as_ref().map(|_| quote!(crate::));
        quote! {
            #docs
            #when
            #[must_use]
            pub const fn #accessor(&self) -> #root api::#module::#handle<'_> {
                #root api::#module::#handle::new(&self.core)
            }
        }
    }
}

fn credential_setter(scheme: &SecurityScheme, setter: &Ident) -> TokenStream {
    let name = &scheme.name;
    let what = match scheme.kind {
        SecurityKind::Bearer | SecurityKind::Basic | SecurityKind::Http(_) | SecurityKind::ApiKey { .. } => {
            "credential"
        }
        SecurityKind::MutualTls => "certificate",
    };
    let title = format!("The {what} of the security scheme {}.", docs::code(name));
    let mut docs = docs::of(&scheme.docs, || title);
    if scheme
        .flows
        .iter()
        .any(|flow| flow.kind != FlowKind::Implicit && !flow.token_url.is_empty())
    {
        docs = docs.and(Text::ours(
            "The module `oauth` (feature `oauth`) has the ways to such tokens.",
        ));
    }
    if let SecurityKind::Http(scheme) = &scheme.kind {
        let header = docs::code(&format!("Authorization: {scheme} …"));
        docs = docs.and(Text::ours(format!(
            "Sent as {header}, as it is given: nothing is computed."
        )));
    }
    let docs = docs.outer();
    if scheme.kind == SecurityKind::MutualTls {
        return quote! {
            #docs
            pub fn #setter(self, certificate: ClientCertificate) -> Self {
                self.client_certificate(certificate)
            }
        };
    }
    quote! {
        #docs
        pub fn #setter(self, credential: impl Into<Credential>) -> Self {
            self.credential(#name, credential.into())
        }
    }
}

fn scheme_data(scheme: &SecurityScheme, setter: &Ident) -> TokenStream {
    let name = &scheme.name;
    let kind = match &scheme.kind {
        SecurityKind::Bearer => quote!(Bearer),
        SecurityKind::Basic => quote!(Basic),
        SecurityKind::Http(scheme) => quote!(Http(#scheme)),
        SecurityKind::MutualTls => quote!(MutualTls),
        SecurityKind::ApiKey { location, parameter } => match location {
            CredentialLocation::Header => quote!(Header(#parameter)),
            CredentialLocation::Query => quote!(Query(#parameter)),
            CredentialLocation::Cookie => quote!(Cookie(#parameter)),
        },
    };
    let setter = setter.as_str();
    quote!(SecurityScheme { name: #name, kind: SecurityKind::#kind, setter: #setter })
}
