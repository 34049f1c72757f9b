// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `ErrorDetail`.

use super::ErrorContext;
use crate::runtime::prelude::*;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// What is wrong, for people.
    pub message: String,
    /// The kind of error, for programs.
    pub code: Maybe<String>,
    /// The part of the request that it is about.
    pub r#in: Maybe<String>,
    /// A finer kind of error, for programs.
    pub sub_category: Maybe<String>,
    /// What an error is about, by kind; `objectWriteTraceId` lists the inputs, `ids` the records.
    pub context: Option<ErrorContext>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl ErrorDetail {
    /// With the required members, and without the others.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: Maybe::Absent,
            r#in: Maybe::Absent,
            sub_category: Maybe::Absent,
            context: None,
            additional_properties: BTreeMap::new(),
        }
    }

    /// Sets [`code`](#structfield.code).
    #[must_use]
    pub fn code(mut self, code: impl Into<Maybe<String>>) -> Self {
        self.code = code.into();
        self
    }

    /// Sets [`in`](#structfield.in).
    #[must_use]
    pub fn r#in(mut self, r#in: impl Into<Maybe<String>>) -> Self {
        self.r#in = r#in.into();
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
}

model! {
    ErrorDetail {
        required message = "message",
        maybe code = "code",
        maybe r#in = "in",
        maybe sub_category = "subCategory",
        optional context = "context",
        additional additional_properties,
    }
}
