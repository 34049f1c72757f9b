//! The sending: rows go in, a line in the journal for each comes out.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use hubspot_tickets_batch::api::batch::CreateAll;
use hubspot_tickets_batch::bulk::{Outcome, Record};
use hubspot_tickets_batch::prelude::StatusCode;
use hubspot_tickets_batch::{Client, Error};

use crate::bar::{Bar, Traffic};
use crate::journal::Journal;
use crate::line::{Line, State};
use crate::stop::Stop;
use crate::table::Table;

/// Sends rows until all have been sent or the wish to stop is uttered. Gives the journal back, and whether every row got
/// as far as being sent.
pub(crate) async fn send(
    client: &Client,
    table: &Table,
    journal: Journal,
    rows: BTreeSet<u32>,
    concurrency: usize,
    traffic: &Arc<Traffic>,
    stop: &Stop,
) -> anyhow::Result<(Journal, bool)> {
    let tickets = table.tickets(rows.clone(), journal.mended().clone())?;
    let bar = Bar::new(table.rows(), rows.len(), Arc::clone(traffic));
    let rows: Arc<[u32]> = rows.into_iter().collect();
    let journal = Arc::new(Mutex::new(journal));
    let (writer, sent) = (Arc::clone(&journal), Arc::clone(&rows));
    let mut outcomes = client
        .batch()
        .create_all(tickets)
        // What is known should be on paper at once, in whichever order.
        .unordered()
        .concurrency(concurrency)
        .stop(stop.clone().wished())
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
        .progress(bar.progress())
        .outcomes();
    let mut count = 0;
    let mut all_sent = true;
    while let Some(record) = outcomes.next().await {
        let row = row(&rows, record.index);
        let mut journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
        all_sent &= !matches!(record.outcome, Outcome::NotSent(_));
        let line = line(row, record, journal.is_doubtful(row));
        journal.add(line)?;
        journal.flush()?;
        bar.advance();
        count += 1;
    }
    drop(outcomes);
    let journal = Arc::into_inner(journal).map(Mutex::into_inner);
    let mut journal = journal
        .and_then(Result::ok)
        .ok_or_else(|| anyhow::anyhow!("the journal is still in use"))?;
    journal.sync()?;
    Ok((journal, all_sent && count == rows.len()))
}

/// The row that an input was made of.
fn row(rows: &[u32], index: u64) -> u32 {
    let row = usize::try_from(index).ok().and_then(|index| rows.get(index));
    row.copied().unwrap_or_default()
}

/// What became of a row. Where an earlier request of it has had no answer, that this one was not acted on proves nothing.
fn line(row: u32, record: Record<CreateAll>, is_doubtful: bool) -> Line {
    let status = record.outcome.error().and_then(Error::status);
    let says_nothing = status.is_some_and(|status| ![StatusCode::BAD_REQUEST, StatusCode::CONFLICT].contains(&status));
    let (state, ticket, reason) = match record.outcome {
        Outcome::Succeeded(ticket) => (State::Created, ticket.id, String::new()),
        Outcome::Failed(failure) if is_doubtful && says_nothing => (State::Unknown, String::new(), failure.to_string()),
        Outcome::Failed(failure) => (State::Failed, String::new(), failure.to_string()),
        Outcome::Unknown(reason) => (State::Unknown, String::new(), reason.to_string()),
        Outcome::NotSent(reason) if is_doubtful => {
            let reason = format!("an earlier request had no answer, and: {reason}");
            (State::Unknown, String::new(), reason)
        }
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
