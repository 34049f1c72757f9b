//! Tests of the runtime's parts, compiled into it so that they see what a generated crate sees.

#![expect(unreachable_pub, reason = "the macros write the methods of public types")]

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::runtime::received::stream::ByteStream;

mod body;
mod bombs;
mod decode;
mod denied;
mod fit;
mod floating;
mod host;
mod items;
mod maybe;
mod model;
mod open_enum;
mod parameter;
mod place;
mod rate;
mod retry_after;
mod tag;
mod time;
mod trail;
mod tuple;
mod union;
mod webhook;
#[macro_use]
mod xml;
mod xml_strangers;

/// A stream of `pieces`.
fn stream_of<P: Into<Bytes>>(pieces: impl IntoIterator<Item = P>) -> ByteStream {
    struct Pieces(std::vec::IntoIter<Bytes>);

    impl Stream for Pieces {
        type Item = io::Result<Bytes>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.next().map(Ok))
        }
    }

    let pieces: Vec<Bytes> = pieces.into_iter().map(Into::into).collect();
    ByteStream::new(Pieces(pieces.into_iter()))
}
