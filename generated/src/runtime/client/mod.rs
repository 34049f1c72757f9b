// @generated from an OpenAPI description: the runtime, the same for every API.

//! What calls share: a client that is set up in, one road for all of its calls out.

pub mod blocking;
pub mod builder;
pub mod core;
pub mod correlation;
pub mod defaults;
pub mod hooks;
pub mod host;
pub mod oversight;
pub mod server;
pub mod setup;
pub mod trace;
