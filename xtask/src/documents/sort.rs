//! The folder of a package in, its documents where they belong out.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use super::{
    package::Package,
    survey::{Survey, survey},
};
use crate::{exit::Failure, files::documents_below};

/// A document, where it lies now.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) package: String,
    pub(super) version: String,
    /// The first folder of the path.
    pub(super) kind: String,
    pub(super) path: PathBuf,
    pub(super) survey: Survey,
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}\t{}\t{}\t{}\t{}\t{}",
            self.package,
            self.version,
            self.path.display(),
            self.survey.version,
            self.survey.operations,
            self.survey.webhooks
        )
    }
}

/// Sorts what is wanted of a package into the folder.
pub(super) fn package(package: &Package, unpacked: &Path, into: &Path) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for folder in &package.folders {
        let folder = unpacked.join(folder);
        let files = documents_below(&folder)?;
        let mut surveyed = Vec::new();
        for path in &files {
            let bytes = fs::read(path).map_err(|error| Failure::at("read", path, &error))?;
            surveyed.extend(survey(&bytes).map(|survey| (path, survey)));
        }
        let place = |kind: &str, path: &Path| {
            let inside = path.strip_prefix(unpacked).unwrap_or(path);
            Path::new(kind).join(package.name).join(inside)
        };
        let has_files = surveyed.iter().any(|(_, survey)| survey.has_files);
        for path in files.iter().filter(|_| has_files) {
            link(path, &into.join(place("files", path)))?;
        }
        for (path, survey) in surveyed {
            let kind = kind(&survey);
            let target = place(&kind, path);
            if !survey.has_files {
                link(path, &into.join(&target))?;
            }
            rows.push(Row {
                package: package.name.to_owned(),
                version: package.version.to_owned(),
                kind,
                path: target,
                survey,
            });
        }
    }
    Ok(rows)
}

/// The folder that a document belongs to.
fn kind(survey: &Survey) -> String {
    if survey.is_overlay {
        return "overlays".to_owned();
    }
    if survey.has_files {
        return "files".to_owned();
    }
    let known = ["2.0", "3.0", "3.1", "3.2"];
    let version = known.into_iter().find(|known| survey.version.starts_with(known));
    version.unwrap_or("others").to_owned()
}

/// The same file at another place; a copy where that place is on another disk.
fn link(from: &Path, to: &Path) -> Result<(), Failure> {
    if to.exists() {
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::at("create", folder, &error))?;
    }
    fs::hard_link(from, to)
        .or_else(|_| fs::copy(from, to).map(|_| ()))
        .map_err(|error| Failure::at("write", to, &error))
}
