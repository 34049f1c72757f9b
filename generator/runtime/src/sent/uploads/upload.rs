//! Bytes to be sent: a file in a multipart body, or a body that is not JSON.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::uploads::file;
use crate::runtime::sent::uploads::promised::{Problem, Promised};

pub use crate::runtime::sent::uploads::promised::UploadError;

/// Bytes to be sent, from memory, a file or a stream, with the file name and content type that a multipart body gives them.
///
/// ```ignore
/// let avatar = Upload::from(png).file_name("me.png").content_type("image/png");
/// let backup = Upload::path("backup.tar");
/// let report = Upload::reopened(move || ByteStream::new(rows(&query))).length(size);
/// ```
///
/// A length that is promised, by [`length`](Self::length) or by a file, is kept, or the call fails with an [`UploadError`].
/// What completes it is held back until the end, so a server never gets a whole request that says less than was meant; it
/// may have acted on what it got ([`Outcome::Unknown`](crate::runtime::calls::error::Outcome::Unknown)).
#[derive(Clone)]
pub struct Upload {
    data: Data,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
    /// The length that the caller promised.
    promised: Option<u64>,
}

#[derive(Clone)]
enum Data {
    Bytes(Bytes),
    File(Arc<Path>),
    Stream {
        open: Arc<Open>,
        length: Option<u64>,
        problem: Problem,
    },
}

enum Open {
    Once(Mutex<Option<ByteStream>>),
    Again(Box<dyn Fn() -> ByteStream + Send + Sync>),
}

impl Upload {
    /// The bytes of a stream. They can be sent once, so a call with them is never repeated.
    #[must_use]
    pub fn once(stream: ByteStream) -> Self {
        Self::stream(Open::Once(Mutex::new(Some(stream))), None, Problem::default())
    }

    /// The bytes of a stream that `open` starts from the beginning, once for each attempt of a call.
    pub fn reopened(open: impl Fn() -> ByteStream + Send + Sync + 'static) -> Self {
        Self::stream(Open::Again(Box::new(open)), None, Problem::default())
    }

    /// The bytes of a regular file, under its own name. It is opened for each attempt of a call, and has the length that it
    /// has at that moment: one that grows or shrinks while it is sent is an error, and so is, before anything is sent, one
    /// that cannot be opened, or a directory, pipe or device.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self {
            file_name,
            ..Self::of(Data::File(path.into()))
        }
    }

    fn stream(open: Open, length: Option<u64>, problem: Problem) -> Self {
        Self::of(Data::Stream {
            open: Arc::new(open),
            length,
            problem,
        })
    }

    const fn of(data: Data) -> Self {
        Self {
            data,
            file_name: None,
            content_type: None,
            headers: Vec::new(),
            promised: None,
        }
    }

    /// With this file name in a multipart body.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// With this content type in a multipart body.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// With this header in a multipart body.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// With the number of bytes that it has, which it is held to: bytes and files before anything is sent, a stream while it is. Without it,
    /// a stream is sent in chunks, which some servers refuse.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        if let Data::Stream { length, .. } = &mut self.data {
            *length = Some(bytes);
        }
        self.promised = Some(bytes);
        self
    }

    #[cfg(part = "multipart")]
    pub(crate) fn name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    #[cfg(part = "multipart")]
    pub(crate) fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    pub(crate) fn media_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    pub(crate) fn len(&self) -> Option<u64> {
        match &self.data {
            Data::Bytes(bytes) => Some(bytes.len() as u64),
            Data::File(_) => None,
            Data::Stream { length, .. } => *length,
        }
    }

    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match &self.data {
            Data::Bytes(bytes) => Some(bytes),
            Data::File(_) | Data::Stream { .. } => None,
        }
    }

    /// Whether the bytes can be had more than once.
    pub(crate) fn is_repeatable(&self) -> bool {
        match &self.data {
            Data::Bytes(_) | Data::File(_) => true,
            Data::Stream { open, .. } => matches!(**open, Open::Again(_)),
        }
    }

    /// The bytes; `None` when they are gone.
    pub(crate) fn open(&self) -> Option<ByteStream> {
        match &self.data {
            Data::Bytes(bytes) => Some(bytes.clone().into()),
            Data::File(path) => Some(file::read_later(Arc::clone(path))),
            Data::Stream { open, length, problem } => {
                let stream = match &**open {
                    Open::Once(stream) => stream.lock().unwrap_or_else(PoisonError::into_inner).take()?,
                    Open::Again(open) => open(),
                };
                let promised = Promised::new(stream, *length, Arc::clone(problem));
                Some(ByteStream::new(promised))
            }
        }
    }

    /// Whether `had` bytes, which are all there are, are as many as were promised.
    fn kept(&self, had: u64) -> Result<(), UploadError> {
        match self.promised {
            Some(promised) if promised < had => Err(UploadError::TooLong { promised }),
            Some(promised) if promised > had => Err(UploadError::TooShort { promised, had }),
            Some(_) | None => Ok(()),
        }
    }

    /// The same for one attempt, which tells `problem` what goes wrong: files are open and know their length.
    pub(crate) async fn prepare(&self, problem: &Problem) -> Result<Self, UploadError> {
        let same = |data| Self { data, ..self.clone() };
        let opened = match &self.data {
            Data::Bytes(bytes) => return self.kept(bytes.len() as u64).map(|()| self.clone()),
            Data::File(path) => {
                let (file, length) = file::open(Arc::clone(path)).await?;
                self.kept(length)?;
                let open = Open::Once(Mutex::new(Some(file::read(file))));
                same(Self::stream(open, Some(length), Arc::clone(problem)).data)
            }
            Data::Stream { open, length, .. } => same(Data::Stream {
                open: Arc::clone(open),
                length: *length,
                problem: Arc::clone(problem),
            }),
        };
        if opened.len() != Some(0) {
            return Ok(opened);
        }
        // Of an empty body, nobody asks for the first piece.
        match opened.open().ok_or(UploadError::Gone)?.next().await.transpose() {
            Ok(_) => Ok(same(Data::Bytes(Bytes::new()))),
            Err(error) => Err(problem.get().cloned().unwrap_or_else(|| error.into())),
        }
    }
}

impl PartialEq for Upload {
    /// Bytes are compared, and the paths of files; streams are the same or not.
    fn eq(&self, other: &Self) -> bool {
        let data = match (&self.data, &other.data) {
            (Data::Bytes(one), Data::Bytes(two)) => one == two,
            (Data::Stream { open: one, .. }, Data::Stream { open: two, .. }) => Arc::ptr_eq(one, two),
            (Data::File(one), Data::File(two)) => one == two,
            (Data::Bytes(_) | Data::File(_) | Data::Stream { .. }, _) => false,
        };
        data && (&self.file_name, &self.content_type) == (&other.file_name, &other.content_type)
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Upload")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("length", &self.len())
            .finish_non_exhaustive()
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self::of(Data::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&[u8]> for Upload {
    fn from(bytes: &[u8]) -> Self {
        Bytes::copy_from_slice(bytes).into()
    }
}

impl From<String> for Upload {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&str> for Upload {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

impl From<ByteStream> for Upload {
    fn from(stream: ByteStream) -> Self {
        Self::once(stream)
    }
}
