//! Parameters that are more than one text each: how each is declared and a value in, the text of a request out.

pub mod ambiguity;
#[cfg(part = "segments")]
pub mod segments;
pub mod style;
pub mod styled;
