//! Values that are one text or number on the wire and something else in a program.

#[cfg(part = "base64")]
pub mod base64;
#[cfg(part = "floating")]
pub mod floating;
#[cfg(part = "time")]
pub mod time;
