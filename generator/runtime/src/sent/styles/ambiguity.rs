//! A value and how it is written in, what in it would be read as the end of one of its parts out.
//!
//! Where a delimiter is escaped inside of a part (`%2C` between commas), parts are told apart. Where it is not, as in a header
//! field, or where it is an escape itself (`%20`, `%7C`), a part with it in it would arrive as two.

use crate::runtime::sent::argument::Argument;
use crate::runtime::sent::styles::style::{Delimiter, Escape, Style, Writing};

/// What stands between the parts of a value, and in one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ambiguous(pub(crate) &'static str);

/// Nothing, where the parts of a value are told apart.
pub(crate) fn check(writing: &Writing<'_>, value: &Argument) -> Result<(), Ambiguous> {
    let texts = |delimiters: &[&'static str]| {
        let found = |delimiter: &&&'static str| has(value, delimiter, false);
        delimiters
            .iter()
            .find(found)
            .map_or(Ok(()), |found| Err(Ambiguous(found)))
    };
    let is_raw = matches!(writing.escape, Escape::Nothing);
    if !writing.delimiters.is_empty() {
        let delimiters = writing.delimiters.iter();
        let unescaped = delimiters.filter(|delimiter| is_raw || **delimiter != Delimiter::Comma);
        return texts(&unescaped.map(|delimiter| delimiter.as_str()).collect::<Vec<_>>());
    }
    match (writing.style, writing.explode) {
        (Style::Label, true) => texts(&["."]),
        (Style::SpaceDelimited, false) => texts(&[" "]),
        (Style::PipeDelimited, false) => texts(&["|"]),
        (Style::Simple, true) if is_raw => texts(&[","]).and_then(|()| names(value, &["="])),
        (Style::Simple | Style::Form | Style::Cookie, false) if is_raw => texts(&[","]),
        (Style::Cookie, true) => names(value, &["="]),
        (Style::DeepObject, _) => deep_names(value),
        _ => Ok(()),
    }
}

/// Whether a part of a value has a text in it. What has no parts is one.
fn has(value: &Argument, text: &str, is_part: bool) -> bool {
    match value {
        Argument::List(items) if !is_part => items.iter().any(|item| has(item, text, true)),
        Argument::Object(members) if !is_part => members
            .iter()
            .any(|(name, value)| *value != Argument::Null && (name.contains(text) || has(value, text, true))),
        Argument::Null => false,
        value => is_part && value.text().contains(text),
    }
}

fn names(value: &Argument, delimiters: &[&'static str]) -> Result<(), Ambiguous> {
    let Argument::Object(members) = value else {
        return Ok(());
    };
    let found = delimiters
        .iter()
        .find(|delimiter| members.iter().any(|(name, _)| name.contains(**delimiter)));
    found.map_or(Ok(()), |found| Err(Ambiguous(found)))
}

/// A bracket in a name would begin or end another.
fn deep_names(value: &Argument) -> Result<(), Ambiguous> {
    match value {
        Argument::Null | Argument::Bool(_) | Argument::Number(_) | Argument::Text(_) => Ok(()),
        Argument::List(items) => items.iter().try_for_each(deep_names),
        Argument::Object(members) => {
            names(value, &["[", "]"])?;
            members.iter().try_for_each(|(_, value)| deep_names(value))
        }
    }
}
