// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The operations of the API: one file for each group.

pub mod batch;
