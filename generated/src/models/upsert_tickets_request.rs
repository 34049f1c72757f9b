// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `UpsertTicketsRequest`.

use super::UpsertTicket;
use crate::runtime::prelude::*;

/// The tickets to create or update.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UpsertTicketsRequest {
    /// The tickets to create or update.
    ///
    /// At most 100 items.
    pub inputs: Vec<UpsertTicket>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl UpsertTicketsRequest {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(inputs: impl IntoIterator<Item = UpsertTicket>) -> Self {
        Self {
            inputs: inputs.into_iter().collect(),
            additional_properties: BTreeMap::new(),
        }
    }
}

model! {
    UpsertTicketsRequest {
        required inputs = "inputs",
        additional additional_properties,
    }
}
