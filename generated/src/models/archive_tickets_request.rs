// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `ArchiveTicketsRequest`.

use super::RecordId;
use crate::runtime::prelude::*;

/// The tickets to archive.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ArchiveTicketsRequest {
    /// The tickets to archive.
    ///
    /// At most 100 items.
    pub inputs: Vec<RecordId>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl ArchiveTicketsRequest {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(inputs: impl IntoIterator<Item = RecordId>) -> Self {
        Self {
            inputs: inputs.into_iter().collect(),
            additional_properties: BTreeMap::new(),
        }
    }
}

model! {
    ArchiveTicketsRequest {
        required inputs = "inputs",
        additional additional_properties,
    }
}
