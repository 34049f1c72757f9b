// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `Association`.

use super::{AssociationType, RecordId};
use crate::runtime::prelude::*;

/// The association of a ticket to one other record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Association {
    /// A record, by its id.
    pub to: RecordId,
    /// In which ways the two are associated.
    pub types: Vec<AssociationType>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl Association {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(to: RecordId, types: impl IntoIterator<Item = AssociationType>) -> Self {
        Self {
            to,
            types: types.into_iter().collect(),
            additional_properties: BTreeMap::new(),
        }
    }
}

model! {
    Association {
        required to = "to",
        required types = "types",
        additional additional_properties,
    }
}
