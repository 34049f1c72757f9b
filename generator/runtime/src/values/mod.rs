//! JSON and the types that models are made of: what generated models read and write with.

pub mod json;
#[cfg(part = "maybe")]
pub mod maybe;
#[cfg(part = "objects")]
pub mod members;
#[cfg(part = "objects")]
pub mod model;
#[cfg(any(part = "objects", part = "text_enums"))]
pub mod names;
pub mod number;
#[cfg(part = "enums")]
pub mod open_enum;
pub mod optionally;
#[cfg(any(part = "base64", part = "floating", part = "time"))]
pub mod scalars;
#[cfg(part = "tuples")]
pub mod tuple;
#[cfg(any(part = "unions", part = "conversions"))]
#[allow(dead_code, reason = "what tells arms apart depends on the arms that a document has")]
pub mod unions;
