//! Pages in, a line about them out.

use super::label::Name;
use crate::ir::{NextPage, PageMark, PagePlace, Pagination};

/// Pages in one line.
pub(super) fn pages(pagination: &Pagination) -> String {
    let Pagination {
        status,
        items,
        next,
        more,
    } = pagination;
    let path = |path: &Vec<String>| Name(&path.join(".")).to_string();
    let place = |place: &PagePlace| match place {
        PagePlace::Parameter(location, name) => format!("{} {}", location.as_str(), Name(name)),
        PagePlace::Body(member) => format!("body {}", path(member)),
    };
    let mark = |mark: &PageMark| match mark {
        PageMark::Member(member) => path(member),
        PageMark::Header(name) => format!("header {}", Name(name)),
        PageMark::LinkHeader => "header Link".to_owned(),
    };
    let next = match next {
        NextPage::Cursor(from, to) => format!("next {} in {}", mark(from), place(to)),
        NextPage::Link(from) => format!("next at {}", mark(from)),
        NextPage::Last(member, to) => format!("next behind the last item's {} in {}", path(member), place(to)),
        NextPage::Number(to, first) => format!("counted from {first} in {}", place(to)),
        NextPage::Offset(to, first) => format!("items counted from {first} in {}", place(to)),
    };
    let items = if items.is_empty() {
        "the list itself".to_owned()
    } else {
        format!("items {}", path(items))
    };
    let more = more.as_ref().map(|more| format!(", while {}", path(more)));
    format!("pages of {status}: {items}, {next}{}", more.unwrap_or_default())
}
