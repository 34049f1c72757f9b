// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `BatchError`.

use super::{ErrorContext, ErrorDetail, Links};
use crate::runtime::prelude::*;

/// Why some inputs of a batch failed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct BatchError {
    /// How bad it is; `error` in practice.
    pub status: Option<String>,
    /// The id of this error.
    pub id: Maybe<String>,
    /// The kind of error, for programs.
    pub category: Option<String>,
    /// A finer kind of error, for programs.
    pub sub_category: Maybe<String>,
    /// What is wrong, for people.
    pub message: String,
    /// What an error is about, by kind; `objectWriteTraceId` lists the inputs, `ids` the records.
    pub context: Option<ErrorContext>,
    /// The single things that are wrong.
    pub errors: Option<Vec<ErrorDetail>>,
    /// Links to further documentation, by name.
    pub links: Option<Links>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl BatchError {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            status: None,
            id: Maybe::Absent,
            category: None,
            sub_category: Maybe::Absent,
            context: None,
            errors: None,
            links: None,
            additional_properties: BTreeMap::new(),
        }
    }

    /// Sets [`status`](#structfield.status).
    #[must_use]
    pub fn status(mut self, status: impl Into<String>) -> Self {
        self.status = Some(status.into());
        self
    }

    /// Sets [`id`](#structfield.id).
    #[must_use]
    pub fn id(mut self, id: impl Into<Maybe<String>>) -> Self {
        self.id = id.into();
        self
    }

    /// Sets [`category`](#structfield.category).
    #[must_use]
    pub fn category(mut self, category: impl Into<String>) -> Self {
        self.category = Some(category.into());
        self
    }

    /// Sets [`subCategory`](#structfield.sub_category).
    #[must_use]
    pub fn sub_category(mut self, sub_category: impl Into<Maybe<String>>) -> Self {
        self.sub_category = sub_category.into();
        self
    }

    /// Sets [`context`](#structfield.context).
    #[must_use]
    pub fn context(
        mut self,
        context: impl IntoIterator<Item = (impl Into<String>, Vec<String>)>,
    ) -> Self {
        self.context = Some(
            context.into_iter().map(|(key, value)| (key.into(), value)).collect(),
        );
        self
    }

    /// Sets [`errors`](#structfield.errors).
    #[must_use]
    pub fn errors(mut self, errors: impl IntoIterator<Item = ErrorDetail>) -> Self {
        self.errors = Some(errors.into_iter().collect());
        self
    }

    /// Sets [`links`](#structfield.links).
    #[must_use]
    pub fn links(
        mut self,
        links: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        self.links = Some(
            links.into_iter().map(|(key, value)| (key.into(), value.into())).collect(),
        );
        self
    }
}

model! {
    BatchError {
        optional status = "status",
        maybe id = "id",
        optional category = "category",
        maybe sub_category = "subCategory",
        required message = "message",
        optional context = "context",
        optional errors = "errors",
        optional links = "links",
        additional additional_properties,
    }
}
