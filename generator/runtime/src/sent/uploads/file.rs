//! A file on disk: a path in, its length and its bytes out, read on the threads that tokio has for what blocks.

use std::fs::{File, Metadata};
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::try_unfold;

use crate::runtime::pace::task;
use crate::runtime::received::stream::ByteStream;

/// How many bytes are read at a time.
const PIECE: usize = 64 << 10;

/// Opens a file, and says how long it is at that moment.
pub(crate) async fn open(path: Arc<Path>) -> io::Result<(File, u64)> {
    blocking(move || {
        // Before it is opened: to open a pipe is to wait for somebody who writes.
        length(&std::fs::metadata(&path)?)?;
        let file = File::open(&path)?;
        let length = length(&file.metadata()?)?;
        Ok((file, length))
    })
    .await
}

fn length(metadata: &Metadata) -> io::Result<u64> {
    if metadata.is_file() {
        return Ok(metadata.len());
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"))
}

/// The bytes of a file that is open.
pub(crate) fn read(file: File) -> ByteStream {
    ByteStream::new(try_unfold(file, |file| blocking(move || piece(file))))
}

/// The bytes of a file that is opened when the first of them are wanted.
pub(crate) fn read_later(path: Arc<Path>) -> ByteStream {
    ByteStream::new(try_unfold(None, move |file| {
        let path = Arc::clone(&path);
        async move {
            let file = match file {
                Some(file) => file,
                None => open(path).await?.0,
            };
            let next = blocking(move || piece(file)).await?;
            Ok(next.map(|(piece, file)| (piece, Some(file))))
        }
    }))
}

fn piece(mut file: File) -> io::Result<Option<(Bytes, File)>> {
    let mut piece = Vec::with_capacity(PIECE);
    let read = file.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
    Ok((read > 0).then(|| (piece.into(), file)))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    let runtime = task::runtime().map_err(io::Error::other)?;
    runtime.spawn_blocking(work).await.map_err(io::Error::other)?
}
