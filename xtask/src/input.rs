//! Paths in; documents, settings and targets out, or a clear message.

use std::{
    fs,
    io::{self, Read as _},
    path::{Component, Path, PathBuf},
};

use generator::{
    Config, Input, Source,
    config::{Settings, Target},
    input::Folder,
};

use crate::{
    diagnostics,
    exit::{Exit, Failure},
};

/// A file that was read, under the name that messages call it.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Document {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            io::stdin()
                .read_to_end(&mut bytes)
                .map_err(|error| Failure::at("read", Path::new("the standard input"), &error))?;
            return Ok(Self {
                name: "<stdin>".to_owned(),
                bytes,
            });
        }
        if path.is_dir() {
            let message = format!("`{}` is a folder; expected a file", path.display());
            return Err(Failure {
                exit: Exit::Refused,
                message,
            });
        }
        let bytes = fs::read(path).map_err(|error| Failure::at("read", path, &error))?;
        Ok(Self {
            name: path.display().to_string(),
            bytes,
        })
    }

    pub(crate) fn source(&self) -> Source<'_> {
        Source {
            name: &self.name,
            bytes: &self.bytes,
        }
    }
}

/// A document that was read, what is laid over it, and the way to the files that it refers to.
#[derive(Debug)]
pub(crate) struct Description {
    pub(crate) document: Document,
    overlays: Vec<Document>,
    files: Folder,
}

impl Description {
    /// Reads `path` and the overlays in their order; files may lie below the document's folder, and below `open`.
    pub(crate) fn read(path: &Path, open: &[PathBuf], overlays: &[PathBuf]) -> Result<Self, Failure> {
        let document = Document::read(path)?;
        let overlays = overlays
            .iter()
            .map(|path| Document::read(path))
            .collect::<Result<_, _>>()?;
        let home = path.parent().unwrap_or(Path::new(""));
        let mut files = Folder::of(home).map_err(|error| Failure::at("open", home, &error))?;
        for folder in open {
            files = files.and(folder).map_err(|error| Failure::at("open", folder, &error))?;
        }
        Ok(Self {
            document,
            overlays,
            files,
        })
    }

    /// Does `work` on what the generator takes.
    pub(crate) fn with_input<T>(&self, work: impl FnOnce(&Input<'_>) -> T) -> T {
        let overlays: Vec<Source<'_>> = self.overlays.iter().map(Document::source).collect();
        work(&Input {
            source: self.document.source(),
            files: &self.files,
            overlays: &overlays,
        })
    }
}

/// The settings, and the text that they were read from.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    pub(crate) document: Document,
    pub(crate) settings: Settings,
    folder: PathBuf,
}

impl SettingsFile {
    /// Reads `path`, or the repository's own settings.
    pub(crate) fn read(path: Option<&Path>) -> Result<Self, Failure> {
        let path = path.map_or_else(|| relative(&root().join("spec/codegen.toml")), Path::to_owned);
        let document = Document::read(&path)?;
        let settings = Settings::read(&document.source()).map_err(|refusal| {
            diagnostics::print(&refusal.problems, &refusal.sources);
            Failure {
                exit: Exit::Refused,
                message: format!("`{}` is refused, nothing was written", path.display()),
            }
        })?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        Ok(Self {
            document,
            settings,
            folder,
        })
    }

    /// The target's document, with its overlays and the folders that it may refer to.
    pub(crate) fn description_of(&self, target: &Target) -> Result<Description, Failure> {
        let paths = |names: &[String]| -> Vec<PathBuf> {
            let paths = names.iter().map(|name| normal(&self.folder.join(name)));
            paths.collect()
        };
        let document = normal(&self.folder.join(&target.document));
        Description::read(&document, &paths(&target.files), &paths(&target.overlays))
    }

    /// The first target, which commands are about that name none.
    pub(crate) fn first(&self) -> Result<&Target, Failure> {
        let first = self.settings.targets.values().next();
        first.ok_or_else(|| Failure::usage("the settings have no target".to_owned()))
    }

    /// The target's folder.
    pub(crate) fn output_of(&self, target: &Target) -> PathBuf {
        normal(&self.folder.join(&target.output))
    }
}

/// The settings of a document without a target.
pub(crate) fn plain_config(crate_name: String) -> Config {
    Config {
        crate_name,
        standalone: true,
        ..Config::default()
    }
}

/// The top of the repository. Cargo says where this package lies when it runs it.
pub(crate) fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, |package| normal(&Path::new(&package).join("..")))
}

/// As seen from the working folder, where it lies below it: what a user would type.
fn relative(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}

/// Without `.`, and without `..` behind a name.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(normal.components().next_back(), Some(Component::Normal(_))) => {
                normal.pop();
            }
            Component::ParentDir | Component::Normal(_) | Component::Prefix(_) | Component::RootDir => {
                normal.push(component);
            }
        }
    }
    normal
}
