//! What CI runs, run here: `cargo xtask ci`.

use std::process::Command;

use crate::{
    exit::{Exit, Failure},
    input,
};

pub(crate) fn run() -> Result<Exit, Failure> {
    let script = input::root().join(".ci/run");
    let status = Command::new("bash").arg(&script).env("CI", "true").status();
    let status = status.map_err(|error| Failure::at("run", &script, &error))?;
    Ok(if status.success() { Exit::Done } else { Exit::Differs })
}
