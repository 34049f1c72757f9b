//! When something is sent, and sent again: time, chance and answers in, waits out.

pub mod clock;
#[cfg(part = "idempotency")]
pub mod idempotency;
pub mod limit;
pub mod panic;
#[cfg(part = "credentials")]
pub mod pulse;
pub mod rate;
pub mod retry;
pub mod retry_after;
pub mod task;
pub mod timer;
