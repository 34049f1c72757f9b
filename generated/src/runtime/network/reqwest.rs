// @generated from an OpenAPI description: the runtime, the same for every API.

//! A `reqwest` client that one has, in the network's place: proxies, certificates and all else are its own.

#![cfg(feature = "reqwest")]

use std::io;
use std::time::Duration;

use reqwest::{Client, ClientBuilder};

use super::{IDLE, Kind, Network, unsent};
use crate::runtime::network::transport::TransportError;
use crate::runtime::pace::task;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::body::Body;
use crate::runtime::sent::frames::{Outgoing, incoming};

impl Network {
    /// A `reqwest` client to be set up further before it is handed in: it follows no redirects, repeats nothing, and does
    /// not use connections that have been idle for long.
    ///
    /// TLS is what the program has switched on in `reqwest`, proxies are what `reqwest` makes of the environment.
    pub fn builder(connect_timeout: Duration) -> ClientBuilder {
        Client::builder()
            .connect_timeout(connect_timeout)
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
    }
}

/// The client must be set up to follow no redirects: those of `reqwest` take custom headers along to other origins. Where
/// requests go is then its matter: it may send those to this machine, too, and those in the clear, through a proxy that the
/// environment names, unless its `no_proxy` was called.
impl From<Client> for Network {
    fn from(client: Client) -> Self {
        Self(Kind::Reqwest(client))
    }
}

pub(super) async fn send(
    client: &Client,
    request: http::Request<Option<Body>>,
) -> Result<http::Response<ByteStream>, TransportError> {
    task::runtime().map_err(TransportError::before_sending)?;
    let (head, body) = request.into_parts();
    let body = match body.as_ref().and_then(Body::bytes) {
        Some(bytes) => bytes.clone().into(),
        None if body.is_none() => reqwest::Body::default(),
        None => reqwest::Body::wrap(Outgoing::new(body.as_ref()).map_err(TransportError::before_sending)?),
    };
    let request = reqwest::Request::try_from(http::Request::from_parts(head, body))
        .map_err(|error| TransportError::before_sending(error.without_url()))?;
    // An error's own text would show the URL, and with it whatever secret a query holds.
    let response = client.execute(request).await.map_err(|error| {
        let error = error.without_url();
        if error.is_connect() || error.is_builder() || unsent::is_proven(&error) {
            TransportError::before_sending(error)
        } else {
            TransportError::after_sending(error)
        }
    })?;
    let response: http::Response<reqwest::Body> = response.into();
    Ok(response.map(|body| incoming(body, |error| io::Error::other(error.without_url()))))
}
