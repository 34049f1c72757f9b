//! The JSON Schema Test Suite in, which of its valid instances the generated types take and give back out:
//! `cargo xtask json-schema`.
//!
//! A type is no validator: it has to take every instance that is valid, and may take others. What it takes must come back
//! equal as JSON.
//!
//! ```text
//! target/json-schema/packages    the suite, as PyPI has it
//! target/json-schema/document    an OpenAPI document with a component for each schema
//! target/json-schema/crate       the crate of it
//! target/json-schema/driver      a program that decodes and encodes
//! ```

mod program;
mod suite;

use std::fs;

use indexmap::IndexMap;
use serde_json::Value;

use crate::{
    cli::JsonSchema,
    exit::{Exit, Failure},
    input,
    ledger::{Ledger, Outcome, table},
    terminal,
    trip::difference,
};
use suite::{Case, Suite};

pub(crate) fn run(arguments: &JsonSchema) -> Result<Exit, Failure> {
    let work = input::root().join("target/json-schema");
    fs::create_dir_all(&work).map_err(|error| Failure::at("create", &work, &error))?;
    let work = work
        .canonicalize()
        .map_err(|error| Failure::at("find", &work, &error))?;
    let path = input::root().join("generator/tests/json-schema/ledger.txt");
    let ledger = Ledger::read(&path)?;

    let suite = Suite::fetch(&work.join("packages"))?;
    terminal::note(&format!(
        "{} in {}",
        terminal::count(suite.cases.len(), "instance", "instances"),
        terminal::count(suite.groups.len(), "schema", "schemas")
    ));
    let types = program::generate(&suite, &work)?;
    let program = program::build(&types, &work)?;
    let answers = program::drive(&program, &suite)?;

    let wanted = |case: &Case| {
        arguments.keywords.is_empty() || arguments.keywords.iter().any(|keyword| case.name.starts_with(keyword))
    };
    let judged: Vec<(&Case, Outcome)> = suite
        .cases
        .iter()
        .zip(answers)
        .filter(|(case, _)| wanted(case))
        .map(|(case, answer)| (case, judge(&case.instance, answer)))
        .collect();
    let valid: IndexMap<String, Outcome> = judged
        .iter()
        .filter(|(case, _)| case.is_valid)
        .map(|(case, outcome)| (case.name.clone(), outcome.clone()))
        .collect();
    if valid.is_empty() {
        let names = arguments.keywords.join(", ");
        return Err(Failure::usage(format!("no instance is called like {names}")));
    }
    let invalid: Vec<&Outcome> = judged
        .iter()
        .filter_map(|(case, outcome)| (!case.is_valid).then_some(outcome))
        .collect();
    let taken = invalid.iter().filter(|outcome| outcome.is_pass()).count();
    terminal::print(&table::draw(&valid, &ledger));
    terminal::print(&format!("of {} invalid instances {taken} are taken", invalid.len()));

    let are_all = arguments.keywords.is_empty();
    let changes = ledger.settle(valid, are_all, &path, arguments.write, "json-schema")?;
    Ok(if changes.fell.is_empty() || arguments.write {
        Exit::Done
    } else {
        Exit::Differs
    })
}

/// What the type made of an instance.
fn judge(instance: &Value, answer: Result<Value, String>) -> Outcome {
    match answer {
        Ok(back) if difference(instance, &back).is_none() => Outcome::Pass,
        Ok(back) => Outcome::Miss(format!("comes back as `{back}`")),
        Err(message) => Outcome::Miss(message),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::judge;

    #[test]
    fn what_is_lost_is_a_miss() {
        assert!(judge(&json!({ "a": 1 }), Ok(json!({ "a": 1 }))).is_pass());
        assert!(!judge(&json!({ "a": 1 }), Ok(json!({}))).is_pass());
        assert!(!judge(&json!(1), Err("no".to_owned())).is_pass());
    }
}
