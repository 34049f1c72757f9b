// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `PropertyVersion`.

use crate::runtime::prelude::*;

/// A value that a property has or had.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PropertyVersion {
    /// The value.
    pub value: Option<String>,
    /// Since when the property has or had the value.
    pub timestamp: Timestamp,
    /// What kind of actor set it.
    pub source_type: String,
    /// Which actor set it.
    pub source_id: Maybe<String>,
    /// The actor's name, for people.
    pub source_label: Maybe<String>,
    /// The user who set it.
    pub updated_by_user_id: Maybe<i32>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl PropertyVersion {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(
        value: Option<String>,
        timestamp: Timestamp,
        source_type: impl Into<String>,
    ) -> Self {
        Self {
            value,
            timestamp,
            source_type: source_type.into(),
            source_id: Maybe::Absent,
            source_label: Maybe::Absent,
            updated_by_user_id: Maybe::Absent,
            additional_properties: BTreeMap::new(),
        }
    }

    /// Sets [`value`](#structfield.value).
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Sets [`sourceId`](#structfield.source_id).
    #[must_use]
    pub fn source_id(mut self, source_id: impl Into<Maybe<String>>) -> Self {
        self.source_id = source_id.into();
        self
    }

    /// Sets [`sourceLabel`](#structfield.source_label).
    #[must_use]
    pub fn source_label(mut self, source_label: impl Into<Maybe<String>>) -> Self {
        self.source_label = source_label.into();
        self
    }

    /// Sets [`updatedByUserId`](#structfield.updated_by_user_id).
    #[must_use]
    pub fn updated_by_user_id(
        mut self,
        updated_by_user_id: impl Into<Maybe<i32>>,
    ) -> Self {
        self.updated_by_user_id = updated_by_user_id.into();
        self
    }
}

model! {
    PropertyVersion {
        nullable value = "value",
        required timestamp = "timestamp",
        required source_type = "sourceType",
        maybe source_id = "sourceId",
        maybe source_label = "sourceLabel",
        maybe updated_by_user_id = "updatedByUserId",
        additional additional_properties,
    }
}
