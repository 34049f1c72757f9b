// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The client: where requests go, and as whom.

use crate::api;
use crate::runtime::prelude::*;
use crate::runtime::Secret;

/// A client of the API. A clone shares its connections, limits and credentials.
#[derive(Debug, Clone)]
pub struct Client {
    core: Core,
}

impl Client {
    /// A client with the usual settings and this credential:
    ///
    /// The access token of a private app, a service key, or a token obtained through OAuth.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up, or a proxy of the environment is not usable.
    pub fn new(secret: impl Into<Secret>) -> Result<Self, BuildError> {
        Self::builder().access_token(secret.into()).build()
    }

    /// A client with settings of your choice.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new(&API)
    }

    /// Work on up to 100 tickets in one call.
    #[must_use]
    pub const fn batch(&self) -> api::batch::Batch<'_> {
        api::batch::Batch::new(&self.core)
    }
}

impl ClientBuilder {
    /// The access token of a private app, a service key, or a token obtained through OAuth.
    pub fn access_token(self, credential: impl Into<Credential>) -> Self {
        self.credential("access_token", credential.into())
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// When a URL, a proxy or a pattern of hosts is not usable, or TLS cannot be set up.
    pub fn build(self) -> Result<Client, BuildError> {
        Ok(Client { core: self.build_core()? })
    }
}

static API: Api = Api {
    base_url: "https://api.hubapi.com",
    operation_servers: &[],
    placeholders: &[],
    security_schemes: &[
        SecurityScheme {
            name: "access_token",
            kind: SecurityKind::Bearer,
            setter: "access_token",
        },
    ],
    user_agent: concat!("hubspot-tickets-batch/", env!("CARGO_PKG_VERSION")),
    defaults: Defaults::NONE,
};
