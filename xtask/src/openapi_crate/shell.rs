//! The command line itself in, what shells and readers of manuals need of it out.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use super::Cli;
use crate::exit::{Exit, Failure};

/// Prints what `shell` needs to complete commands.
pub(super) fn completions(shell: Shell) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "openapi-crate", &mut script);
    // A reader that has seen enough is no failure.
    let _ = io::stdout().write_all(&script);
}

/// Prints the manual page, or writes one for every command to a folder.
pub(super) fn man(folder: Option<&Path>) -> Result<Exit, Failure> {
    let Some(folder) = folder else {
        let mut page = Vec::new();
        let _ = Man::new(Cli::command()).render(&mut page);
        let _ = io::stdout().write_all(&page);
        return Ok(Exit::Done);
    };
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
        .map_err(|error| Failure::at("write to", folder, &error))?;
    Ok(Exit::Done)
}
