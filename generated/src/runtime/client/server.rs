// @generated from an OpenAPI description: the runtime, the same for every API.

//! Where requests go: the description's servers and the caller's choices in, the base URL of an operation out.
//!
//! A request, and the credentials in it, goes to a server that the description names for its operation, or to one that the
//! caller put in that server's place, and to no other.

use std::borrow::Cow;
use std::collections::BTreeMap;

use url::{Origin, Url};

use crate::runtime::calls::operation::{Api, Operation};
use crate::runtime::client::host::{self, Trusted};
use crate::runtime::shown::outside::BoxError;

/// Where requests go.
#[derive(Debug, Clone)]
pub(crate) struct Base {
    pub(crate) origin: Origin,
    /// Without a slash at its end.
    pub(crate) path: String,
}

impl Base {
    /// Reads a base URL.
    pub(crate) fn parse(text: &str, trusted: &Trusted) -> Result<Self, BoxError> {
        let url = parse(text, trusted)?;
        Ok(Self {
            origin: url.origin(),
            path: url.path().trim_end_matches('/').to_owned(),
        })
    }

    /// The URL as it was understood, which is not always how it was written.
    pub(crate) fn url(&self) -> String {
        format!("{}{}", self.origin.ascii_serialization(), self.path)
    }

    /// Another path at the same place.
    fn at(&self, path: &str) -> Self {
        Self {
            origin: self.origin.clone(),
            path: path.trim_end_matches('/').to_owned(),
        }
    }
}

/// Reads a URL that credentials are sent to. They must not travel in the clear, except to this machine itself and to hosts
/// that the caller trusts with it.
pub(crate) fn parse(text: &str, trusted: &Trusted) -> Result<Url, BoxError> {
    let url = Url::parse(text).map_err(|error| format!("the base URL is not a URL: {error}"))?;
    let host = url.host().ok_or("the base URL has no host")?;
    match url.scheme() {
        "https" => {}
        "http" if host::is_this_machine(&host) || trusted.contains(&host) => {}
        "http" => {
            return Err(
                "the base URL must begin with https; by http, only this machine itself may be reached, and hosts that \
                 `allow_http` names"
                    .into(),
            );
        }
        _ => return Err("the base URL must begin with https".into()),
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("the base URL must have no query and no fragment".into());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the base URL must have no user; set a credential instead".into());
    }
    Ok(url)
}

/// What a builder was told about servers.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    base_url: String,
    /// Whether the base URL is the caller's own and not one of the description's.
    is_own: bool,
    /// What is in the place of the servers of single operations.
    operations: BTreeMap<String, String>,
    /// Which hosts may be reached by http.
    allow_http: Vec<String>,
}

impl Choice {
    /// What the description says.
    pub(crate) fn new(api: &Api) -> Self {
        Self {
            base_url: api.base_url.to_owned(),
            is_own: false,
            operations: BTreeMap::new(),
            allow_http: Vec::new(),
        }
    }

    /// Another base URL: the caller's own, or one that the description offers.
    pub(crate) fn base_url(&mut self, url: String, is_own: bool) {
        self.base_url = url;
        self.is_own = is_own;
    }

    /// Another server for the operations that the description serves from `described`.
    pub(crate) fn operations(&mut self, described: String, url: String) {
        self.operations.insert(described, url);
    }

    /// More hosts that may be reached by http.
    pub(crate) fn allow_http(&mut self, pattern: String) {
        self.allow_http.push(pattern);
    }

    pub(crate) fn build(self, api: &Api) -> Result<Servers, BoxError> {
        let trusted = Trusted::parse(&self.allow_http)?;
        let mut operations = BTreeMap::new();
        for (described, url) in self.operations {
            if !api.operation_servers.contains(&described.as_str()) {
                return Err(format!("no operation has the server `{described}` of its own").into());
            }
            operations.insert(described, Base::parse(&url, &trusted)?);
        }
        if self.base_url.is_empty() {
            return Err("the description names no server to send to; set `base_url`".into());
        }
        Ok(Servers {
            base: Base::parse(&self.base_url, &trusted)?,
            described: Url::parse(api.base_url).ok().map(|url| url.origin()),
            is_own: self.is_own,
            operations,
            placeholders: api.placeholders,
            trusted,
        })
    }
}

/// The servers of a client.
#[derive(Debug)]
pub(crate) struct Servers {
    base: Base,
    /// Where the description's own base URL is.
    described: Option<Origin>,
    is_own: bool,
    operations: BTreeMap<String, Base>,
    placeholders: &'static [&'static str],
    trusted: Trusted,
}

impl Servers {
    /// The servers that were chosen, each with its URL.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = String> {
        std::iter::once(&self.base)
            .chain(self.operations.values())
            .map(Base::url)
    }

    /// Where `operation` is served.
    ///
    /// A server of its own that is at the place of the description's base URL moves with it. One at another place is left
    /// alone, but for a client whose base URL is the caller's own: nothing of it must get to where the caller did not say,
    /// such as from a test to the real server.
    pub(crate) fn of(&self, operation: &Operation) -> Result<Cow<'_, Base>, BoxError> {
        let own = operation.server;
        if own.is_empty() {
            return Ok(Cow::Borrowed(&self.base));
        }
        if let Some(chosen) = self.operations.get(own) {
            return Ok(Cow::Borrowed(chosen));
        }
        if own.starts_with('/') {
            return Ok(Cow::Owned(self.base.at(own)));
        }
        match Base::parse(own, &self.trusted) {
            Ok(own) if self.described.as_ref() == Some(&own.origin) => Ok(Cow::Owned(self.base.at(&own.path))),
            Ok(_) | Err(_) if self.is_own => Ok(Cow::Borrowed(&self.base)),
            Ok(_) if self.placeholders.contains(&own) => {
                let why = format!("the description has `{own}` for the server, to be replaced; set `operation_server`");
                Err(why.into())
            }
            own => Ok(Cow::Owned(own?)),
        }
    }
}
