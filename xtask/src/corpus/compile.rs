//! Rows in, rows that say whether their crates compile out.
//!
//! The crates become members of one scratch workspace, so that one `cargo check` and one `cargo doc` build what they
//! depend on once and then work through all of them, whatever becomes of some. Warnings are errors. Rustdoc reads and
//! complains, and makes no pages: those take it most of a minute a crate.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::Stdio,
};

use indexmap::IndexMap;
use serde::Deserialize;

use super::{Row, Runner, Written, bar};
use crate::{
    cargo,
    exit::{Exit, Failure},
    files::empty,
    input,
};

const WORKSPACE: &str = "\
[workspace]
resolver = \"3\"
members = [\"crates/*\"]

[profile.dev]
debug = false
incremental = false
";

/// One run of Cargo over all of the crates.
struct Stage {
    arguments: &'static [&'static str],
    what: &'static str,
    environment: &'static [(&'static str, &'static str)],
}

const STAGES: [Stage; 2] = [
    Stage {
        arguments: &["check"],
        what: "check",
        environment: &[("RUSTFLAGS", "-Dwarnings")],
    },
    Stage {
        arguments: &["doc", "--no-deps"],
        what: "document",
        // Rustdoc's `--check` is not stable yet: the toolchain that is here has to be told that it may.
        environment: &[
            ("RUSTFLAGS", "-Dwarnings"),
            ("RUSTC_BOOTSTRAP", "1"),
            ("RUSTDOCFLAGS", "-Dwarnings -Zunstable-options --check"),
        ],
    },
];

/// Compiles `number` of the generated crates, the same for the same seed.
pub(super) fn run(runner: &Runner<'_>, rows: &mut [Row], number: usize, work: &Path) -> Result<(), Failure> {
    let mut sample: Vec<usize> = (0..rows.len()).filter(|index| rows[*index].is_generated()).collect();
    fastrand::Rng::with_seed(runner.arguments.seed).shuffle(&mut sample);
    sample.truncate(number);
    sample.sort_unstable();
    if sample.is_empty() {
        return Ok(());
    }
    let crates = write(runner, rows, &sample, work)?;
    for stage in &STAGES {
        for (folder, problems) in cargo(work, stage, crates.len())? {
            let Some(row) = crates.get(&folder).map(|index| &mut rows[*index]) else {
                continue;
            };
            row.compiled.get_or_insert_default().extend(problems);
        }
    }
    Ok(())
}

/// Writes the crates of the sample; their folders' names, with the rows.
fn write(
    runner: &Runner<'_>,
    rows: &mut [Row],
    sample: &[usize],
    work: &Path,
) -> Result<IndexMap<String, usize>, Failure> {
    let folder = work.join("crates");
    empty(&folder)?;
    let manifest = work.join("Cargo.toml");
    fs::write(&manifest, WORKSPACE).map_err(|error| Failure::at("write", &manifest, &error))?;
    input::lock(work);
    let bar = bar(sample.len(), "write");
    let mut crates = IndexMap::new();
    for index in sample {
        let name = format!("corpus-{index}");
        let document: PathBuf = runner.arguments.folder.join(&rows[*index].document);
        let out = folder.join(&name);
        let row = runner.one(&document, *index, Some(&Written { out: &out, name: &name }))?;
        if row.is_generated() {
            rows[*index].compiled = Some(Vec::new());
            crates.insert(name, *index);
        } else {
            rows[*index].outcome = row.outcome;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(crates)
}

/// A line that Cargo writes about a crate.
#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    manifest_path: PathBuf,
    #[serde(rename = "message")]
    said: Option<Said>,
}

#[derive(Deserialize)]
struct Said {
    level: String,
    rendered: Option<String>,
}

/// Runs Cargo over the scratch workspace; the problems by folder.
fn cargo(
    work: &Path,
    Stage {
        arguments,
        what,
        environment,
    }: &Stage,
    crates: usize,
) -> Result<IndexMap<String, Vec<String>>, Failure> {
    let log_path = work.join(format!("{}.log", arguments[0]));
    let log = fs::File::create(&log_path).map_err(|error| Failure::at("create", &log_path, &error))?;
    let mut child = cargo::cargo()
        .args(*arguments)
        .args(["--workspace", "--keep-going", "--message-format=json"])
        .current_dir(work)
        .envs(environment.iter().copied())
        .env("CARGO_TARGET_DIR", work.join("target"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .map_err(|error| Failure::refused(&error))?;
    let bar = bar(crates, what);
    let mut problems: IndexMap<String, Vec<String>> = IndexMap::new();
    let crates_folder = work.join("crates");
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line.map_err(|error| Failure::refused(&error))?;
            let Ok(message) = serde_json::from_str::<Message>(&line) else {
                continue;
            };
            let Some(folder) = member(&message.manifest_path, &crates_folder) else {
                continue;
            };
            match (message.reason.as_str(), message.said) {
                ("compiler-message", Some(said)) if matches!(said.level.as_str(), "error" | "warning") => {
                    problems
                        .entry(folder)
                        .or_default()
                        .push(said.rendered.unwrap_or_default());
                }
                ("compiler-artifact", _) => bar.inc(1),
                _ => {}
            }
        }
    }
    bar.finish_and_clear();
    let status = child.wait().map_err(|error| Failure::refused(&error))?;
    if !status.success() && problems.is_empty() {
        let said = fs::read_to_string(&log_path).unwrap_or_default();
        let tail = said
            .lines()
            .rev()
            .take(20)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
            .join("\n");
        return Err(Failure {
            exit: Exit::Refused,
            message: format!("cargo {} failed: {tail}", arguments.join(" ")),
        });
    }
    Ok(problems)
}

fn member(manifest: &Path, crates: &Path) -> Option<String> {
    let canonical = crates.canonicalize().ok()?;
    let inside = manifest.strip_prefix(canonical).ok()?;
    Some(inside.components().next()?.as_os_str().to_str()?.to_owned())
}
