//! How a client is set up, choice by choice.
//!
//! Each client has a builder of its own, with methods for its credentials; what they fill is the same for all.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::runtime::auth::certificate::ClientCertificate;
#[cfg(part = "credentials")]
use crate::runtime::auth::credentials::Credential;
use crate::runtime::calls::operation::Api;
use crate::runtime::client::core::Core;
use crate::runtime::client::hooks::{Attempt, Ending};
use crate::runtime::client::setup::{BuildError, Setup};
use crate::runtime::network;
use crate::runtime::network::transport::Transport;
use crate::runtime::pace::clock::Clock;
use crate::runtime::pace::limit::Limiter;
use crate::runtime::pace::retry::RetryPolicy;
use crate::runtime::received::response::Response;

/// A client while it is being set up.
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder {
    setup: Setup,
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.setup.fmt(formatter)
    }
}

impl ClientBuilder {
    /// The defaults for `api`.
    pub fn new(api: &'static Api) -> Self {
        Self { setup: Setup::new(api) }
    }

    /// Where requests go, in place of the description's servers: an `https` URL, or any on this machine itself or on hosts of
    /// [`allow_http`](Self::allow_http).
    ///
    /// That is all requests: those too of operations that the description serves from elsewhere, unless
    /// [`operation_server`](Self::operation_server) says where.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.setup.servers.base_url(url.into(), true);
        self
    }

    /// Where requests go, by one of the servers that the description offers. What it serves from elsewhere stays there.
    pub fn described_server(mut self, url: impl Into<String>) -> Self {
        self.setup.servers.base_url(url.into(), false);
        self
    }

    /// Where the operations are served, credentials included, that the description serves from `described`, a server that
    /// not all operations have. Their documentation names it.
    pub fn operation_server(mut self, described: impl Into<String>, url: impl Into<String>) -> Self {
        self.setup.servers.operations(described.into(), url.into());
        self
    }

    /// Trusts hosts, and the network to them, with requests in the clear: their URLs may begin with `http`, where that of
    /// others must begin with `https`. This machine itself needs no mention.
    ///
    /// `pattern` is a name (`orders.svc`), the end of names (`*.svc.cluster.local` or `.svc.cluster.local`, for names below
    /// that one), an address (`10.0.0.7`, `fd00::7`), or a network (`10.0.0.0/8`, `fd00::/8`). Addresses and networks are
    /// those in a URL, not those that a name stands for. May be called more than once. A pattern that is none of these
    /// fails when the client is built.
    pub fn allow_http(mut self, pattern: impl Into<String>) -> Self {
        self.setup.servers.allow_http(pattern.into());
        self
    }

    /// Sends requests through this proxy, whatever the environment says: an `http` or `https` URL, with a user and a password
    /// where the proxy wants them. In its place, [`no_proxy`](Self::no_proxy) sends them directly. Default: what the
    /// environment says, for `https`; see [`Network`](network::Network).
    ///
    /// Requests to `https` URLs go by `CONNECT`, so that the proxy sees only what is encrypted. Those to hosts of
    /// [`allow_http`](Self::allow_http) are read by the proxy, credentials included. Those to this machine itself go
    /// directly. A URL that is none of a proxy fails when the client is built, and so does a
    /// [`transport`](Self::transport) beside it, which has a way of its own.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.setup.proxy = network::Choice::Url(url.into());
        self
    }

    /// Sends requests directly, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.setup.proxy = network::Choice::Nothing;
        self
    }

    /// Shows this certificate to servers that ask for one when the client connects: to all of them, those of single
    /// operations too. Proxies are shown none. One that cannot be read, or whose key is another's, fails when the client is
    /// built, and so does a [`transport`](Self::transport) beside it, which has certificates of its own.
    pub fn client_certificate(mut self, certificate: ClientCertificate) -> Self {
        self.setup.certificate = Some(certificate);
        self
    }

    /// The credential for a security scheme of the description.
    #[cfg(part = "credentials")]
    pub fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        self.setup.credentials.by_scheme.insert(scheme, credential);
        self
    }

    /// A header of all calls, in place of one of the same name. What a call has itself goes first: its own headers,
    /// parameters, and what it says of its body and of the answer that it reads (`Content-Type`, `Accept`). In the place of a
    /// credential, it stands in for that, as a header of the call does. One that no request may have fails when the client is
    /// built.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.setup.headers.push((name.into(), value.into()));
        self
    }

    /// The program, for the header `User-Agent`, in place of the name and version of this crate.
    pub fn user_agent(self, program: impl Into<String>) -> Self {
        self.default_header("user-agent", program)
    }

    /// Compresses bodies of more than so many bytes, where they are in memory: not those that are files or streams. The server
    /// must be known to take `Content-Encoding: gzip`. One that would not get smaller is sent as it is, and so is one whose call
    /// sets that header itself. Default: none is compressed.
    #[cfg(all(part = "bodies", feature = "gzip"))]
    pub fn gzip_above(mut self, bytes: usize) -> Self {
        self.setup.gzip_above = Some(bytes);
        self
    }

    /// How long connecting may take. Default: 5 seconds. A transport of one's own has its own rule.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.setup.connect_timeout = timeout;
        self
    }

    /// How long one attempt may take, of any operation. Default: what the settings that
    /// the crate was generated with say, else 60 seconds.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.setup.chosen.attempt_timeout = Some(timeout);
        self
    }

    /// How long a call may take, with all its attempts and waits, of any operation. Default: what the settings that the crate
    /// was generated with say, else 120 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.setup.chosen.timeout = Some(timeout);
        self
    }

    /// How long a stream of bytes or events may be silent before it fails, once the call has handed it over. Default: 60
    /// seconds. Servers of events commonly send a comment more often than that; for those that do not, set more.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.setup.chosen.idle_timeout = Some(timeout);
        self
    }

    /// How often and after which waits calls are repeated.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.setup.chosen = self.setup.chosen.with_retry(policy);
        self
    }

    /// How often a request is sent at most, the first time included, of any operation. Default: what the settings that the
    /// crate was generated with say, else 4.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.setup.chosen.max_attempts = Some(attempts);
        self
    }

    /// At most `requests` in any `window`, even where the server permits more. Default: what the server's answers say.
    ///
    /// With a [`limiter`](Self::limiter) that is shared, that holds for all who share it.
    pub fn max_requests(mut self, requests: u32, window: Duration) -> Self {
        self.setup.max_requests = Some((requests, window));
        self
    }

    /// How fast and how many at once. Clients that share an account at the server should share a limiter.
    pub fn limiter(mut self, limiter: Limiter) -> Self {
        self.setup.limiter = limiter;
        self
    }

    /// The largest body of a success that is read, in bytes after decompression. Default: 32 MiB. Streams have no limit.
    pub fn largest_success(mut self, bytes: usize) -> Self {
        self.setup.limits.success = bytes;
        self
    }

    /// How many bytes of an error's body are kept. Default: 64 KiB.
    pub fn largest_error(mut self, bytes: usize) -> Self {
        self.setup.limits.error = bytes;
        self
    }

    /// Sends requests in another way than through a [`Network`](network::Network) with the settings of this builder, such as through a
    /// `reqwest` client of one's own (feature `reqwest`). Which proxies it uses is then its matter.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.setup.transport = Some(Arc::new(transport));
        self
    }

    /// Takes the time of day and random numbers from elsewhere.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.setup.clock = Arc::new(clock);
        self
    }

    /// Calls `hook` before each attempt.
    pub fn before_attempt(mut self, hook: impl Fn(Attempt) + Send + Sync + 'static) -> Self {
        self.setup.hooks.before.push(Arc::new(hook));
        self
    }

    /// Calls `hook` after each attempt.
    pub fn after_attempt(mut self, hook: impl Fn(Attempt, &Ending<'_>) + Send + Sync + 'static) -> Self {
        self.setup.hooks.after.push(Arc::new(hook));
        self
    }

    /// Decides whether an answer says that a quota is used up which does not come back soon, so that no more is sent.
    /// Default: a 429 whose JSON body has a `policyName` with `DAILY` in it.
    pub fn quota_exhausted(mut self, decide: impl Fn(&Response) -> bool + Send + Sync + 'static) -> Self {
        self.setup.hooks.is_exhausted = Some(Arc::new(decide));
        self
    }

    /// A response header that has the server's id of the request. The usual names are known.
    pub fn correlation_header(mut self, name: impl Into<String>) -> Self {
        self.setup.correlation.headers.push(name.into());
        self
    }

    /// A member of an error's body that has the server's id of the request. The usual names are known.
    pub fn correlation_member(mut self, name: impl Into<String>) -> Self {
        self.setup.correlation.members.push(name.into());
        self
    }

    /// The core of the client.
    ///
    /// # Errors
    ///
    /// When a URL of a server, a pattern of [`allow_http`](Self::allow_http) or a proxy is not usable, or TLS cannot be set
    /// up.
    pub fn build_core(self) -> Result<Core, BuildError> {
        self.setup.core()
    }
}
