//! The look: rows whose outcome is unknown go in; those that exist are settled, those that do not come out.

use std::collections::BTreeSet;

use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::models::Ticket;
use hubspot_tickets_batch::prelude::Timestamp;
use hubspot_tickets_batch::tickets::{Existence, exists_by};

use crate::account::BEGAN;
use crate::journal::Journal;
use crate::line::{Line, State, number};
use crate::stop::Stop;
use crate::table::Table;

/// Looks up the rows whose outcome is unknown, and returns those that do not exist.
///
/// Such a row can be sent again only because the server refuses a second ticket with the same value: a request of an
/// earlier run may still arrive, however late. For the same reason a row that does not exist stays unknown until it has
/// an answer of its own, and one that was refused is looked up too where an earlier request of it had no answer.
pub(crate) async fn look_up(
    client: &Client,
    table: &Table,
    journal: &mut Journal,
    property: &str,
    stop: &Stop,
) -> anyhow::Result<BTreeSet<u32>> {
    let mut rows = journal.rows(&[Some(State::Unknown), Some(State::Failed)]);
    rows.retain(|&row| journal.is_doubtful(row));
    let mut absent = BTreeSet::new();
    if rows.is_empty() || stop.is_wished() {
        return Ok(absent);
    }
    let keys = table.keys(rows.clone(), journal.mended().clone())?;
    eprintln!("looking up {} by {property}", number(rows.len(), "row"));
    let answers = tokio::select! {
        answers = exists_by(client, property, keys) => answers,
        () = stop.clone().wished() => return Ok(absent),
    };
    let began = journal.note(BEGAN).and_then(|text| text.parse::<Timestamp>().ok());
    let mut tickets = journal.tickets();
    for (row, (_, existence)) in rows.into_iter().zip(answers) {
        let is_unknown = journal.line(row).is_some_and(|line| line.state == State::Unknown);
        // A ticket that is older than the import, or another row's, keeps this row from being created.
        let is_older = |ticket: &Ticket| began.is_some_and(|began| ticket.created_at < began);
        match existence {
            Existence::Exists(ticket) if is_unknown && is_older(&ticket) => {
                let reason = format!(
                    "ticket {} has had this value of {property} since {}, before this import began",
                    ticket.id, ticket.created_at
                );
                journal.add(Line::because(row, State::Failed, reason))?;
            }
            Existence::Exists(ticket) if !is_older(&ticket) && tickets.insert(ticket.id.clone()) => {
                journal.add(Line {
                    ticket: ticket.id,
                    ..Line::new(row, State::Created)
                })?;
            }
            Existence::Exists(ticket) if is_unknown => {
                let reason = format!(
                    "ticket {}, which another row became, has this value of {property}",
                    ticket.id
                );
                journal.add(Line::because(row, State::Failed, reason))?;
            }
            Existence::Absent if is_unknown => {
                let reason = "looked up, and not found; what was sent may still arrive: run the same command again";
                journal.add(Line::because(row, State::Unknown, reason))?;
                absent.insert(row);
            }
            Existence::Undetermined(reason) if is_unknown => {
                journal.add(Line::because(
                    row,
                    State::Unknown,
                    format!("could not be looked up: {reason}"),
                ))?;
            }
            _ => {}
        }
    }
    journal.sync()?;
    Ok(absent)
}
