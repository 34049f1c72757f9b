//! Two crates in, what `cargo-semver-checks` calls breaking out.
//!
//! It is given rustdoc's JSON of both, which is made in the folder where the caller is compiled too: by itself it would
//! build all dependencies of each crate anew.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use super::work::Work;
use crate::exit::{Exit, Failure};

/// Fails where the program is not there.
pub(super) fn find() -> Result<(), Failure> {
    let found = command(&["--version"]).is_ok_and(|output| output.status.success());
    if found {
        return Ok(());
    }
    Err(Failure {
        exit: Exit::Refused,
        message: "`cargo-semver-checks` is not installed: `cargo install cargo-semver-checks --locked`; \
                  `--callers` does without"
            .to_owned(),
    })
}

/// Writes rustdoc's JSON of the crate in `folder` into it; where it is.
pub(super) fn describe(work: &Work, folder: &Path) -> Result<PathBuf, Failure> {
    let output = work
        .cargo(folder)
        .args(["rustdoc", "--lib", "--all-features", "--quiet", "--"])
        .args(["-Zunstable-options", "--output-format=json", "--cap-lints=allow"])
        .args(["--document-private-items", "--document-hidden-items"])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure::refused(&error))?;
    succeeded(&output)?;
    // All crates have one name, so that they can be compared, and so have their descriptions.
    let made = work.target().join(format!("doc/{}.json", Work::CRATE));
    let kept = folder.join("rustdoc.json");
    fs::rename(&made, &kept).map_err(|error| Failure::at("keep", &made, &error))?;
    Ok(kept)
}

/// The lints that find something breaking between two descriptions.
pub(super) fn compare(before: &Path, after: &Path) -> Result<Vec<String>, Failure> {
    let [before, after] = [before, after].map(|path| path.display().to_string());
    let output = command(&[
        "check-release",
        "--color=never",
        "--release-type=minor",
        "--baseline-rustdoc",
        &before,
        "--current-rustdoc",
        &after,
    ])
    .map_err(|error| Failure::refused(&error))?;
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let mut lints: Vec<String> = said
        .lines()
        .filter_map(|line| Some(line.strip_prefix("--- failure ")?.split_once(':')?.0.to_owned()))
        .collect();
    lints.dedup();
    if lints.is_empty() {
        succeeded(&output)?;
    }
    Ok(lints)
}

fn command(arguments: &[&str]) -> std::io::Result<Output> {
    Command::new("cargo-semver-checks")
        .arg("semver-checks")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
}

fn succeeded(output: &Output) -> Result<(), Failure> {
    if output.status.success() {
        return Ok(());
    }
    Err(Failure {
        exit: Exit::Refused,
        message: String::from_utf8_lossy(&output.stderr).trim_end().to_owned(),
    })
}
