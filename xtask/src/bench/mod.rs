//! Documents in, what it costs to generate from them and to compile the crates out: seconds, memory and lines, as medians of
//! several runs, beside other generators where they are installed.

mod compile;
mod generate;
mod measure;
mod peer;
mod table;

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    cargo::cargo,
    cli::{Bench, Measured, What},
    exit::{Exit, Failure},
    input, terminal,
};
use peer::Generator;

pub(crate) fn run(arguments: &Bench) -> Result<Exit, Failure> {
    match &arguments.what {
        What::Generate(measured) => print(measured, generate::run),
        What::Compile(measured) => print(measured, compile::run),
        What::Run => benches(),
    }
}

/// A document that is measured, and where the crates of it are.
struct Subject<'a> {
    document: &'a Path,
    /// What it is called in the table and in folders.
    name: String,
    work: &'a Path,
    runs: usize,
}

/// Measures one document after the other; a table each.
fn print(
    measured: &Measured,
    measure: fn(&Subject<'_>, &[Generator]) -> Result<Vec<table::Row>, Failure>,
) -> Result<Exit, Failure> {
    let generators = peer::find(measured.peers.as_deref())?;
    let work = measured
        .work
        .clone()
        .unwrap_or_else(|| input::root().join("target/bench"));
    fs::create_dir_all(&work).map_err(|error| Failure::at("create", &work, &error))?;
    let work = work
        .canonicalize()
        .map_err(|error| Failure::at("find", &work, &error))?;
    for document in &measured.documents {
        let document: PathBuf = document
            .canonicalize()
            .map_err(|error| Failure::at("read", document, &error))?;
        let stem = document.file_stem().unwrap_or_default().to_string_lossy();
        let subject = Subject {
            document: &document,
            name: stem
                .replace(|char: char| !char.is_ascii_alphanumeric(), "-")
                .to_lowercase(),
            work: &work,
            runs: measured.runs.get(),
        };
        let rows = measure(&subject, &generators)?;
        terminal::print(&table::draw(&subject.name, subject.runs, &rows));
    }
    Ok(Exit::Done)
}

/// The benches of the client: models against the same types under serde's derive, and `create_all` against a bare loop.
fn benches() -> Result<Exit, Failure> {
    let benches: [&[&str]; 2] = [
        &["bench", "-p", "runtime"],
        &["bench", "-p", "hubspot-tickets-batch", "--features", "emulator"],
    ];
    for arguments in benches {
        let status = cargo()
            .args(arguments)
            .current_dir(input::root())
            .status()
            .map_err(|error| Failure::refused(&error))?;
        if !status.success() {
            return Err(Failure {
                exit: Exit::Refused,
                message: format!("`cargo {}` failed", arguments.join(" ")),
            });
        }
    }
    Ok(Exit::Done)
}
