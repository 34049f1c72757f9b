//! The module `oauth` of a client: a function for each way to tokens that the document offers, with its URLs and scopes.

use indexmap::IndexSet;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{
    Emitter,
    docs::{self, Text},
};
use crate::{
    ir::{Flow, FlowKind, SecurityScheme, SecuritySchemeId},
    name::Ident,
};

impl Emitter<'_> {
    /// The module, where a scheme has a flow that a program can go through.
    pub(super) fn oauth(self) -> Option<TokenStream> {
        let schemes = self.api.security_schemes.iter().zip(&self.names.credentials);
        let mut functions = Vec::new();
        let (mut has_code, mut has_device, mut has_secret) = (false, false, false);
        for (index, (scheme, setter)) in schemes.enumerate() {
            let flows = scheme.flows.iter().filter(|flow| !flow.token_url.is_empty());
            let mut fresh = None;
            for flow in flows {
                let scope = self.scope(SecuritySchemeId(index), flow);
                let Some(function) = function(scheme, setter, flow, &scope) else {
                    continue;
                };
                functions.push(function);
                has_secret |= matches!(flow.kind, FlowKind::Password | FlowKind::ClientCredentials);
                has_code |= flow.kind == FlowKind::AuthorizationCode;
                has_device |= flow.kind == FlowKind::Device;
                if flow.kind != FlowKind::ClientCredentials {
                    fresh = fresh.or(Some(flow));
                }
            }
            if let Some(flow) = fresh {
                has_secret = true;
                functions.push(refresh(scheme, setter, flow));
            }
        }
        if functions.is_empty() {
            return None;
        }
        let code = has_code.then(|| quote!(Code,));
        let device = has_device.then(|| quote!(Device,));
        let secret = has_secret.then(|| {
            quote!(
                use crate::runtime::Secret;
            )
        });
        Some(quote! {
            /// The ways to tokens that the description offers, with its URLs and scopes filled in.
            #[cfg(feature = "oauth")]
            pub mod oauth {
                use super::API;
                use crate::runtime::oauth::{#code #device OAuth, OAuthBuilder};
                #secret

                #(#functions)*
            }
        })
    }

    /// What operations want tokens of a flow to permit.
    pub(super) fn scope(self, scheme: SecuritySchemeId, flow: &Flow) -> String {
        let requirements = self
            .api
            .operations
            .iter()
            .flat_map(|operation| operation.security.iter().flatten());
        let named = requirements.filter(|requirement| requirement.scheme == scheme);
        let named: IndexSet<&str> = named
            .flat_map(|requirement| &requirement.scopes)
            .map(String::as_str)
            .collect();
        let offered = flow.scopes.iter().map(|(scope, _)| scope.as_str());
        let wanted: Vec<&str> = if flow.scopes.is_empty() {
            named.into_iter().collect()
        } else {
            offered.filter(|scope| named.contains(scope)).collect()
        };
        wanted.join(" ")
    }
}

/// What the function for a flow is called, if a program can go through it.
pub(super) fn function_name(setter: &Ident, kind: FlowKind) -> Option<proc_macro2::Ident> {
    let suffix = match kind {
        FlowKind::Implicit => return None,
        FlowKind::ClientCredentials => "client_credentials",
        FlowKind::Password => "password",
        FlowKind::AuthorizationCode => "authorization_code",
        FlowKind::Device => "device",
    };
    Some(name(setter, suffix))
}

fn name(setter: &Ident, flow: &str) -> proc_macro2::Ident {
    format_ident!(
        "{}_{flow}",
        setter.as_str().trim_start_matches("r#").trim_end_matches('_')
    )
}

/// What makes tokens of a flow, if a program can go through it.
fn function(scheme: &SecurityScheme, setter: &Ident, flow: &Flow, scope: &str) -> Option<TokenStream> {
    let Flow {
        kind,
        authorization_url,
        token_url,
        refresh_url,
        scopes,
    } = flow;
    let name = function_name(setter, *kind)?;
    let (title, arguments, ty, made) = match kind {
        FlowKind::Implicit => return None,
        FlowKind::ClientCredentials => (
            "for a program that acts for itself",
            quote!(client_id: impl Into<String>, client_secret: impl Into<Secret>),
            quote!(OAuthBuilder),
            quote!(OAuth::client_credentials(#token_url, client_id, client_secret)),
        ),
        FlowKind::Password => (
            "for a user whose password the program has",
            quote! {
                client_id: impl Into<String>,
                client_secret: impl Into<Secret>,
                user: impl Into<String>,
                password: impl Into<Secret>
            },
            quote!(OAuthBuilder),
            quote!(OAuth::password(#token_url, client_id, client_secret, user, password)),
        ),
        FlowKind::AuthorizationCode => (
            "for a user who agrees in a browser, which then goes to `redirect`",
            quote!(client_id: impl Into<String>, redirect: impl Into<String>),
            quote!(OAuthBuilder<Code>),
            quote!(OAuth::authorization_code(#authorization_url, #token_url, client_id, redirect)),
        ),
        FlowKind::Device => (
            "for a user who agrees on another device",
            quote!(client_id: impl Into<String>),
            quote!(OAuthBuilder<Device>),
            quote!(OAuth::device(#authorization_url, #token_url, client_id)),
        ),
    };
    let mut text = Text::ours(format!(
        "Tokens of the scheme {}, {title}; from {}.",
        docs::code(&scheme.name),
        docs::code(token_url)
    ));
    if !authorization_url.is_empty() && matches!(kind, FlowKind::AuthorizationCode | FlowKind::Device) {
        text = text.and(Text::ours(format!(
            "The user agrees at {}.",
            docs::code(authorization_url)
        )));
    }
    if !scope.is_empty() {
        text = text.and(Text::ours(format!(
            "Asks for all scopes that operations name: {}. [`scope`](OAuthBuilder::scope) asks for others.",
            docs::code(scope)
        )));
    }
    if !scopes.is_empty() {
        let list = scopes.iter().fold(Text::default(), |text, (scope, about)| {
            text.with_item(
                &docs::code(scope),
                Some(Text::theirs(about)).filter(|_| !about.is_empty()),
            )
        });
        text = text.and(Text::ours("Scopes:")).and(list);
    }
    let docs = text.outer();
    let scope = (!scope.is_empty()).then(|| quote!(.scope(#scope)));
    let refresh_url = refresh_url.as_ref().map(|url| quote!(.refresh_url(#url)));
    Some(quote! {
        #docs
        pub fn #name(#arguments) -> #ty {
            #made.relative_to(API.base_url) #refresh_url #scope
        }
    })
}

/// Tokens by what another flow left.
fn refresh(scheme: &SecurityScheme, setter: &Ident, flow: &Flow) -> TokenStream {
    let url = flow.refresh_url.as_ref().unwrap_or(&flow.token_url);
    let docs = Text::ours(format!(
        "Tokens of the scheme {}, for a user who has agreed before; from {}. An empty secret is none.",
        docs::code(&scheme.name),
        docs::code(url)
    ))
    .outer();
    let name = name(setter, "refresh_token");
    quote! {
        #docs
        pub fn #name(
            client_id: impl Into<String>,
            client_secret: impl Into<Secret>,
            refresh_token: impl Into<Secret>,
        ) -> OAuthBuilder {
            OAuth::refresh_token(#url, client_id, client_secret, refresh_token).relative_to(API.base_url)
        }
    }
}
