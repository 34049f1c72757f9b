//! TypeSpec's suite of services in, the documents that its own compiler makes of them out, in three versions.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use walkdir::WalkDir;

use super::{fetch::run, npm, sort::Row, survey::survey};
use crate::{
    exit::{Exit, Failure},
    files::{documents_below, empty},
};

pub(super) const NAME: &str = "@typespec/http-specs";
const SUITE: &str = "0.1.0-alpha.41";

/// Exact ones: a range resolves to something older that lacks parts.
const PACKAGES: [(&str, &str); 14] = [
    (NAME, SUITE),
    ("@typespec/spector", "0.1.0-alpha.28"),
    ("@typespec/spec-api", "0.1.0-alpha.16"),
    ("@typespec/compiler", "1.15.0"),
    ("@typespec/http", "1.15.0"),
    ("@typespec/openapi", "1.15.0"),
    ("@typespec/openapi3", "1.15.0"),
    ("@typespec/json-schema", "1.15.0"),
    ("@typespec/rest", "0.85.0"),
    ("@typespec/versioning", "0.85.0"),
    ("@typespec/xml", "0.85.0"),
    ("@typespec/events", "0.85.0"),
    ("@typespec/sse", "0.85.0"),
    ("@typespec/streams", "0.85.0"),
];

const VERSIONS: [&str; 3] = ["3.0.0", "3.1.0", "3.2.0"];

/// What has to change so that a service can be said in OpenAPI: file, text, what it becomes.
const EDITS: [(&str, &str, &str); 3] = [
    // No path has a query in it.
    ("routes/main.tsp", "?fixed=true{&", "{?"),
    // The emitter takes this name of a parameter for something of its own, and crashes.
    (
        "special-words/main.tsp",
        "  @paramNameScenario(\"constructor\") withConstructor(@query constructor: string): void;\n",
        "",
    ),
    // A range of statuses is a whole class.
    (
        "response/status-code-range/main.tsp",
        "@minValue(494)",
        "@minValue(400)",
    ),
];

const EMIT: &str = include_str!("emit.mjs");

/// The suite as npm installed it, and a Node that runs it.
#[derive(Debug)]
pub(crate) struct Suite {
    folder: PathBuf,
    node: PathBuf,
}

impl Suite {
    /// Installs it below `store`, unless that was done before.
    pub(crate) fn install(store: &Path) -> Result<Self, Failure> {
        let folder = store.join("typespec");
        npm::install(&PACKAGES, &folder)?;
        let folder = folder
            .canonicalize()
            .map_err(|error| Failure::at("find", &folder, &error))?;
        let node = npm::node(store)?;
        Ok(Self { folder, node })
    }

    /// Node, in the folder in which it finds the packages.
    pub(crate) fn node(&self) -> Command {
        let mut node = Command::new(&self.node);
        node.current_dir(&self.folder);
        node
    }

    /// The services as they were published, which the mock server is told.
    pub(crate) fn services(&self) -> PathBuf {
        self.folder.join("node_modules").join(NAME).join("specs")
    }

    /// The files that the services are sent and answer with.
    pub(crate) fn assets(&self) -> PathBuf {
        self.folder.join("node_modules").join(NAME).join("assets")
    }

    /// The documents, below `VERSION/SERVICE` of `into`, where nothing else stays.
    pub(crate) fn emit(&self, versions: &[&str], into: &Path) -> Result<(), Failure> {
        let specs = self.folder.join("specs");
        empty(&specs)?;
        copy(&self.services(), &specs)?;
        for (file, text, becomes) in EDITS {
            let path = specs.join(file);
            let source = fs::read_to_string(&path).map_err(|error| Failure::at("read", &path, &error))?;
            if !source.contains(text) {
                return Err(Failure {
                    exit: Exit::Refused,
                    message: format!(
                        "`{}` does not need its edit any more: it lacks `{text}`",
                        path.display()
                    ),
                });
            }
            fs::write(&path, source.replace(text, becomes)).map_err(|error| Failure::at("write", &path, &error))?;
        }
        let script = self.folder.join("emit.mjs");
        fs::write(&script, EMIT).map_err(|error| Failure::at("write", &script, &error))?;
        empty(into)?;
        let into = into.canonicalize().map_err(|error| Failure::at("find", into, &error))?;
        run(self.node().arg("emit.mjs").arg("specs").arg(into).args(versions))
    }
}

/// The documents, below `typespec/VERSION/SERVICE`.
pub(super) fn emit(store: &Path, into: &Path) -> Result<Vec<Row>, Failure> {
    Suite::install(store)?.emit(&VERSIONS, &into.join("typespec"))?;
    rows(into)
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    for entry in WalkDir::new(from) {
        let entry = entry.map_err(|error| Failure::refused(&error))?;
        let target = to.join(entry.path().strip_prefix(from).unwrap_or(entry.path()));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).map_err(|error| Failure::at("create", &target, &error))?;
        } else {
            fs::copy(entry.path(), &target).map_err(|error| Failure::at("write", &target, &error))?;
        }
    }
    Ok(())
}

fn rows(into: &Path) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for path in documents_below(&into.join("typespec"))? {
        let bytes = fs::read(&path).map_err(|error| Failure::at("read", &path, &error))?;
        rows.extend(survey(&bytes).map(|survey| Row {
            package: NAME.to_owned(),
            version: SUITE.to_owned(),
            kind: format!("typespec {}", survey.version),
            path: path.strip_prefix(into).unwrap_or(&path).to_owned(),
            survey,
        }));
    }
    Ok(rows)
}
