//! What settings say of where documents come from in; documents that are fetched anew, and those that are not what they were, out.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use generator::config::{Origin, Settings, Target};
use sha2::{Digest as _, Sha256};
use toml_edit::{DocumentMut, Item, Value};

use super::file;
use crate::{
    exit::{Exit, Failure},
    fetch::{Web, fetch},
    input::SettingsFile,
    progress, terminal,
};

/// A document as it is at its source now.
pub(super) struct Fetched {
    pub(super) bytes: Vec<u8>,
    path: PathBuf,
    /// All targets that have it, and say where it comes from.
    targets: Vec<String>,
    url: String,
    was: Option<String>,
    sha256: String,
}

impl Fetched {
    /// Whether it is the document at `path`.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        file::is_same(&self.path, path)
    }
}

/// Fetches the documents of these targets, each once.
pub(super) fn update(
    targets: &[(&String, &Target)],
    file: &SettingsFile,
    web: &dyn Web,
) -> Result<Vec<Fetched>, Failure> {
    let origins = origins(file)?;
    let is_chosen = |origin: &&Known<'_>| targets.iter().any(|(name, _)| origin.targets.contains(name));
    let fetched = origins.iter().filter(is_chosen).map(|known| {
        let Known { path, origin, targets } = known;
        let bytes = progress::during(|line| {
            line.say(format!("fetching {}", origin.url));
            fetch(&origin.url, web)
        })?;
        Ok(Fetched {
            path: path.clone(),
            targets: targets.iter().map(|name| (*name).clone()).collect(),
            url: origin.url.clone(),
            was: origin.sha256.clone(),
            sha256: digest(&bytes),
            bytes,
        })
    });
    let fetched: Vec<Fetched> = fetched.collect::<Result<_, _>>()?;
    if fetched.is_empty() {
        let message = "no document has a source: `[targets.NAME.source]` with `url` says where it comes from";
        return Err(Failure::usage(message.to_owned()));
    }
    for document in &fetched {
        file::make_folder_of(&document.path)?;
    }
    Ok(fetched)
}

/// A document of which the settings say where it comes from.
struct Known<'f> {
    path: PathBuf,
    origin: &'f Origin,
    targets: Vec<&'f String>,
}

/// The documents of all targets with a source; it is the same for all that share one.
fn origins(file: &SettingsFile) -> Result<Vec<Known<'_>>, Failure> {
    let mut all: Vec<Known<'_>> = Vec::new();
    for (name, target) in &file.settings.targets {
        let Some(origin) = &target.source else { continue };
        let path = file.document_of(target);
        match all.iter_mut().find(|known| file::is_same(&known.path, &path)) {
            Some(known) if known.origin.url == origin.url => known.targets.push(name),
            Some(known) => {
                let (path, first) = (path.display(), known.targets[0]);
                let message = format!(
                    "`{path}` comes from `{}` for the target `{first}`, and from `{}` for `{name}`: \
                     give both the same `url`, or each its own document",
                    known.origin.url, origin.url
                );
                return Err(Failure {
                    exit: Exit::Refused,
                    message,
                });
            }
            None => all.push(Known {
                path,
                origin,
                targets: vec![name],
            }),
        }
    }
    Ok(all)
}

/// Writes what was fetched, and what it is told by into the settings.
pub(super) fn save(fetched: &[Fetched], file: &SettingsFile) -> Result<(), Failure> {
    let Ok(text) = str::from_utf8(&file.document.bytes) else {
        return Ok(());
    };
    let settings = recorded(text, fetched, &file.settings)?;
    for document in fetched {
        let Fetched {
            path, url, was, sha256, ..
        } = document;
        if document.replaces_edits() {
            terminal::warning(&format!(
                "`{}` was changed here since it was fetched; its changes are replaced",
                path.display()
            ));
        }
        file::replace(path, &document.bytes)?;
        let path = path.display();
        match was {
            Some(was) if was == sha256 => terminal::print(&format!("{path}: as before at {url}")),
            Some(was) => terminal::print(&format!("{path}: new from {url}\n  sha256 {sha256}\n     was {was}")),
            None => terminal::print(&format!("{path}: from {url}\n  sha256 {sha256}")),
        }
    }
    file::replace(Path::new(&file.document.name), settings.as_bytes())
}

impl Fetched {
    /// Whether what is there is neither what was fetched before nor what it becomes.
    fn replaces_edits(&self) -> bool {
        let there = fs::read(&self.path).ok().map(|bytes| digest(&bytes));
        there.is_some_and(|there| self.was.as_ref().is_some_and(|was| *was != there) && there != self.sha256)
    }
}

/// The settings with what each document is told by, and all else as it was.
fn recorded(text: &str, fetched: &[Fetched], known: &Settings) -> Result<String, Failure> {
    let refused = |message: String| Failure {
        exit: Exit::Refused,
        message,
    };
    let mut settings: DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| refused(error.to_string()))?;
    let of_targets = |document: &'_ Fetched| {
        let sha256 = document.sha256.clone();
        let targets = document.targets.clone().into_iter();
        targets.map(move |target| (target, sha256.clone()))
    };
    for (target, sha256) in fetched.iter().flat_map(of_targets) {
        let mut tables = known.path(&target).into_iter();
        let top = tables.next().and_then(|top| settings.get_mut(top));
        let source = tables.chain(["source"]).fold(top, |table, key| table?.get_mut(key));
        let source = source.ok_or_else(|| refused(format!("the settings have no `source` for `{target}`")))?;
        let Some(table) = source.as_table_like_mut() else {
            return Err(refused(format!("`source` of `{target}` is no table")));
        };
        let mut value = Value::from(sha256);
        let before = table.get("sha256").and_then(Item::as_value);
        let is_new = before.is_none();
        if let Some(before) = before {
            *value.decor_mut() = before.decor().clone();
        }
        table.insert("sha256", Item::Value(value));
        if let Some(line) = source.as_inline_table_mut().filter(|_| is_new) {
            line.fmt();
        }
    }
    Ok(as_before(text, &settings.to_string()))
}

/// A new text with the mark at the beginning and the ends of lines of the old one.
fn as_before(old: &str, new: &str) -> String {
    const MARK: &str = "\u{feff}";
    let lines = old.matches('\n').count();
    let mut text = new.trim_start_matches(MARK).replace("\r\n", "\n");
    if lines > 0 && old.matches("\r\n").count() == lines {
        text = text.replace('\n', "\r\n");
    }
    if old.starts_with(MARK) {
        text.insert_str(0, MARK);
    }
    text
}

/// How a document differs from the one that was fetched, if it does.
pub(super) fn difference(name: &str, bytes: &[u8], origin: Option<&Origin>) -> Option<String> {
    let recorded = origin?.sha256.as_ref()?;
    let found = digest(bytes);
    (found != *recorded).then(|| {
        format!("`{name}` is not what was fetched from its source: its sha256 is {found}, the settings have {recorded}")
    })
}

fn digest(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests;
