// @generated from an OpenAPI description: the runtime, the same for every API.

//! One request on its way: a message out, the answer in, wherever it lies.

pub mod attempt;
pub mod exchange;
pub mod message;
