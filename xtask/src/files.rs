//! What commands do to folders and files of theirs.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
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

/// A new folder, whatever was there.
pub(crate) fn empty(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| Failure::at("empty", folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| Failure::at("create", folder, &error))
}

/// Makes Cargo build once more what the file is of.
pub(crate) fn touch(file: &Path) -> Result<(), Failure> {
    fs::File::options()
        .append(true)
        .open(file)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .map_err(|error| Failure::at("touch", file, &error))
}
