// @generated from an OpenAPI description: the runtime, the same for every API.

//! A stand-in for the API in tests: what is expected and what is answered in, a network for a client out.
//!
//! Or what was really answered, once: a [`Recorder`](record::recorder::Recorder) writes it down on the way, and
//! [`Recorded`](record::replay::Recorded) says it again.
//!
//! It is no server: a client is built on it (`Client::builder().transport(mock.clone())`), nothing is sent, and time that
//! stands still stays so. Everything above the network is the client's own: credentials, retries, limits, decoding.

#![cfg(feature = "mock")]

pub mod answer;
pub mod expectation;
pub mod received;
pub mod record;
pub mod service;

pub use answer::MockAnswer;
pub use expectation::Expectation;
pub use service::Mock;
