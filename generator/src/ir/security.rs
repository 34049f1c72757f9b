//! Ways to authenticate.

use super::{Docs, Location};

/// A way to authenticate, under the name that operations refer to.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityScheme {
    /// The name in the document.
    pub name: String,
    /// What is sent.
    pub kind: SecurityKind,
    /// Its documentation.
    pub docs: Docs,
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
