//! How a client is made with the usual settings: `Client::new`, and the line of an example that makes one.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Emitter,
    docs::{self, Text},
};
use crate::{
    ir::{CredentialLocation, Operation, Requirement, SecurityKind, SecurityScheme, SecuritySchemeId},
    manifest::ClientEntry,
    name::{Ident, address},
};

/// What a program has to bring.
pub(super) struct Construction<'a> {
    /// Where the API is, which the document leaves open.
    base_url: bool,
    secret: Secret<'a>,
    /// All ways to authenticate.
    schemes: &'a [SecurityScheme],
}

/// Which secret.
enum Secret<'a> {
    /// None: most operations ask for none.
    None,
    /// The one of the security scheme that most operations accept.
    Of(&'a SecurityScheme, &'a Ident),
    /// More than one line can say; of these schemes, this is the first.
    Several(Option<(&'a SecurityScheme, &'a Ident)>),
}

impl<'a> Emitter<'a> {
    /// What a client is made of.
    pub(super) fn construction(self) -> Construction<'a> {
        Construction {
            base_url: self.api.client.base_url || self.base_url().is_none(),
            secret: self.secret(),
            schemes: &self.api.security_schemes,
        }
    }

    /// How a client is made, for the manifest.
    pub(super) fn client_entry(self) -> Option<ClientEntry> {
        if self.api.operations.is_empty() {
            return None;
        }
        let construction = self.construction();
        let scheme = match construction.secret {
            Secret::Of(scheme, _) => Some(scheme.name.clone()),
            Secret::None | Secret::Several(_) => None,
        };
        let credentials = self
            .schemes()
            .map(|(scheme, setter)| (scheme.name.clone(), setter.to_string()));
        let servers = self.api.servers.iter().zip(&self.names.servers);
        Some(ClientEntry {
            new: construction.arguments(),
            scheme,
            credentials: credentials.collect(),
            servers: servers
                .map(|(server, own)| (address(server).to_owned(), own.variant.to_string()))
                .collect(),
        })
    }

    /// The ways to authenticate, each with its setter.
    pub(super) fn schemes(self) -> impl Iterator<Item = (&'a SecurityScheme, &'a Ident)> {
        self.api.security_schemes.iter().zip(&self.names.credentials)
    }

    /// The secret that most of the operations that need any accept without another one; of several, that of a token, and
    /// then of the scheme that the document lists first.
    ///
    /// What callers of an earlier crate give goes before that.
    fn secret(self) -> Secret<'a> {
        let given = self.api.client.secret.and_then(|id| self.schemes().nth(id.0));
        if let Some((scheme, setter)) = given.filter(|(scheme, _)| scheme.kind != SecurityKind::MutualTls) {
            return Secret::Of(scheme, setter);
        }
        let needs_any = |operation: &&Operation| {
            !operation.security.is_empty() && operation.security.iter().all(|requirements| !requirements.is_empty())
        };
        let needing: Vec<_> = self.api.operations.iter().filter(needs_any).collect();
        if needing.len() * 2 < self.api.operations.len() || needing.is_empty() {
            return Secret::None;
        }
        let accepting = |index: usize| {
            let is_enough = |requirements: &Vec<Requirement>| match requirements.as_slice() {
                [only] => only.scheme == SecuritySchemeId(index),
                _ => false,
            };
            let accepting = needing
                .iter()
                .filter(|operation| operation.security.iter().any(is_enough));
            accepting.count()
        };
        let ranked = self.schemes().enumerate().map(|(index, (scheme, setter))| {
            let is_token = scheme.kind == SecurityKind::Bearer;
            ((accepting(index), is_token, std::cmp::Reverse(index)), scheme, setter)
        });
        match ranked.max_by_key(|(rank, ..)| *rank) {
            Some(((accepting, ..), scheme, setter))
                if accepting * 2 > needing.len() && scheme.kind != SecurityKind::MutualTls =>
            {
                Secret::Of(scheme, setter)
            }
            _ => Secret::Several(self.schemes().next()),
        }
    }
}

