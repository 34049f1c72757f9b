// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `Links`.

use crate::runtime::prelude::*;

/// Links to further documentation, by name.
pub type Links = BTreeMap<String, String>;
