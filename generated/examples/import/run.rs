//! One run of the program: settings in; the outcome file and an exit status out.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};

use crate::account::{self, Account, Target};
use crate::args::Args;
use crate::bar::Traffic;
use crate::journal::Journal;
use crate::line::{Line, State, number};
use crate::look_up::look_up;
use crate::report::{self, Paths, Written};
use crate::send::send;
use crate::stop::Stop;
use crate::table::{Mended, Table};

/// So many reasons are printed; the outcome file has them all.
const REASONS: usize = 5;

/// How often a row is looked up and sent again in one run, at most.
const ROUNDS: usize = 3;

/// Every row has been created.
const ALL_CREATED: u8 = 0;
/// Some row has not been created.
const SOME_NOT: u8 = 1;
/// The import could not be run.
const ERROR: u8 = 2;

/// Runs the import, and returns the exit status.
pub(crate) async fn run(args: &Args) -> u8 {
    import(args).await.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ERROR
    })
}

async fn import(args: &Args) -> anyhow::Result<u8> {
    let table = Table::open(args)?;
    describe(&table);
    let paths = Paths::new(outcome_path(args));
    if paths.outcomes.is_dir() {
        bail!("cannot write {}: it is a folder", paths.outcomes.display());
    }
    if args.dry_run && !paths.journal.exists() {
        return dry_run(&table, None);
    }
    let target = if args.dry_run {
        Target::Emulator
    } else {
        Target::new(args)?
    };
    let mut settings = table.settings().to_vec();
    settings.push(("the account (--url)", account::describe(args)));
    let mut journal = Journal::open(&paths.journal, table.rows(), &settings)?;
    if args.dry_run {
        return dry_run(&table, Some(&journal));
    }
    journal.settle_interrupted()?;
    for (&row, reason) in &table.broken {
        if journal.line(row).is_none() {
            journal.add(Line::because(row, State::Failed, reason))?;
        }
    }
    journal.sync()?;
    let mending = if args.retry_failed {
        Some(Mending::read(args, &table, &journal, &paths)?)
    } else {
        None
    };
    let journal = transfer(args, &target, &table, journal, mending).await;
    let mut journal = match journal {
        Ok(journal) => journal,
        Err((error, Some(mut journal))) => {
            // What is known is reported all the same.
            report::write_outcomes(&table, &mut journal, &paths.outcomes)?;
            return Err(error);
        }
        Err((error, None)) => return Err(error),
    };
    report(args, &table, &mut journal, &paths)
}

/// Says what of the file holds no row, or none that can be sent.
fn describe(table: &Table) {
    if let Some((count, first)) = table.empty {
        eprintln!("lines that are empty and hold no row: {count}, the first one is line {first}");
    }
    for reason in table.broken.values().take(REASONS) {
        eprintln!("cannot be sent: {reason}");
    }
    if table.broken.len() > REASONS {
        eprintln!("cannot be sent: {} more", number(table.broken.len() - REASONS, "row"));
    }
}

/// The texts that a person has mended.
#[derive(Debug)]
struct Mending {
    texts: Mended,
    path: PathBuf,
    /// Whether it is the file that the last run wrote.
    is_ours: bool,
}

impl Mending {
    fn read(args: &Args, table: &Table, journal: &Journal, paths: &Paths) -> anyhow::Result<Self> {
        let ours = report::failed_file(paths);
        let path = args.mended.clone().unwrap_or_else(|| ours.clone());
        let mut texts = table
            .read_mended(&path)
            .with_context(|| format!("cannot retry the failed rows in {}", path.display()))?;
        for &row in texts.keys() {
            let state = journal.line(row).map_or(State::NotSent, |line| line.state);
            if state != State::Failed {
                let (path, line) = (path.display(), table.line(row));
                bail!(
                    "{path}: the row in line {line} has not failed, it is {}",
                    state.as_str()
                );
            }
        }
        let left = report::leave_unchanged(table, journal, &mut texts, args.separator)?;
        if left > 0 {
            let (rows, path) = (number(left, "row"), path.display());
            eprintln!("not sent again: {rows} that cannot be read and that nobody has changed in {path}");
        }
        let is_ours = path == ours;
        Ok(Self { texts, path, is_ours })
    }

    /// Gives failed rows their new texts.
    fn apply(self, journal: &mut Journal) -> anyhow::Result<()> {
        for (row, fields) in self.texts {
            journal.mend(row, &fields)?;
        }
        journal.sync()?;
        if self.is_ours {
            report::has_been_read(journal, &self.path)?;
        }
        Ok(())
    }
}

