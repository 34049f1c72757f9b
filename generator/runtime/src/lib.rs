//! The hand-written half of every generated client.

pub mod argument;
pub mod base64;
pub mod body;
pub mod decode;
pub mod event;
pub mod form;
pub mod maybe;
pub mod model;
pub mod multipart;
pub mod names;
pub mod open_enum;
pub mod parameter;
pub mod place;
pub mod prelude;
pub mod response;
pub mod stream;
pub mod style;
pub mod union;
pub mod upload;

/// The crate under the path that it has in a generated crate, where these files live in `src/runtime/`.
pub mod runtime {
    pub use crate::*;
}

#[cfg(test)]
#[path = "../tests/unit/mod.rs"]
mod unit;
