//! `application/x-www-form-urlencoded`: an object in, one line of text out.

use serde::Serialize;

use crate::runtime::sent::argument::Argument;
use crate::runtime::sent::body::BodyError;
use crate::runtime::sent::parameter::Parameter;
use crate::runtime::sent::styles::style::{Escape, Style, Writing};

/// Writes the members of an object. Those in `encodings` (query parameters of the members' names) are written as these
/// say; all others as the specification would have it: a list once for each item, an object as JSON, `null` not at all.
pub(crate) fn write<T: Serialize + ?Sized>(value: &T, encodings: &[Parameter]) -> Result<String, BodyError> {
    members(&Argument::of(value)?, encodings)
}

/// The same for a value that was taken apart.
pub(crate) fn members(value: &Argument, encodings: &[Parameter]) -> Result<String, BodyError> {
    let Argument::Object(members) = value else {
        return Err(BodyError::not_an_object());
    };
    let mut pairs = Vec::with_capacity(members.len());
    for (name, value) in members {
        pairs.extend(match encodings.iter().find(|encoding| encoding.name() == name) {
            Some(encoding) => encoding.write(value)?,
            None => plain(name, value),
        });
    }
    // No other percent sign is written for a space, and none of the data's own is left.
    Ok(pairs.join("&").replace("%20", "+"))
}

fn plain(name: &str, value: &Argument) -> Option<String> {
    let text;
    let value = match value {
        Argument::Object(_) => {
            text = Argument::Text(value.text());
            &text
        }
        Argument::Null | Argument::Bool(_) | Argument::Number(_) | Argument::Text(_) | Argument::List(_) => value,
    };
    let writing = Writing {
        name,
        style: Style::Form,
        explode: true,
        delimiters: &[],
        escape: Escape::Reserved,
        separator: "&",
    };
    // Each item is a pair of its own, so that nothing stands between them.
    writing.write(value).unwrap_or_default()
}
