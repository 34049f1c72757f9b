//! The hand-written half of every generated client.

pub mod argument;
pub mod arm;
mod attempt;
pub mod base64;
pub mod blocking;
pub mod body;
pub mod builder;
pub mod bulk;
pub mod call;
pub mod call_builder;
pub mod certificate;
pub mod clock;
pub mod core;
mod correlation;
pub mod credentials;
pub mod decode;
mod defaults;
mod ended;
pub mod error;
pub mod event;
pub mod event_data;
mod event_id;
mod event_parser;
mod excerpt;
mod exchange;
mod extras;
mod file;
pub mod form;
pub mod frames;
pub mod hooks;
mod host;
mod idempotency;
mod idle;
pub mod item_upload;
pub mod items;
pub mod json;
pub mod limit;
mod loss;
mod mask;
pub mod maybe;
mod media;
pub mod members;
mod message;
pub mod model;
pub mod multipart;
pub mod names;
pub mod network;
mod number;
pub mod oauth;
pub mod open_enum;
pub mod operation;
pub mod outcome;
pub mod outside;
mod oversight;
mod panic;
pub mod parameter;
pub mod parameter_error;
pub mod place;
mod plain;
pub mod prelude;
mod promised;
mod pulse;
mod rate;
pub mod reading;
pub mod reconnect;
pub mod reply;
mod request;
pub mod response;
pub mod retry;
mod retry_after;
pub mod secret;
mod segments;
mod server;
pub mod stream;
pub mod style;
mod task;
mod timer;
mod token;
pub mod tower;
mod trace;
pub mod transport;
pub mod tree;
pub mod tuple;
pub mod union;
pub mod upload;
mod visible;
pub mod webhook;

/// The crate under the path that it has in a generated crate, where these files live in `src/runtime/`.
pub mod runtime {
    pub use crate::*;
}

#[cfg(test)]
#[path = "../tests/unit/mod.rs"]
mod unit;
