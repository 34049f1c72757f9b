// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `RecordId`.

use crate::runtime::prelude::*;

/// A record, by its id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RecordId {
    /// The id of the record.
    pub id: String,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl RecordId {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            additional_properties: BTreeMap::new(),
        }
    }
}

model! {
    RecordId {
        required id = "id",
        additional additional_properties,
    }
}
