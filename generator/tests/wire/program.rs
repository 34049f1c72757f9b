//! Calls of a generated crate in, what its server saw and what its callers got out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bodies;
mod inheritance;
mod items;
mod numbers;
mod parameters;
mod parts;
mod responses;
mod schemas;
mod security;
mod server;
mod servers;
mod styles;
mod unions;
mod verbs;
