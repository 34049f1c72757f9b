//! The judgement on an input: what it asks for goes in; the ticket that it is about, or why it is refused, comes out.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::input::Input;
use super::operations::Operation;
use super::properties;
use super::store::Store;

/// Why one input cannot be acted on.
#[derive(Debug, Clone)]
pub(super) struct RowError {
    pub(super) category: &'static str,
    pub(super) message: String,
    pub(super) context: Map<String, Value>,
    /// What is wrong with each property, where that is what is wrong.
    pub(super) details: Vec<Value>,
}

impl RowError {
    pub(super) fn new(category: &'static str, message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            category,
            message: message.into(),
            context: Map::new(),
            details: Vec::new(),
        })
    }

    /// The error with what it is about.
    pub(super) fn about(mut self: Box<Self>, name: &str, value: Value) -> Box<Self> {
        self.context.insert(name.to_owned(), value);
        self
    }

    /// The answer that refuses a whole batch for this reason.
    pub(super) fn into_answer(self) -> Answer {
        let mut answer = Answer::error(400, self.category, &self.message);
        if let Some(Value::Object(body)) = &mut answer.body {
            body.insert("context".to_owned(), Value::Object(self.context));
            if !self.details.is_empty() {
                body.insert("errors".to_owned(), Value::Array(self.details));
            }
        }
        answer
    }
}

/// Refuses a batch that names tickets in a way in which none can be named, trace ids or not.
pub(super) fn identities(
    store: &Store,
    operation: Operation,
    inputs: &[Input],
    id_property: Option<&str>,
) -> Result<(), Box<RowError>> {
    // A read says once for all inputs what their ids are; an update and an upsert say it for each.
    let property = |input: &Input| match operation {
        Operation::Create | Operation::Archive => None,
        Operation::Read => id_property.map(str::to_owned),
        Operation::Update | Operation::Upsert => input.id_property.clone(),
    };
    if operation == Operation::Create {
        return Ok(());
    }
    let mut not_ids = Vec::new();
    for input in inputs {
        match property(input).as_deref() {
            None | Some("hs_object_id") => {
                // An upsert without a property is refused for that.
                if operation != Operation::Upsert && !properties::is_id(&input.id) {
                    not_ids.push(input.id.as_str());
                }
            }
            Some(property) if !store.is_unique(property) => {
                let message = if store.schema().has_property(property) {
                    format!("The values of {property} are not unique.")
                } else {
                    format!("There is no property \"{property}\".")
                };
                return Err(RowError::new("VALIDATION_ERROR", message).about("properties", json!([property])));
            }
            Some(_) => {}
        }
    }
    if not_ids.is_empty() {
        return Ok(());
    }
    let message = format!("An id of a ticket is a number; these are not: {}.", not_ids.join(", "));
    Err(RowError::new("VALIDATION_ERROR", message).about("ids", json!(not_ids)))
}

/// The ticket that an input is about, `None` for one that is to be created.
pub(super) fn check(
    store: &Store,
    operation: Operation,
    input: &Input,
    claimed: &mut BTreeSet<(String, String)>,
) -> Result<Option<u64>, Box<RowError>> {
    let id_property = input.id_property.as_deref();
    if operation == Operation::Upsert && (id_property.is_none() || input.id.is_empty()) {
        return Err(RowError::new(
            "VALIDATION_ERROR",
            "An upsert needs `id` and `idProperty`.",
        ));
    }
    let found = match operation {
        Operation::Create => None,
        _ => store.find(&input.id, id_property),
    };
    if operation == Operation::Update && found.is_none() {
        return Err(RowError::new("OBJECT_NOT_FOUND", "There is no such ticket.").about("ids", json!([input.id])));
    }
    let own = found.and_then(|id| store.get(id));
    let faults = store
        .schema()
        .faults(&input.draft, own.and_then(|ticket| ticket.property("hs_pipeline")));
    if !faults.is_empty() {
        let texts: Vec<_> = faults.iter().map(|fault| fault.message.as_str()).collect();
        let names: Vec<_> = faults.iter().map(|fault| fault.property.as_str()).collect();
        let mut error = RowError::new("VALIDATION_ERROR", texts.join(" ")).about("properties", json!(names));
        let details = faults.iter().map(|fault| {
            json!({
                "code": fault.code,
                "message": fault.message,
                "context": { "propertyName": [fault.property] },
            })
        });
        error.details = details.collect();
        return Err(error);
    }
    if let Some(message) = store.schema().unknown_associations(&input.draft) {
        return Err(RowError::new("VALIDATION_ERROR", message));
    }
    if found.is_none() {
        let missing: Vec<_> = ["subject", "hs_pipeline_stage"]
            .into_iter()
            .filter(|name| input.draft.properties.get(*name).is_none_or(String::is_empty))
            .collect();
        if !missing.is_empty() {
            let message = format!("A ticket needs a value of {}.", missing.join(" and "));
            return Err(RowError::new("VALIDATION_ERROR", message).about("properties", json!(missing)));
        }
    }
    let mut conflicts = store.conflicts(&input.draft, found);
    for (name, value) in input.draft.properties.iter().filter(|(name, _)| store.is_unique(name)) {
        if !value.is_empty() && !claimed.insert((name.clone(), value.clone())) {
            conflicts.push(name.clone());
        }
    }
    if conflicts.is_empty() {
        return Ok(found);
    }
    let message = format!("Another ticket has this value of {}.", conflicts.join(" and "));
    Err(RowError::new("CONFLICT", message).about("properties", json!(conflicts)))
}
