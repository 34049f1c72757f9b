// @generated from an OpenAPI description: the runtime, the same for every API.

//! JSON and the types that models are made of: what generated models read and write with.

pub mod json;
pub mod maybe;
pub mod members;
pub mod model;
pub mod names;
pub mod number;
pub mod open_enum;
pub mod optionally;
