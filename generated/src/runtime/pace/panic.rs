// @generated from an OpenAPI description: the runtime, the same for every API.

//! Panics in code of the caller's: what was thrown goes in, a text comes out.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a panic says.
pub(crate) fn text(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a word")
}

/// Runs a hook; a panic of it goes no further than its text.
pub(crate) fn caught<T>(hook: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(hook)).map_err(|panic| text(&*panic).to_owned())
}
