//! The five endpoints: a decoded body goes in, the tickets change, and an answer comes out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::check::{self, RowError, check};
use super::faults::{Fault, Plan};
use super::input::{self, Input};
use super::store::{Draft, Store, StoredTicket};
use super::{BATCH_LIMIT, HISTORY_BATCH_LIMIT};

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Create,
    Read,
    Update,
    Upsert,
    Archive,
}

impl Operation {
    /// The operation at a path.
    pub(super) fn at(path: &str) -> Option<Self> {
        match path.strip_prefix("/crm/v3/objects/tickets/batch/")? {
            "create" => Some(Self::Create),
            "read" => Some(Self::Read),
            "update" => Some(Self::Update),
            "upsert" => Some(Self::Upsert),
            "archive" => Some(Self::Archive),
            _ => None,
        }
    }
}

/// Acts on a batch.
pub(super) fn run(
    store: &mut Store,
    operation: Operation,
    body: &Value,
    archived: bool,
    now: Timestamp,
    plan: &mut Plan,
) -> Answer {
    let mut inputs = match input::parse(body) {
        Ok(inputs) => inputs,
        Err(message) => return Answer::error(400, "VALIDATION_ERROR", &message),
    };
    let histories = input::texts(body, "propertiesWithHistory");
    let limit = if histories.is_empty() {
        BATCH_LIMIT
    } else {
        HISTORY_BATCH_LIMIT
    };
    if inputs.len() > limit {
        let message = format!("A batch may have {limit} inputs, this one has {}.", inputs.len());
        return Answer::error(400, "VALIDATION_ERROR", &message);
    }
    let id_property = body.get("idProperty").and_then(Value::as_str);
    if let Err(error) = check::identities(store, operation, &inputs, id_property) {
        return error.into_answer();
    }
    let silent = plan.silent(inputs.len());
    let mut numbers = 0..;
    inputs.retain(|_| numbers.next().is_some_and(|number| !silent.contains(&number)));
    match operation {
        Operation::Create | Operation::Update | Operation::Upsert => write(store, operation, inputs, now, plan),
        Operation::Read => {
            let view = View {
                // A property that does not exist is left out, and nothing is said of it.
                properties: {
                    let mut names = input::texts(body, "properties");
                    names.retain(|name| store.schema().has_property(name));
                    names
                },
                histories,
                id_property: id_property.map(str::to_owned),
                archived,
            };
            read(store, &inputs, &view, now, plan)
        }
        Operation::Archive => {
            for input in &inputs {
                if let Some(id) = store.find(&input.id, None) {
                    store.archive(id, now);
                }
            }
            Answer::empty(204)
        }
    }
}

/// Create, update and upsert: all inputs or, when each carries a trace id of its own, those that are valid.
fn write(store: &mut Store, operation: Operation, inputs: Vec<Input>, now: Timestamp, plan: &mut Plan) -> Answer {
    let mut traces = BTreeSet::new();
    let partial = inputs.iter().all(|input| {
        input
            .draft
            .trace_id
            .as_ref()
            .is_some_and(|trace| traces.insert(trace.clone()))
    });
    let mut claimed = BTreeSet::new();
    let verdicts: Vec<_> = inputs
        .iter()
        .map(|input| check(store, operation, input, &mut claimed))
        .collect();
    if !partial && let Some(Err(error)) = verdicts.iter().find(|verdict| verdict.is_err()) {
        return error.clone().into_answer();
    }
    let mut results = Vec::new();
    let mut errors = Vec::new();
    for (input, verdict) in inputs.into_iter().zip(verdicts) {
        let trace = input.draft.trace_id.clone();
        let found = match verdict {
            Ok(found) => found,
            Err(mut error) => {
                error
                    .context
                    .extend(trace.map(|trace| ("objectWriteTraceId".to_owned(), json!([trace]))));
                errors.push(*error);
                continue;
            }
        };
        let (id, new) = match found {
            Some(id) => {
                store.set(id, input.draft.properties, now);
                (id, false)
            }
            None => (store.create(with_key(input), now), true),
        };
        let Some(ticket) = store.get(id) else { continue };
        let names = ticket.history.keys().cloned().collect();
        let mut result = show(
            ticket,
            &View {
                properties: names,
                ..View::default()
            },
        );
        if operation == Operation::Upsert {
            result["new"] = json!(new);
        }
        if let Some(trace) = trace.filter(|_| !plan.has(Fault::WithoutTraceIds)) {
            result["objectWriteTraceId"] = json!(trace);
        }
        results.push(result);
    }
    let status = if operation == Operation::Create { 201 } else { 200 };
    assemble(status, results, errors, now, plan)
}

