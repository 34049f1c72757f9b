//! Objects of OpenAPI of which `openapiv3` cannot say all that later versions have: a repaired value in, one of these out.

use serde::Deserialize;

/// A parameter. Its schema, or the media type in its place, and its examples are read where they stand.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "as the specification has it")]
pub(crate) struct Parameter {
    pub(crate) name: String,
    #[serde(rename = "in")]
    pub(crate) location: ParameterLocation,
    pub(crate) description: Option<String>,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) deprecated: bool,
    #[serde(default)]
    pub(crate) allow_empty_value: bool,
    #[serde(default)]
    pub(crate) allow_reserved: bool,
    pub(crate) style: Option<ParameterStyle>,
    pub(crate) explode: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ParameterLocation {
    Path,
    Query,
    QueryString,
    Header,
    Cookie,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ParameterStyle {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Cookie,
}

/// A way to authenticate.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SecurityScheme {
    pub(crate) description: Option<String>,
    #[serde(default)]
    pub(crate) deprecated: bool,
    #[serde(flatten)]
    pub(crate) kind: SecuritySchemeKind,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "type")]
pub(crate) enum SecuritySchemeKind {
    #[serde(rename = "apiKey")]
    ApiKey {
        #[serde(rename = "in")]
        location: KeyLocation,
        name: String,
    },
    #[serde(rename = "http")]
    Http { scheme: String },
    #[serde(rename = "oauth2")]
    OAuth2,
    #[serde(rename = "openIdConnect")]
    OpenIdConnect,
    #[serde(rename = "mutualTLS")]
    MutualTls,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum KeyLocation {
    Query,
    Header,
    Cookie,
}
