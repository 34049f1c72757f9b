//! A folder of overlays in, the edits that they make to a document out.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::exit::{Exit, Failure};

/// What a maintainer would call a release with the edit in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Release {
    Minor,
    Major,
}

impl Release {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// One edit of the document.
#[derive(Debug)]
pub(super) struct Edit {
    /// The overlay's file, without its ending.
    pub(super) name: String,
    pub(super) overlay: PathBuf,
    pub(super) title: String,
    pub(super) expected: Release,
}

#[derive(Deserialize)]
struct Overlay {
    info: Info,
    #[serde(rename = "x-expected")]
    expected: Release,
}

#[derive(Deserialize)]
struct Info {
    title: String,
}

/// The edits in `folder` whose name contains `filter`, by name.
pub(super) fn read(folder: &Path, filter: Option<&str>) -> Result<Vec<Edit>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::at("read", folder, &error))?;
    let mut edits = Vec::new();
    for entry in entries {
        let overlay = entry.map_err(|error| Failure::at("read", folder, &error))?.path();
        let Some(name) = overlay.file_stem().and_then(|name| name.to_str()) else {
            continue;
        };
        if filter.is_some_and(|text| !name.contains(text)) {
            continue;
        }
        let text = fs::read_to_string(&overlay).map_err(|error| Failure::at("read", &overlay, &error))?;
        let Overlay { info, expected } = serde_yaml::from_str(&text).map_err(|error| Failure {
            exit: Exit::Refused,
            message: format!("`{}` is no edit: {error}", overlay.display()),
        })?;
        edits.push(Edit {
            name: name.to_owned(),
            title: info.title,
            expected,
            overlay,
        });
    }
    edits.sort_by(|one, other| one.name.cmp(&other.name));
    if edits.is_empty() {
        return Err(Failure::usage(format!("no such edit in `{}`", folder.display())));
    }
    Ok(edits)
}
