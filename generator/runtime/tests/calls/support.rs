//! An API of a few operations, a clock that stands still, and a transport that answers from a script.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use jiff::Timestamp;
use runtime::calls::call::Call;
use runtime::calls::operation::{Api, Defaults, Method, Operation, Rejected, SecurityKind, SecurityScheme, Streaming};
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::network::transport::{Answer, Transport, TransportError};
use runtime::pace::clock::Clock;
use runtime::received::decode;
use runtime::sent::body::Body;
use serde_json::Value;
use tokio::time::Instant;

pub(crate) static API: Api = Api {
    base_url: "https://api.example.com/base",
    operation_servers: &[],
    placeholders: &[],
    security_schemes: &[
        SecurityScheme {
            name: "bearer",
            kind: SecurityKind::Bearer,
            setter: "",
        },
        SecurityScheme {
            name: "basic",
            kind: SecurityKind::Basic,
            setter: "",
        },
        SecurityScheme {
            name: "header",
            kind: SecurityKind::Header("x-api-key"),
            setter: "",
        },
        SecurityScheme {
            name: "query",
            kind: SecurityKind::Query("key"),
            setter: "",
        },
        SecurityScheme {
            name: "cookie",
            kind: SecurityKind::Cookie("session"),
            setter: "",
        },
    ],
    user_agent: "tests/1",
    defaults: Defaults::NONE,
};

pub(crate) static CREATE: Operation = Operation {
    id: "create",
    method: Method::POST,
    path: "/things",
    server: "",
    idempotent: false,
    idempotency_key: "",
    defaults: Defaults::NONE,
    rejected: &[],
    security: &[],
    accept: "application/json",
    stream: Streaming::No,
    arrivals: &[],
    #[cfg(feature = "mock")]
    example: None,
};

pub(crate) static LIST: Operation = Operation {
    id: "list",
    method: Method::GET,
    idempotent: true,
    ..CREATE
};

/// Statuses with which the API promises that it did not act.
const PROMISES: &[Rejected] = &[
    Rejected::new(423, 2),
    Rejected::new(477, 0),
    Rejected::new(503, 0),
    Rejected::new(521, 0),
    Rejected::new(525, 0),
];

pub(crate) static PROMISING_CREATE: Operation = Operation {
    rejected: PROMISES,
    method: Method::POST,
    ..CREATE
};

pub(crate) static PROMISING_LIST: Operation = Operation {
    rejected: PROMISES,
    method: Method::GET,
    ..LIST
};

/// A call of `operation` whose answers are any JSON.
pub(crate) fn call<'c>(core: &'c Core, operation: &'static Operation) -> Call<'c, Value, Value> {
    Call::new(core, operation, decode::json, decode::json)
}

/// A call that creates.
pub(crate) fn create(core: &Core) -> Call<'_, Value, Value> {
    call(core, &CREATE).json(&serde_json::json!({ "name": "x" }))
}

/// The middle of every random wait, and a time of day that goes on with tokio's.
#[derive(Debug)]
pub(crate) struct Still {
    began: Instant,
}

/// The time of day when a test begins.
pub(crate) const BEGIN: &str = "2026-03-01T12:00:00Z";

impl Still {
    pub(crate) fn new() -> Self {
        Self { began: Instant::now() }
    }
}

impl Clock for Still {
    fn now(&self) -> Timestamp {
        BEGIN.parse::<Timestamp>().unwrap() + self.began.elapsed()
    }

    fn random(&self) -> f64 {
        0.5
    }
}

/// What a script answers with.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Answer(u16, Vec<(&'static str, String)>, String),
    Refuse,
    Break,
    Hang,
}

/// An answer without headers.
pub(crate) fn status(status: u16) -> Step {
    Step::Answer(status, Vec::new(), "{}".to_owned())
}

/// An answer with a header.
pub(crate) fn with(code: u16, name: &'static str, value: &str) -> Step {
    Step::Answer(code, vec![(name, value.to_owned())], "{}".to_owned())
}

/// What was sent, and when.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) after: Duration,
    pub(crate) uri: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
}

/// A transport that takes one step for each request, the last one for ever.
#[derive(Clone)]
pub(crate) struct Script {
    steps: Arc<Vec<Step>>,
    sent: Arc<Mutex<Vec<Sent>>>,
    began: Instant,
}

impl Script {
    pub(crate) fn new(steps: impl Into<Vec<Step>>) -> Self {
        Self {
            steps: Arc::new(steps.into()),
            sent: Arc::default(),
            began: Instant::now(),
        }
    }

    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    /// When each request was sent, in milliseconds.
    pub(crate) fn times(&self) -> Vec<u128> {
        self.sent().iter().map(|sent| sent.after.as_millis()).collect()
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        ClientBuilder::new(&API).transport(self.clone()).clock(Still::new())
    }

    pub(crate) fn core(&self) -> Core {
        self.builder().build_core().unwrap()
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_> {
        let (head, body) = request.into_parts();
        let mut sent = self.sent.lock().unwrap();
        let step = self.steps.get(sent.len()).or(self.steps.last()).unwrap().clone();
        sent.push(Sent {
            after: self.began.elapsed(),
            uri: head.uri.to_string(),
            headers: head.headers,
            body: body.and_then(|body| body.bytes().cloned()),
        });
        Box::pin(async move {
            match step {
                Step::Refuse => Err(TransportError::before_sending("refused")),
                Step::Break => Err(TransportError::after_sending("broken")),
                Step::Hang => std::future::pending().await,
                Step::Answer(status, headers, body) => {
                    let mut response = http::Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(name, value);
                    }
                    Ok(response.body(Bytes::from(body).into()).unwrap())
                }
            }
        })
    }
}
