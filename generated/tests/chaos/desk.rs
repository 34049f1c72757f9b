//! The API behind the weather: inputs go in, deeds and the account of them come out.

use std::collections::BTreeSet;

use fastrand::Rng;
use serde_json::{Value, json};

use crate::http::Answer;
use crate::ledger::Ledger;
use crate::weather::{Acts, Telling};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Create,
    Read,
    Update,
    Upsert,
    Archive,
}

impl Operation {
    pub(crate) fn at(path: &str) -> Self {
        match path.rsplit('/').next() {
            Some("create") => Self::Create,
            Some("read") => Self::Read,
            Some("update") => Self::Update,
            Some("upsert") => Self::Upsert,
            Some("archive") => Self::Archive,
            _ => panic!("nothing is at {path}"),
        }
    }

    fn success(self) -> u16 {
        match self {
            Self::Create => 201,
            Self::Read | Self::Update | Self::Upsert => 200,
            Self::Archive => 204,
        }
    }
}

/// One input of a request.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    /// The number that no other input of the run has.
    pub(crate) mark: u64,
    /// The record that it names, if any.
    pub(crate) name: Option<String>,
    trace: Option<String>,
    is_bad: bool,
}

/// What records are called that are read or archived: this, and the mark of the input.
pub(crate) const RECORD: &str = "9000";
/// What inputs have in their subject or their id that the server does not take.
pub(crate) const BAD: &str = "bad";

impl Input {
    pub(crate) fn all(operation: Operation, body: &Value) -> Vec<Self> {
        let inputs = body["inputs"].as_array().unwrap();
        inputs.iter().map(|input| Self::new(operation, input)).collect()
    }

    fn new(operation: Operation, input: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let name = text(&input["id"]);
        let mark = match operation {
            Operation::Read | Operation::Archive => name
                .as_deref()
                .unwrap()
                .trim_start_matches(BAD)
                .trim_start_matches(RECORD),
            _ => input["properties"]["row"].as_str().unwrap(),
        };
        let subject = input["properties"]["subject"].as_str().unwrap_or_default();
        Self {
            mark: mark.parse().unwrap(),
            trace: text(&input["objectWriteTraceId"]),
            is_bad: [subject, name.as_deref().unwrap_or_default()]
                .iter()
                .any(|text| text.starts_with(BAD)),
            name,
        }
    }
}

/// The record that an input which succeeds is about.
pub(crate) fn record(operation: Operation, name: Option<&str>, next: impl FnOnce() -> String) -> String {
    match (operation, name) {
        // The id of a record is not the property by which it is upserted.
        (Operation::Upsert, Some(name)) => format!("77{name}"),
        (_, Some(name)) => name.to_owned(),
        (_, None) => next(),
    }
}

/// Acts on inputs, and says what became of them.
pub(crate) fn act(
    ledger: &mut Ledger,
    operation: Operation,
    inputs: &[Input],
    acts: Acts,
    telling: Telling,
    random: &mut Rng,
) -> Answer {
    // It has only one way to say that it did what it was asked to, and one to say that it did not.
    let (acts, telling) = match (operation, acts, telling) {
        (Operation::Archive, Acts::Some, Telling::Doubtful) => (acts, telling),
        (Operation::Archive, Acts::Yes | Acts::Some, _) | (Operation::Archive, _, Telling::Empty) => {
            (Acts::Yes, Telling::Plain)
        }
        _ => (acts, telling),
    };
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    let traced = telling != Telling::Untraced;
    for input in inputs {
        if input.is_bad && operation != Operation::Archive {
            errors.push(error(input, traced));
            continue;
        }
        if acts == Acts::No || (acts == Acts::Some && random.bool()) {
            // An input that nobody acted on is in both lists, or in none.
            if operation == Operation::Archive && telling == Telling::Doubtful {
                ledger.refused.insert(input.mark);
                errors.push(error(input, true));
            } else if telling == Telling::Doubtful && random.bool() {
                let record = record(operation, input.name.as_deref(), || "1".to_owned());
                results.push(result(operation, input, &record, traced));
                errors.push(error(input, traced));
            }
            continue;
        }
        let next = ledger.deeds.values().map(Vec::len).sum::<usize>();
        let record = record(operation, input.name.as_deref(), || format!("5{next}"));
        ledger.act(input.mark, &record);
        if telling == Telling::Forgetful && random.u8(0..10) == 0 {
            continue;
        }
        if telling == Telling::Doubtful && random.u8(0..10) == 0 {
            errors.push(error(input, traced));
        }
        results.push(result(operation, input, &record, traced));
    }
    if telling == Telling::Empty {
        results.clear();
        errors.clear();
    }
    if telling == Telling::Shuffled {
        random.shuffle(&mut results);
    }
    let status = match telling {
        Telling::Moved => [200, 201, 207][random.usize(0..3)],
        _ if !errors.is_empty() => 207,
        _ => operation.success(),
    };
    let mut body = json!({
        "startedAt": "2024-05-01T10:00:00Z",
        "completedAt": "2024-05-01T10:00:01Z",
        "results": results,
        "status": "COMPLETE",
    });
    if !errors.is_empty() {
        body["errors"] = json!(errors);
    }
    Answer::json(status, &body)
}

/// Refuses a batch for the bad inputs in it, if there are any.
pub(crate) fn refuse(inputs: &[Input]) -> Option<Answer> {
    let bad: BTreeSet<_> = inputs
        .iter()
        .filter(|input| input.is_bad)
        .map(|input| input.mark)
        .collect();
    (!bad.is_empty()).then(|| refusal(400, &format!("{} inputs are bad", bad.len())))
}

/// An error as the API writes it.
pub(crate) fn refusal(status: u16, message: &str) -> Answer {
    let body = json!({
        "status": "error",
        "category": "VALIDATION_ERROR",
        "message": message,
        "correlationId": "1b8fa7d0-2b9c-4b6e-9c0a-3f6f1c2d4e5f",
    });
    Answer::json(status, &body)
}

fn result(operation: Operation, input: &Input, record: &str, traced: bool) -> Value {
    let mut result = json!({
        "id": record,
        "properties": {"row": input.mark.to_string()},
        "createdAt": "2024-05-01T10:00:00Z",
        "updatedAt": "2024-05-01T10:00:00Z",
        "archived": false,
    });
    if operation == Operation::Upsert {
        result["new"] = json!(false);
    }
    if let Some(trace) = input.trace.as_ref().filter(|_| traced) {
        result["objectWriteTraceId"] = json!(trace);
    }
    result
}

fn error(input: &Input, traced: bool) -> Value {
    let context = match &input.trace {
        Some(trace) => json!({"objectWriteTraceId": [trace]}),
        None => json!({"ids": [input.name]}),
    };
    let mut error = json!({
        "status": "error",
        "category": "VALIDATION_ERROR",
        "message": "This input is bad.",
    });
    if traced || input.trace.is_none() {
        error["context"] = context;
    }
    error
}
