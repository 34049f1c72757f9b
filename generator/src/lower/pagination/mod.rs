//! What a document says of pages in, how the next page of an operation is asked for out, once all that is named is known to
//! exist.
//!
//! `x-pagination` is ours; the others' words for it become the same wishes.

mod foreign;
mod place;
mod written;

use serde_json::Value;

use super::context::Lowering;
use crate::{
    diagnostics::Code,
    ir::{Location, Method, NextPage, Operation, PageMark, PagePlace, Pagination, Payload, Pointer, Response, Type},
    load::Document,
};
use place::Places;

/// The extension, of an operation or, as a list, of the document.
const NAME: &str = "x-pagination";

/// Whether the document says of the operation at `pointer` itself what pages it has, or that it has none.
pub(crate) fn is_said(document: &Document, pointer: &Pointer) -> bool {
    let mut names = [NAME]
        .into_iter()
        .chain(foreign::EXTENSIONS.iter().map(|(name, _)| *name));
    names.any(|name| {
        document
            .value_at(&pointer.child(name))
            .is_some_and(|value| !value.is_null())
    })
}

/// What is wished of pages: names as somebody wrote them.
#[derive(Debug, Clone)]
struct Wish {
    /// The member with the items; without one, the page itself or its only list.
    items: Option<String>,
    next: Next,
    /// The member that says whether another page follows.
    more: Option<String>,
}

#[derive(Debug, Clone)]
enum Next {
    Cursor(Mark, To),
    Link(Mark),
    /// A member of the last item.
    Last(String, To),
    /// The number of the page.
    Number(To, Option<u64>),
    /// The number of items before it.
    Offset(To, Option<u64>),
}

#[derive(Debug, Clone)]
enum Mark {
    Member(String),
    Header(String),
}

#[derive(Debug, Clone)]
enum To {
    Parameter(String),
    Body(String),
    /// A parameter, or else a member of the body.
    Either(String),
}

/// A wish for all operations that have what it names.
struct Rule {
    wish: Wish,
    place: Pointer,
    is_used: bool,
}

/// What of a wish names nothing.
struct Missing(String);

