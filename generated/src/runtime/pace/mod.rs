// @generated from an OpenAPI description: the runtime, the same for every API.

//! When something is sent, and sent again: time, chance and answers in, waits out.

pub mod clock;
pub mod limit;
pub mod panic;
pub mod pulse;
pub mod rate;
pub mod retry;
pub mod retry_after;
pub mod task;
pub mod timer;
