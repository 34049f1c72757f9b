// @generated from an OpenAPI description: the runtime, the same for every API.

//! Names: one of a host in, its addresses out. Those of this machine are known here; for others, the system is asked.

use std::future::{Future, ready};
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use tower_service::Service;

use crate::runtime::client::host;

/// The port is set by the one who connects.
const LOOPBACK: [SocketAddr; 2] = [
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
    SocketAddr::new(std::net::IpAddr::V6(Ipv6Addr::LOCALHOST), 0),
];

/// Finds addresses.
#[derive(Debug, Clone)]
pub(super) struct Resolver(GaiResolver);

impl Resolver {
    pub(super) fn new() -> Self {
        Self(GaiResolver::new())
    }
}

impl Service<Name> for Resolver {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        if host::is_local_name(name.as_str()) {
            return Box::pin(ready(Ok(LOOPBACK.to_vec().into_iter())));
        }
        let addresses = self.0.call(name);
        Box::pin(async { Ok(addresses.await?.collect::<Vec<_>>().into_iter()) })
    }
}
