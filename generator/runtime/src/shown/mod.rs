//! Text of others, and secrets: what may be shown of either out.

#[cfg(part = "calls")]
pub mod excerpt;
#[cfg(part = "calls")]
pub mod mask;
#[cfg(part = "calls")]
pub mod outside;
#[cfg(part = "calls")]
pub mod secret;
pub mod visible;
