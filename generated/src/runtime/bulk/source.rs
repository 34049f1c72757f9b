// @generated from an OpenAPI description: the runtime, the same for every API.

//! Where inputs come from: any iterator or any stream goes in, one thing to draw inputs from comes out.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

/// Inputs that are drawn one by one, when there is room for them.
///
/// Every iterator of inputs becomes one by itself; [`Source::stream`] makes one of a stream.
pub struct Source<'a, T>(Kind<'a, T>);

enum Kind<'a, T> {
    Iterator(Box<dyn Iterator<Item = T> + Send + 'a>),
    Stream(Pin<Box<dyn Stream<Item = T> + Send + 'a>>),
}

impl<'a, T> Source<'a, T> {
    /// Inputs that are not all there yet.
    pub fn stream(stream: impl Stream<Item = T> + Send + 'a) -> Self {
        Self(Kind::Stream(Box::pin(stream)))
    }

    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<T>> {
        match &mut self.0 {
            Kind::Iterator(iterator) => Poll::Ready(iterator.next()),
            Kind::Stream(stream) => stream.as_mut().poll_next(context),
        }
    }
}

impl<'a, T, I> From<I> for Source<'a, T>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'a,
{
    fn from(inputs: I) -> Self {
        Self(Kind::Iterator(Box::new(inputs.into_iter())))
    }
}

impl<T> fmt::Debug for Source<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Source").finish_non_exhaustive()
    }
}
