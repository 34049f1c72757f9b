//! A network that takes a while for each request, and answers as a server does that acts on everything.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use runtime::network::transport::{Answer, Transport};
use runtime::sent::body::Body;
use serde_json::{Value, json};
use tokio::time::Instant;

#[derive(Clone)]
pub(crate) struct Slow {
    pub(crate) takes: Duration,
    /// By how much each of four requests takes longer than the one before.
    pub(crate) more: Duration,
    /// The `Retry-After` with which the first request is refused.
    pub(crate) refuses_first: Option<&'static str>,
    pub(crate) began: Instant,
    pub(crate) seen: Arc<Mutex<Vec<Seen>>>,
}

/// A request: from when to when it was on its way, and what it said.
pub(crate) struct Seen {
    pub(crate) from: Duration,
    pub(crate) until: Option<Duration>,
    pub(crate) body: Value,
}

impl Slow {
    pub(crate) fn new(takes: Duration) -> Self {
        Self {
            takes,
            more: Duration::ZERO,
            refuses_first: None,
            began: Instant::now(),
            seen: Arc::default(),
        }
    }

    /// How many inputs each request had.
    pub(crate) fn sizes(&self) -> Vec<usize> {
        let seen = self.seen.lock().unwrap();
        seen.iter()
            .map(|seen| seen.body["inputs"].as_array().map_or(0, Vec::len))
            .collect()
    }
}

impl Transport for Slow {
    fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_> {
        let body = request.into_body();
        let bytes = body.as_ref().and_then(Body::bytes);
        let body: Value = bytes
            .map(|bytes| serde_json::from_slice(bytes).unwrap())
            .unwrap_or_default();
        let index = {
            let mut seen = self.seen.lock().unwrap();
            seen.push(Seen {
                from: self.began.elapsed(),
                until: None,
                body: body.clone(),
            });
            seen.len() - 1
        };
        let takes = self.takes + self.more * u32::try_from(index % 4).unwrap();
        Box::pin(async move {
            // In steps, as a head and a body come.
            for _ in 0..2 {
                tokio::time::sleep(takes / 2).await;
            }
            self.seen.lock().unwrap()[index].until = Some(self.began.elapsed());
            if let Some(wait) = self.refuses_first.filter(|_| index == 0) {
                let answer = http::Response::builder().status(429).header("retry-after", wait);
                return Ok(answer.body(Bytes::new().into()).unwrap());
            }
            let results: Vec<_> = body["inputs"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|input| json!({ "id": input["id"], "trace": input["trace"], "value": input["value"] }))
                .collect();
            let answer = Bytes::from(json!({ "results": results }).to_string());
            Ok(http::Response::new(answer.into()))
        })
    }
}
