//! A document in, what it takes to check the crate that each generator makes of it out, all that they depend on being built.

use std::{fs, path::Path, process::Command};

use super::{Subject, generate::lines, measure::cost, peer::Generator, table::Row};
use crate::{
    cargo::cargo,
    exit::Failure,
    files::{empty, touch},
};

/// Every crate once in each run, so that what the machine does beside it meets all of them.
pub(super) fn run(subject: &Subject<'_>, generators: &[Generator]) -> Result<Vec<Row>, Failure> {
    let mut rows: Vec<Row> = generators.iter().map(Generator::row).collect();
    let mut compiles = Vec::new();
    for (generator, row) in generators.iter().zip(&mut rows) {
        let folder = subject.folder("compiled", generator);
        empty(&folder)?;
        let log = subject.log(generator);
        let made = cost(&mut generator.command(subject.document, &folder), &log)?;
        stand_alone(&folder)?;
        row.lines = lines(&folder);
        // The first builds what the crate depends on.
        compiles.push(made.is_some() && cost(&mut check(&folder), &log)?.is_some());
    }
    for _ in 0..subject.runs {
        for ((generator, row), compiles) in generators.iter().zip(&mut rows).zip(&compiles) {
            if *compiles {
                let folder = subject.folder("compiled", generator);
                touch(&folder.join("src/lib.rs"))?;
                row.costs.extend(cost(&mut check(&folder), &subject.log(generator))?);
            }
        }
    }
    Ok(rows)
}

fn check(folder: &Path) -> Command {
    let mut command = cargo();
    command
        .args(["check", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.with_extension("target"))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    command
}

/// Makes a workspace of the crate, so that it is not taken for a part of one around it.
fn stand_alone(folder: &Path) -> Result<(), Failure> {
    let path = folder.join("Cargo.toml");
    let manifest = fs::read_to_string(&path).unwrap_or_default();
    if manifest.contains("[workspace]") {
        return Ok(());
    }
    fs::write(&path, format!("{manifest}\n[workspace]\n")).map_err(|error| Failure::at("write", &path, &error))
}
