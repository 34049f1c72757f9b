//! [`Files`] in, a folder out: written, or compared with what is there.
//!
//! [`write()`] and [`compare`] make the same plan; one carries it out, the other shows it. A plan touches only what
//! differs, replaces and deletes only files that bear [`MARKER`](crate::MARKER), and never leaves the folder.

mod apply;
mod cargo_toml;
mod error;
mod plan;

use std::path::Path;

use similar::TextDiff;

pub use error::{Action, OutputError};
use plan::{Plan, Step};

use crate::Files;

/// What [`write()`] did. Paths are relative to the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have other text than before.
    pub written: Vec<String>,
    /// Files that were not touched.
    pub unchanged: Vec<String>,
    /// Files that the machine once wrote and does not write any more.
    pub removed: Vec<String>,
}

/// How a folder differs from what [`write()`] would leave there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// Every file that differs: its path relative to the folder, and a unified diff.
    pub files: Vec<(String, String)>,
}

/// Brings the folder `dir` to the state that `files` describes, or leaves it as it is.
///
/// # Errors
///
/// [`OutputError`] when a file of the user's is in the way, or the file system refuses.
pub fn write(files: &Files, dir: &Path) -> Result<Written, OutputError> {
    let plan = Plan::make(files, dir)?;
    apply::apply(&plan, dir)?;
    let mut outcome = Written {
        unchanged: plan.unchanged,
        ..Written::default()
    };
    for step in plan.steps {
        match step {
            Step::Write { path, .. } => outcome.written.push(path),
            Step::Remove { path, .. } => outcome.removed.push(path),
        }
    }
    Ok(outcome)
}

/// Finds what would keep [`write()`] from writing.
///
/// # Errors
///
/// As [`write()`], for all that can be seen without writing.
pub fn check(files: &Files, dir: &Path) -> Result<(), OutputError> {
    Plan::make(files, dir).map(drop)
}

/// Says what [`write()`] would change, and changes nothing. What the document is called is nothing that differs.
///
/// # Errors
///
/// As [`write()`], for all that can be seen without writing.
pub fn compare(files: &Files, dir: &Path) -> Result<Drift, OutputError> {
    let plan = Plan::make(files, dir)?;
    let says_more = |step: &Step| match step {
        Step::Write {
            old: Some(old), new, ..
        } => !plan::is_same_but_for_name(old, new),
        Step::Write { old: None, .. } | Step::Remove { .. } => true,
    };
    let files = plan.steps.into_iter().filter(says_more).map(|step| match step {
        Step::Write { path, old, new } => {
            let diff = diff(&path, old.as_deref(), Some(&new));
            (path, diff)
        }
        Step::Remove { path, old } => {
            let diff = diff(&path, Some(&old), None);
            (path, diff)
        }
    });
    Ok(Drift { files: files.collect() })
}

/// Whether this crate's `Cargo.toml` in `dir`, if any, says that the generator wrote it.
///
/// # Errors
///
/// [`OutputError`] when there is something that cannot be read.
pub fn is_generated(dir: &Path) -> Result<bool, OutputError> {
    let text = plan::read(dir, cargo_toml::PATH)?;
    Ok(text.is_some_and(|text| cargo_toml::is_generated(&text)))
}

fn diff(path: &str, old: Option<&str>, new: Option<&str>) -> String {
    let name = |side: &str, text: Option<&str>| text.map_or("/dev/null".to_owned(), |_| format!("{side}/{path}"));
    let (from, to) = (name("a", old), name("b", new));
    TextDiff::from_lines(old.unwrap_or_default(), new.unwrap_or_default())
        .unified_diff()
        .context_radius(3)
        .header(&from, &to)
        .to_string()
}
