//! The suite's schemas in, a crate of them, a program that decodes and encodes, and what it says of each instance out.

use std::{
    fmt::Write as _,
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use generator::output;
use indexmap::IndexMap;
use serde_json::{Value, json};

use super::suite::Suite;
use crate::{
    diagnostics,
    exit::{Exit, Failure},
    files::empty,
    input::{Spec, plain_config},
    program::write,
    terminal,
    trip::{self, Driver, Type},
};

/// The member that holds the instance: as everywhere in an API, its use says whether it may be `null`.
const MEMBER: &str = "instance";

const CRATE: &str = "suite";

/// Generates the crate; the type of each schema.
pub(super) fn generate(suite: &Suite, work: &Path) -> Result<IndexMap<String, String>, Failure> {
    let folder = work.join("document");
    empty(&folder)?;
    let mut schemas = serde_json::Map::new();
    for (name, schema) in &suite.groups {
        // In a file of its own, its references are seen from its own root.
        let file = format!("{name}.json");
        write(&folder.join(&file), &schema.to_string())?;
        let holder = json!({ "type": "object", "required": [MEMBER], "properties": { MEMBER: { "$ref": file } } });
        schemas.insert(name.clone(), holder);
    }
    for (index, (url, schema)) in suite.remotes.iter().enumerate() {
        let mut schema = schema.clone();
        if let Value::Object(schema) = &mut schema {
            schema.entry("$id").or_insert_with(|| json!(url));
        }
        schemas.insert(format!("remote{index}"), schema);
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Suite", "version": "1" },
        "components": { "schemas": schemas },
    });
    let path = folder.join("openapi.json");
    write(&path, &document.to_string())?;
    let spec = Spec::read(&path, &[], &[])?;
    let config = plain_config(CRATE.to_owned());
    let generated = spec
        .with_input(|input| generator::generate(*input, &config))
        .map_err(|refusal| {
            diagnostics::print(&refusal.problems, &refusal.sources);
            refused("the document of the suite is refused")
        })?;
    let folder = work.join("crate");
    fs::create_dir_all(&folder).map_err(|error| Failure::at("create", &folder, &error))?;
    output::write(&generated.files, &folder).map_err(|error| Failure::refused(&error))?;
    let entries = generated.manifest.types.into_iter();
    Ok(entries.filter_map(|entry| Some((entry.schema?, entry.path))).collect())
}

/// Compiles the program; where it is.
pub(super) fn build(types: &IndexMap<String, String>, work: &Path) -> Result<PathBuf, Failure> {
    terminal::note("compiling the types");
    let types: Vec<Type> = types
        .iter()
        .map(|(key, path)| Type {
            key: key.clone(),
            of: CRATE.to_owned(),
            name: format!("{CRATE}::{path}"),
        })
        .collect();
    trip::build(&types, &[(CRATE.to_owned(), work.join("crate"))], work)
}

/// What becomes of each instance: how it comes back, or why it does not.
pub(super) fn drive(program: &Path, suite: &Suite) -> Result<Vec<Result<Value, String>>, Failure> {
    let mut lines = String::new();
    for case in &suite.cases {
        let _ = writeln!(lines, "{}\t{}", case.group, json!({ MEMBER: case.instance }));
    }
    let mut driver = Driver::start(program, Cursor::new(lines))?;
    let held = |mut back: Value| back.get_mut(MEMBER).map(Value::take).unwrap_or_default();
    let answers = suite.cases.iter().map(|_| Ok(driver.answer()?.map(held)));
    let answers = answers.collect::<Result<_, Failure>>()?;
    driver.end()?;
    Ok(answers)
}

fn refused(message: &str) -> Failure {
    Failure {
        exit: Exit::Refused,
        message: message.to_owned(),
    }
}