/// An upsert that creates sets the property that it looked for.
fn with_key(input: Input) -> Draft {
    let mut draft = input.draft;
    if let Some(property) = input.id_property {
        draft.properties.entry(property).or_insert(input.id);
    }
    draft
}

/// What of a ticket is to be shown.
#[derive(Default)]
struct View {
    properties: Vec<String>,
    histories: Vec<String>,
    id_property: Option<String>,
    archived: bool,
}

/// What the server shows of a ticket whether or not it is asked to.
const ALWAYS: [&str; 3] = ["createdate", "hs_lastmodifieddate", "hs_object_id"];

fn read(store: &Store, inputs: &[Input], view: &View, now: Timestamp, plan: &mut Plan) -> Answer {
    let mut results = Vec::new();
    let mut missing = Vec::new();
    for input in inputs {
        let id = store.find(&input.id, view.id_property.as_deref());
        match id
            .and_then(|id| store.get(id))
            .filter(|ticket| ticket.archived_at.is_some() == view.archived)
        {
            Some(ticket) => results.push(show(ticket, view)),
            None => missing.push(input.id.as_str()),
        }
    }
    // One error names all that are missing.
    let errors = if missing.is_empty() {
        Vec::new()
    } else {
        vec![*RowError::new("OBJECT_NOT_FOUND", "Some tickets do not exist.").about("ids", json!(missing))]
    };
    assemble(200, results, errors, now, plan)
}

fn show(ticket: &StoredTicket, view: &View) -> Value {
    let mut properties = Map::new();
    for name in &view.properties {
        properties.insert(name.clone(), json!(ticket.property(name)));
    }
    for (name, value) in ALWAYS.into_iter().zip([
        ticket.created_at.to_string(),
        ticket.updated_at.to_string(),
        ticket.id.to_string(),
    ]) {
        properties.insert(name.to_owned(), json!(value));
    }
    let mut shown = json!({
        "id": ticket.id.to_string(),
        "properties": properties,
        "createdAt": ticket.created_at.to_string(),
        "updatedAt": ticket.updated_at.to_string(),
        "archived": ticket.archived_at.is_some(),
    });
    if let Some(at) = ticket.archived_at {
        shown["archivedAt"] = json!(at.to_string());
    }
    if !view.histories.is_empty() {
        let histories: BTreeMap<_, Vec<_>> = view
            .histories
            .iter()
            .filter_map(|name| {
                let versions = ticket.history.get(name)?.iter().rev();
                let shown = versions.map(|version| {
                    json!({
                        "value": version.value,
                        "timestamp": version.timestamp.to_string(),
                        "sourceType": "INTEGRATION",
                    })
                });
                Some((name, shown.collect()))
            })
            .collect();
        shown["propertiesWithHistory"] = json!(histories);
    }
    shown
}

/// Puts results and errors into the body of an answer, in the shape that the faults ask for.
fn assemble(status: u16, mut results: Vec<Value>, errors: Vec<RowError>, now: Timestamp, plan: &mut Plan) -> Answer {
    if plan.has(Fault::Shuffled) {
        plan.random.shuffle(&mut results);
    }
    let failed = !errors.is_empty();
    let errors: Vec<_> = errors
        .into_iter()
        .map(|error| {
            let mut shown = json!({
                "status": "error",
                "category": error.category,
                "message": error.message,
                "context": error.context,
            });
            if !error.details.is_empty() {
                shown["errors"] = json!(error.details);
            }
            shown
        })
        .collect();
    let mut body = json!({
        "startedAt": now.to_string(),
        "completedAt": now.to_string(),
        "results": results,
    });
    if !plan.has(Fault::Sparse) {
        body["status"] = json!("COMPLETE");
        body["requestedAt"] = Value::Null;
    }
    if failed {
        body["numErrors"] = json!(errors.len());
    }
    if failed || !plan.has(Fault::Sparse) {
        body["errors"] = json!(errors);
    }
    let status = match (plan.has(Fault::MovedStatus), failed) {
        (true, _) => 200,
        (false, true) => 207,
        (false, false) => status,
    };
    Answer::json(status, body)
}
