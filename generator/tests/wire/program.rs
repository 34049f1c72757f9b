//! Calls of a generated crate in, what its server saw and what its callers got out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bodies;
mod conversions;
mod doors;
mod elsewhere;
mod events;
mod inheritance;
mod items;
mod knobs;
mod numbers;
mod pages;
mod parameters;
mod parts;
mod paths;
mod responses;
mod schemas;
mod security;
mod server;
mod servers;
mod styles;
mod tags;
mod texts;
mod unions;
mod verbs;
mod xml;
