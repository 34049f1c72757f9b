//! One request on its way: a message out, the answer in, wherever it lies.

pub mod attempt;
pub mod elsewhere;
pub mod exchange;
pub mod message;
