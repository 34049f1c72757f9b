//! What an answer is read as: a status, headers and bytes in, values and streams of bytes out.

#[cfg(part = "calls")]
pub mod answer_error;
#[cfg(part = "calls")]
pub mod decode;
#[cfg(part = "headers")]
pub mod headers;
#[cfg(part = "calls")]
pub mod idle;
#[cfg(part = "calls")]
pub mod media;
pub mod place;
#[cfg(part = "plain")]
pub mod plain;
#[cfg(part = "calls")]
pub mod reading;
#[cfg(part = "calls")]
pub mod reply;
#[cfg(part = "calls")]
pub mod response;
#[cfg(part = "calls")]
pub mod stream;
#[cfg(any(part = "events", part = "items", part = "item_uploads"))]
pub mod streams;
