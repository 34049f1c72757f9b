//! What the description says of pages, as data, and what is known of a page once it has come.

use crate::runtime::pages::cursor::Cursor;
use crate::runtime::sent::parameter::Parameter;

/// How the page behind a page is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Pagination {
    /// What is known of it.
    pub next: Next,
}

/// What leads from a page to the next one.
#[allow(dead_code, reason = "a document may have no pages of some kind")]
#[derive(Debug, Clone, Copy)]
pub enum Next {
    /// What the page says, sent in this place.
    Cursor(Place),
    /// The URL that the page says.
    Link,
    /// A member of the last item, sent in this place. A page without items is the last.
    Last(Place),
    /// The number of the page, sent in this place. A page without items is the last.
    Number {
        /// Where it is sent.
        place: Place,
        /// The number of the first page, where the caller sends none.
        first: u64,
    },
    /// How many items came before, sent in this place. A page without items is the last.
    Offset {
        /// Where it is sent.
        place: Place,
        /// What stands for the first page, where the caller sends nothing.
        first: u64,
    },
}

/// Where a request says which page it asks for.
#[allow(dead_code, reason = "a document may have no pages of some kind")]
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// In a parameter.
    Parameter(Parameter),
    /// In a member of its JSON body, by the names that lead to it.
    #[cfg(part = "bodies")]
    Body(&'static [&'static str]),
}

/// An answer that is a page.
#[derive(Debug)]
pub struct Page<P> {
    /// Where the next page is, as far as this one says it.
    pub next: Option<Cursor>,
    /// Whether it says that another follows.
    pub more: Option<bool>,
    /// How many items it has.
    pub length: usize,
    /// The answer itself.
    pub content: P,
}
