//! The import itself: rows that are not done go in, a line in the journal for each comes out.

use std::sync::{Arc, Mutex, PoisonError};

use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::api::batch::CreateAll;
use hubspot_tickets_batch::runtime::bulk::{Outcome, Record};
use hubspot_tickets_batch::tickets::{Existence, exists_by};
use indicatif::{ProgressBar, ProgressStyle};

use crate::journal::{Journal, Line, State};
use crate::table::{Defaults, Table};

/// The rows that have not been sent, or that the server is known not to have acted on.
pub(crate) fn rows_to_send(journal: &Journal) -> Vec<u32> {
    journal.rows(&[None, Some(State::NotSent)])
}

/// Looks up the rows whose outcome is unknown, and settles those that the server answers for.
///
/// Rows that failed are looked up too: one that was sent again too early, while the server was still at work on the first
/// time, is refused because it exists already.
pub(crate) async fn reconcile(
    client: &Client,
    table: &Table,
    journal: &mut Journal,
    property: &str,
) -> anyhow::Result<()> {
    let rows = journal.rows(&[Some(State::Unknown), Some(State::Failed)]);
    if rows.is_empty() {
        return Ok(());
    }
    let keys = table.keys(&rows, property)?;
    eprintln!("looking up {} rows by {property}", rows.len());
    let mut tickets = journal.tickets();
    for (row, (_, existence)) in rows.into_iter().zip(exists_by(client, property, keys).await) {
        let is_unknown = journal.line(row).is_some_and(|line| line.state == State::Unknown);
        match existence {
            // The ticket of another row with the same value is not this row's.
            Existence::Exists(ticket) if tickets.insert(ticket.id.clone()) => {
                journal.add(Line {
                    ticket: ticket.id,
                    ..Line::new(row, State::Created)
                })?;
            }
            Existence::Exists(_) | Existence::Absent if is_unknown => journal.add(Line {
                reason: "looked up, and not found".to_owned(),
                ..Line::new(row, State::NotSent)
            })?,
            _ => {}
        }
    }
    Ok(journal.sync()?)
}

/// Sends every row that is to be sent, until all have been or Ctrl-C is pressed.
pub(crate) async fn send(
    client: &Client,
    table: &Table,
    journal: Journal,
    defaults: Defaults,
    concurrency: usize,
) -> anyhow::Result<Journal> {
    let rows = rows_to_send(&journal);
    let tickets = table.tickets(rows.clone(), defaults)?;
    let bar = bar(table.rows, rows.len());
    let journal = Arc::new(Mutex::new(journal));
    let (writer, sent, shown) = (Arc::clone(&journal), rows.clone(), bar.clone());
    let mut outcomes = client
        .batch()
        .create_all(tickets)
        // What is known should be on paper at once, in whichever order.
        .unordered()
        .concurrency(concurrency)
        .stop(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                eprintln!("stopping; what is on its way is being finished (Ctrl-C again leaves it unknown)");
                tokio::spawn(async {
                    if tokio::signal::ctrl_c().await.is_ok() {
                        std::process::exit(130);
                    }
                });
            }
        })
        .before_batch(move |departures| {
            let mut journal = writer.lock().unwrap_or_else(PoisonError::into_inner);
            for departure in departures {
                let trace = departure.correlation_id.unwrap_or_default().to_owned();
                journal.add(Line {
                    trace,
                    ..Line::new(row(&sent, departure.index), State::Sending)
                })?;
            }
            journal.sync()
        })
        .progress(move |progress| {
            shown.set_message(format!(
                "{} created, {} failed, {} unknown, {:.0}/s",
                progress.succeeded,
                progress.failed,
                progress.unknown,
                progress.per_second(),
            ));
        })
        .outcomes();
    while let Some(record) = outcomes.next().await {
        let line = line(row(&rows, record.index), record);
        let mut journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
        journal.add(line)?;
        journal.flush()?;
        bar.inc(1);
    }
    drop(outcomes);
    bar.finish();
    let journal = Arc::into_inner(journal).map(Mutex::into_inner);
    let mut journal = journal
        .and_then(Result::ok)
        .ok_or_else(|| anyhow::anyhow!("the journal is still in use"))?;
    journal.sync()?;
    Ok(journal)
}

/// The row that an input was made of.
fn row(rows: &[u32], index: u64) -> u32 {
    usize::try_from(index)
        .ok()
        .and_then(|index| rows.get(index))
        .copied()
        .unwrap_or_default()
}

fn line(row: u32, record: Record<CreateAll>) -> Line {
    let (state, ticket, reason) = match record.outcome {
        Outcome::Succeeded(ticket) => (State::Created, ticket.id, String::new()),
        Outcome::Failed(failure) => (State::Failed, String::new(), failure.to_string()),
        Outcome::Unknown(reason) => (State::Unknown, String::new(), reason.to_string()),
        Outcome::NotSent(reason) => (State::NotSent, String::new(), reason.to_string()),
    };
    Line {
        row,
        state,
        ticket,
        reason,
        trace: record.correlation_id.unwrap_or_default(),
    }
}

/// A bar that also shows what earlier runs have done. On anything but a terminal it draws nothing.
fn bar(rows: u32, left: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::from(rows));
    let template = "{bar:40} {pos}/{len} {msg} {eta} left";
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_position(u64::from(rows).saturating_sub(left as u64));
    bar.reset_eta();
    bar
}
