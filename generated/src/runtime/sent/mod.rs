// @generated from an OpenAPI description: the runtime, the same for every API.

//! What a request is made of: parameters and bodies in, text and bytes out.

pub mod argument;
pub mod arguments;
pub mod body;
pub mod charset;
pub mod frames;
pub mod parameter;
pub mod parameter_error;
