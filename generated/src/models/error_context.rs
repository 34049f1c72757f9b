// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `ErrorContext`.

use crate::runtime::prelude::*;

/// What an error is about, by kind; `objectWriteTraceId` lists the inputs, `ids` the records.
pub type ErrorContext = BTreeMap<String, Vec<String>>;
