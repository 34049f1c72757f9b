// @generated from an OpenAPI description: the runtime, the same for every API.

//! What is chosen of a client in, a [`Core`] out.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use crate::runtime::auth::certificate::ClientCertificate;
use crate::runtime::auth::credentials::Credentials;
use crate::runtime::calls::operation::{Api, Defaults};
use crate::runtime::calls::request::header_name;
use crate::runtime::calls::sending::exchange::SizeLimits;
use crate::runtime::client::core::{Core, Shared};
use crate::runtime::client::correlation;
use crate::runtime::client::hooks::Hooks;
use crate::runtime::client::server::Choice;
use crate::runtime::network;
use crate::runtime::network::transport::Transport;
use crate::runtime::pace::clock::{Clock, SystemClock};
use crate::runtime::pace::limit::Limiter;
use crate::runtime::pace::retry::Budget;
use crate::runtime::shown::outside::BoxError;

const LARGEST_SUCCESS: usize = 32 << 20;
const LARGEST_ERROR: usize = 64 << 10;

/// What was chosen so far, and the defaults of the rest.
pub struct Setup {
    pub(crate) api: &'static Api,
    pub(crate) servers: Choice,
    pub(crate) credentials: Credentials,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limiter: Limiter,
    pub(crate) max_requests: Option<(u32, Duration)>,
    pub(crate) hooks: Hooks,
    pub(crate) correlation: correlation::Names,
    pub(crate) proxy: network::Choice,
    pub(crate) certificate: Option<ClientCertificate>,
    pub(crate) connect_timeout: Duration,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) gzip_above: Option<usize>,
    pub(crate) chosen: Defaults,
    pub(crate) limits: SizeLimits,
}

impl fmt::Debug for Setup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("ClientBuilder");
        shown.field("credentials", &self.credentials);
        shown.field("settings", &self.chosen).finish_non_exhaustive()
    }
}

impl Setup {
    /// The defaults for `api`.
    pub(crate) fn new(api: &'static Api) -> Self {
        Self {
            api,
            servers: Choice::new(api),
            credentials: Credentials::default(),
            transport: None,
            clock: Arc::new(SystemClock),
            limiter: Limiter::default(),
            max_requests: None,
            hooks: Hooks::default(),
            correlation: correlation::Names::default(),
            proxy: network::Choice::default(),
            certificate: None,
            connect_timeout: network::CONNECT_TIMEOUT,
            headers: Vec::new(),
            gzip_above: None,
            chosen: Defaults::NONE,
            limits: SizeLimits {
                success: LARGEST_SUCCESS,
                error: LARGEST_ERROR,
            },
        }
    }

    /// The core of the client.
    ///
    /// Fails when a URL of a server, a pattern of hosts or a proxy is not usable, or TLS cannot be set up.
    pub(crate) fn core(self) -> Result<Core, BuildError> {
        let servers = self.servers.clone().build(self.api).map_err(BuildError::new)?;
        // Which certificates a transport of one's own has is not known here.
        let mut credentials = self.credentials;
        {
            credentials.has_certificate = self.certificate.is_some() || self.transport.is_some();
        }
        let transport = network::transport(
            self.transport,
            &self.proxy,
            self.certificate.as_ref(),
            self.connect_timeout,
            servers.chosen(),
        )
        .map_err(BuildError::new)?;
        let headers = headers(&self.headers).map_err(BuildError::new)?;
        let limiter = match self.max_requests {
            Some((requests, window)) => self.limiter.per_window(requests, window),
            None => self.limiter,
        };
        Ok(Core(Arc::new(Shared {
            api: self.api,
            servers,
            credentials,
            transport,
            clock: self.clock,
            limiter,
            budget: Budget::default(),
            hooks: self.hooks,
            correlation: self.correlation,
            headers,
            chosen: self.chosen,
            gzip_above: self.gzip_above,
            limits: self.limits,
        })))
    }
}

fn headers(given: &[(String, String)]) -> Result<HeaderMap, BoxError> {
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let wrong = |_| format!("the value of the header `{name}` has characters that no header may have");
        let mut value = HeaderValue::from_str(value).map_err(wrong)?;
        value.set_sensitive(true);
        headers.insert(header_name(name)?, value);
    }
    Ok(headers)
}

/// A client that cannot be set up.
#[derive(Debug)]
pub struct BuildError(BoxError);

impl BuildError {
    pub(crate) const fn new(source: BoxError) -> Self {
        Self(source)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the client cannot be set up: {}", self.0)
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
