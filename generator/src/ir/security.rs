//! Ways to authenticate.

use super::Docs;

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
