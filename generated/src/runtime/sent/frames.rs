// @generated from an OpenAPI description: the runtime, the same for every API.

//! Bodies as the crate `http-body` has them: a [`Body`] in and its frames out, or the other way round.

use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::body::Body;

/// The body of a request, on its way out.
#[derive(Debug)]
pub struct Outgoing {
    // The mutex makes it `Sync`, which some services ask for; it is never locked.
    pieces: Mutex<Option<ByteStream>>,
    length: Option<u64>,
}

impl Outgoing {
    /// Begins a body from its start; `None` is one without content.
    ///
    /// # Errors
    ///
    /// When it has been sent and cannot be sent again.
    pub fn new(body: Option<&Body>) -> Result<Self, &'static str> {
        let Some(body) = body else {
            return Ok(Self {
                pieces: Mutex::new(None),
                length: Some(0),
            });
        };
        let pieces = body.open().ok_or("the body was sent before and cannot be sent again")?;
        Ok(Self {
            pieces: Mutex::new(Some(pieces)),
            length: body.length(),
        })
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let Some(pieces) = self.pieces.get_mut().unwrap_or_else(PoisonError::into_inner) else {
            return Poll::Ready(None);
        };
        let piece = ready!(Pin::new(pieces).poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.length == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The data of a body that arrives, without its trailers.
pub(crate) fn incoming<B>(body: B, error: fn(B::Error) -> io::Error) -> ByteStream
where
    B: http_body::Body + Send + 'static,
    B::Error: 'static,
{
    ByteStream::new(Incoming {
        body: Box::pin(body),
        error,
    })
}

struct Incoming<B: http_body::Body> {
    body: Pin<Box<B>>,
    error: fn(B::Error) -> io::Error,
}

impl<B: http_body::Body> Stream for Incoming<B> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = ready!(self.body.as_mut().poll_frame(context));
            return Poll::Ready(match frame {
                None => None,
                Some(Err(error)) => Some(Err((self.error)(error))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(mut data) => Some(Ok(data.copy_to_bytes(data.remaining()))),
                    Err(_) => continue,
                },
            });
        }
    }
}
