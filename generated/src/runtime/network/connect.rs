// @generated from an OpenAPI description: the runtime, the same for every API.

//! Connections: the URL of a request in, a stream to its server, or to the proxy in front of it, out.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use tower_service::Service;

use super::resolve::Resolver;
use super::route::{Route, Routes};
use crate::runtime::shown::outside::BoxError;

/// A peer that is gone is noticed after three of these without an answer, also while a request waits for a slow one.
const KEEPALIVE: Duration = Duration::from_secs(15);

pub(super) type Plain = HttpConnector<Resolver>;

/// What connects to a host itself.
#[cfg(feature = "rustls")]
type Direct = hyper_rustls::HttpsConnector<Plain>;
#[cfg(not(feature = "rustls"))]
type Direct = Plain;

/// Makes connections.
#[derive(Clone)]
pub(super) struct Connector {
    routes: Arc<Routes>,
    timeout: Duration,
    plain: Plain,
    #[cfg(feature = "rustls")]
    tls: super::tls::Tls,
}

impl Connector {
    pub(super) fn new(routes: Arc<Routes>, timeout: Duration, #[cfg(feature = "rustls")] tls: super::tls::Tls) -> Self {
        let mut plain = HttpConnector::new_with_resolver(Resolver::new());
        // With TLS, it is asked for `https` as well.
        plain.enforce_http(!cfg!(feature = "rustls"));
        plain.set_connect_timeout(Some(timeout));
        plain.set_nodelay(true);
        plain.set_keepalive(Some(KEEPALIVE));
        plain.set_keepalive_interval(Some(KEEPALIVE));
        plain.set_keepalive_retries(Some(3));
        Self {
            routes,
            timeout,
            plain,
            #[cfg(feature = "rustls")]
            tls,
        }
    }

    async fn connect(self, target: Uri) -> Result<Stream, BoxError> {
        match self.routes.to(&target)? {
            Route::Direct => Ok(Stream::new(self.to_server().call(target).await?)),
            Route::Forward(proxy) => {
                let mut stream = Stream::new(self.to_proxy().call(proxy.uri.clone()).await?);
                stream.is_proxied = true;
                Ok(stream)
            }
            #[cfg(feature = "rustls")]
            Route::Tunnel(proxy) => self.tls.tunnel(self.plain.clone(), proxy, target).await,
            #[cfg(not(feature = "rustls"))]
            Route::Tunnel(_) => Err(super::NO_TLS.into()),
        }
    }

    fn to_server(&self) -> Direct {
        #[cfg(feature = "rustls")]
        return self.tls.to_server(self.plain.clone());
        #[cfg(not(feature = "rustls"))]
        self.plain.clone()
    }

    fn to_proxy(&self) -> Direct {
        #[cfg(feature = "rustls")]
        return self.tls.to_proxy(self.plain.clone());
        #[cfg(not(feature = "rustls"))]
        self.plain.clone()
    }
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let timeout = self.timeout;
        let connecting = self.clone().connect(target);
        Box::pin(async move {
            tokio::time::timeout(timeout, connecting).await.map_err(|_| {
                let message = format!("no connection within {timeout:?}");
                io::Error::new(io::ErrorKind::TimedOut, message)
            })?
        })
    }
}

/// A connection, whatever it is made of.
pub(super) struct Stream {
    inner: Box<dyn Inner>,
    /// Whether a proxy reads the requests, which then need whole URLs.
    is_proxied: bool,
}

trait Inner: Read + Write + Connection + Send + Unpin {}

impl<S: Read + Write + Connection + Send + Unpin> Inner for S {}

impl Stream {
    pub(super) fn new(inner: impl Read + Write + Connection + Send + Unpin + 'static) -> Self {
        Self {
            inner: Box::new(inner),
            is_proxied: false,
        }
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.inner.connected().proxy(self.is_proxied)
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl Write for Stream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(context, pieces)
    }
}
