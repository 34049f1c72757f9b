//! The hand-written half of every generated client.

pub mod auth;
pub mod bulk;
pub mod calls;
pub mod client;
pub mod network;
pub mod pace;
pub mod prelude;
pub mod received;
pub mod sent;
pub mod shown;
pub mod values;
pub mod webhook;

/// The crate under the path that it has in a generated crate, where these files live in `src/runtime/`.
pub mod runtime {
    pub use crate::*;
}

#[cfg(test)]
#[path = "../tests/unit/mod.rs"]
mod unit;
