//! Bodies that are not in memory: files, parts and items in, streams of a known length or none out.

pub mod file;
pub mod item_upload;
pub mod multipart;
pub mod promised;
pub mod upload;
