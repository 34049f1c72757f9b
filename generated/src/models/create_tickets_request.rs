// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `CreateTicketsRequest`.

use super::CreateTicket;
use crate::runtime::prelude::*;

/// The tickets to create.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CreateTicketsRequest {
    /// The tickets to create.
    ///
    /// At most 100 items.
    pub inputs: Vec<CreateTicket>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl CreateTicketsRequest {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(inputs: impl IntoIterator<Item = CreateTicket>) -> Self {
        Self {
            inputs: inputs.into_iter().collect(),
            additional_properties: BTreeMap::new(),
        }
    }
}

model! {
    CreateTicketsRequest {
        required inputs = "inputs",
        additional additional_properties,
    }
}
