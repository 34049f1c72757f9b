//! The items of all pages: pages in, one item after the other out.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use serde_json::Value;

use crate::runtime::calls::error::Error;
use crate::runtime::pages::cursor::Cursor;
use crate::runtime::pages::stream::Pages;

/// The items of all pages, in their order. The next page is asked for when the items of one have been handed over.
///
/// ```ignore
/// let mut items = client.tickets().list().items();
/// while let Some(ticket) = items.next().await {
///     println!("{:?}", ticket?);
/// }
/// ```
///
/// It ends as [`Pages`] does, and with the first error.
#[must_use = "nothing is asked for until an item is"]
pub struct Items<'c, I, P, E = Value> {
    pages: Pages<'c, P, E>,
    split: fn(P) -> Vec<I>,
    here: Option<Cursor>,
    ready: vec::IntoIter<I>,
}

impl<'c, I, P, E> Items<'c, I, P, E> {
    pub(super) fn new(pages: Pages<'c, P, E>, split: fn(P) -> Vec<I>) -> Self {
        Self {
            pages,
            split,
            here: None,
            ready: Vec::new().into_iter(),
        }
    }

    /// The items from another page on, whose cursor came from [`cursor`](Self::cursor) in another run.
    pub fn start_at(mut self, cursor: impl Into<Cursor>) -> Self {
        self.pages = self.pages.start_at(cursor);
        self
    }

    /// The items of so many pages at most.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    /// The same with a client of its own, for a task.
    pub fn into_owned(self) -> Items<'static, I, P, E> {
        Items {
            pages: self.pages.into_owned(),
            split: self.split,
            here: self.here,
            ready: self.ready,
        }
    }

    /// Where to go on in another run so that nothing is missed: the page that the next item is on. What it has before that item
    /// comes again. `None` at the beginning, and after the end.
    #[must_use]
    pub fn cursor(&self) -> Option<&Cursor> {
        if self.ready.as_slice().is_empty() {
            self.pages.cursor()
        } else {
            self.here.as_ref()
        }
    }

    /// The next item; `None` after the last one. When this is dropped before it is ready, no item is lost.
    pub async fn next(&mut self) -> Option<Result<I, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// All items that are left, in memory.
    ///
    /// # Errors
    ///
    /// The first error of a page.
    pub async fn collect(mut self) -> Result<Vec<I>, Error<E>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, Error<E>>>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let here = self.pages.cursor().cloned();
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => {
                    self.here = here;
                    self.ready = (self.split)(page).into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<I: Unpin, P, E> Stream for Items<'_, I, P, E> {
    type Item = Result<I, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<I, P, E> fmt::Debug for Items<'_, I, P, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Items")
            .field("pages", &self.pages)
            .field("ready", &self.ready.as_slice().len())
            .finish_non_exhaustive()
    }
}
