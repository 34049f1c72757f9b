// @generated from an OpenAPI description: the runtime, the same for every API.

//! The network: a request in, the head of an answer and its arriving body out. A [`Transport`] of its own, on `hyper`, and
//! one around a `reqwest` client that one has.
//!
//! Not `reqwest` throughout, because of cargo's features: those for TLS that a client switches on in it hold for the whole
//! program, and there change what every other `reqwest::Client` is, or whether it can be made at all.

mod connect;
pub(crate) mod gzip;
mod pools;
mod reqwest;
mod resolve;
mod route;
mod tls;
pub mod tower;
pub mod transport;
mod unsent;

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use http::header::ACCEPT;
use http::{HeaderValue, Response, Uri};

use self::connect::Connector;
use self::pools::Pools;
pub(crate) use self::route::Choice;
use self::route::{Route, Routes};
use crate::runtime::auth::certificate::ClientCertificate;
use crate::runtime::client::setup::BuildError;
use crate::runtime::network::transport::{Answer, Transport, TransportError};
use crate::runtime::pace::task;
use crate::runtime::sent::body::Body;
use crate::runtime::sent::frames::{Outgoing, incoming};
use crate::runtime::shown::outside::BoxError;

/// How long a connection may idle before it is no longer used. Servers and balancers commonly drop one after a minute; a
/// request that meets a dropped connection half-way is one of which nobody knows whether it was acted on.
const IDLE: Duration = Duration::from_secs(30);

/// How long connecting may take where nobody says.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

#[cfg(not(feature = "rustls"))]
const NO_TLS: &str = "`https` needs this crate's feature `rustls`, or a transport of one's own";

/// The network.
///
/// One that is made here ([`new`](Self::new)) follows no redirects and repeats nothing. Its way to a server:
///
/// | URL | way |
/// | --- | --- |
/// | this machine: `localhost`, names below it, loopback addresses | direct; such names are never looked up |
/// | `https` | by `CONNECT` through the builder's `proxy`; else, unless `no_proxy` was called or `NO_PROXY` has the host, through the environment's `HTTPS_PROXY` or `ALL_PROXY` (also in lower case); else direct |
/// | `http`, for hosts that the builder's `allow_http` names | through the builder's `proxy`, which then reads along; else direct |
///
/// Connections are kept for the next request on the same `tokio` runtime, for 30 seconds.
///
/// `HTTP_PROXY` and the settings of the operating system have no say. Proxies are `http` or `https` URLs, with a user where
/// they want one. The environment is read when the client is built.
#[derive(Clone)]
pub struct Network(Kind);

#[derive(Clone)]
enum Kind {
    Own(Arc<Own>),
    #[cfg(feature = "reqwest")]
    Reqwest(::reqwest::Client),
}

struct Own {
    pools: Pools,
    routes: Arc<Routes>,
}

impl Network {
    /// A network with connections of its own, and with the environment's proxies.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn new(connect_timeout: Duration) -> Result<Self, BuildError> {
        let own = Own::new(&Choice::Environment, None, connect_timeout).map_err(BuildError::new)?;
        Ok(Self(Kind::Own(Arc::new(own))))
    }
}

/// The transport that a builder was told to use, or the network, by which there must be a way to all `targets`.
///
/// # Errors
///
/// When there is none, when a transport was given and a choice was made that it does not know of, or when TLS cannot be
/// set up.
pub(crate) fn transport(
    given: Option<Arc<dyn Transport>>,
    choice: &Choice,
    certificate: Option<&ClientCertificate>,
    connect_timeout: Duration,
    targets: impl IntoIterator<Item = String>,
) -> Result<Arc<dyn Transport>, BoxError> {
    if let Some(given) = given {
        return match (choice, certificate) {
            (Choice::Environment, None) => Ok(given),
            (Choice::Environment, Some(_)) => {
                Err("a transport of one's own is to be told about certificates itself".into())
            }
            (Choice::Nothing | Choice::Url(_), _) => {
                Err("a transport of one's own is to be told about proxies itself".into())
            }
        };
    }
    let own = Own::new(choice, certificate, connect_timeout)?;
    for target in targets {
        own.check(&target.parse()?)?;
    }
    Ok(Arc::new(Network(Kind::Own(Arc::new(own)))))
}

impl Own {
    fn new(
        choice: &Choice,
        certificate: Option<&ClientCertificate>,
        connect_timeout: Duration,
    ) -> Result<Self, BoxError> {
        #[cfg(not(feature = "rustls"))]
        if certificate.is_some() {
            return Err(NO_TLS.into());
        }
        let routes = Arc::new(Routes::new(choice)?);
        let connector = Connector::new(
            Arc::clone(&routes),
            connect_timeout,
            #[cfg(feature = "rustls")]
            tls::Tls::new(certificate)?,
        );
        let pools = Pools::new(connector);
        Ok(Self { pools, routes })
    }

    /// Whether there is a way to `target`, as far as can be said without sending anything.
    fn check(&self, target: &Uri) -> Result<(), BoxError> {
        self.routes.to(target)?;
        #[cfg(not(feature = "rustls"))]
        if target.scheme() == Some(&http::uri::Scheme::HTTPS) {
            return Err(NO_TLS.into());
        }
        Ok(())
    }

    async fn send(
        &self,
        request: http::Request<Option<Body>>,
    ) -> Result<Response<hyper::body::Incoming>, TransportError> {
        let runtime = task::runtime().map_err(TransportError::before_sending)?;
        let (mut head, body) = request.into_parts();
        let body = Outgoing::new(body.as_ref()).map_err(TransportError::before_sending)?;
        head.headers.entry(ACCEPT).or_insert(HeaderValue::from_static("*/*"));
        #[cfg(feature = "gzip")]
        gzip::ask(&mut head.headers);
        if let Route::Forward(proxy) = self.routes.to(&head.uri).map_err(TransportError::before_sending)?
            && let Some(authorization) = &proxy.authorization
        {
            head.headers
                .insert(http::header::PROXY_AUTHORIZATION, authorization.clone());
        }
        let request = http::Request::from_parts(head, body);
        self.pools.on(&runtime).request(request).await.map_err(|error| {
            if error.is_connect() || unsent::is_proven(&error) {
                TransportError::before_sending(error)
            } else {
                TransportError::after_sending(error)
            }
        })
    }
}

impl Transport for Network {
    fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_> {
        match &self.0 {
            Kind::Own(own) => Box::pin(async move {
                let response = own.send(request).await?.map(|body| incoming(body, io::Error::other));
                #[cfg(feature = "gzip")]
                let response = gzip::decode(response);
                Ok(response)
            }),
            #[cfg(feature = "reqwest")]
            Kind::Reqwest(client) => Box::pin(reqwest::send(client, request)),
        }
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Network")
    }
}
