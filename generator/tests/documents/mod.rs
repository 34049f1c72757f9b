//! A path in, the documents at or below it out.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

/// The documents at or below a path, in the order of their names.
pub(crate) fn below(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap();
        let mut entries: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        return entries.iter().flat_map(|entry| below(entry)).collect();
    }
    let is_document = path.extension().is_some_and(|kind| kind == "json" || kind == "yaml");
    is_document.then(|| path.to_owned()).into_iter().collect()
}

/// The real documents that the environment names, one or a folder of them; none where it names nothing.
pub(crate) fn real() -> Vec<PathBuf> {
    let Some(path) = env::var_os("OPENAPI_DOCUMENTS") else {
        eprintln!("skipped: OPENAPI_DOCUMENTS names no folder of real documents");
        return Vec::new();
    };
    let documents = below(Path::new(&path));
    assert!(!documents.is_empty(), "no document in {}", Path::new(&path).display());
    documents
}

/// A document of the folder that the environment names; none where it is not there.
pub(crate) fn named(path: &str) -> Option<PathBuf> {
    let found = env::var_os("OPENAPI_DOCUMENTS").map(|all| Path::new(&all).join(path));
    let found = found.filter(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: `{path}` is not in the folder `OPENAPI_DOCUMENTS`");
    }
    found
}

/// JSON is not read as YAML, in which some numbers have no place.
pub(crate) fn value_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| serde_yaml::from_str(text).unwrap())
}
