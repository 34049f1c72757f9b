//! The project's own commands: a thin front on the generator. Arguments in; files, text and an exit code out.

mod bench;
mod cargo;
mod ci;
mod cli;
mod codegen;
mod conformance;
mod corpus;
mod describe;
mod diagnostics;
mod document;
mod documents;
mod exit;
mod files;
mod input;
mod json_schema;
mod ledger;
mod program;
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

fn main() -> ExitCode {
    let result = match Cli::try_parse() {
        Ok(cli) => match cli.command {
            Command::Codegen(arguments) => codegen::run(&arguments),
            Command::Ir(arguments) => describe::run(&arguments),
            Command::Document(arguments) => document::run(&arguments),
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
        },
        Err(usage) => {
            let _ = usage.print();
            Ok(if usage.use_stderr() { Exit::Usage } else { Exit::Done })
        }
    };
    match result {
        Ok(exit) => exit.into(),
        Err(Failure { exit, message }) => {
            terminal::error(&message);
            exit.into()
        }
    }
}
