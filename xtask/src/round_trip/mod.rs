//! Documents in, which instances of their component schemas come back equal from the generated types out:
//! `cargo xtask round-trip`.
//!
//! ```text
//! target/round-trip/packages    what makes instances, and what says whether they are valid, as npm installed them
//! target/round-trip/core-N      the crates and the program of the documents that one core is at
//! ```

mod batch;
mod schemas;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
};

use indexmap::IndexMap;
use serde_json::Value;

use crate::{
    cli::RoundTrip,
    documents::npm,
    exit::{Exit, Failure},
    files::documents_below,
    input,
    ledger::{Ledger, Outcome},
    terminal,
};
use batch::{Document, Instances, Trips};
use schemas::Schemas;

/// Exact ones, all MIT: what makes instances, and what says whether they are valid.
const PACKAGES: [(&str, &str); 3] = [
    ("json-schema-faker", "0.6.3"),
    ("ajv", "8.20.0"),
    ("ajv-formats", "3.0.1"),
];

const SCRIPT: &str = include_str!("instances.mjs");

/// A program has the types of so many components, or of one document.
const TOGETHER: usize = 400;

/// What became of the instances of a component.
#[derive(Debug, Default)]
struct Trip {
    instances: usize,
    unequal: usize,
    /// The first of them, or why there is none.
    wrong: Option<String>,
}

impl Trip {
    fn none(why: &str) -> Self {
        Self {
            wrong: Some(why.to_owned()),
            ..Self::default()
        }
    }
}

pub(crate) fn run(arguments: &RoundTrip) -> Result<Exit, Failure> {
    let ledger = arguments.ledger.as_deref().map(Ledger::read).transpose()?;
    let ledger = ledger.unwrap_or_default();
    let documents = documents(arguments)?;
    let components = documents.iter().map(|document| document.schemas.names.len()).sum();
    terminal::note(&format!(
        "{} of {}",
        terminal::count(components, "component", "components"),
        terminal::count(documents.len(), "document", "documents")
    ));
    let work = input::root().join("target/round-trip");
    let instances = instances(arguments, &work)?;
    let trips = all(&documents, &instances, &work)?;

    let outcomes = outcomes(&trips);
    for (name, outcome) in outcomes.iter().filter(|(name, _)| name.contains('#')) {
        if let Outcome::Miss(found) = outcome {
            terminal::note(&format!("{name}: {}", ledger.reason(name).unwrap_or(found)));
        }
    }
    let each = || trips.iter().flat_map(|(_, trips)| trips);
    let made: usize = each().map(|trip| trip.instances).sum();
    let tried = each().filter(|trip| trip.instances > 0).count();
    let unequal: usize = each().map(|trip| trip.unequal).sum();
    terminal::print(&format!(
        "{made} instances of {tried} of {components} components; {unequal} did not come back equal"
    ));

    let Some(path) = &arguments.ledger else {
        return Ok(if unequal == 0 { Exit::Done } else { Exit::Differs });
    };
    let changes = ledger.settle(outcomes, true, path, arguments.write, "round-trip")?;
    let is_known = changes.fell.is_empty() && changes.new.is_empty();
    Ok(if is_known || arguments.write {
        Exit::Done
    } else {
        Exit::Differs
    })
}

/// Every document that has components, or a sample of them.
fn documents(arguments: &RoundTrip) -> Result<Vec<Document>, Failure> {
    let mut places: Vec<(String, PathBuf)> = Vec::new();
    for path in &arguments.paths {
        for file in documents_below(path)? {
            let name = match file.strip_prefix(path) {
                Ok(below) if !below.as_os_str().is_empty() => below,
                _ => Path::new(file.file_name().unwrap_or_default()),
            };
            places.push((name.to_string_lossy().replace(' ', "%20"), file));
        }
    }
    if let Some(sample) = arguments.sample {
        fastrand::Rng::with_seed(arguments.seed).shuffle(&mut places);
        places.truncate(sample);
        places.sort();
    }
    let mut documents = Vec::new();
    for (name, path) in places {
        let bytes = fs::read(&path).map_err(|error| Failure::at("read", &path, &error))?;
        let value: Option<Value> = if path.extension().is_some_and(|extension| extension == "json") {
            serde_json::from_slice(&bytes).ok()
        } else {
            serde_yaml::from_slice(&bytes).ok()
        };
        match value.as_ref().and_then(Schemas::of) {
            Some(schemas) => documents.push(Document { name, schemas }),
            None => terminal::note(&format!("{name}: no component schemas of OpenAPI 3")),
        }
    }
    if documents.is_empty() {
        return Err(Failure {
            exit: Exit::Refused,
            message: "no document has component schemas".to_owned(),
        });
    }
    Ok(documents)
}

