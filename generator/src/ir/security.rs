//! Ways to authenticate.

use super::{Docs, Location};

/// A way to authenticate, under the name that operations refer to.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityScheme {
    /// The name in the document.
    pub name: String,
    /// What is sent.
    pub kind: SecurityKind,
    /// How tokens are had (OAuth 2), in the specification's order.
    pub flows: Vec<Flow>,
    /// Its documentation.
    pub docs: Docs,
}

/// A way to tokens of OAuth 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Which it is.
    pub kind: FlowKind,
    /// Where the user is asked: in a browser, or for a device. Empty where nobody is.
    pub authorization_url: String,
    /// Where tokens are had. Empty where the user brings them.
    pub token_url: String,
    /// Where refresh tokens are sent, where that is elsewhere.
    pub refresh_url: Option<String>,
    /// What a token may permit, with what that means.
    pub scopes: Vec<(String, String)>,
}

/// Which way to tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the specification names them")]
pub enum FlowKind {
    Implicit,
    Password,
    ClientCredentials,
    AuthorizationCode,
    Device,
}

/// Position of a [`SecurityScheme`] in [`Api::security_schemes`](super::Api::security_schemes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecuritySchemeId(pub usize);

/// What a [`SecurityScheme`] sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityKind {
    /// `Authorization: Bearer …`, for HTTP bearer, OAuth 2 and `OpenID` Connect alike.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// `Authorization: SCHEME …`, with what the caller gives behind the name of any other scheme.
    Http(String),
    /// A key under a name of the API's own.
    ApiKey {
        /// Where the key travels.
        location: CredentialLocation,
        /// The name of the header, query parameter or cookie.
        parameter: String,
    },
    /// A certificate of the client's, when it connects.
    MutualTls,
}

impl SecurityKind {
    /// Whether a parameter stands in its place.
    #[must_use]
    pub fn is_in_place_of(&self, location: Location, wire: &str) -> bool {
        match self {
            Self::ApiKey {
                location: CredentialLocation::Query,
                parameter,
            } => location == Location::Query && parameter == wire,
            Self::ApiKey {
                location: CredentialLocation::Cookie,
                parameter,
            } => location == Location::Cookie && parameter == wire,
            Self::ApiKey {
                location: CredentialLocation::Header,
                parameter,
            } => location == Location::Header && parameter.eq_ignore_ascii_case(wire),
            Self::Bearer | Self::Basic | Self::Http(_) => {
                location == Location::Header && wire.eq_ignore_ascii_case("authorization")
            }
            Self::MutualTls => false,
        }
    }

    /// The header or cookie that it travels in, of which a request has one.
    #[must_use]
    pub fn sole_place(&self) -> Option<String> {
        match self {
            Self::Bearer | Self::Basic | Self::Http(_) => Some("header `Authorization`".to_owned()),
            Self::ApiKey {
                location: CredentialLocation::Header,
                ..
            } if self.is_in_authorization() => Some("header `Authorization`".to_owned()),
            Self::ApiKey {
                location: CredentialLocation::Header,
                parameter,
            } => Some(format!("header `{}`", parameter.to_ascii_lowercase())),
            Self::ApiKey {
                location: CredentialLocation::Cookie,
                parameter,
            } => Some(format!("cookie `{parameter}`")),
            Self::ApiKey {
                location: CredentialLocation::Query,
                ..
            }
            | Self::MutualTls => None,
        }
    }

    /// Whether it travels in the header `Authorization`.
    #[must_use]
    pub fn is_in_authorization(&self) -> bool {
        match self {
            Self::Bearer | Self::Basic | Self::Http(_) => true,
            Self::MutualTls => false,
            Self::ApiKey { location, parameter } => {
                *location == CredentialLocation::Header && parameter.eq_ignore_ascii_case("authorization")
            }
        }
    }
}

/// Where an API key travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the specification names them")]
pub enum CredentialLocation {
    Header,
    Query,
    Cookie,
}

/// One credential that an operation needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The way to authenticate.
    pub scheme: SecuritySchemeId,
    /// What the credential must permit.
    pub scopes: Vec<String>,
}
