//! Calls from end to end: what goes wrong on the way goes in; what the client sends, when, and what it says of it comes out.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

mod alone;
mod compressed;
mod credentials;
mod doors;
mod echoes;
mod elsewhere;
mod errors;
mod faults;
mod foreign;
mod knobs;
mod limits;
mod oauth;
mod outside;
mod pages;
mod paths;
mod reconnecting;
mod recorded;
mod recording;
mod retries;
mod secrets;
mod servers;
mod silence;
mod stalled;
mod support;
mod uploads;
