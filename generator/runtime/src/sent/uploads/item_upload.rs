//! Items to be sent as JSON texts one after the other: a list or a stream of them in, an upload out.

use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use serde::Serialize;

use crate::runtime::received::stream::ByteStream;
use crate::runtime::received::streams::framing::{Framing, RECORD};
use crate::runtime::sent::body::BodyError;
use crate::runtime::sent::uploads::upload::Upload;
use crate::runtime::values::json;

/// Items to be sent, of a list or of a stream.
///
/// ```ignore
/// client.logs().push(lines).await?;                                  // a list, or a slice of one
/// client.logs().push(ItemUpload::once(stream)).await?;               // a stream, as it comes
/// client.logs().push(ItemUpload::reopened(move || read(&file))).await?;
/// ```
pub struct ItemUpload<T> {
    source: Source,
    item: PhantomData<fn(T)>,
}

/// Items that are JSON texts already, a piece each.
type Texts = Pin<Box<dyn Stream<Item = io::Result<Vec<u8>>> + Send>>;

#[derive(Clone)]
enum Source {
    List(Result<Arc<[Vec<u8>]>, String>),
    Once(Arc<Mutex<Option<Texts>>>),
    Again(Arc<dyn Fn() -> Texts + Send + Sync>),
}

impl<T: Serialize> ItemUpload<T> {
    /// The items of a stream. They can be sent once, so a call with them is never repeated. An error ends the upload, and the
    /// call with it.
    pub fn once<S>(stream: S) -> Self
    where
        S: Stream<Item = io::Result<T>> + Send + 'static,
    {
        Self::new(Source::Once(Arc::new(Mutex::new(Some(texts(stream))))))
    }

    /// The items of a stream that `open` starts from the beginning, once for each attempt of a call.
    pub fn reopened<S>(open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = io::Result<T>> + Send + 'static,
    {
        Self::new(Source::Again(Arc::new(move || texts(open()))))
    }

    const fn new(source: Source) -> Self {
        Self {
            source,
            item: PhantomData,
        }
    }
}

impl<T> ItemUpload<T> {
    /// The bytes of all items.
    pub(crate) fn upload(self, framing: Framing) -> Result<Upload, BodyError> {
        Ok(match self.source {
            Source::List(Err(message)) => return Err(BodyError::new(message)),
            Source::List(Ok(texts)) => {
                let mut all = Vec::with_capacity(texts.iter().map(|text| text.len() + 2).sum());
                texts.iter().for_each(|text| frame(text, framing, &mut all));
                Bytes::from(all).into()
            }
            Source::Once(texts) => {
                let texts = texts.lock().unwrap_or_else(PoisonError::into_inner).take();
                let texts = texts.ok_or_else(|| BodyError::new("its items were sent before".to_owned()))?;
                Upload::once(ByteStream::new(Framed { texts, framing }))
            }
            Source::Again(open) => Upload::reopened(move || {
                let texts = open();
                ByteStream::new(Framed { texts, framing })
            }),
        })
    }
}

impl<T> Clone for ItemUpload<T> {
    fn clone(&self) -> Self {
        Self {
            source: self.source.clone(),
            item: PhantomData,
        }
    }
}

impl<T> fmt::Debug for ItemUpload<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ItemUpload").finish_non_exhaustive()
    }
}

impl<T: Serialize> From<&[T]> for ItemUpload<T> {
    fn from(items: &[T]) -> Self {
        let texts: serde_json::Result<Vec<_>> = items.iter().map(json::to_vec).collect();
        Self::new(Source::List(texts.map(Into::into).map_err(|error| error.to_string())))
    }
}

impl<T: Serialize> From<&Vec<T>> for ItemUpload<T> {
    fn from(items: &Vec<T>) -> Self {
        items.as_slice().into()
    }
}

impl<T: Serialize> From<Vec<T>> for ItemUpload<T> {
    fn from(items: Vec<T>) -> Self {
        items.as_slice().into()
    }
}

impl<T: Serialize, const N: usize> From<[T; N]> for ItemUpload<T> {
    fn from(items: [T; N]) -> Self {
        items.as_slice().into()
    }
}

/// Each item of a stream as a JSON text, which never has a line break in it.
fn texts<T: Serialize>(items: impl Stream<Item = io::Result<T>> + Send + 'static) -> Texts {
    use futures_util::StreamExt as _;

    Box::pin(items.map(|item| json::to_vec(&item?).map_err(io::Error::other)))
}

fn frame(text: &[u8], framing: Framing, all: &mut Vec<u8>) {
    if framing == Framing::Sequence {
        all.push(RECORD);
    }
    all.extend_from_slice(text);
    all.push(b'\n');
}

/// Texts with what tells them apart.
struct Framed {
    texts: Texts,
    framing: Framing,
}

impl Stream for Framed {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let framing = self.framing;
        let framed = |text: Vec<u8>| {
            let mut all = Vec::with_capacity(text.len() + 2);
            frame(&text, framing, &mut all);
            all.into()
        };
        let polled = self.texts.as_mut().poll_next(context);
        polled.map(|text| text.map(|text| text.map(framed)))
    }
}
