// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `CreateTicket`.

use super::{Association, Properties};
use crate::runtime::prelude::*;

/// A ticket to create.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CreateTicket {
    /// Values of properties, by the property's internal name. Numbers, dates and choices travel as text; several
    /// choices are joined with `;`, and an empty text clears the property.
    pub properties: Properties,
    /// The records to associate the ticket with.
    pub associations: Option<Vec<Association>>,
    /// A text of the caller's choice that names this input in the answer, unique in the batch. It correlates; it does
    /// not keep the server from creating a ticket twice.
    pub object_write_trace_id: Option<String>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl CreateTicket {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(
        properties: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        Self {
            properties: properties
                .into_iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
            associations: None,
            object_write_trace_id: None,
            additional_properties: BTreeMap::new(),
        }
    }

    /// Sets [`associations`](#structfield.associations).
    #[must_use]
    pub fn associations(
        mut self,
        associations: impl IntoIterator<Item = Association>,
    ) -> Self {
        self.associations = Some(associations.into_iter().collect());
        self
    }

    /// Sets [`objectWriteTraceId`](#structfield.object_write_trace_id).
    #[must_use]
    pub fn object_write_trace_id(
        mut self,
        object_write_trace_id: impl Into<String>,
    ) -> Self {
        self.object_write_trace_id = Some(object_write_trace_id.into());
        self
    }
}

model! {
    CreateTicket {
        required properties = "properties",
        optional associations = "associations",
        optional object_write_trace_id = "objectWriteTraceId",
        additional additional_properties,
    }
}
