//! What a request is made of: parameters and bodies in, text and bytes out.

pub mod argument;
pub mod arguments;
pub mod body;
pub mod charset;
#[cfg(part = "collected")]
pub mod collected;
#[cfg(part = "forms")]
pub mod form;
pub mod frames;
pub mod parameter;
pub mod parameter_error;
#[cfg(part = "styles")]
pub mod styles;
#[cfg(part = "uploads")]
pub mod uploads;
