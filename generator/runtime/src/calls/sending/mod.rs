//! One request on its way: a message out, the answer in, wherever it lies.

pub mod attempt;
#[cfg(part = "elsewhere")]
pub mod elsewhere;
pub mod exchange;
pub mod message;
