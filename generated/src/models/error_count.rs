// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `ErrorCount`.

use crate::runtime::prelude::*;

/// How many errors an answer reports.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct ErrorCount {
    /// How many errors there are.
    pub num_errors: Option<i32>,
    /// Members that the description does not name.
    pub additional_properties: BTreeMap<String, Value>,
}

impl ErrorCount {
    /// Without any member.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`numErrors`](#structfield.num_errors).
    #[must_use]
    pub fn num_errors(mut self, num_errors: i32) -> Self {
        self.num_errors = Some(num_errors);
        self
    }
}

model! {
    ErrorCount {
        optional num_errors = "numErrors",
        additional additional_properties,
    }
}
