//! The Cargo that commands run.

use std::process::Command;

/// The Cargo that runs us, or the one that is found.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
