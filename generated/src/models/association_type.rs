// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `AssociationType`.

use super::AssociationCategory;
use crate::runtime::prelude::*;

/// One way in which two records can be associated.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AssociationType {
    /// Who defined an association type.
    pub association_category: AssociationCategory,
    /// The number of the type, which depends on the kinds of both records and on the direction.
    pub association_type_id: i32,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl AssociationType {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(
        association_category: AssociationCategory,
        association_type_id: i32,
    ) -> Self {
        Self {
            association_category,
            association_type_id,
            additional_properties: BTreeMap::new(),
        }
    }
}

model! {
    AssociationType {
        required association_category = "associationCategory",
        required association_type_id = "associationTypeId",
        additional additional_properties,
    }
}
