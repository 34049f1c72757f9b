//! Imports tickets from a CSV file into HubSpot, so that at the end every row has exactly one outcome, whatever
//! happened on the way: bad rows, a bad network, Ctrl-C, `kill -9`.
//!
//! ```console
//! $ cargo run --features emulator --example import -- --emulator       # a sample, without an account
//! $ cargo run --features emulator --example import -- tickets.csv --dry-run
//! $ HUBSPOT_TOKEN=… cargo run --features emulator --example import -- tickets.csv --look-up import_row
//! $ cargo run --features emulator --example import -- --help
//! ```

mod account;
mod args;
mod bar;
mod columns;
mod journal;
mod line;
mod look_up;
mod report;
mod run;
mod scan;
mod send;
mod stop;
mod table;

use std::process::ExitCode;

use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    run::run(&args::Args::parse()).await.into()
}
