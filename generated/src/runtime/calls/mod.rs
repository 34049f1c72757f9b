// @generated from an OpenAPI description: the runtime, the same for every API.

//! A call, from what is told of it to its end: an operation and arguments in, a value or an error out.

pub mod any_call;
pub mod call;
pub mod call_builder;
pub mod ended;
pub mod error;
pub mod extras;
pub mod members;
pub mod operation;
pub mod outcome;
pub mod request;
pub mod sending;
