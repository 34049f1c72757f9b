//! Paths in; documents, settings and targets out, or a clear message.

use std::{
    fs,
    io::{self, Read as _},
    path::{Component, Path, PathBuf},
};

use generator::{
    Config, Input, NAMELESS, Source,
    config::{Settings, Target},
    input::{Files, Folder, NoFiles, Recorded},
};

use crate::{
    cli::OneDocument,
    diagnostics,
    exit::{Exit, Failure},
    front::Front,
};

/// What stands for the standard input where a path is expected.
const STANDARD_INPUT: &str = "-";

/// A file that was read, under the name that messages call it.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Document {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        if path == Path::new(STANDARD_INPUT) {
            let mut bytes = Vec::new();
            io::stdin()
                .read_to_end(&mut bytes)
                .map_err(|error| Failure::at("read", Path::new("the standard input"), &error))?;
            return Ok(Self {
                name: NAMELESS.to_owned(),
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

/// A document, with what is laid over it and the way to the files that it refers to.
#[derive(Debug)]
pub(crate) struct Spec {
    pub(crate) document: Document,
    overlays: Vec<Document>,
    /// None for the standard input where no folder is open.
    files: Option<Recorded<Folder>>,
    /// The folder that paths of other files are seen from.
    home: PathBuf,
    /// The document and its overlays, where they are files.
    paths: Vec<PathBuf>,
}

impl Spec {
    /// Reads the document at `path` and the overlays in their order. References may lead below the document's folder, and
    /// below those of `open`. The standard input is in no folder; it is read as if it were in the first of these.
    pub(crate) fn read(path: &Path, overlays: &[PathBuf], open: &[PathBuf]) -> Result<Self, Failure> {
        Self::of(Document::read(path)?, path, overlays, open)
    }

    fn of(document: Document, path: &Path, overlays: &[PathBuf], open: &[PathBuf]) -> Result<Self, Failure> {
        let paths = [path].into_iter().chain(overlays.iter().map(PathBuf::as_path));
        let paths = paths
            .filter(|path| *path != Path::new(STANDARD_INPUT))
            .map(Path::to_owned);
        let paths = paths.collect();
        let overlays = overlays.iter().map(|path| Document::read(path));
        let home = if path == Path::new(STANDARD_INPUT) {
            open.first().map(PathBuf::as_path)
        } else {
            Some(path.parent().unwrap_or(Path::new("")))
        };
        Ok(Self {
            document,
            overlays: overlays.collect::<Result<_, _>>()?,
            files: home.map(|home| folder(home, open).map(Recorded::new)).transpose()?,
            home: home.map(Path::to_owned).unwrap_or_default(),
            paths,
        })
    }

    /// The files that were read or looked for so far.
    pub(crate) fn read_so_far(&self) -> Vec<PathBuf> {
        let asked = self.files.iter().flat_map(Recorded::asked);
        let asked = asked.map(|path| self.home.join(path));
        self.paths.iter().cloned().chain(asked).collect()
    }

    /// The overlays, in their order.
    pub(crate) fn overlays_mut(&mut self) -> &mut [Document] {
        &mut self.overlays
    }

    /// Does `work` on what the generator takes.
    pub(crate) fn with_input<T>(&self, work: impl FnOnce(&Input<'_>) -> T) -> T {
        let overlays: Vec<Source<'_>> = self.overlays.iter().map(Document::source).collect();
        work(&Input {
            source: self.document.source(),
            files: match &self.files {
                Some(files) => files as &dyn Files,
                None => &NoFiles,
            },
            overlays: &overlays,
            earlier: None,
        })
    }
}

/// The folder `home` of a document, with what else is `open`.
fn folder(home: &Path, open: &[PathBuf]) -> Result<Folder, Failure> {
    let home = Folder::of(home).map_err(|error| Failure::at("open", home, &error))?;
    open.iter().try_fold(home, |home, folder| {
        home.and(folder).map_err(|error| Failure::at("open", folder, &error))
    })
}

/// The settings, and the text that they were read from.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    pub(crate) document: Document,
    pub(crate) settings: Settings,
    folder: PathBuf,
}

impl SettingsFile {
    /// Reads `path`, or the settings that are usual for `front`.
    pub(crate) fn read(path: Option<&Path>, front: Front) -> Result<Self, Failure> {
        let path = path.map_or_else(|| front.settings(), Path::to_owned);
        let document = Document::read(&path).map_err(|failure| match front.hint(&path) {
            Some(hint) => Failure {
                message: format!("{}; {hint}", failure.message),
                ..failure
            },
            None => failure,
        })?;
        let settings = Settings::read(&document.source()).map_err(|refusal| {
            let message = format!("`{}` is refused, nothing was written", path.display());
            diagnostics::refused(&refusal, message)
        })?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        Ok(Self {
            document,
            settings,
            folder,
        })
    }

    /// The target's document, with its overlays and the folders that it may refer to.
    pub(crate) fn spec_of(&self, target: &Target) -> Result<Spec, Failure> {
        self.spec_from(target, None)
    }

    /// The same, of a document that is `there` already.
    pub(crate) fn spec_from(&self, target: &Target, there: Option<Vec<u8>>) -> Result<Spec, Failure> {
        let [overlays, files] = self.around(target);
        let document = self.document_of(target);
        let read = match there {
            Some(bytes) => Document {
                name: document.display().to_string(),
                bytes,
            },
            None => Document::read(&document).map_err(|mut failure| {
                if target.source.is_some() && !document.exists() {
                    failure.message += "; `--update` fetches it";
                }
                failure
            })?,
        };
        Spec::of(read, &document, &overlays, &files)
    }

    /// The overlays of the target's document, and the folders that it may refer to.
    pub(crate) fn around(&self, target: &Target) -> [Vec<PathBuf>; 2] {
        let path = |name: &String| self.path(name);
        [&target.overlays, &target.files].map(|names| names.iter().map(path).collect())
    }

    /// The target that is called so.
    pub(crate) fn target(&self, name: &str) -> Result<&Target, Failure> {
        let known = &self.settings.targets;
        known.get(name).ok_or_else(|| {
            let several = self.settings.crates.get(name);
            let of = |known: &mut dyn Iterator<Item = &String>| {
                let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
                known.join(", ")
            };
            let file = &self.document.name;
            Failure::usage(match several {
                Some(many) => format!(
                    "`{name}` in `{file}` has several documents, each of which is a target: {}",
                    of(&mut many.documents.values())
                ),
                None => format!(
                    "there is no target `{name}` in `{file}`, but {}",
                    of(&mut self.settings.crates.keys().chain(known.keys()))
                ),
            })
        })
    }

    /// A path of the settings, as seen from here.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        normal(&self.folder.join(name))
    }

    /// The file of the target's document.
    pub(crate) fn document_of(&self, target: &Target) -> PathBuf {
        self.path(&target.document)
    }

    /// The documents of all targets.
    pub(crate) fn documents(&self) -> impl Iterator<Item = PathBuf> {
        let targets = self.settings.targets.values();
        targets.map(|target| self.document_of(target))
    }

    /// The first target, which commands are about that name none.
    pub(crate) fn first(&self) -> Result<&Target, Failure> {
        let first = self.settings.targets.values().next();
        first.ok_or_else(|| Failure::usage("the settings have no target".to_owned()))
    }

    /// The target's folder.
    ///
    /// Fails where the settings say none, as those of a build script may.
    pub(crate) fn output_of(&self, name: &str, target: &Target) -> Result<PathBuf, Failure> {
        let output = target.output.as_ref().ok_or_else(|| {
            let file = &self.document.name;
            Failure::usage(format!(
                "`{file}`: the target `{name}` lacks `output`, the folder of its crate; one of a build script makes none"
            ))
        })?;
        Ok(self.path(output))
    }
}

/// The document that a command is about, with the settings of its target.
pub(crate) fn one(arguments: &OneDocument, front: Front) -> Result<(Spec, Config), Failure> {
    if let Some(path) = &arguments.document {
        let spec = Spec::read(path, &arguments.overlay, &arguments.files)?;
        return Ok((spec, plain_config("client".to_owned())));
    }
    let file = SettingsFile::read(arguments.settings.as_deref(), front)?;
    let target = file.first()?;
    Ok((file.spec_of(target)?, target.config.clone()))
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

/// Puts the versions that the repository is tested with into a folder; where they cannot be had, Cargo finds others.
pub(crate) fn lock(folder: &Path) {
    let _ = fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"));
}

/// As seen from the working folder, where it lies below it: what a user would type.
pub(crate) fn relative(path: &Path) -> PathBuf {
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