impl Construction<'_> {
    /// What `Client::new` takes, where there is one.
    fn arguments(&self) -> Option<Vec<String>> {
        let secret: &[&str] = match &self.secret {
            Secret::None => &[],
            Secret::Of(scheme, _) if scheme.kind == SecurityKind::Basic => &["user", "password"],
            Secret::Of(..) => &["secret"],
            Secret::Several(_) => return None,
        };
        let base_url = self.base_url.then_some(ClientEntry::BASE_URL);
        Some(base_url.iter().chain(secret).map(|&name| name.to_owned()).collect())
    }

    /// `Client::new`, where a line can say all of it.
    pub(super) fn constructor(&self) -> Option<TokenStream> {
        let base_url = self.base_url.then(|| quote!(base_url: impl Into<String>,));
        let place = self.base_url.then(|| quote!(.described_server(base_url)));
        let (arguments, credential) = match &self.secret {
            Secret::None => (None, None),
            Secret::Of(scheme, setter) if scheme.kind == SecurityKind::Basic => (
                Some(quote!(user: impl AsRef<str>, password: impl Into<Secret>)),
                Some(quote!(.#setter(Credential::basic(user, password)))),
            ),
            Secret::Of(_, setter) => (
                Some(quote!(secret: impl Into<Secret>)),
                Some(quote!(.#setter(secret.into()))),
            ),
            Secret::Several(_) => return None,
        };
        let docs = self.docs().outer();
        Some(quote! {
            #docs
            pub fn new(#base_url #arguments) -> Result<Self, BuildError> {
                Self::builder() #place #credential .build()
            }
        })
    }

    fn docs(&self) -> Text {
        let title = match (self.base_url, &self.secret) {
            (false, Secret::None | Secret::Several(_)) => "A client with the usual settings.",
            (true, Secret::None | Secret::Several(_)) => "A client of the API at a base URL, with the usual settings.",
            (false, Secret::Of(..)) => "A client with the usual settings and this credential:",
            (true, Secret::Of(..)) => "A client of the API at a base URL, with the usual settings and this credential:",
        };
        let mut text = Text::ours(title);
        if let Secret::Of(scheme, _) = &self.secret {
            text = text
                .and(docs::of(&scheme.docs, || {
                    format!("The credential of the security scheme {}.", docs::code(&scheme.name))
                }))
                .and(sent(&scheme.kind));
        }
        let errors = if self.base_url {
            "When the base URL or a proxy of the environment is not usable, or TLS cannot be set up."
        } else {
            "When TLS cannot be set up, or a proxy of the environment is not usable."
        };
        text.and(Text::ours(format!("# Errors\n\n{errors}")))
    }

    /// Whether the constructor takes a secret.
    pub(super) fn takes_secret(&self) -> bool {
        matches!(self.secret, Secret::Of(..))
    }

    /// The security scheme that it is the secret of.
    pub(super) fn scheme(&self) -> Option<&SecurityScheme> {
        match &self.secret {
            Secret::Of(scheme, _) => Some(scheme),
            Secret::None | Secret::Several(_) => None,
        }
    }

    /// How a program makes a client by the builder, with these settings.
    pub(super) fn built_with(&self, settings: &str) -> String {
        let base_url = if self.base_url {
            ".base_url(\"https://api.example.com\")"
        } else {
            ""
        };
        format!("Client::builder(){base_url}{settings}.build()?")
    }

    /// Whether an operation needs no other credential than the example has.
    pub(super) fn suffices(&self, operation: &Operation) -> bool {
        let shown = match &self.secret {
            Secret::None => None,
            Secret::Of(scheme, setter) => Some((*scheme, *setter)),
            Secret::Several(first) => *first,
        };
        let is_shown = |id: SecuritySchemeId| {
            let scheme = self.schemes.get(id.0);
            shown
                .zip(scheme)
                .is_some_and(|((shown, _), scheme)| shown.name == scheme.name)
        };
        operation.security.is_empty()
            || operation
                .security
                .iter()
                .any(|alternative| alternative.iter().all(|requirement| is_shown(requirement.scheme)))
    }

    /// How a program makes a client, as an example shows it.
    pub(super) fn example(&self) -> String {
        let base_url = self.base_url.then_some("\"https://api.example.com\"");
        let secret = match &self.secret {
            Secret::None => None,
            Secret::Of(scheme, _) if scheme.kind == SecurityKind::Basic => Some("\"user\", \"password\""),
            Secret::Of(..) => Some("\"secret\""),
            Secret::Several(first) => {
                let credential = first.map(|(scheme, setter)| match scheme.kind {
                    SecurityKind::Basic => format!(".{setter}(Credential::basic(\"user\", \"password\"))"),
                    SecurityKind::Bearer | SecurityKind::Http(_) | SecurityKind::ApiKey { .. } => {
                        format!(".{setter}(\"secret\")")
                    }
                    SecurityKind::MutualTls => format!(
                        ".{setter}(ClientCertificate::pem(std::fs::read(\"client.pem\")?, std::fs::read_to_string(\"client.key\")?))"
                    ),
                });
                return self.built_with(&credential.unwrap_or_default());
            }
        };
        let arguments: Vec<&str> = base_url.into_iter().chain(secret).collect();
        format!("Client::new({})?", arguments.join(", "))
    }
}

/// How a secret travels, where that is not as everywhere.
fn sent(kind: &SecurityKind) -> Text {
    let SecurityKind::ApiKey { location, parameter } = kind else {
        return Text::default();
    };
    let place = match location {
        CredentialLocation::Header => "header",
        CredentialLocation::Query => "query parameter",
        CredentialLocation::Cookie => "cookie",
    };
    Text::ours(format!("It is sent as the {place} {}.", docs::code(parameter)))
}
