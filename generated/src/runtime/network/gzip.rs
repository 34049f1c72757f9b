// @generated from an OpenAPI description: the runtime, the same for every API.

//! Compressed answers: one with `Content-Encoding: gzip` in, one without out. Bodies of requests: bytes in, fewer out.

#![cfg(feature = "gzip")]

use std::io::{self, Write as _};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes};
use flate2::Compression;
use flate2::write::GzEncoder;
use flate2::write::MultiGzDecoder;
use futures_core::Stream;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, RANGE};
use http::{HeaderMap, HeaderValue, Response};

use crate::runtime::received::stream::ByteStream;

/// How much is decompressed at a time. It becomes a thousand times as much at most, so that whoever counts what comes out can
/// stop in time.
const STEP: usize = 1 << 10;

/// Asks for a compressed answer. Parts of one could not be put together.
pub(super) fn ask(headers: &mut HeaderMap) {
    if !headers.contains_key(RANGE) {
        headers
            .entry(ACCEPT_ENCODING)
            .or_insert(HeaderValue::from_static("gzip"));
    }
}

/// Compresses the body of a request.
pub(crate) fn compress(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Decompresses an answer that says that it is compressed.
pub(super) fn decode(mut response: Response<ByteStream>) -> Response<ByteStream> {
    let headers = response.headers_mut();
    let is_compressed = headers.get(CONTENT_ENCODING).is_some_and(|encoding| {
        let encoding = encoding.as_bytes().trim_ascii();
        encoding.eq_ignore_ascii_case(b"gzip") || encoding.eq_ignore_ascii_case(b"x-gzip")
    });
    if !is_compressed {
        return response;
    }
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
    response.map(|body| {
        ByteStream::new(Decoded {
            body,
            rest: Bytes::new(),
            decoder: None,
            is_over: false,
        })
    })
}

struct Decoded {
    body: ByteStream,
    /// What has come and is not decompressed yet.
    rest: Bytes,
    /// `None` before the first byte: an empty answer is empty.
    decoder: Option<MultiGzDecoder<Vec<u8>>>,
    is_over: bool,
}

impl Decoded {
    /// Decompresses a little of what has come.
    fn step(&mut self) -> io::Result<Bytes> {
        let decoder = self.decoder.get_or_insert_with(|| MultiGzDecoder::new(Vec::new()));
        let taken = decoder.write(&self.rest[..self.rest.len().min(STEP)])?;
        if taken == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "more than was compressed"));
        }
        self.rest.advance(taken);
        // What the last bytes became is handed over with them.
        decoder.flush()?;
        Ok(mem::take(decoder.get_mut()).into())
    }

    fn finish(&mut self) -> io::Result<Bytes> {
        match self.decoder.take() {
            None => Ok(Bytes::new()),
            Some(decoder) => Ok(decoder.finish()?.into()),
        }
    }
}

impl Stream for Decoded {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            let piece = if self.is_over {
                return Poll::Ready(None);
            } else if self.rest.is_empty() {
                match ready!(Pin::new(&mut self.body).poll_next(context)) {
                    Some(Ok(bytes)) => {
                        self.rest = bytes;
                        continue;
                    }
                    Some(Err(error)) => Err(error),
                    None => {
                        self.is_over = true;
                        self.finish()
                    }
                }
            } else {
                self.step()
            };
            self.is_over |= piece.is_err();
            if !piece.as_ref().is_ok_and(Bytes::is_empty) {
                return Poll::Ready(Some(piece));
            }
        }
    }
}
