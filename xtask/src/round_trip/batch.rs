//! Documents in, a crate of each and one program for all of them, and what became of every component out.

use std::{
    fmt::Write as _,
    io::Cursor,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use generator::{Source, generate, output};
use serde_json::Value;

use super::{Trip, schemas::Schemas};
use crate::{
    exit::{Exit, Failure},
    files::empty,
    input::plain_config,
    program::write,
    trip::{self, Driver, Type, difference},
};

/// A document, with the name that the ledger has for it.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) schemas: Schemas,
}

/// Where instances come from.
#[derive(Debug)]
pub(super) struct Instances {
    pub(super) node: PathBuf,
    /// The script, among the packages that it needs.
    pub(super) script: PathBuf,
    pub(super) seed: u64,
    pub(super) number: usize,
}

/// What became of a document's components.
pub(super) type Trips = Vec<Trip>;

/// Works through the documents in the folder `work`; a list of trips for each.
pub(super) fn run(documents: &[Document], instances: &Instances, work: &Path) -> Result<Vec<Trips>, Failure> {
    let mut types = Vec::new();
    let mut crates = Vec::new();
    let mut names = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        // The crate of the batch before is built over.
        let name = format!("document{index}");
        let folder = work.join(&name);
        let of_document = generate_types(document, &name, &folder)?;
        names.push(of_document.is_some().then(|| name.clone()));
        if let Some(of_document) = of_document {
            types.extend(of_document);
            crates.push((name, folder));
        }
    }
    let program = trip::build(&types, &crates, work)?;
    let trips = documents.iter().zip(names).map(|(document, name)| {
        let Some(name) = name else {
            let refused = document.schemas.names.iter();
            return Ok(refused.map(|_| Trip::none("the document is refused")).collect());
        };
        make_trips(document, &name, &program, instances, work)
    });
    trips.collect()
}

/// Writes the crate; the types of the components, or nothing where the document is refused.
fn generate_types(document: &Document, name: &str, folder: &Path) -> Result<Option<Vec<Type>>, Failure> {
    let bytes = document.schemas.document.to_string().into_bytes();
    let source = Source {
        name: &document.name,
        bytes: &bytes,
    };
    let Ok(generated) = generate(&source, &plain_config(name.to_owned())) else {
        return Ok(None);
    };
    // What was generated of another document would be in the way.
    empty(&folder.join("src"))?;
    output::write(&generated.files, folder).map_err(|error| Failure::refused(&error))?;
    let names = &document.schemas.names;
    let entries = generated.manifest.types.into_iter();
    let types = entries.filter_map(|entry| {
        let position = names.get_index_of(&entry.schema?)?;
        Some(Type {
            key: format!("{name}/{position}"),
            of: name.to_owned(),
            // Whether it may be `null` is said by who uses a component.
            name: format!("Option<{name}::{}>", entry.path),
        })
    });
    Ok(Some(types.collect()))
}

/// Makes the instances of one document and drives them through its types.
fn make_trips(
    document: &Document,
    name: &str,
    program: &Path,
    instances: &Instances,
    work: &Path,
) -> Result<Trips, Failure> {
    let schemas = work.join("schemas.json");
    write(&schemas, &document.schemas.plain().to_string())?;
    let made = make(instances, &schemas, &document.name)?;
    let made = made.lines().map(parsed).collect::<Result<Vec<_>, Failure>>()?;

    let mut trips: Trips = document.schemas.names.iter().map(|_| Trip::default()).collect();
    let mut questions = String::new();
    for (position, text) in &made {
        match text.strip_prefix('!') {
            Some(why) => trips[*position] = Trip::none(&format!("no instance could be made: {why}")),
            None => _ = writeln!(questions, "{name}/{position}\t{text}"),
        }
    }
    let mut driver = Driver::start(program, Cursor::new(questions))?;
    for (position, text) in made.into_iter().filter(|(_, text)| !text.starts_with('!')) {
        let instance: Value = serde_json::from_str(text).map_err(|error| Failure::refused(&error))?;
        let trip = &mut trips[position];
        trip.instances += 1;
        let wrong = match driver.answer()? {
            Ok(back) => match difference(&instance, &back) {
                None => continue,
                Some(place) => format!("{place}, of {}", beginning(text)),
            },
            Err(message) => format!("{message}, of {}", beginning(text)),
        };
        trip.unequal += 1;
        trip.wrong.get_or_insert(wrong);
    }
    driver.end()?;
    Ok(trips)
}

/// So much of a text as a line has room for.
fn beginning(text: &str) -> String {
    const SHOWN: usize = 300;
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("`{short}`")
}

/// What the script says of a document.
fn make(instances: &Instances, schemas: &Path, document: &str) -> Result<String, Failure> {
    let output = Command::new(&instances.node)
        .arg(&instances.script)
        .arg(schemas)
        .args([instances.seed.to_string(), instances.number.to_string()])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure::at("run", &instances.node, &error))?;
    let text = String::from_utf8(output.stdout)
        .ok()
        .filter(|_| output.status.success());
    text.ok_or_else(|| Failure {
        exit: Exit::Refused,
        message: format!("no instances were made of `{document}`"),
    })
}

/// `7⇥{"a":1}` is of the component at position 7.
fn parsed(line: &str) -> Result<(usize, &str), Failure> {
    let parts = line.split_once('\t');
    let parts = parts.and_then(|(position, text)| Some((position.parse().ok()?, text)));
    parts.ok_or_else(|| Failure {
        exit: Exit::Refused,
        message: format!("expected a position and an instance, found `{line}`"),
    })
}
