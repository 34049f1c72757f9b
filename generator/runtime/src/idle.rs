//! A stream that fails when it is silent for too long: a stream and a time in, a stream out.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::Sleep;

use crate::runtime::stream::ByteStream;

/// A stream whose reader waits no longer than `longest` for a piece. While nobody reads, no time passes.
pub(crate) struct Idle {
    /// Absent after the end, which closes the connection.
    stream: Option<ByteStream>,
    longest: Duration,
    /// The wait for the next piece.
    silence: Option<Pin<Box<Sleep>>>,
}

impl Idle {
    pub(crate) const fn new(stream: ByteStream, longest: Duration) -> Self {
        Self {
            stream: Some(stream),
            longest,
            silence: None,
        }
    }
}

impl Stream for Idle {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let Some(stream) = &mut this.stream else {
            return Poll::Ready(None);
        };
        if let Poll::Ready(piece) = Pin::new(stream).poll_next(context) {
            this.silence = None;
            if !matches!(piece, Some(Ok(_))) {
                this.stream = None;
            }
            return Poll::Ready(piece);
        }
        let longest = this.longest;
        let silence = this
            .silence
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(longest)));
        ready!(silence.as_mut().poll(context));
        this.stream = None;
        let message = format!("nothing came for {longest:?}");
        Poll::Ready(Some(Err(io::Error::new(io::ErrorKind::TimedOut, message))))
    }
}
