// @generated from an OpenAPI description: the runtime, the same for every API.

//! Spans for attempts, under the names of OpenTelemetry's HTTP conventions: attempts and their endings in. Never a URL, a
//! header or a body: any of them may hold a secret.

use std::future::Future;
use std::time::Duration;

use crate::runtime::client::hooks::{Attempt, Ending};

/// The span of one attempt.
pub(crate) struct Trace {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl Trace {
    pub(crate) fn begin(attempt: Attempt) -> Self {
        let Attempt { operation, number } = attempt;
        let span = tracing::info_span!(
            "HTTP request",
            otel.kind = "client",
            otel.name = format!("{} {}", operation.method, operation.path),
            otel.status_code = tracing::field::Empty,
            http.request.method = operation.method.as_str(),
            http.request.resend_count = (number > 1).then_some(number.saturating_sub(1)),
            http.response.status_code = tracing::field::Empty,
            url.template = operation.path,
            error.r#type = tracing::field::Empty,
            correlation_id = tracing::field::Empty,
        );
        Self { span }
    }

    pub(crate) fn within<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        tracing::Instrument::instrument(future, self.span.clone())
    }

    pub(crate) fn end(&self, ending: &Ending<'_>, correlation_id: Option<&str>) {
        if let Some(id) = correlation_id {
            self.span.record("correlation_id", id);
        }
        let Some(response) = ending.response else {
            self.span.record("otel.status_code", "ERROR");
            self.span.record("error.type", "transport");
            return;
        };
        self.span
            .record("http.response.status_code", response.status().as_u16());
        if !response.status().is_success() {
            self.span.record("otel.status_code", "ERROR");
            self.span.record("error.type", response.status().as_str());
        }
    }

    pub(crate) fn waiting(attempts: u32, wait: Duration) {
        tracing::debug!(attempts, ?wait, "waiting before the next attempt");
    }
}

#[cfg(not(feature = "tracing"))]
#[expect(clippy::unused_self, reason = "the same shape as with the feature")]
impl Trace {
    pub(crate) const fn begin(_: Attempt) -> Self {
        Self {}
    }

    pub(crate) fn within<F: Future>(&self, future: F) -> F {
        future
    }

    pub(crate) const fn end(&self, _: &Ending<'_>, _: Option<&str>) {}

    pub(crate) const fn waiting(_: u32, _: Duration) {}
}
