// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `PropertyHistories`.

use super::PropertyVersion;
use crate::runtime::prelude::*;

/// Values of properties over time, by the property's internal name, the latest first.
pub type PropertyHistories = BTreeMap<String, Vec<PropertyVersion>>;
