//! Commands that say something about documents, and write nothing.

use std::path::PathBuf;

use clap::Args;

use super::{EXITS, OneDocument};

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
  git show main:petstore.yaml | cargo xtask diff - petstore.yaml --target petstore

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
    /// An OpenAPI overlay to lay over both; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// The target whose settings, overlays and folders hold for both
    #[arg(long, value_name = "NAME", conflicts_with_all = ["overlay", "files"])]
    pub(crate) target: Option<String>,
    /// The settings file with the target; without one, spec/codegen.toml of this repository
    #[arg(long, value_name = "FILE", requires = "target")]
    pub(crate) settings: Option<PathBuf>,
    /// Print what belongs into a changelog, as Markdown
    #[arg(long)]
    pub(crate) changelog: bool,
}

/// Proposes how the pages of lists are to be described, so that their calls get `.pages()` and `.items()`.
///
/// Looks at parameters and answers that nothing is said of, and prints an overlay with `x-pagination`, each rule with what it
/// is read from. What looks like pages and is not certain is listed beside it. A document that is named is read without the
/// overlays of the settings: name what is written to, and nothing of it is read.
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  cargo xtask pages petstore.yaml > pages.yaml                        then: overlays = [\"pages.yaml\"] in the settings
  cargo xtask document petstore.yaml --overlay pages.yaml             the document with the rules in it

{EXITS}"))]
pub(crate) struct Pages {
    #[command(flatten)]
    pub(crate) of: OneDocument,
    /// List every operation of which nothing is certain, however many
    #[arg(short, long)]
    pub(crate) verbose: bool,
}
