//! Pages: which answer of an operation is one, where its items are, and how the next one is asked for.

use super::{Location, Status};

/// How an operation's answers are pages. Every name is a wire name; a path is the names that lead to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// The success that is a page.
    pub status: Status,
    /// Where a page has the list of its items; empty where it is the list.
    pub items: Vec<String>,
    /// What leads to the next page.
    pub next: NextPage,
    /// Where a page says whether another follows.
    pub more: Option<Vec<String>>,
}

/// What leads from a page to the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextPage {
    /// A cursor that the page has.
    Cursor(PageMark, PagePlace),
    /// A URL that the page has.
    Link(PageMark),
    /// A member of the page's last item.
    Last(Vec<String>, PagePlace),
    /// The number of the page, and that of the first one.
    Number(PagePlace, u64),
    /// How many items came before, and what stands for the first page.
    Offset(PagePlace, u64),
}

/// Where a page says which one is next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageMark {
    /// In a member of its body.
    Member(Vec<String>),
    /// In the header of this name.
    Header(String),
    /// In the header `Link`, as `rel="next"`.
    LinkHeader,
}

/// Where a request says which page it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PagePlace {
    /// In the parameter of this name.
    Parameter(Location, String),
    /// In a member of its JSON body.
    Body(Vec<String>),
}

impl NextPage {
    /// Where it is sent; a link says that itself.
    #[must_use]
    pub fn place(&self) -> Option<&PagePlace> {
        match self {
            Self::Link(_) => None,
            Self::Cursor(_, place) | Self::Last(_, place) | Self::Number(place, _) | Self::Offset(place, _) => {
                Some(place)
            }
        }
    }
}
