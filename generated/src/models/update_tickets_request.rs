// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `UpdateTicketsRequest`.

use super::UpdateTicket;
use crate::runtime::prelude::*;

/// The tickets to update.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UpdateTicketsRequest {
    /// The tickets to update.
    ///
    /// At most 100 items.
    pub inputs: Vec<UpdateTicket>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl UpdateTicketsRequest {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(inputs: impl IntoIterator<Item = UpdateTicket>) -> Self {
        Self {
            inputs: inputs.into_iter().collect(),
            additional_properties: BTreeMap::new(),
        }
    }
}

model! {
    UpdateTicketsRequest {
        required inputs = "inputs",
        additional additional_properties,
    }
}
