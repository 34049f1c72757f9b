//! A stream of bytes to be sent, held to the number that was promised: more or fewer are an error, never a silence.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::runtime::received::stream::ByteStream;

/// What is wrong with an upload.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum UploadError {
    /// It has more bytes than were promised.
    TooLong {
        /// The number of bytes that was promised.
        promised: u64,
    },
    /// It ended too early.
    TooShort {
        /// The number of bytes that was promised.
        promised: u64,
        /// How many there were.
        had: u64,
    },
    /// It cannot be opened or read.
    Unreadable(Arc<io::Error>),
    /// It was sent before, and comes from a stream that can be read once.
    Gone,
}

impl fmt::Display for UploadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { promised } => {
                write!(
                    formatter,
                    "the upload has more than the {promised} bytes that were promised"
                )
            }
            Self::TooShort { promised, had } => write!(
                formatter,
                "the upload ended after {had} of the {promised} bytes that were promised"
            ),
            Self::Unreadable(error) => write!(formatter, "the upload cannot be read: {error}"),
            Self::Gone => formatter.write_str("the body was sent before and cannot be sent again"),
        }
    }
}

impl std::error::Error for UploadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // The text has the error itself.
            Self::Unreadable(error) => error.source(),
            Self::TooLong { .. } | Self::TooShort { .. } | Self::Gone => None,
        }
    }
}

impl From<io::Error> for UploadError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(Arc::new(error))
    }
}

/// What went wrong with a body while it was sent, for the one who sends it: a server may answer before it has all of it.
pub(crate) type Problem = Arc<OnceLock<UploadError>>;

/// A stream that is held to its promise.
pub(crate) struct Promised {
    /// Absent after the end.
    stream: Option<ByteStream>,
    length: Option<u64>,
    had: u64,
    /// The bytes that complete what was promised. They wait for the end of the stream: a server that has them all acts.
    last: Option<Bytes>,
    problem: Problem,
}

impl Promised {
    pub(crate) const fn new(stream: ByteStream, length: Option<u64>, problem: Problem) -> Self {
        Self {
            stream: Some(stream),
            length,
            had: 0,
            last: None,
            problem,
        }
    }

    fn fail(&mut self, error: UploadError) -> Poll<Option<io::Result<Bytes>>> {
        self.stream = None;
        self.last = None;
        let kind = match &error {
            UploadError::TooShort { .. } => io::ErrorKind::UnexpectedEof,
            UploadError::Unreadable(error) => error.kind(),
            UploadError::TooLong { .. } | UploadError::Gone => io::ErrorKind::InvalidData,
        };
        // The first thing that goes wrong is the one that counts.
        let _ = self.problem.set(error.clone());
        Poll::Ready(Some(Err(io::Error::new(kind, error))))
    }
}

impl Stream for Promised {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            let Some(stream) = &mut this.stream else {
                return Poll::Ready(None);
            };
            let piece = match ready!(Pin::new(stream).poll_next(context)) {
                Some(Ok(piece)) if piece.is_empty() => continue,
                Some(Ok(piece)) => piece,
                Some(Err(error)) => return this.fail(error.into()),
                None => {
                    let had = this.had;
                    if let Some(promised) = this.length.filter(|&promised| had < promised) {
                        return this.fail(UploadError::TooShort { promised, had });
                    }
                    this.stream = None;
                    return Poll::Ready(this.last.take().map(Ok));
                }
            };
            this.had = this.had.saturating_add(piece.len() as u64);
            match this.length {
                Some(promised) if this.had > promised => return this.fail(UploadError::TooLong { promised }),
                Some(promised) if this.had == promised => this.last = Some(piece),
                Some(_) | None => return Poll::Ready(Some(Ok(piece))),
            }
        }
    }
}
