//! Whether tickets exist: values of a unique property go in, the server's answer for each comes out. This settles
//! creates whose outcome is unknown.

use crate::Client;
use crate::api::batch::ReadAll;
use crate::models::{ReadTicketsRequest, RecordId, Ticket};
use crate::runtime::bulk::{Failure, Outcome, Record, Source};

/// Whether a ticket exists.
#[derive(Debug)]
#[non_exhaustive]
pub enum Existence {
    /// It does, and this is it.
    Exists(Box<Ticket>),
    /// It does not. An archived ticket counts as one that does not exist.
    Absent,
    /// The server did not say, for the reason in words.
    Undetermined(String),
}

/// Asks for each of `values` whether a ticket has it as its value of `property`, and yields the answers in the order of
/// the values.
///
/// The property must have unique values (`hasUniqueValue` in its definition); the server reads tickets by no other.
/// After a run of `create_all`, give it the property's values of the inputs that are
/// [`Unknown`](crate::bulk::Outcome::Unknown): those that exist were created, those that are absent can be
/// sent again.
pub async fn exists_by<'a>(
    client: &Client,
    property: &str,
    values: impl IntoIterator<Item = String, IntoIter: Send + 'a>,
) -> Vec<(String, Existence)> {
    let request = ReadTicketsRequest::new(Vec::new())
        .properties(vec![property.to_owned()])
        .id_property(property);
    let inputs: Source<'a, RecordId> = values.into_iter().map(RecordId::new).into();
    let bulk = client.batch().read_all(inputs).request(&request);
    let mut outcomes = bulk.outcomes();
    let mut answers = Vec::new();
    while let Some(record) = outcomes.next().await {
        answers.push(answer(record));
    }
    answers
}

fn answer(record: Record<ReadAll>) -> (String, Existence) {
    let existence = match record.outcome {
        Outcome::Succeeded(ticket) => Existence::Exists(Box::new(ticket)),
        Outcome::Failed(Failure::Reported(error)) if error.category.as_deref() == Some("OBJECT_NOT_FOUND") => {
            Existence::Absent
        }
        Outcome::Failed(failure) => Existence::Undetermined(failure.to_string()),
        Outcome::Unknown(reason) => Existence::Undetermined(reason.to_string()),
        Outcome::NotSent(reason) => Existence::Undetermined(reason.to_string()),
    };
    (record.input.id, existence)
}
