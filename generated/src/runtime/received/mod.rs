// @generated from an OpenAPI description: the runtime, the same for every API.

//! What an answer is read as: a status, headers and bytes in, values and streams of bytes out.

pub mod answer_error;
pub mod decode;
pub mod idle;
pub mod media;
pub mod place;
pub mod reading;
pub mod reply;
pub mod response;
pub mod stream;
