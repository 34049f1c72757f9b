//! The pages of a call: a call and the way from a page to the next in, one page after the other out.

use std::collections::BTreeSet;
use std::fmt;
use std::future::{Future as _, IntoFuture as _, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde_json::Value;
use url::Url;

use crate::runtime::calls::call::{Call, Sending};
use crate::runtime::calls::ended::Failure;
use crate::runtime::calls::error::Error;
#[cfg(part = "bodies")]
use crate::runtime::calls::members;
use crate::runtime::pages::cursor::Cursor;
use crate::runtime::pages::items::Items;
use crate::runtime::pages::link;
use crate::runtime::pages::pagination::{Next, Page, Pagination, Place};
use crate::runtime::received::decode::DecodeError;
use crate::runtime::received::response::Response;
use crate::runtime::shown::outside::BoxError;

/// The pages of a call, each a call of its own with the settings of that: retried like it, and held up by the same limits. Time
/// limits are those of one page, a deadline is that of all.
///
/// ```ignore
/// let mut pages = client.tickets().list().pages();
/// while let Some(page) = pages.next().await {
///     println!("{}", page?.results.len());
/// }
/// ```
///
/// It ends where the API says so: a page that leads to no other, or, where pages or items are counted, one without items. It
/// ends as well with the first error; [`cursor`](Self::cursor) says where to go on. A page that leads back to one before it is
/// handed over, and then an error in its place, since what lies behind is out of reach.
///
/// A URL that a page names is asked by `GET`, and only at the origin that the call goes to: one that leads elsewhere is an
/// error, and nothing is sent there.
#[must_use = "nothing is asked for until a page is"]
pub struct Pages<'c, P, E = Value> {
    call: Call<'c, Option<Page<P>>, E>,
    pagination: &'static Pagination,
    cursor: Option<Cursor>,
    /// The link that led to the page that came last.
    here: Option<Url>,
    /// The cursors that were there already.
    seen: BTreeSet<u64>,
    /// How many pages may still be asked for.
    left: Option<u64>,
    state: State<P, E>,
}

enum State<P, E> {
    Between,
    Sent(Sending<Option<Page<P>>, E>),
    /// The next page cannot be asked for.
    Lost(BoxError),
    Over,
}

impl<'c, P, E> Pages<'c, P, E> {
    /// The pages of `call`, each made of an answer by `page`.
    pub fn new<T>(
        call: Call<'c, T, E>,
        pagination: &'static Pagination,
        page: fn(Response) -> Result<Option<Page<P>>, DecodeError>,
    ) -> Self {
        Self {
            call: call.decoded_by(page),
            pagination,
            cursor: None,
            here: None,
            seen: BTreeSet::new(),
            left: None,
            state: State::Between,
        }
    }

