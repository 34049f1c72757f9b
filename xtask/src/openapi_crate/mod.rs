//! `openapi-crate`: the commands for everybody, in any folder. What it says and how it is asked; the work is done by the
//! same code as that of `cargo xtask`.

mod explain;
mod init;
mod shell;
mod watch;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use crate::{
    cli::{Codegen, DIFF_EXITS, Diff, EXITS, InEffect, Pages},
    codegen, diff, document,
    exit::{Exit, Failure},
    front::Front,
    pages,
};

/// Turns OpenAPI documents into Rust client crates.
///
/// What to generate is said in `codegen.toml` of the current folder, which `init` writes, or on the command line.
#[derive(Debug, Parser)]
#[command(name = "openapi-crate", bin_name = "openapi-crate", version, after_help = format!("\
Examples:
  openapi-crate init petstore.yaml     a codegen.toml for a document
  openapi-crate generate               the crates of codegen.toml
  openapi-crate check                  is what is committed up to date?

{EXITS}"))]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(Init),
    /// Generates crates: the targets of codegen.toml, or one from any document
    ///
    /// Prints which files were written or removed, what changed in the Rust API, and everything in the document that could
    /// not be generated whole. Nothing is written when a document is refused.
    #[command(mut_arg("settings", settings), after_help = format!("\
Examples:
  openapi-crate generate                                           all targets of ./codegen.toml
  openapi-crate generate pets                                      one of them
  openapi-crate generate --spec petstore.yaml --out ../petstore    a crate of its own from any document
  curl -s https://example.com/openapi.json | openapi-crate generate --spec - --out client

{EXITS}"))]
    Generate(Codegen),
    /// Says whether the crates are what their documents give, and what differs; writes nothing
    #[command(mut_arg("settings", settings), mut_arg("check", |check| check.hide(true)), mut_arg("update", |update| update.hide(true)), after_help = format!("\
Examples:
  openapi-crate check             all targets of ./codegen.toml
  openapi-crate check --strict    and is all of each document in them?

{EXITS}"))]
    Check(Codegen),
    /// Generates whenever a document, one of its files or the settings are saved
    ///
    /// Says nothing while nothing changes in the crates, and goes on when a document is refused. Ends with Ctrl-C.
    #[command(mut_arg("settings", settings), mut_arg("check", |check| check.hide(true)), mut_arg("update", |update| update.hide(true)), after_help = "\
Examples:
  openapi-crate watch
  openapi-crate watch --spec petstore.yaml --out ../petstore

Exit codes:
  2   there is nothing to watch
  64  wrong usage")]
    Watch(Codegen),
    Explain(Explain),
    /// Prints the document in effect: in OpenAPI 3.1, as YAML, after its version, its files and its overlays
    #[command(mut_arg("settings", settings), after_help = format!("\
Examples:
  openapi-crate document                                         the first target of ./codegen.toml
  openapi-crate document petstore.json --overlay names.yaml      any document, with an overlay laid over it
  curl -s https://example.com/openapi.json | openapi-crate document -

{EXITS}"))]
    Document(InEffect),
    #[command(mut_arg("settings", settings), after_help = format!("\
Examples:
  openapi-crate diff before.yaml after.yaml
  git show main:petstore.yaml | openapi-crate diff - petstore.yaml --changelog
  git show main:petstore.yaml | openapi-crate diff - petstore.yaml --target petstore

{DIFF_EXITS}"))]
    Diff(Diff),
    #[command(mut_arg("settings", settings), after_help = format!("\
Examples:
  openapi-crate pages petstore.yaml > pages.yaml                   then: overlays = [\"pages.yaml\"] in codegen.toml
  openapi-crate document petstore.yaml --overlay pages.yaml        the document with the rules in it

{EXITS}"))]
    Pages(Pages),
    Completions(Completions),
    Man(Man),
}

/// Writes a codegen.toml with a first target from a document, and with all other settings as comments.
///
/// A file that is there is left as it is.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  openapi-crate init petstore.yaml
  openapi-crate init api/openapi.json --out crates/petstore

Exit codes:
  0   codegen.toml was written
  2   it is there already, or the document is refused
  64  wrong usage")]
struct Init {
    /// An OpenAPI document, in a file
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,
    /// The folder of the crate; without one, it is called like the crate
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Says what a diagnostic means, what can be done about it, and shows an example.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  openapi-crate explain dangling-reference
  openapi-crate explain                       a line for each of them

Exit codes:
  0   done
  64  there is no such code")]
struct Explain {
    /// The code in the brackets, such as `dangling-reference`; without one, all are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Prints what a shell needs to complete commands.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  openapi-crate completions bash > ~/.local/share/bash-completion/completions/openapi-crate
  openapi-crate completions fish > ~/.config/fish/completions/openapi-crate.fish

Exit codes:
  0   done
  64  wrong usage")]
struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// Prints the manual page, or writes that of every command.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  openapi-crate man | man -l -
  openapi-crate man ~/.local/share/man/man1

Exit codes:
  0   done
  2   the folder cannot be written to
  64  wrong usage")]
struct Man {
    /// The folder for a page of every command
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl Cli {
    pub(crate) fn run(self) -> Result<Exit, Failure> {
        let front = Front::OpenapiCrate;
        match self.command {
            Command::Init(Init { document, out }) => init::run(&document, out),
            Command::Generate(arguments) => codegen::run(&arguments, front),
            Command::Check(Codegen { update: true, .. }) | Command::Watch(Codegen { update: true, .. }) => Err(
                Failure::usage("only `openapi-crate generate` fetches documents".to_owned()),
            ),
            Command::Check(arguments) => codegen::run(
                &Codegen {
                    check: true,
                    ..arguments
                },
                front,
            ),
            Command::Watch(arguments) => watch::run(&arguments, front),
            Command::Explain(Explain { code }) => explain::run(code.as_deref()),
            Command::Document(arguments) => document::run(&arguments, front),
            Command::Diff(arguments) => diff::run(&arguments, front),
            Command::Pages(arguments) => pages::run(&arguments, front),
            Command::Completions(Completions { shell }) => {
                shell::completions(shell);
                Ok(Exit::Done)
            }
            Command::Man(Man { folder }) => shell::man(folder.as_deref()),
        }
    }
}

/// Where settings are looked for here.
fn settings(settings: clap::Arg) -> clap::Arg {
    settings.help("The settings file; without one, codegen.toml of the current folder")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
