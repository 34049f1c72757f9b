//! Documents in, a crate of each and one program for all of them, and what became of every component out.

use std::{
    fmt::Write as _,
    fs::File,
    io::{BufRead, BufReader, Cursor},
    path::{Path, PathBuf},
    process::Command,
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
    for (index, document) in documents.iter().enumerate() {
        // The crate of the batch before is built over.
        let name = format!("document{index}");
        let folder = work.join(&name);
        if let Some(of_document) = generate_types(document, &name, &folder)? {
            types.extend(of_document);
            crates.push((name, folder));
        }
    }
    let program = trip::build(&types, &crates, work)?;
    let mut all = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let name = format!("document{index}");
        let is_generated = crates.iter().any(|(generated, _)| *generated == name);
        all.push(if is_generated {
            make_trips(document, &name, &program, instances, work)?
        } else {
            let names = document.schemas.names.iter();
            names.map(|_| Trip::none("the document is refused")).collect()
        });
    }
    Ok(all)
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
    let made = work.join("instances.txt");
    make(instances, &schemas, &made, &document.name)?;

    let mut trips: Trips = document.schemas.names.iter().map(|_| Trip::default()).collect();
    let mut questions = String::new();
    for line in lines(&made)? {
        let (position, text) = parsed(&line?)?;
        match text.strip_prefix('!') {
            Some(why) => trips[position] = Trip::none(&format!("no instance could be made: {why}")),
            None => _ = writeln!(questions, "{name}/{position}\t{text}"),
        }
    }
    let mut driver = Driver::start(program, Cursor::new(questions))?;
    for line in lines(&made)? {
        let (position, text) = parsed(&line?)?;
        if text.starts_with('!') {
            continue;
        }
        let instance: Value = serde_json::from_str(&text).map_err(|error| Failure::refused(&error))?;
        let trip = &mut trips[position];
        trip.instances += 1;
        let wrong = match driver.answer()? {
            Ok(back) => match difference(&instance, &back) {
                None => continue,
                Some(place) => format!("{place}, of {}", beginning(&text)),
            },
            Err(message) => format!("{message}, of {}", beginning(&text)),
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

fn make(instances: &Instances, schemas: &Path, into: &Path, document: &str) -> Result<(), Failure> {
    let out = File::create(into).map_err(|error| Failure::at("create", into, &error))?;
    let status = Command::new(&instances.node)
        .arg(&instances.script)
        .arg(schemas)
        .args([instances.seed.to_string(), instances.number.to_string()])
        .stdout(out)
        .status()
        .map_err(|error| Failure::at("run", &instances.node, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure {
        exit: Exit::Refused,
        message: format!("no instances were made of `{document}`"),
    })
}

fn lines(path: &Path) -> Result<impl Iterator<Item = Result<String, Failure>>, Failure> {
    let file = File::open(path).map_err(|error| Failure::at("read", path, &error))?;
    let path = path.to_owned();
    let lines = BufReader::new(file).lines();
    Ok(lines.map(move |line| line.map_err(|error| Failure::at("read", &path, &error))))
}

/// `7⇥{"a":1}` is of the component at position 7.
fn parsed(line: &str) -> Result<(usize, String), Failure> {
    let parts = line.split_once('\t');
    let parts = parts.and_then(|(position, text)| Some((position.parse().ok()?, text.to_owned())));
    parts.ok_or_else(|| Failure {
        exit: Exit::Refused,
        message: format!("expected a position and an instance, found `{line}`"),
    })
}
