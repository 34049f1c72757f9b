// @generated from an OpenAPI description: the runtime, the same for every API.

//! What comes of a bulk run: what is known of each record in, an outcome for it, their stream and how far it is out.

pub(crate) mod outcome;
pub(crate) mod outcomes;
pub(crate) mod progress;
pub(crate) mod typed;
