//! The commands: two thin fronts on the generator. Arguments in; files, text and an exit code out.
//!
//! `cargo xtask` is for whoever works in this repository, `openapi-crate` for everybody. What both can do is done by the same
//! code, which is told by `Front` who asks.

mod bench;
mod cargo;
mod ci;
mod cli;
mod codegen;
mod conformance;
mod corpus;
mod describe;
mod diagnostics;
mod diff;
mod document;
mod documents;
mod exit;
mod fetch;
mod files;
mod front;
mod idle;
mod input;
mod json_schema;
mod ledger;
mod openapi_crate;
mod pages;
mod program;
mod progress;
mod round_trip;
mod semver;
mod silence;
mod terminal;
mod trip;
mod try_one;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};
use exit::{Exit, Failure};
use front::Front;

/// What both commands allocate by.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `cargo xtask`.
#[must_use]
pub fn xtask() -> ExitCode {
    let front = Front::Xtask;
    end(Cli::try_parse().map(|cli| match cli.command {
        Command::Codegen(arguments) => codegen::run(&arguments, front),
        Command::Ir(arguments) => describe::run(&arguments),
        Command::Document(arguments) => document::run(&arguments, front),
        Command::Diff(arguments) => diff::run(&arguments, front),
        Command::Pages(arguments) => pages::run(&arguments, front),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::Documents(arguments) => documents::run(&arguments),
        Command::Conformance(arguments) => conformance::run(&arguments),
        Command::JsonSchema(arguments) => json_schema::run(&arguments),
        Command::RoundTrip(arguments) => round_trip::run(&arguments),
        Command::Semver(arguments) => semver::run(&arguments),
        Command::Silence(arguments) => silence::run(&arguments),
        Command::Ci => ci::run(),
        Command::Try(arguments) => try_one::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::CorpusDocument(arguments) => corpus::document::run(&arguments),
    }))
}

/// `openapi-crate`.
#[must_use]
pub fn openapi_crate() -> ExitCode {
    end(openapi_crate::Cli::try_parse().map(openapi_crate::Cli::run))
}

/// Says how a command ended, to whoever reads and to the shell.
fn end(result: Result<Result<Exit, Failure>, clap::Error>) -> ExitCode {
    let result = result.unwrap_or_else(|usage| {
        let _ = usage.print();
        Ok(if usage.use_stderr() { Exit::Usage } else { Exit::Done })
    });
    match result {
        Ok(exit) => exit.into(),
        Err(Failure { exit, message }) => {
            terminal::error(&message);
            exit.into()
        }
    }
}
