//! The command line in, settings out.

use std::path::PathBuf;

use clap::Parser;

/// Imports tickets from a CSV file into HubSpot.
///
/// The first line names the properties; a column `@contact`, `@company`, `@primary-company`, `@deal` or `@ticket` holds
/// ids of records to associate, separated by `;`. The token is read from `HUBSPOT_TOKEN`. Without one, the import runs
/// against an emulator inside this process, so that it can be tried without an account.
///
/// What became of every row is written to the outcome file. Run the same command again after an interruption: only rows
/// that have not been sent yet are sent. Ctrl-C finishes what is on its way.
///
/// Exit status: 0 when every row has been created, 1 when the outcome file says otherwise of some, 2 when the import could
/// not be run.
#[derive(Debug, Parser)]
#[command(name = "import")]
pub(crate) struct Args {
    /// The file to import; without one, a small sample.
    pub(crate) csv: Option<PathBuf>,

    /// Where to write what became of every row [default: the CSV file's name with `.outcomes.csv` or, for the emulator,
    /// `.emulator.outcomes.csv`]. What is needed to go on after an interruption is in a `.journal` beside it.
    #[arg(long, value_name = "FILE")]
    pub(crate) outcomes: Option<PathBuf>,

    /// Reads the file and says what would be sent.
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// The most requests in ten seconds.
    #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rate: u32,

    /// The most requests at the same time.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) concurrency: u16,

    /// A property with unique values. Rows whose outcome is unknown are looked up by it, and sent again if they do not
    /// exist. Filled with a value made of the file and the row, unless the file has a column for it.
    #[arg(long, value_name = "PROPERTY")]
    pub(crate) idempotency: Option<String>,

    /// The pipeline of rows that have no `hs_pipeline`.
    #[arg(long, value_name = "ID", default_value = "0")]
    pub(crate) pipeline: String,

    /// The stage of rows that have no `hs_pipeline_stage`.
    #[arg(long, value_name = "ID", default_value = "1")]
    pub(crate) stage: String,

    /// The base URL of the API.
    #[arg(long, value_name = "URL", env = "HUBSPOT_URL")]
    pub(crate) url: Option<String>,
}
