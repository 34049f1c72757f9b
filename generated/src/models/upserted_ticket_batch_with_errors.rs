// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `UpsertedTicketBatchWithErrors`.

use super::{BatchError, BatchStatus, Links, UpsertedTicket};
use crate::runtime::prelude::*;

/// What became of a batch of tickets to create or update, in which some inputs failed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UpsertedTicketBatchWithErrors {
    /// How far the server is with a batch. An answer of these endpoints is complete.
    pub status: Option<BatchStatus>,
    /// When the server received the batch.
    pub requested_at: Maybe<Timestamp>,
    /// When the server began to work on the batch.
    pub started_at: Timestamp,
    /// When the server was done with the batch.
    pub completed_at: Timestamp,
    /// Why inputs failed. An answer that reports none may lack it or have it empty.
    pub errors: Option<Vec<BatchError>>,
    /// Links to further documentation, by name.
    pub links: Option<Links>,
    /// The tickets, not necessarily in the order of the inputs.
    pub results: Vec<UpsertedTicket>,
    /// How many errors there are.
    pub num_errors: Option<i32>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl UpsertedTicketBatchWithErrors {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(
        started_at: Timestamp,
        completed_at: Timestamp,
        results: impl IntoIterator<Item = UpsertedTicket>,
    ) -> Self {
        Self {
            started_at,
            completed_at,
            results: results.into_iter().collect(),
            status: None,
            requested_at: Maybe::Absent,
            errors: None,
            links: None,
            num_errors: None,
            additional_properties: BTreeMap::new(),
        }
    }

    /// Sets [`status`](#structfield.status).
    #[must_use]
    pub fn status(mut self, status: BatchStatus) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets [`requestedAt`](#structfield.requested_at).
    #[must_use]
    pub fn requested_at(mut self, requested_at: impl Into<Maybe<Timestamp>>) -> Self {
        self.requested_at = requested_at.into();
        self
    }

    /// Sets [`errors`](#structfield.errors).
    #[must_use]
    pub fn errors(mut self, errors: impl IntoIterator<Item = BatchError>) -> Self {
        self.errors = Some(errors.into_iter().collect());
        self
    }

    /// Sets [`links`](#structfield.links).
    #[must_use]
    pub fn links(
        mut self,
        links: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        self.links = Some(
            links.into_iter().map(|(key, value)| (key.into(), value.into())).collect(),
        );
        self
    }

    /// Sets [`numErrors`](#structfield.num_errors).
    #[must_use]
    pub fn num_errors(mut self, num_errors: i32) -> Self {
        self.num_errors = Some(num_errors);
        self
    }
}

model! {
    UpsertedTicketBatchWithErrors {
        optional status = "status",
        maybe requested_at = "requestedAt",
        required started_at = "startedAt",
        required completed_at = "completedAt",
        optional errors = "errors",
        optional links = "links",
        required results = "results",
        optional num_errors = "numErrors",
        additional additional_properties,
    }
}
