// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `UpsertedTicket`.

use super::{PropertyHistories, ReadProperties};
use crate::runtime::prelude::*;

/// A ticket that was created or updated.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UpsertedTicket {
    /// The id of the ticket.
    pub id: String,
    /// Values of properties, by the property's internal name; `null` where the ticket has no value.
    pub properties: ReadProperties,
    /// Values of properties over time, by the property's internal name, the latest first.
    pub properties_with_history: Option<PropertyHistories>,
    /// When the ticket was created.
    pub created_at: Timestamp,
    /// When the ticket was last changed.
    pub updated_at: Timestamp,
    /// Whether the ticket is archived.
    pub archived: Option<bool>,
    /// When the ticket was archived.
    pub archived_at: Maybe<Timestamp>,
    /// The input's own text, where it had one and the server repeats it.
    pub object_write_trace_id: Maybe<String>,
    /// Where a person finds the ticket.
    pub url: Maybe<String>,
    /// Whether the ticket was created.
    pub new: bool,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl UpsertedTicket {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        properties: impl IntoIterator<Item = (impl Into<String>, Option<String>)>,
        created_at: Timestamp,
        updated_at: Timestamp,
        new: bool,
    ) -> Self {
        Self {
            id: id.into(),
            properties: properties
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
            created_at,
            updated_at,
            new,
            properties_with_history: None,
            archived: None,
            archived_at: Maybe::Absent,
            object_write_trace_id: Maybe::Absent,
            url: Maybe::Absent,
            additional_properties: BTreeMap::new(),
        }
    }

    /// Sets [`propertiesWithHistory`](#structfield.properties_with_history).
    #[must_use]
    pub fn properties_with_history(
        mut self,
        properties_with_history: impl IntoIterator<
            Item = (impl Into<String>, Vec<super::PropertyVersion>),
        >,
    ) -> Self {
        self.properties_with_history = Some(
            properties_with_history
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
        );
        self
    }

    /// Sets [`archived`](#structfield.archived).
    #[must_use]
    pub fn archived(mut self, archived: bool) -> Self {
        self.archived = Some(archived);
        self
    }

    /// Sets [`archivedAt`](#structfield.archived_at).
    #[must_use]
    pub fn archived_at(mut self, archived_at: impl Into<Maybe<Timestamp>>) -> Self {
        self.archived_at = archived_at.into();
        self
    }

    /// Sets [`objectWriteTraceId`](#structfield.object_write_trace_id).
    #[must_use]
    pub fn object_write_trace_id(
        mut self,
        object_write_trace_id: impl Into<Maybe<String>>,
    ) -> Self {
        self.object_write_trace_id = object_write_trace_id.into();
        self
    }

    /// Sets [`url`](#structfield.url).
    #[must_use]
    pub fn url(mut self, url: impl Into<Maybe<String>>) -> Self {
        self.url = url.into();
        self
    }
}

model! {
    UpsertedTicket {
        required id = "id",
        required properties = "properties",
        optional properties_with_history = "propertiesWithHistory",
        required created_at = "createdAt",
        required updated_at = "updatedAt",
        optional archived = "archived",
        maybe archived_at = "archivedAt",
        maybe object_write_trace_id = "objectWriteTraceId",
        maybe url = "url",
        required new = "new",
        additional additional_properties,
    }
}
