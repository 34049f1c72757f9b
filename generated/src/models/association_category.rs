// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The schema `AssociationCategory`.

use crate::runtime::prelude::*;

/// Who defined an association type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AssociationCategory {
    /// `HUBSPOT_DEFINED`
    HubspotDefined,
    /// `INTEGRATOR_DEFINED`
    IntegratorDefined,
    /// `USER_DEFINED`
    UserDefined,
    /// `WORK`
    Work,
    /// A value that the description does not name.
    Unknown(String),
}

open_enum! {
    AssociationCategory: str {
        HubspotDefined = "HUBSPOT_DEFINED",
        IntegratorDefined = "INTEGRATOR_DEFINED",
        UserDefined = "USER_DEFINED",
        Work = "WORK",
    }
}
