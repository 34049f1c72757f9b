//! Pages: a call whose answer is a page in, all pages or all of their items out, each asked for when it is wanted.
//!
//! What the description says of the way from a page to the next is [`pagination`]; where a page says that the next one is, a
//! [`cursor`]. A link is followed to where the call itself goes, and nowhere else.

pub mod cursor;
pub mod items;
mod link;
pub mod pagination;
pub mod stream;

#[allow(unused_imports, reason = "a document may have no pages that need it")]
pub use cursor::Cursor;
pub use items::Items;
#[allow(unused_imports, reason = "a document may have no pages that need them all")]
pub use pagination::{Next, Page, Pagination, Place};
pub use stream::Pages;
