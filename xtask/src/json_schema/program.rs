//! The suite's schemas in, a crate of them, a program that decodes and encodes, and what it says of each instance out.

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
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
    program::{Program, write},
    terminal,
};

/// The member that holds the instance: as everywhere in an API, its use says whether it may be `null`.
const MEMBER: &str = "instance";

const DEPENDENCIES: &str = "\
serde = \"1\"
suite = { path = \"../crate\", default-features = false }
";

const MAIN: &str = "\
//! A line in is the name of a schema, a tab and JSON; a line out is `ok` or `no`, a tab and JSON or a message.

use std::io::{BufRead, Write};

use suite::runtime::json;

/// As the client reads answers and writes bodies.
fn decode<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> Result<String, String> {
    let value: T = json::from_str(text).map_err(|error| error.to_string())?;
    let text = json::to_vec(&value).map_err(|error| format!(\"not encoded: {error}\"))?;
    String::from_utf8(text).map_err(|error| error.to_string())
}

fn main() {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.expect(\"text\");
        let (name, text) = line.split_once('\\t').expect(\"a tab\");
        let said = match run(name, text) {
            Ok(text) => format!(\"ok\\t{text}\\n\"),
            Err(message) => format!(\"no\\t{}\\n\", message.replace('\\n', \" \")),
        };
        out.write_all(said.as_bytes()).expect(\"a reader\");
    }
}
";

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
    let config = plain_config("suite".to_owned());
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
    let mut main = MAIN.to_owned();
    main.push_str("\nfn run(name: &str, text: &str) -> Result<String, String> {\n    match name {\n");
    for (name, path) in types {
        let _ = writeln!(main, "        {name:?} => decode::<suite::{path}>(text),");
    }
    main.push_str("        _ => Err(\"has no type\".to_owned()),\n    }\n}\n");
    terminal::note("compiling the types");
    let program = Program {
        name: "driver",
        dependencies: DEPENDENCIES,
        main: &main,
    };
    program.build(work)
}

/// What becomes of each instance: how it comes back, or why it does not.
pub(super) fn drive(program: &Path, suite: &Suite) -> Result<Vec<Result<Value, String>>, Failure> {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::at("run", program, &error))?;
    let mut lines = String::new();
    for case in &suite.cases {
        let _ = writeln!(lines, "{}\t{}", case.group, json!({ MEMBER: case.instance }));
    }
    let stdin = child.stdin.take();
    // It answers while it is asked.
    let asking = thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(lines.as_bytes())));
    let output = child.wait_with_output().map_err(|error| Failure::refused(&error))?;
    let _ = asking.join();
    let text = String::from_utf8_lossy(&output.stdout);
    let answers: Vec<Result<Value, String>> = text.lines().map(answer).collect();
    if answers.len() == suite.cases.len() {
        Ok(answers)
    } else {
        Err(refused("the driver did not come to its end"))
    }
}

fn answer(line: &str) -> Result<Value, String> {
    match line.split_once('\t') {
        Some(("ok", text)) => {
            let mut back: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
            Ok(back.get_mut(MEMBER).map(Value::take).unwrap_or_default())
        }
        Some((_, message)) => Err(message.to_owned()),
        None => Err(line.to_owned()),
    }
}

fn refused(message: &str) -> Failure {
    Failure {
        exit: Exit::Refused,
        message: message.to_owned(),
    }
}
