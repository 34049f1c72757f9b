//! Bytes to be sent: a file in a multipart body, or a body that is not JSON.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use crate::runtime::stream::ByteStream;

/// Bytes to be sent, from memory or from a stream, with the file name and content type that a multipart body gives them.
///
/// ```ignore
/// let avatar = Upload::from(png).file_name("me.png").content_type("image/png");
/// let backup = Upload::reopened(move || ByteStream::new(read(path.clone()))).length(size);
/// ```
#[derive(Clone)]
pub struct Upload {
    data: Data,
    file_name: Option<String>,
    content_type: Option<String>,
}

#[derive(Clone)]
enum Data {
    Bytes(Bytes),
    Stream { open: Arc<Open>, length: Option<u64> },
}

enum Open {
    Once(Mutex<Option<ByteStream>>),
    Again(Box<dyn Fn() -> ByteStream + Send + Sync>),
}

impl Upload {
    /// The bytes of a stream. They can be sent once, so a call with them is never repeated.
    #[must_use]
    pub fn once(stream: ByteStream) -> Self {
        Self::of(Data::Stream {
            open: Arc::new(Open::Once(Mutex::new(Some(stream)))),
            length: None,
        })
    }

    /// The bytes of a stream that `open` starts from the beginning, once for each attempt of a call.
    pub fn reopened(open: impl Fn() -> ByteStream + Send + Sync + 'static) -> Self {
        Self::of(Data::Stream {
            open: Arc::new(Open::Again(Box::new(open))),
            length: None,
        })
    }

    const fn of(data: Data) -> Self {
        Self {
            data,
            file_name: None,
            content_type: None,
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

    /// With the number of bytes that the stream has. Without it, the body is sent in chunks, which some servers refuse.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        if let Data::Stream { length, .. } = &mut self.data {
            *length = Some(bytes);
        }
        self
    }

    pub(crate) fn name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    pub(crate) fn media_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    pub(crate) fn len(&self) -> Option<u64> {
        match &self.data {
            Data::Bytes(bytes) => Some(bytes.len() as u64),
            Data::Stream { length, .. } => *length,
        }
    }

    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match &self.data {
            Data::Bytes(bytes) => Some(bytes),
            Data::Stream { .. } => None,
        }
    }

    /// Whether the bytes can be had more than once.
    pub(crate) fn is_repeatable(&self) -> bool {
        match &self.data {
            Data::Bytes(_) => true,
            Data::Stream { open, .. } => matches!(**open, Open::Again(_)),
        }
    }

    /// The bytes; `None` when they are gone.
    pub(crate) fn open(&self) -> Option<ByteStream> {
        match &self.data {
            Data::Bytes(bytes) => Some(bytes.clone().into()),
            Data::Stream { open, .. } => match &**open {
                Open::Once(stream) => stream.lock().unwrap_or_else(PoisonError::into_inner).take(),
                Open::Again(open) => Some(open()),
            },
        }
    }
}

impl PartialEq for Upload {
    /// Bytes are compared, streams are the same or not.
    fn eq(&self, other: &Self) -> bool {
        let data = match (&self.data, &other.data) {
            (Data::Bytes(one), Data::Bytes(two)) => one == two,
            (Data::Stream { open: one, .. }, Data::Stream { open: two, .. }) => Arc::ptr_eq(one, two),
            (Data::Bytes(_), Data::Stream { .. }) | (Data::Stream { .. }, Data::Bytes(_)) => false,
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
