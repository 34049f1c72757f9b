//! The server itself: connections go in; each request is counted, judged, acted on and answered, or fails on the way as
//! the schedule of faults says.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::answer::Answer;
use super::clock::Clock;
use super::faults::{Fault, Faults, Plan};
use super::http::{self, Request};
use super::limits::{self, Meter};
use super::operations::{self, Operation};
use super::store::Store;

/// Everything that requests change.
#[derive(Debug)]
pub(super) struct State {
    pub(super) store: Store,
    pub(super) meter: Meter,
    pub(super) faults: Faults,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) token: String,
    pub(super) requests: u64,
    pub(super) answers: BTreeMap<u16, u64>,
}

/// What is to be written to a connection, and what becomes of the connection then.
struct Reply {
    bytes: Vec<u8>,
    after: After,
}

enum After {
    KeepOpen,
    Close,
    Reset,
}

/// Accepts connections for as long as it is polled; dropping it ends them all.
pub(super) async fn serve(listener: TcpListener, state: Arc<Mutex<State>>) {
    let mut connections = JoinSet::new();
    // An error of `accept` is that of a connection which ended before it was accepted.
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            connections.spawn(converse(stream, Arc::clone(&state)));
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Answers the requests of one connection, one after the other.
async fn converse(mut stream: TcpStream, state: Arc<Mutex<State>>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::new();
    loop {
        let request = match http::read(&mut stream, &mut buffer).await {
            Ok(Some(request)) => request,
            Ok(None) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                let (mut bytes, body) = http::encode(&Answer::error(400, "BAD_REQUEST", &error.to_string()));
                bytes.extend(body);
                return stream.write_all(&bytes).await;
            }
            Err(error) => return Err(error),
        };
        let reply = state.lock().unwrap_or_else(PoisonError::into_inner).handle(&request);
        stream.write_all(&reply.bytes).await?;
        match reply.after {
            After::KeepOpen => {}
            After::Close => return stream.shutdown().await,
            After::Reset => {
                stream.flush().await?;
                return stream.set_zero_linger();
            }
        }
    }
}

impl State {
    fn handle(&mut self, request: &Request) -> Reply {
        self.requests += 1;
        let mut plan = self.faults.draw();
        if plan.has(Fault::ResetBefore) {
            return Reply {
                bytes: Vec::new(),
                after: After::Reset,
            };
        }
        let answer = self.answer(request, &mut plan);
        *self.answers.entry(answer.status).or_default() += 1;
        send(&answer, &mut plan)
    }

    /// What a server without faults on its way out would say.
    fn answer(&mut self, request: &Request, plan: &mut Plan) -> Answer {
        if request
            .header("authorization")
            .and_then(|value| value.strip_prefix("Bearer "))
            != Some(&self.token)
        {
            return Answer::error(401, "INVALID_AUTHENTICATION", "The token is missing or not known.");
        }
        let now = self.clock.now();
        let verdict = self.meter.admit(now);
        let answer = match verdict.refusal {
            Some(refusal) => refusal,
            None if plan.has(Fault::Storm) => {
                limits::refusal("TEN_SECONDLY_ROLLING", "ten_secondly_rolling").with_headers(plan.retry_after())
            }
            None if plan.has(Fault::Unavailable) => {
                Answer::error(503, "UNAVAILABLE", "Try again later.").with_headers(plan.retry_after())
            }
            None => self.act(request, plan),
        };
        answer.with_headers(verdict.headers)
    }

    fn act(&mut self, request: &Request, plan: &mut Plan) -> Answer {
        if (request.method.as_str(), request.path.as_str()) == ("GET", "/crm/v3/properties/tickets") {
            return Answer::json(200, json!({ "results": self.store.schema().listed() }));
        }
        let Some(operation) = Operation::at(&request.path) else {
            return Answer::error(404, "NOT_FOUND", "There is nothing at this path.");
        };
        if request.method != "POST" {
            return Answer::error(405, "METHOD_NOT_ALLOWED", "Only POST is allowed here.");
        }
        if !request
            .header("content-type")
            .is_some_and(|value| value.starts_with("application/json"))
        {
            return Answer::error(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json.");
        }
        let Ok(body) = serde_json::from_slice::<Value>(&request.body) else {
            return Answer::error(400, "VALIDATION_ERROR", "The body is not JSON.");
        };
        let archived = request.query.split('&').any(|pair| pair == "archived=true");
        operations::run(&mut self.store, operation, &body, archived, self.clock.now(), plan)
    }
}

/// Puts an answer into bytes, or into as many of them as the faults let through.
fn send(answer: &Answer, plan: &mut Plan) -> Reply {
    let succeeded = (200..300).contains(&answer.status);
    if succeeded && plan.has(Fault::ErrorAfter) {
        let (mut bytes, body) = server_error(answer, plan);
        bytes.extend(body);
        return Reply {
            bytes,
            after: After::KeepOpen,
        };
    }
    let (mut bytes, mut body) = http::encode(answer);
    let after = match succeeded {
        true if plan.has(Fault::ResetAfter) => After::Reset,
        true if plan.has(Fault::Truncated) => After::Close,
        _ => After::KeepOpen,
    };
    if !matches!(after, After::KeepOpen) {
        // Without a body the head is what gets cut.
        let part = if body.is_empty() { &mut bytes } else { &mut body };
        part.truncate(plan.random.usize(0..part.len()));
    }
    bytes.extend(body);
    Reply { bytes, after }
}

/// The error that hides a success: sometimes the API's own, sometimes a proxy's.
fn server_error(answer: &Answer, plan: &mut Plan) -> (Vec<u8>, Vec<u8>) {
    let (status, title, category) = match plan.random.u8(0..4) {
        0 => (500, "Internal Server Error", "INTERNAL_ERROR"),
        1 => (502, "Bad Gateway", "BAD_GATEWAY"),
        2 => (503, "Service Unavailable", "UNAVAILABLE"),
        _ => (504, "Gateway Timeout", "GATEWAY_TIMEOUT"),
    };
    let pause: Vec<_> = plan.retry_after().filter(|_| status == 503).into_iter().collect();
    match plan.random.u8(0..3) {
        0 => http::encode(
            &Answer::error(status, category, "Something went wrong.")
                .with_headers(answer.headers.clone())
                .with_headers(pause),
        ),
        1 => {
            let page = format!("<html><body><h1>{status} {title}</h1></body></html>");
            http::encode_raw(status, &pause, Some(("text/html", page.into_bytes())))
        }
        _ => http::encode_raw(status, &pause, None),
    }
}
