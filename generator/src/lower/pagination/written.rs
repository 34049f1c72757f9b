//! `x-pagination` as it stands in, a wish out.

use serde_json::Value;

use super::{Mark, NAME, Next, To, Wish};
use crate::{
    diagnostics::Code,
    ir::Pointer,
    lower::{
        context::Lowering,
        extension::{Kind, Member, may},
    },
};

const MEMBERS: &[Member] = &[
    may("items", Kind::Text),
    may("cursor", Kind::Text),
    may("cursor_header", Kind::Text),
    may("link", Kind::Text),
    may("link_header", Kind::Text),
    may("last", Kind::Text),
    may("count", Kind::Text),
    may("first", Kind::Anything),
    may("parameter", Kind::Text),
    may("body", Kind::Text),
    may("more", Kind::Text),
];

/// What leads to the next page, of which there is one.
const WAYS: [&str; 6] = ["cursor", "cursor_header", "link", "link_header", "last", "count"];

impl Lowering<'_> {
    pub(super) fn written_wish(&mut self, value: &Value, place: &Pointer) -> Option<Wish> {
        if !self.is_extension(value, place, MEMBERS, (NAME, "`x-pagination` is ignored")) {
            return None;
        }
        match wish(value) {
            Ok(wish) => Some(wish),
            Err((member, why)) => {
                let place = member.map_or_else(|| place.clone(), |member| place.child(member));
                self.report(Code::WrongShape, &place, format!("`{NAME}` is ignored: {why}"));
                None
            }
        }
    }
}

type Wrong = (Option<&'static str>, String);

fn wish(value: &Value) -> Result<Wish, Wrong> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let ways: Vec<&str> = WAYS.into_iter().filter(|way| text(way).is_some()).collect();
    let [way] = ways.as_slice() else {
        let ways = WAYS.map(|way| format!("`{way}`")).join(", ");
        return Err((None, format!("it needs exactly one of {ways}")));
    };
    let named = text(way).unwrap_or_default();
    let to = match (text("parameter"), text("body")) {
        (Some(parameter), None) => Some(To::Parameter(parameter)),
        (None, Some(member)) => Some(To::Body(member)),
        (None, None) => None,
        (Some(_), Some(_)) => return Err((Some("body"), "it has a `parameter` already".to_owned())),
    };
    let is_link = way.starts_with("link");
    let to = match (to, is_link) {
        (Some(to), false) => Ok(to),
        (Some(_), true) => Err((
            None,
            "a link is followed as it is, without `parameter` or `body`".to_owned(),
        )),
        (None, false) => Err((
            None,
            "it needs a `parameter` or a member of the `body` that says which page is asked for".to_owned(),
        )),
        // Nobody asks.
        (None, true) => Ok(To::Parameter(String::new())),
    }?;
    let first = match value.get("first").filter(|first| !first.is_null()) {
        None => None,
        Some(_) if *way != "count" => return Err((Some("first"), "`first` is for `count` only".to_owned())),
        Some(first) => Some(
            first
                .as_u64()
                .ok_or((Some("first"), "`first` is a whole number, 0 or more".to_owned()))?,
        ),
    };
    let next = match (*way, named.as_str()) {
        ("cursor", _) => Next::Cursor(Mark::Member(named), to),
        ("cursor_header", _) => Next::Cursor(Mark::Header(named), to),
        ("link", _) => Next::Link(Mark::Member(named)),
        ("link_header", _) => Next::Link(Mark::Header(named)),
        ("last", _) => Next::Last(named, to),
        (_, "pages") => Next::Number(to, first),
        (_, "items") => Next::Offset(to, first),
        _ => return Err((Some("count"), "what is counted is `pages` or `items`".to_owned())),
    };
    Ok(Wish {
        items: text("items"),
        next,
        more: text("more"),
    })
}
