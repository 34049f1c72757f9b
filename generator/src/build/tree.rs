//! The files of a crate in, a module on disk out: only what differs is written.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::BuildError;
use crate::{
    Files,
    render::{Root, uncompiled, unrooted},
};

/// The root of a crate, which becomes that of the module.
const LIBRARY: &str = "src/lib.rs";

/// What lints are off in the module: those that warn, and groups that somebody may deny.
const LINTS: &str = "warnings, clippy::all, clippy::nursery, clippy::pedantic, missing_docs, unreachable_pub, unused";

/// The files of a module.
#[derive(Debug)]
pub(super) struct Tree {
    files: BTreeMap<String, String>,
    /// What the root of the other crate has to say for it, each with a word by which it is known.
    pub(super) of_a_root: Vec<(String, String)>,
}

impl Tree {
    /// The same files, below a module.
    pub(super) fn of(files: &Files, root: &Root<'_>) -> Self {
        let mut of_a_root = Vec::new();
        let mut below = |(path, text): (&String, &String)| {
            let is_code = Path::new(path).extension().is_some_and(|kind| kind == "rs");
            let text = if path == LIBRARY {
                let (text, taken) = unrooted(text);
                of_a_root.extend(taken);
                root.rooted(&text)
            } else if is_code {
                root.rooted(text)
            } else {
                uncompiled(text)
            };
            (path.clone(), text)
        };
        let files = files.sources.iter().map(&mut below).collect();
        // What clippy would say is off in the whole module.
        let is_elsewhere = |attribute: &String| attribute.contains("docsrs") || attribute.contains("clippy::");
        let of_a_root = of_a_root.into_iter().filter(|attribute| !is_elsewhere(attribute));
        let known_by = |attribute: String| {
            let word = if attribute.contains("recursion_limit") {
                "recursion_limit"
            } else {
                "uncommon_codepoints"
            };
            let attribute = attribute.split_whitespace().collect::<Vec<_>>().join(" ");
            (attribute, word.to_owned())
        };
        Self {
            files,
            of_a_root: of_a_root.map(known_by).collect(),
        }
    }

    /// Brings the folder `name` in `out` to this state, and the file beside it that declares the module.
    pub(super) fn write(&self, out: &Path, name: &str) -> Result<(), BuildError> {
        let folder = out.join(name);
        remove_others(&folder, &|path| self.has(&folder, path))
            .map_err(|error| BuildError::at("clear", &folder, &error))?;
        for (path, text) in &self.files {
            write(&folder.join(path), text)?;
        }
        let declared = format!(
            "#[allow({LINTS}, reason = \"the module is generated\")]\n#[path = \"{name}/{LIBRARY}\"]\npub mod {name};\n"
        );
        write(&out.join(format!("{name}.rs")), &declared)
    }

    fn has(&self, folder: &Path, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(folder) else {
            return false;
        };
        let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
        self.files.contains_key(&names.join("/"))
    }
}

/// Leaves a file alone that is the same already, so that nothing is built anew.
fn write(path: &Path, text: &str) -> Result<(), BuildError> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| BuildError::at("write", path, &error))
}

/// Removes the files below `folder` that nobody asked for.
fn remove_others(folder: &Path, is_wanted: &dyn Fn(&Path) -> bool) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    for path in paths {
        if path.is_dir() {
            remove_others(&path, is_wanted)?;
        } else if !is_wanted(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}
