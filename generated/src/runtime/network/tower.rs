// @generated from an OpenAPI description: the runtime, the same for every API.

//! Any `tower` service as a [`Transport`]: a service in, the client's network out.

#![cfg(feature = "tower")]

use std::future::poll_fn;
use std::io;

use tower_service::Service;

use crate::runtime::network::transport::{Answer, Transport, TransportError};
use crate::runtime::sent::body::Body;
use crate::runtime::sent::frames::{Outgoing, incoming};
use crate::runtime::shown::outside::BoxError;

/// A `tower` service in the network's place.
///
/// The service must neither repeat requests nor follow redirects, since it does not know which may be. An error of it counts
/// as one after sending, unless it is a [`TransportError`] that says otherwise; one before it is ready, as one before.
#[derive(Debug, Clone)]
pub struct Tower<S>(pub S);

impl<S, B> Transport for Tower<S>
where
    S: Service<http::Request<Outgoing>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: http_body::Body + Send + 'static,
    B::Error: Into<BoxError> + 'static,
{
    fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_> {
        let mut service = self.0.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = Outgoing::new(body.as_ref()).map_err(TransportError::before_sending)?;
            let before = |error: S::Error| as_it_says(error, TransportError::before_sending);
            poll_fn(|context| service.poll_ready(context)).await.map_err(before)?;
            let after = |error: S::Error| as_it_says(error, TransportError::after_sending);
            let response = service
                .call(http::Request::from_parts(head, body))
                .await
                .map_err(after)?;
            Ok(response.map(|body| incoming(body, io::Error::other)))
        })
    }
}

fn as_it_says(error: impl Into<BoxError>, otherwise: fn(BoxError) -> TransportError) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => otherwise(error),
    }
}
