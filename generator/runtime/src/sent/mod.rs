//! What a request is made of: parameters and bodies in, text and bytes out.

pub mod ambiguity;
pub mod argument;
pub mod body;
pub mod charset;
pub mod collected;
pub mod form;
pub mod frames;
pub mod parameter;
pub mod parameter_error;
pub mod segments;
pub mod style;
pub mod uploads;