impl Lowering<'_> {
    /// Finds out which operations have pages.
    pub(super) fn lower_paginations(&mut self, operations: &mut [Operation]) {
        let mut everywhere = self.rules();
        for operation in operations {
            let place = operation.pointer.child(NAME);
            operation.pagination = match self.document.value_at(&place).filter(|value| !value.is_null()) {
                Some(Value::Bool(false)) => None,
                Some(value) => self.wished(value, operation, &place),
                None => self.understood(operation, &mut everywhere),
            };
        }
        for rule in everywhere.iter().filter(|rule| !rule.is_used) {
            let message = "the rule fits no operation: none has all that it names";
            self.report(Code::UnsupportedPagination, &rule.place, message);
        }
    }

    /// The rules for all operations that they fit.
    fn rules(&mut self) -> Vec<Rule> {
        let place = Pointer::root().child(NAME);
        match self.document.value_at(&place) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(rules)) => {
                let rules = rules.iter().enumerate();
                rules
                    .filter_map(|(index, rule)| self.rule(rule, place.item(index)))
                    .collect()
            }
            Some(rule) => self.rule(rule, place).into_iter().collect(),
        }
    }

    fn rule(&mut self, value: &Value, place: Pointer) -> Option<Rule> {
        let wish = self.written_wish(value, &place)?;
        Some(Rule {
            wish,
            place,
            is_used: false,
        })
    }

    /// What `x-pagination` of the operation says.
    fn wished(&mut self, value: &Value, operation: &Operation, place: &Pointer) -> Option<Pagination> {
        let wish = self.written_wish(value, place)?;
        match self.settled(&wish, operation) {
            Ok(pagination) => Some(pagination),
            Err(Missing(what)) => {
                self.report(Code::WrongShape, place, format!("`{NAME}` is ignored: {what}"));
                None
            }
        }
    }

    /// What others' extensions, the rules for all operations or the header `Link` say of it.
    fn understood(&mut self, operation: &Operation, everywhere: &mut [Rule]) -> Option<Pagination> {
        for (name, read) in foreign::EXTENSIONS {
            let place = operation.pointer.child(*name);
            let Some(value) = self.document.value_at(&place).filter(|value| !value.is_null()) else {
                continue;
            };
            let whole = self.document.value_at(&Pointer::root().child(*name));
            let why = match read(value, whole) {
                Ok(None) => return None,
                Ok(Some(wish)) => match self.settled(&wish, operation) {
                    Ok(pagination) => return Some(pagination),
                    Err(Missing(why)) => why,
                },
                Err(why) => why,
            };
            self.report(
                Code::UnsupportedPagination,
                &place,
                format!("no pages are followed: {why}"),
            );
            return None;
        }
        let fitting = everywhere.iter_mut().find_map(|rule| {
            let pagination = self.settled(&rule.wish, operation).ok()?;
            rule.is_used = true;
            Some(pagination)
        });
        fitting.or_else(|| {
            let link = Wish {
                items: None,
                next: Next::Link(Mark::Header("Link".to_owned())),
                more: None,
            };
            let is_meant = operation.method == Method::Get && operation.responses.iter().any(has_next_link);
            if !is_meant {
                return None;
            }
            match self.settled(&link, operation) {
                Ok(pagination) => Some(pagination),
                Err(Missing(why)) => {
                    let message = format!("the pages that the header `Link` leads to are not followed: {why}");
                    self.report(Code::UnsupportedPagination, &operation.pointer, message);
                    None
                }
            }
        })
    }

    /// A wish whose names are found.
    fn settled(&self, wish: &Wish, operation: &Operation) -> Result<Pagination, Missing> {
        let places = Places::new(&self.types);
        let successes = operation
            .responses
            .iter()
            .filter(|response| response.status.is_success());
        let pages: Vec<(&Response, &Type)> = successes.filter_map(|it| Some((it, it.value()?))).collect();
        let mut found = Err(Missing(
            "no success is a page, an object or a list in JSON or XML".to_owned(),
        ));
        for (response, page) in pages {
            match Self::settled_in(wish, operation, (response, page), &places) {
                Ok(pagination) => return Ok(pagination),
                Err(missing) => found = Err(missing),
            }
        }
        found
    }

    fn settled_in(
        wish: &Wish,
        operation: &Operation,
        (response, page): (&Response, &Type),
        places: &Places<'_>,
    ) -> Result<Pagination, Missing> {
        let (items, item) = match wish.items.as_ref().filter(|items| !items.is_empty()) {
            Some(name) => places.list(page, name).ok_or_else(|| {
                Missing(format!(
                    "an answer with the status {} has no list `{name}`",
                    response.status
                ))
            })?,
            None => places.only_list(page).ok_or_else(|| {
                Missing(format!(
                    "an answer with the status {} is no list, and has not exactly one",
                    response.status
                ))
            })?,
        };
        let member = |name: &str, root: &Type, of: &str| {
            let found = places.scalar(root, name);
            found.ok_or_else(|| Missing(format!("{of} has no text or number `{name}`")))
        };
        let mark = |mark: &Mark, is_link: bool| match mark {
            Mark::Member(name) => Ok(PageMark::Member(member(name, page, "a page")?)),
            Mark::Header(name) if is_link && name.eq_ignore_ascii_case("link") => Ok(PageMark::LinkHeader),
            Mark::Header(name) if crate::ir::is_token(name) => Ok(PageMark::Header(name.clone())),
            Mark::Header(name) => Err(Missing(format!("`{name}` cannot be the name of a header"))),
        };
        let to = |to: &To| Self::place(to, operation, places);
        let next = match &wish.next {
            Next::Cursor(from, place) => NextPage::Cursor(mark(from, false)?, to(place)?),
            Next::Link(from) => NextPage::Link(mark(from, true)?),
            Next::Last(name, place) => NextPage::Last(member(name, item, "an item")?, to(place)?),
            Next::Number(place, first) => {
                let place = to(place)?;
                let first = first.or_else(|| first_of(&place, operation)).unwrap_or(1);
                NextPage::Number(place, first)
            }
            Next::Offset(place, first) => {
                let place = to(place)?;
                let first = first.or_else(|| first_of(&place, operation)).unwrap_or(0);
                NextPage::Offset(place, first)
            }
        };
        let more = wish.more.as_deref().map(|name| {
            let found = places.flag(page, name);
            found.ok_or_else(|| Missing(format!("a page has no boolean `{name}`")))
        });
        Ok(Pagination {
            status: response.status,
            items,
            next,
            more: more.transpose()?,
        })
    }

    fn place(to: &To, operation: &Operation, places: &Places<'_>) -> Result<PagePlace, Missing> {
        let parameter = |name: &str| {
            let can_be = |location| matches!(location, Location::Query | Location::Header | Location::Path);
            let mut parameters = operation.parameters.iter();
            let found = parameters.find(|parameter| parameter.wire == name && can_be(parameter.location));
            found.map(|found| PagePlace::Parameter(found.location, found.wire.clone()))
        };
        let body = |name: &str| {
            let contents = operation.body.as_ref().map(|body| body.contents.as_slice());
            match contents {
                Some([content]) => match &content.payload {
                    Payload::Json(ty) => places.scalar(ty, name).map(PagePlace::Body),
                    _ => None,
                },
                _ => None,
            }
        };
        let (found, what, name) = match to {
            To::Parameter(name) => (parameter(name), "parameter", name),
            To::Body(name) => (body(name), "member of a body in JSON", name),
            To::Either(name) => (
                parameter(name).or_else(|| body(name)),
                "parameter and no member of a body in JSON",
                name,
            ),
        };
        found.ok_or_else(|| Missing(format!("the operation has no {what} `{name}`")))
    }
}

/// What the document has a counting parameter begin with.
fn first_of(place: &PagePlace, operation: &Operation) -> Option<u64> {
    let PagePlace::Parameter(location, name) = place else {
        return None;
    };
    let mut parameters = operation.parameters.iter();
    let found = parameters.find(|parameter| (parameter.location, &parameter.wire) == (*location, name))?;
    // Of a number that is described as text or may have a fraction, the default is such too.
    match found.default.as_ref()? {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.to_string().trim_end_matches(".0").parse().ok(),
        _ => None,
    }
}

/// Whether an answer is described to say in its header `Link` where the next page is.
fn has_next_link(response: &Response) -> bool {
    let says_next = |text: &str| {
        let text = text.replace(['"', '\'', '`', '\\'], "");
        text.contains("rel=next")
    };
    response.headers.iter().any(|header| {
        let docs = &header.docs;
        let texts = docs.summary.iter().chain(&docs.description).map(String::as_str);
        let mut texts = texts.chain(docs.example.as_ref().and_then(Value::as_str));
        header.wire.eq_ignore_ascii_case("link") && texts.any(says_next)
    })
}
