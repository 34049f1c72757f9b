//! What Cargo tells a build script, and the files of the crate that it builds.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use super::{BuildError, Said};
use crate::{Source, input::Folder};

/// The crate that is built.
#[derive(Debug)]
pub(super) struct Environment {
    /// Its `Cargo.toml`.
    pub(super) manifest: PathBuf,
    /// The folder of that.
    pub(super) folder: PathBuf,
    /// Where the script may write.
    pub(super) out: PathBuf,
}

/// A file that was read, under the name that messages call it.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Text {
    pub(super) fn source(&self) -> Source<'_> {
        Source {
            name: &self.name,
            bytes: &self.bytes,
        }
    }
}

impl Environment {
    pub(super) fn of_cargo() -> Result<Self, BuildError> {
        let variable = |name: &str| {
            let value = env::var_os(name).map(PathBuf::from);
            value.ok_or_else(|| {
                BuildError::new(format!(
                    "`{name}` is not set: `Build` is for build scripts, run by Cargo"
                ))
            })
        };
        let folder = variable("CARGO_MANIFEST_DIR")?;
        Ok(Self {
            manifest: variable("CARGO_MANIFEST_PATH").unwrap_or_else(|_| folder.join("Cargo.toml")),
            out: variable("OUT_DIR")?,
            folder,
        })
    }

    /// A path from the folder of the crate.
    pub(super) fn path(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }

    /// Reads a file that the script depends on.
    pub(super) fn read(&self, path: &Path, said: &mut Said) -> Result<Text, BuildError> {
        let whole = self.path(path);
        said.rerun_if_changed(&whole);
        let bytes = fs::read(&whole).map_err(|error| BuildError::at("read", path, &error))?;
        Ok(Text {
            name: path.display().to_string(),
            bytes,
        })
    }

    /// The folder `home`, with what else is `open`.
    pub(super) fn open(&self, home: &Path, open: &[PathBuf]) -> Result<Folder, BuildError> {
        let folder = Folder::of(&self.path(home)).map_err(|error| BuildError::at("open", home, &error))?;
        open.iter().try_fold(folder, |folder, open| {
            folder
                .and(&self.path(open))
                .map_err(|error| BuildError::at("open", open, &error))
        })
    }

    pub(super) fn manifest_text(&self) -> Result<String, BuildError> {
        fs::read_to_string(&self.manifest).map_err(|error| BuildError::at("read", &self.manifest, &error))
    }

    /// Whether the root of the crate, where it usually is, has a word.
    pub(super) fn root_says(&self, word: &str, said: &mut Said) -> bool {
        let roots = ["src/lib.rs", "src/main.rs"].map(|path| self.folder.join(path));
        for root in &roots {
            said.rerun_if_there(root);
        }
        roots
            .iter()
            .any(|root| fs::read_to_string(root).is_ok_and(|text| text.contains(word)))
    }
}
