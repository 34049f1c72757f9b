//! [`Files`] and a folder in, a [`Plan`] out: every step that brings the folder to the state of the files.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Component, Path},
};

use super::{
    cargo_toml,
    error::{Action, OutputError},
};
use crate::{Files, MARKER, Manifest, README, manifest::EARLIER_MARKER};

/// What has to be done.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) unchanged: Vec<String>,
}

/// One change of one file.
#[derive(Debug)]
pub(super) enum Step {
    /// The file gets the text `new`.
    Write {
        path: String,
        old: Option<String>,
        new: String,
    },
    /// The file goes.
    Remove { path: String, old: String },
}

impl Step {
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Write { path, .. } | Self::Remove { path, .. } => path,
        }
    }
}

impl Plan {
    pub(super) fn make(files: &Files, dir: &Path) -> Result<Self, OutputError> {
        check_paths(files)?;
        let mut plan = Self {
            steps: Vec::new(),
            unchanged: Vec::new(),
        };
        plan.cargo_toml(files, dir)?;
        for (path, new) in &files.sources {
            let old = read(dir, path)?;
            let is_theirs = old.as_deref().is_some_and(|old| !is_marked(old));
            if is_theirs && path == README {
                continue;
            }
            if is_theirs {
                return Err(OutputError::Foreign(dir.join(path)));
            }
            plan.step(path, old, new.clone());
        }
        plan.stale(files, dir)?;
        Ok(plan)
    }

    fn step(&mut self, path: &str, old: Option<String>, new: String) {
        if old.as_deref() == Some(new.as_str()) {
            self.unchanged.push(path.to_owned());
        } else {
            self.steps.push(Step::Write {
                path: path.to_owned(),
                old,
                new,
            });
        }
    }

    fn cargo_toml(&mut self, files: &Files, dir: &Path) -> Result<(), OutputError> {
        let old = read(dir, cargo_toml::PATH)?;
        let new = match &old {
            None => cargo_toml::create(&files.package),
            Some(old) => cargo_toml::update(old, &files.package).map_err(|message| OutputError::Manifest {
                path: dir.join(cargo_toml::PATH),
                message,
            })?,
        };
        self.step(cargo_toml::PATH, old, new);
        Ok(())
    }

    /// Finds what an earlier run wrote into the folders of this one.
    fn stale(&mut self, files: &Files, dir: &Path) -> Result<(), OutputError> {
        let folders: BTreeSet<&str> = files
            .sources
            .keys()
            .filter_map(|path| Some(path.split_once('/')?.0))
            .collect();
        // Of a crate of several documents, each has its own.
        if !files.sources.contains_key(Manifest::PATH)
            && let Some(old) = read(dir, Manifest::PATH)?
            && is_marked(&old)
        {
            self.steps.push(Step::Remove {
                path: Manifest::PATH.to_owned(),
                old,
            });
        }
        let mut open: Vec<String> = folders.into_iter().rev().map(str::to_owned).collect();
        while let Some(folder) = open.pop() {
            for name in entries(&dir.join(&folder))? {
                let path = format!("{folder}/{name}");
                let full = dir.join(&path);
                let kind = fs::symlink_metadata(&full)
                    .map_err(OutputError::io(Action::Read, &full))?
                    .file_type();
                if kind.is_dir() {
                    open.push(path);
                } else if kind.is_file()
                    && !files.sources.contains_key(&path)
                    && let Some(old) = read(dir, &path)?
                    && is_marked(&old)
                {
                    self.steps.push(Step::Remove { path, old });
                }
            }
        }
        Ok(())
    }
}

/// The names in a folder, sorted; none if there is no folder. Names that are not Unicode are not ours.
fn entries(folder: &Path) -> Result<Vec<String>, OutputError> {
    let failed = |error| OutputError::io(Action::Read, folder)(error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry.map_err(failed)?.file_name().into_string());
    }
    names.sort_unstable();
    Ok(names)
}

/// The text at `path` in `dir`, reached through real folders only. Text that is not Unicode counts as unmarked text.
pub(super) fn read(dir: &Path, path: &str) -> Result<Option<String>, OutputError> {
    let mut full = dir.to_owned();
    for component in Path::new(path).components() {
        full.push(component);
        match fs::symlink_metadata(&full) {
            Ok(metadata) if metadata.is_symlink() => return Err(OutputError::Symlink(full)),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(OutputError::io(Action::Read, full)(error)),
        }
    }
    let bytes = fs::read(&full).map_err(OutputError::io(Action::Read, full))?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Only the head counts, so that a file which merely mentions the marker is not taken for one of ours.
fn is_marked(text: &str) -> bool {
    let mut head = text.lines().take(2);
    head.any(|line| line.contains(MARKER) || line.contains(EARLIER_MARKER))
}

/// Whether two files of the machine differ in nothing but the name of the document that they were made from.
pub(super) fn is_same_but_for_name(old: &str, new: &str) -> bool {
    let parts = [old, new].map(|text| text.split_once('\n'));
    let [Some((old, old_rest)), Some((new, new_rest))] = parts else {
        return false;
    };
    old.contains(MARKER) && new.contains(MARKER) && old_rest == new_rest
}

/// A path comes from names in a stranger's document, so it is checked here once more, whatever made it.
fn check_paths(files: &Files) -> Result<(), OutputError> {
    let mut seen = BTreeMap::from([(cargo_toml::PATH.to_lowercase(), cargo_toml::PATH)]);
    for path in files.sources.keys() {
        let inside = !path.is_empty()
            && !path
                .chars()
                .any(|char| char.is_control() || matches!(char, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
            && path.split('/').all(|name| !name.is_empty())
            && Path::new(path)
                .components()
                .all(|component| matches!(component, Component::Normal(_)));
        if !inside {
            return Err(OutputError::Escapes(path.clone()));
        }
        if let Some(twin) = seen.insert(path.to_lowercase(), path) {
            return Err(OutputError::Twins(twin.to_owned(), path.clone()));
        }
    }
    Ok(())
}
