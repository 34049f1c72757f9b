//! Values that are one text or number on the wire and something else in a program.

pub mod base64;
pub mod floating;
pub mod time;
