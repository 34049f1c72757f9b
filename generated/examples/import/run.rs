//! One run of the program: settings in; the outcome file and an exit code out.

use std::env::VarError;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::emulator::{Emulator, Limits};

use crate::args::Args;
use crate::journal::{Journal, State};
use crate::send;
use crate::table::{Defaults, Table};

/// So many reasons are printed; the outcome file has them all.
const REASONS: usize = 5;

/// Runs the import.
pub(crate) async fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let table = Table::open(args.csv.as_deref())?;
    let defaults = Defaults {
        pipeline: args.pipeline.clone(),
        stage: args.stage.clone(),
        idempotency: args.idempotency.clone(),
    };
    let token = token()?;
    let outcomes = outcome_path(args, token.is_some());
    if outcomes.is_dir() {
        bail!("cannot write {}: it is a folder", outcomes.display());
    }
    let path = beside(&outcomes, "journal");
    if args.dry_run && !path.exists() {
        return dry_run(&table, (1..=table.rows).collect(), defaults);
    }
    let target = match (&token, &args.url) {
        (None, _) => "an emulator",
        (Some(_), None) => "HubSpot",
        (Some(_), Some(url)) => url,
    };
    let mut journal = Journal::open(&path, table.rows, table.fingerprint, target)?;
    if args.dry_run {
        return dry_run(&table, send::rows_to_send(&journal), defaults);
    }

    // The emulator ends when this is dropped.
    let (client, _emulator) = connect(args, token).await?;
    journal.settle_interrupted()?;
    if let Some(property) = &args.idempotency {
        send::reconcile(&client, &table, &mut journal, property).await?;
    }
    if send::rows_to_send(&journal).is_empty() && table.rows > 0 {
        eprintln!(
            "every row has been sent before; to begin again, delete {}",
            path.display()
        );
    }
    let mut journal = send::send(&client, &table, journal, defaults, usize::from(args.concurrency)).await?;
    if let Some(property) = &args.idempotency {
        send::reconcile(&client, &table, &mut journal, property).await?;
    }
    let written = journal.write_outcomes(&outcomes);
    written.with_context(|| format!("what became of the rows is in {}", path.display()))?;

    for (reason, rows) in journal.reasons().into_iter().take(REASONS) {
        eprintln!("{rows} rows: {reason}");
    }
    let count = |state| journal.rows(&[state]).len();
    let created = count(Some(State::Created));
    println!(
        "{created} created, {} failed, {} unknown, {} not sent; see {}",
        count(Some(State::Failed)),
        count(Some(State::Unknown)),
        count(Some(State::NotSent)) + count(None),
        outcomes.display(),
    );
    Ok(if created == table.rows as usize {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The token of the account, if there is one.
fn token() -> anyhow::Result<Option<String>> {
    match std::env::var("HUBSPOT_TOKEN") {
        Ok(token) if token.trim().is_empty() => bail!("HUBSPOT_TOKEN is empty; unset it to import into an emulator"),
        Ok(token) => Ok(Some(token.trim().to_owned())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => bail!("HUBSPOT_TOKEN is not a text"),
    }
}

/// The client for the account or, without a token, for an emulator.
async fn connect(args: &Args, token: Option<String>) -> anyhow::Result<(Client, Option<Emulator>)> {
    let builder = Client::builder().max_requests(args.rate, Duration::from_secs(10));
    if let Some(token) = token {
        let builder = match &args.url {
            Some(url) => builder.base_url(url),
            None => builder,
        };
        return Ok((builder.access_token(token).build()?, None));
    }
    let mut emulator = Emulator::builder().limits(Limits::STARTER);
    if let Some(property) = &args.idempotency {
        emulator = emulator.unique_property(property);
    }
    let emulator = emulator.start().await.context("cannot start the emulator")?;
    eprintln!(
        "HUBSPOT_TOKEN is not set: importing into an emulator at {}",
        emulator.url()
    );
    let client = builder
        .base_url(emulator.url())
        .access_token(emulator.token())
        .build()?;
    Ok((client, Some(emulator)))
}

fn dry_run(table: &Table, rows: Vec<u32>, defaults: Defaults) -> anyhow::Result<ExitCode> {
    let count = rows.len();
    let mut incomplete = 0;
    for (row, ticket) in rows.clone().into_iter().zip(table.tickets(rows, defaults)?) {
        if !ticket.properties.contains_key("subject") {
            incomplete += 1;
            println!("row {row}: no subject; the server will refuse it");
        }
    }
    println!(
        "{count} of {} rows would be sent in {} calls",
        table.rows,
        count.div_ceil(100)
    );
    Ok(if incomplete == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What happens in an emulator ends with it, and must not pass for what happened in an account.
fn outcome_path(args: &Args, is_account: bool) -> PathBuf {
    match (&args.outcomes, &args.csv) {
        (Some(path), _) => path.clone(),
        (None, Some(csv)) if is_account => csv.with_extension("outcomes.csv"),
        (None, Some(csv)) => csv.with_extension("emulator.outcomes.csv"),
        (None, None) => std::env::temp_dir().join(format!("import-sample-{}.outcomes.csv", std::process::id())),
    }
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}
