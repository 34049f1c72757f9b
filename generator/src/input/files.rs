//! The path of a file in, its bytes or the reason why it is not read out. What stands behind that, a disk, an archive
//! or a map, is the caller's affair.

use std::fmt;

/// A way to the files that a document refers to.
///
/// Each path is asked for at most once in one run, so that a file that changes meanwhile is one text throughout.
pub trait Files: fmt::Debug + Sync {
    /// The bytes of the file at `path`: names that slashes separate, seen from the folder of the document of record.
    /// It holds no `.`, and `..` only at its start; neither is anything percent-encoded.
    ///
    /// # Errors
    ///
    /// [`FileError`], which becomes a diagnostic at each reference into the file.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileError {
    /// The caller gives no files at all.
    None,
    /// There is no such file.
    Missing,
    /// It lies in no folder that may be read.
    Outside,
    /// A symbolic link leads to it, or through it, out of the folders that may be read.
    Link,
    /// It is a folder.
    Folder,
    /// It is neither a file nor a folder: a pipe, a socket, a device.
    Special,
    /// It, or all files together, are larger than is read. The limit in bytes.
    TooLarge(u64),
    /// The system refuses, in its own words.
    Refused(String),
}

impl FileError {
    /// What can be done about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::None => Some("hand in its files as well, or bundle them into one"),
            Self::Outside => Some("name its folder in the target's `files`, such as `files = [\"../shared\"]`"),
            Self::Link => Some("name the folder that the link leads to in the target's `files`"),
            Self::Folder => Some("name a file in it"),
            Self::Missing | Self::Special | Self::TooLarge(_) | Self::Refused(_) => None,
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => formatter.write_str("the document was handed in alone"),
            Self::Missing => formatter.write_str("there is no such file"),
            Self::Outside => formatter.write_str("it lies outside of the document's folder"),
            Self::Link => formatter.write_str("a symbolic link leads out of the document's folder"),
            Self::Folder => formatter.write_str("it is a folder"),
            Self::Special => formatter.write_str("it is no regular file"),
            Self::TooLarge(most) => write!(formatter, "at most {most} bytes are read"),
            Self::Refused(words) => write!(formatter, "it cannot be read: {words}"),
        }
    }
}

impl std::error::Error for FileError {}

/// No files: a document that stands alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _path: &str) -> Result<Vec<u8>, FileError> {
        Err(FileError::None)
    }
}
