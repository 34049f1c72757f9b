//! Imports tickets from a CSV file into HubSpot, so that at the end every row has exactly one outcome, whatever
//! happened on the way: bad rows, a bad network, Ctrl-C, `kill -9`.
//!
//! ```console
//! $ cargo run --features emulator --example import     # a sample, against an emulator
//! $ HUBSPOT_TOKEN=… cargo run --features emulator --example import -- tickets.csv --dry-run
//! $ HUBSPOT_TOKEN=… cargo run --features emulator --example import -- tickets.csv --idempotency import_row
//! ```

mod args;
mod journal;
mod run;
mod send;
mod table;

use std::process::ExitCode;

use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    run::run(&args::Args::parse()).await.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}