/// Sends what is to be sent, and looks up what is unknown. An error comes with the journal, where that is at hand.
async fn transfer(
    args: &Args,
    target: &Target,
    table: &Table,
    mut journal: Journal,
    mending: Option<Mending>,
) -> Result<Journal, (anyhow::Error, Option<Journal>)> {
    let mut rows = journal.rows(&[None, Some(State::NotSent), Some(State::Mended)]);
    if args.resend_unknown {
        rows.extend(journal.rows(&[Some(State::Unknown)]));
    }
    if let Some(mending) = &mending {
        rows.extend(mending.texts.keys());
    }
    let is_doubtful = |row: &u32| journal.is_doubtful(*row);
    let to_look_up = journal.rows(&[Some(State::Unknown), Some(State::Failed)]);
    if rows.is_empty() && (args.look_up.is_none() || !to_look_up.iter().any(is_doubtful)) {
        eprintln!("there is nothing left to send; to begin another import, name another file with --outcomes");
        return match mending.map_or(Ok(()), |mending| mending.apply(&mut journal)) {
            Ok(()) => Ok(journal),
            Err(error) => Err((error, Some(journal))),
        };
    }
    let stop = Stop::on_ctrl_c();
    let traffic = Arc::<Traffic>::default();
    let account = match Account::connect(args, target, table, &traffic).await {
        Ok(account) => account,
        Err(error) => return Err((error, Some(journal))),
    };
    let checked = tokio::select! {
        checked = account.check(args, table, &mut journal) => checked,
        () = stop.clone().wished() => return Ok(journal),
    };
    if let Err(error) = checked {
        return Err((error, Some(journal)));
    }
    // Not before: should the settings be refused, the texts are still the person's alone, and so the file.
    if let Some(Err(error)) = mending.map(|mending| mending.apply(&mut journal)) {
        return Err((error, Some(journal)));
    }
    let client = &account.client;
    for round in 0.. {
        if let Some(property) = &args.look_up {
            match look_up(client, table, &mut journal, property, &stop).await {
                Ok(absent) if round < ROUNDS => rows.extend(absent),
                Ok(_) => break,
                Err(error) => return Err((error, Some(journal))),
            }
        }
        if rows.is_empty() || stop.is_wished() {
            break;
        }
        let now = std::mem::take(&mut rows);
        let concurrency = usize::from(args.concurrency);
        let sent = send(client, table, journal, now, concurrency, &traffic, &stop).await;
        let (given_back, all_sent) = sent.map_err(|error| (error, None))?;
        journal = given_back;
        if table.has_changed() {
            let error = anyhow::anyhow!("the file has changed while it was being imported; the rest was not sent");
            return Err((error, Some(journal)));
        }
        if !all_sent {
            if let Some(property) = &args.look_up {
                let last = look_up(client, table, &mut journal, property, &stop).await;
                last.map_err(|error| (error, None))?;
            }
            break;
        }
    }
    Ok(journal)
}

/// Writes what became of the rows, and says it.
fn report(args: &Args, table: &Table, journal: &mut Journal, paths: &Paths) -> anyhow::Result<u8> {
    let written = report::write_outcomes(table, journal, &paths.outcomes);
    written.with_context(|| format!("what became of the rows is in {}", paths.journal.display()))?;
    let failed = report::write_rows(table, journal, paths, State::Failed, args.separator)?;
    let unknown = report::write_rows(table, journal, paths, State::Unknown, args.separator)?;
    let reasons = journal.reasons();
    for &(reason, rows) in reasons.iter().take(REASONS) {
        eprintln!("{}: {reason}", number(rows, "row"));
    }
    if reasons.len() > REASONS {
        let more = number(reasons.len() - REASONS, "more reason");
        eprintln!("and {more}, see {}", paths.outcomes.display());
    }
    let count = |states: &[Option<State>]| journal.rows(states).len();
    let not_sent = count(&[Some(State::NotSent), Some(State::Mended), None]);
    // The files of a sample are found by no later run.
    let can_go_on = args.csv.is_some() || args.outcomes.is_some();
    if not_sent > 0 && can_go_on {
        eprintln!("run the same command again to send the rest");
    }
    match failed {
        None => {}
        Some(_) if !can_go_on => {}
        Some(Written::Anew(path)) => {
            eprintln!(
                "to send the failed rows again, mend {} and say --retry-failed",
                path.display()
            );
        }
        Some(Written::Kept { own, all }) => eprintln!(
            "{} has been changed and is kept: say --retry-failed to send its rows; all failed rows are in {}",
            own.display(),
            all.display()
        ),
    }
    if let Some(Written::Anew(path) | Written::Kept { all: path, .. }) = unknown {
        eprintln!("the rows that a person has to look up are in {}", path.display());
    }
    let created = count(&[Some(State::Created)]);
    println!(
        "{created} created, {} failed, {} unknown, {not_sent} not sent; see {}",
        count(&[Some(State::Failed)]),
        count(&[Some(State::Unknown)]),
        paths.outcomes.display(),
    );
    let is_complete = created == table.rows() as usize;
    Ok(if is_complete { ALL_CREATED } else { SOME_NOT })
}

fn dry_run(table: &Table, journal: Option<&Journal>) -> anyhow::Result<u8> {
    let (rows, mended) = match journal {
        None => ((1..=table.rows()).collect(), Mended::new()),
        Some(journal) => {
            let states = [None, Some(State::NotSent), Some(State::Mended)];
            (journal.rows(&states), journal.mended().clone())
        }
    };
    let mut rows: BTreeSet<u32> = rows;
    rows.retain(|row| !table.broken.contains_key(row) || mended.contains_key(row));
    let mut incomplete = table.broken.len();
    for (row, ticket) in rows.iter().zip(table.tickets(rows.clone(), mended)?) {
        if !ticket.properties.contains_key("subject") {
            incomplete += 1;
            println!("row {row}: no subject; the server will refuse it");
        }
    }
    println!(
        "{} of {} would be sent in {}",
        rows.len(),
        number(table.rows() as usize, "row"),
        number(rows.len().div_ceil(100), "call")
    );
    Ok(if incomplete == 0 { ALL_CREATED } else { SOME_NOT })
}

/// What happens in an emulator ends with it, and must not pass for what happened in an account.
fn outcome_path(args: &Args) -> PathBuf {
    match (&args.outcomes, &args.csv) {
        (Some(path), _) => path.clone(),
        (None, Some(csv)) if !args.emulator => csv.with_extension("outcomes.csv"),
        (None, Some(csv)) => csv.with_extension("emulator.outcomes.csv"),
        (None, None) => std::env::temp_dir().join(format!("import-sample-{}.outcomes.csv", std::process::id())),
    }
}