/// Installs what makes instances.
fn instances(arguments: &RoundTrip, work: &Path) -> Result<Instances, Failure> {
    let packages = work.join("packages");
    let folder = packages.join("instances");
    npm::install(&PACKAGES, &folder).map_err(|failure| Failure {
        message: format!(
            "{}\nwhat makes instances comes from npm: this needs `npm` and its registry",
            failure.message
        ),
        ..failure
    })?;
    let script = folder.join("instances.mjs");
    fs::write(&script, SCRIPT).map_err(|error| Failure::at("write", &script, &error))?;
    Ok(Instances {
        node: npm::node(&packages)?,
        script,
        seed: arguments.seed,
        number: arguments.instances,
    })
}

/// A document with what became of its components.
type Tried<'d> = (&'d Document, Trips);

/// Works through all documents with every core.
fn all<'d>(documents: &'d [Document], instances: &Instances, work: &Path) -> Result<Vec<Tried<'d>>, Failure> {
    let waiting = Mutex::new(batches(documents).into_iter());
    let next = || waiting.lock().ok()?.next();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let work_off = |core: usize| -> Result<Vec<_>, Failure> {
        let folder = work.join(format!("core-{core}"));
        fs::create_dir_all(&folder).map_err(|error| Failure::at("create", &folder, &error))?;
        let folder = folder
            .canonicalize()
            .map_err(|error| Failure::at("find", &folder, &error))?;
        let mut all = Vec::new();
        while let Some(batch) = next() {
            let trips = batch::run(batch, instances, &folder)?;
            for (document, trips) in batch.iter().zip(trips) {
                terminal::note(&document.name);
                all.push((document, trips));
            }
        }
        Ok(all)
    };
    let results = thread::scope(|scope| {
        let work_off = &work_off;
        let threads: Vec<_> = (0..cores).map(|core| scope.spawn(move || work_off(core))).collect();
        let results = threads.into_iter().map(thread::ScopedJoinHandle::join);
        results
            .map(|result| result.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect::<Result<Vec<_>, Failure>>()
    })?;
    let mut trips: Vec<_> = results.into_iter().flatten().collect();
    trips.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
    Ok(trips)
}

/// Neighbours whose types make one program.
fn batches(documents: &[Document]) -> Vec<&[Document]> {
    let mut batches = Vec::new();
    let (mut start, mut components) = (0, 0);
    for (index, document) in documents.iter().enumerate() {
        components += document.schemas.names.len();
        if components >= TOGETHER {
            batches.push(&documents[start..=index]);
            (start, components) = (index + 1, 0);
        }
    }
    batches.push(&documents[start..]);
    batches.retain(|batch| !batch.is_empty());
    batches
}

/// A line for each document, and one for each component of which something is wrong.
fn outcomes(trips: &[Tried<'_>]) -> IndexMap<String, Outcome> {
    let mut outcomes = IndexMap::new();
    for (document, trips) in trips {
        let Document {
            name: document,
            schemas,
        } = document;
        let names = &schemas.names;
        let wrong = names
            .iter()
            .zip(trips)
            .filter_map(|(name, trip)| Some((name, trip.wrong.as_ref()?)));
        let wrong: Vec<_> = wrong.collect();
        let whole = if wrong.is_empty() {
            Outcome::Pass
        } else {
            Outcome::Miss(format!("{} of {} components", wrong.len(), names.len()))
        };
        outcomes.insert(document.clone(), whole);
        for (name, reason) in wrong {
            let name = format!("{document}#{}", name.replace(' ', "%20"));
            outcomes.insert(name, Outcome::Miss(reason.clone()));
        }
    }
    outcomes
}
