// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `ReadTicketsRequest`.

use super::RecordId;
use crate::runtime::prelude::*;

/// Which tickets to read, and what of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ReadTicketsRequest {
    /// The tickets to read.
    ///
    /// At most 100 items.
    pub inputs: Vec<RecordId>,
    /// The names of the properties to read. Without any, the server chooses a few.
    pub properties: Option<Vec<String>>,
    /// The names of the properties to read with their earlier values.
    pub properties_with_history: Option<Vec<String>>,
    /// The property, with unique values, that the inputs' ids are values of.
    pub id_property: Option<String>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl ReadTicketsRequest {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(inputs: impl IntoIterator<Item = RecordId>) -> Self {
        Self {
            inputs: inputs.into_iter().collect(),
            properties: None,
            properties_with_history: None,
            id_property: None,
            additional_properties: BTreeMap::new(),
        }
    }

    /// Sets [`properties`](#structfield.properties).
    #[must_use]
    pub fn properties(
        mut self,
        properties: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.properties = Some(properties.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`propertiesWithHistory`](#structfield.properties_with_history).
    #[must_use]
    pub fn properties_with_history(
        mut self,
        properties_with_history: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.properties_with_history = Some(
            properties_with_history.into_iter().map(Into::into).collect(),
        );
        self
    }

    /// Sets [`idProperty`](#structfield.id_property).
    #[must_use]
    pub fn id_property(mut self, id_property: impl Into<String>) -> Self {
        self.id_property = Some(id_property.into());
        self
    }
}

model! {
    ReadTicketsRequest {
        required inputs = "inputs",
        optional properties = "properties",
        optional properties_with_history = "propertiesWithHistory",
        optional id_property = "idProperty",
        additional additional_properties,
    }
}
