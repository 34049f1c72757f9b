// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `ReadProperties`.

use crate::runtime::prelude::*;

/// Values of properties, by the property's internal name; `null` where the ticket has no value.
pub type ReadProperties = BTreeMap<String, Option<String>>;
