//! Bodies that are not in memory: files, parts and items in, streams of a known length or none out.

pub mod file;
#[cfg(part = "item_uploads")]
pub mod item_upload;
#[cfg(part = "multipart")]
pub mod multipart;
pub mod promised;
pub mod upload;
