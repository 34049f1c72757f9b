// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `UpsertTicket`.

use super::Properties;
use crate::runtime::prelude::*;

/// A ticket to create or update.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UpsertTicket {
    /// The ticket's value of the property that `idProperty` names.
    pub id: String,
    /// Values of properties, by the property's internal name. Numbers, dates and choices travel as text; several
    /// choices are joined with `;`, and an empty text clears the property.
    pub properties: Properties,
    /// The property, with unique values, that `id` is a value of.
    pub id_property: Option<String>,
    /// A text of the caller's choice that names this input in the answer, unique in the batch.
    pub object_write_trace_id: Option<String>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl UpsertTicket {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        properties: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        Self {
            id: id.into(),
            properties: properties
                .into_iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
            id_property: None,
            object_write_trace_id: None,
            additional_properties: BTreeMap::new(),
        }
    }

    /// Sets [`idProperty`](#structfield.id_property).
    #[must_use]
    pub fn id_property(mut self, id_property: impl Into<String>) -> Self {
        self.id_property = Some(id_property.into());
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
    UpsertTicket {
        required id = "id",
        required properties = "properties",
        optional id_property = "idProperty",
        optional object_write_trace_id = "objectWriteTraceId",
        additional additional_properties,
    }
}
