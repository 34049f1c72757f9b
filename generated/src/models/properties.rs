// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `Properties`.

use crate::runtime::prelude::*;

/// Values of properties, by the property's internal name. Numbers, dates and choices travel as text; several
/// choices are joined with `;`, and an empty text clears the property.
pub type Properties = BTreeMap<String, String>;
