//! What a caller hands in: a document, and a way to the files that it refers to.

mod files;
mod folder;
mod recorded;

pub use files::{FileError, Files, NoFiles};
pub use folder::Folder;
pub use recorded::Recorded;

use crate::{load::Source, manifest::Manifest};

/// How many bytes are read, of one file and of all together. Larger than any description that a person or a tool
/// maintains, small enough to be held a few times over.
pub const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// How many files one document may refer to.
pub const MOST_FILES: usize = 10_000;

/// Everything that the pipeline starts from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The document of record.
    pub source: Source<'a>,
    /// The files that its references may lead into. Their paths are seen from the folder of the document.
    pub files: &'a dyn Files,
    /// OpenAPI overlays, in the order in which they are laid over the document.
    pub overlays: &'a [Source<'a>],
    /// What an earlier run made of the document, where there was one: what its callers give by position keeps its place.
    pub earlier: Option<&'a Manifest>,
}

impl<'a> From<&Source<'a>> for Input<'a> {
    /// A document that stands alone: a reference into another file is reported.
    fn from(source: &Source<'a>) -> Self {
        Self {
            source: *source,
            files: &NoFiles,
            overlays: &[],
            earlier: None,
        }
    }
}

impl From<&Self> for Input<'_> {
    fn from(input: &Self) -> Self {
        *input
    }
}
