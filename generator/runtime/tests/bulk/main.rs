//! The bulk engine: whatever an answer says or fails to say, every input gets exactly one outcome, and the right one.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

mod foreign;
mod independence;
mod matching;
mod network;
mod running;
mod server;
mod stalled;

use runtime::bulk::{
    BatchKey, BatchLayout, BatchOperation, BatchProperty, Bulk, Failure, NotSent, Outcome, Record, Source, Statuses,
    Success, SuccessBody, Unknown,
};
use runtime::calls::operation::{Api, Defaults, Method, Operation, SecurityKind, SecurityScheme, Streaming};
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use serde_json::{Value, json};

use server::Server;

/// An operation with a correlation id, as one that creates has it.
#[derive(Debug)]
enum Create {}

impl BatchOperation for Create {
    type Request = Value;
    type Input = Value;
    type Output = Value;
    type Failure = Value;
    type Error = Value;
    const OPERATION: &'static Operation = &POST;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        inputs: "inputs",
        limit: 4,
        results: Some("results"),
        errors: Some("errors"),
        complete: false,
        correlation: Some(BatchKey {
            input: "trace",
            result: "trace",
            error: Some("context.trace"),
        }),
        identity: None,
        property: None,
        successes: &[success(200), success(201), success(207)],
        refusal: &["message"],
    };
}

const fn success(status: u16) -> Success {
    Success::new(Statuses::Code(status), SuccessBody::Json)
}

/// An operation whose refusals have much described, all of which may be left out.
#[derive(Debug)]
enum Described {}

impl BatchOperation for Described {
    type Request = Value;
    type Input = Value;
    type Output = Value;
    type Failure = Value;
    type Error = Value;
    const OPERATION: &'static Operation = &POST;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        refusal: &["message", "category", "context", "errors"],
        ..Create::LAYOUT
    };
}

/// An operation whose success mentions every input exactly once.
#[derive(Debug)]
enum Complete {}

impl BatchOperation for Complete {
    type Request = Value;
    type Input = Value;
    type Output = Value;
    type Failure = Value;
    type Error = Value;
    const OPERATION: &'static Operation = &POST;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        complete: true,
        ..Create::LAYOUT
    };
}

/// An operation with an identity, as one that reads has it.
#[derive(Debug)]
enum Read {}

impl BatchOperation for Read {
    type Request = Value;
    type Input = Value;
    type Output = Value;
    type Failure = Value;
    type Error = Value;
    const OPERATION: &'static Operation = &POST;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        correlation: None,
        identity: Some(BatchKey {
            input: "id",
            result: "id",
            error: Some("context.ids"),
        }),
        ..Create::LAYOUT
    };
}

/// An operation whose callers may choose a property that identifies records.
#[derive(Debug)]
enum ByProperty {}

impl BatchOperation for ByProperty {
    type Request = Value;
    type Input = Value;
    type Output = Value;
    type Failure = Value;
    type Error = Value;
    const OPERATION: &'static Operation = &POST;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        correlation: Create::LAYOUT.correlation,
        property: Some(BatchProperty {
            name: "by",
            result: "values",
            request: Some("names"),
        }),
        ..Read::LAYOUT
    };
}

/// One that needs a token.
#[derive(Debug)]
enum Secured {}

impl BatchOperation for Secured {
    type Request = Value;
    type Input = Value;
    type Output = Value;
    type Failure = Value;
    type Error = Value;
    const OPERATION: &'static Operation = &Operation {
        method: Method::POST,
        security: &[&["bearer"]],
        ..POST
    };
    const LAYOUT: BatchLayout<'static> = Create::LAYOUT;
}

/// One that takes more inputs at once.
#[derive(Debug)]
enum Many {}

impl BatchOperation for Many {
    type Request = Value;
    type Input = Value;
    type Output = Value;
    type Failure = Value;
    type Error = Value;
    const OPERATION: &'static Operation = &POST;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        limit: 100,
        ..Read::LAYOUT
    };
}

/// An operation without results whose success names the inputs that failed.
#[derive(Debug)]
enum Named {}

impl BatchOperation for Named {
    type Request = Value;
    type Input = Value;
    type Output = Value;
    type Failure = Value;
    type Error = Value;
    const OPERATION: &'static Operation = &POST;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        results: None,
        ..Read::LAYOUT
    };
}

/// An operation whose success says nothing about single inputs.
#[derive(Debug)]
enum Archive {}

impl BatchOperation for Archive {
    type Request = Value;
    type Input = Value;
    type Output = ();
    type Failure = Value;
    type Error = Value;
    const OPERATION: &'static Operation = &POST;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        correlation: None,
        identity: None,
        results: None,
        errors: None,
        successes: &[Success::new(Statuses::Code(204), SuccessBody::Nothing)],
        ..Create::LAYOUT
    };
}

static POST: Operation = Operation {
    id: "post",
    method: Method::POST,
    path: "/",
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

static API: Api = Api {
    base_url: "http://localhost",
    operation_servers: &[],
    placeholders: &[],
    security_schemes: &[SecurityScheme {
        name: "bearer",
        kind: SecurityKind::Bearer,
        setter: "",
    }],
    user_agent: "bulk",
    defaults: Defaults::NONE,
};

fn core(server: &Server) -> Core {
    ClientBuilder::new(&API).base_url(&server.url).build_core().unwrap()
}

/// A run against a server.
fn bulk<'a, O: BatchOperation>(server: &Server, inputs: impl Into<Source<'a, O::Input>>) -> Bulk<'a, O> {
    Bulk::new(&core(server), inputs)
}

/// What became of an input, in a few words.
fn words<O: BatchOperation<Output = Value, Failure = Value>>(record: &Record<O>) -> String {
    match &record.outcome {
        Outcome::Succeeded(result) => format!("succeeded: {}", text(&result["id"])),
        Outcome::Failed(Failure::Reported(error)) => format!("failed: {}", text(&error["message"])),
        Outcome::Failed(Failure::Refused(error)) => format!("refused alone: {}", error.status().unwrap().as_u16()),
        Outcome::Failed(_) => "failed: undescribed".to_owned(),
        Outcome::Unknown(Unknown::Call(error)) => {
            format!("unknown: {:?}", error.status().map(|status| status.as_u16()))
        }
        Outcome::Unknown(reason) => format!("unknown: {}", variant(&format!("{reason:?}"))),
        Outcome::NotSent(NotSent::RefusedTogether(_)) => "not sent: refused together".to_owned(),
        Outcome::NotSent(reason) => format!("not sent: {}", variant(&format!("{reason:?}"))),
    }
}

fn variant(debug: &str) -> &str {
    debug.split('(').next().unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Inputs with a name each.
fn named(names: &[&str]) -> Vec<Value> {
    names
        .iter()
        .map(|name| json!({ "name": name, "trace": name }))
        .collect()
}
