// @generated from an OpenAPI description: the runtime, the same for every API.

//! A stream that fails when it is silent for too long: a stream and a time in, a stream out.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::runtime::Handle;

use crate::runtime::pace::task;
use crate::runtime::pace::timer::Timer;
use crate::runtime::received::stream::ByteStream;

/// A stream whose reader waits no longer than `longest` for a piece. While nobody reads, no time passes.
pub(crate) struct Idle {
    /// Absent after the end, which closes the connection.
    stream: Option<ByteStream>,
    longest: Duration,
    /// The runtime that it comes by, for a reader who is on none.
    runtime: Result<Handle, &'static str>,
    /// The wait for the next piece.
    silence: Option<Timer>,
}

impl Idle {
    pub(crate) fn new(stream: ByteStream, longest: Duration) -> Self {
        Self {
            stream: Some(stream),
            longest,
            runtime: task::runtime(),
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
        let waited = ready!(Timer::poll(
            &mut this.silence,
            task::runtime().or_else(|_| this.runtime.clone()),
            longest,
            context
        ));
        this.stream = None;
        Poll::Ready(Some(Err(match waited {
            Ok(()) => io::Error::new(io::ErrorKind::TimedOut, format!("nothing came for {longest:?}")),
            Err(problem) => io::Error::other(problem),
        })))
    }
}
