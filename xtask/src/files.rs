//! A folder in, the documents that may be in it out.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use crate::exit::Failure;

/// Every JSON and YAML file at or below a path, sorted.
pub(crate) fn documents_below(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for entry in WalkDir::new(path).sort_by_file_name() {
        let entry = entry.map_err(|error| Failure::refused(&error))?;
        let kind = entry.path().extension().and_then(OsStr::to_str);
        if entry.file_type().is_file() && matches!(kind, Some("json" | "yaml" | "yml")) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}
