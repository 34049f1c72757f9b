// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `BatchStatus`.

use crate::runtime::prelude::*;

/// How far the server is with a batch. An answer of these endpoints is complete.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BatchStatus {
    /// `CANCELED`
    Canceled,
    /// `COMPLETE`
    Complete,
    /// `PENDING`
    Pending,
    /// `PROCESSING`
    Processing,
    /// A value that the description does not name.
    Unknown(String),
}

open_enum! {
    BatchStatus: str {
        Canceled = "CANCELED",
        Complete = "COMPLETE",
        Pending = "PENDING",
        Processing = "PROCESSING",
    }
}