    /// The items of the pages.
    pub fn into_items<I>(self, split: fn(P) -> Vec<I>) -> Items<'c, I, P, E> {
        Items::new(self, split)
    }

    /// The pages from another one on, whose cursor came from [`cursor`](Self::cursor) in another run.
    pub fn start_at(mut self, cursor: impl Into<Cursor>) -> Self {
        let cursor = cursor.into();
        self.seen.insert(cursor.digest());
        self.cursor = Some(cursor);
        self
    }

    /// So many pages at most. [`cursor`](Self::cursor) then says where to go on.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.left = Some(pages);
        self
    }

    /// The same with a client of its own, for a task.
    pub fn into_owned(self) -> Pages<'static, P, E> {
        Pages {
            call: self.call.owned(),
            pagination: self.pagination,
            cursor: self.cursor,
            here: self.here,
            seen: self.seen,
            left: self.left,
            state: self.state,
        }
    }

    /// Where the next page begins: `None` for the first one, and after the last. After an error it is the page that could not
    /// be had; where nothing says which that is, the one that came last.
    #[must_use]
    pub const fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    /// The next page; `None` after the last one. When this is dropped before it is ready, no page is lost.
    pub async fn next(&mut self) -> Option<Result<P, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P, Error<E>>>> {
        loop {
            match &mut self.state {
                State::Over => return Poll::Ready(None),
                State::Between if self.left == Some(0) => return Poll::Ready(None),
                State::Between => {
                    self.state = match self.request() {
                        Ok(call) => State::Sent(call.into_future()),
                        Err(problem) => State::Lost(problem),
                    };
                }
                State::Lost(_) => {
                    let State::Lost(problem) = std::mem::replace(&mut self.state, State::Over) else {
                        continue;
                    };
                    let failure = Failure::refused(self.call.operation(), problem);
                    return Poll::Ready(Some(Err(failure.into_error())));
                }
                State::Sent(sending) => {
                    let page = ready!(Pin::new(sending).poll(context));
                    self.state = State::Over;
                    return Poll::Ready(match page {
                        Ok(Some(page)) => Some(Ok(self.turned(page))),
                        Ok(None) => {
                            self.cursor = None;
                            None
                        }
                        Err(error) => Some(Err(error)),
                    });
                }
            }
        }
    }

    /// The call for the page at the cursor.
    fn request(&mut self) -> Result<Call<'c, Option<Page<P>>, E>, BoxError> {
        let is_repeatable = self.call.request.is_repeatable();
        let mut call = self.call.again();
        let Some(cursor) = &self.cursor else {
            self.seen.extend(self.first().map(|first| first.digest()));
            return Ok(call);
        };
        call.request.without_key();
        match self.pagination.next {
            Next::Link => {
                let there = link::followed(&self.call.url()?, &cursor.to_string())?;
                self.here = Some(there.clone());
                call.request.follow(there);
            }
            _ if !is_repeatable => {
                return Err("the body of the call can be sent once only, and so with the first page".into());
            }
            Next::Cursor(place) | Next::Last(place) | Next::Number { place, .. } | Next::Offset { place, .. } => {
                match place {
                    Place::Parameter(parameter) => call.request.set(&parameter, &cursor.0),
                    #[cfg(part = "bodies")]
                    Place::Body(path) => {
                        let body = members::put(call.request.body.as_ref(), path, &cursor.0)?;
                        call.request.body = Some(body);
                    }
                }
            }
        }
        Ok(call)
    }

    /// The content of a page, behind which the next one is looked for.
    fn turned(&mut self, page: Page<P>) -> P {
        let Page {
            next,
            more,
            length,
            content,
        } = page;
        self.left = self.left.map(|left| left.saturating_sub(1));
        let next = self.next_of(next, length);
        let is_last = matches!(self.pagination.next, Next::Last(_)) && length > 0;
        self.state = match (more, next) {
            (_, Err(problem)) => State::Lost(problem),
            (Some(true), Ok(None)) => State::Lost("the page says that another follows, and not where".into()),
            (None, Ok(None)) if is_last => {
                State::Lost("the last item of the page does not lead to the next one".into())
            }
            (Some(false), Ok(_)) | (None, Ok(None)) => State::Over,
            (_, Ok(Some(next))) if self.seen.insert(next.digest()) => {
                self.cursor = Some(next);
                State::Between
            }
            // Asked again from its end, a server may have nothing new, and the same end.
            (None, Ok(Some(_))) if length == 0 => State::Over,
            (_, Ok(Some(_))) => State::Lost("the page leads to one that was there before it".into()),
        };
        if matches!(self.state, State::Over) {
            self.cursor = None;
        }
        content
    }

    /// What leads on from a page that says `found` of the next one, and has so many items.
    fn next_of(&self, found: Option<Cursor>, length: usize) -> Result<Option<Cursor>, BoxError> {
        match self.pagination.next {
            Next::Cursor(_) => Ok(found),
            Next::Link => found.map(|link| self.followed(&link)).transpose(),
            _ if length == 0 => Ok(None),
            Next::Last(_) => Ok(found),
            Next::Number { place, first } => self.counted(place, first, 1).map(Some),
            Next::Offset { place, first } => {
                let length = u64::try_from(length).unwrap_or(u64::MAX);
                self.counted(place, first, length).map(Some)
            }
        }
    }

    /// A link on the page that came last, so that it leads to the same place from anywhere.
    fn followed(&self, link: &Cursor) -> Result<Cursor, BoxError> {
        let here = match &self.here {
            Some(here) => here.clone(),
            None => self.call.url()?,
        };
        let there = link::followed(&here, &link.to_string())?;
        Ok(Cursor::from(String::from(there)))
    }

    /// What is sent for the page behind the one that came last.
    fn counted(&self, place: Place, first: u64, steps: u64) -> Result<Cursor, BoxError> {
        let cursor = self.cursor.clone().or_else(|| self.of_caller(place));
        let counted = cursor.unwrap_or_else(|| Cursor::from(first)).plus(steps);
        counted.ok_or_else(|| "what the call begins to count at is no number".into())
    }

    /// What the caller has sent in the place of the cursor.
    fn of_caller(&self, place: Place) -> Option<Cursor> {
        let request = &self.call.request;
        match place {
            Place::Parameter(parameter) => request.arguments.value(&parameter).map(Cursor::from),
            #[cfg(part = "bodies")]
            Place::Body(path) => members::value(request.body.as_ref()?, path).map(Cursor),
        }
    }

    /// What leads to the first page, so that one that leads back to it is known.
    fn first(&self) -> Option<Cursor> {
        match self.pagination.next {
            Next::Link => {
                let mut url = self.call.url().ok()?;
                url.set_query(self.call.request.query().as_deref());
                Some(Cursor::from(String::from(url)))
            }
            Next::Cursor(place) | Next::Last(place) | Next::Number { place, .. } | Next::Offset { place, .. } => {
                self.of_caller(place)
            }
        }
    }
}

impl<P, E> Stream for Pages<'_, P, E> {
    type Item = Result<P, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<P, E> fmt::Debug for Pages<'_, P, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("call", &self.call)
            .field("pagination", &self.pagination)
            .field("is_over", &matches!(self.state, State::Over))
            .finish_non_exhaustive()
    }
}
