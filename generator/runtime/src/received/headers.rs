//! Headers of an answer: their text in, values out.

use http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use serde_json::Value;

#[cfg(part = "styles")]
use crate::runtime::sent::styles::style::Delimiter;
use crate::runtime::values::json;

/// The value of a header; nothing where it is missing or does not fit `T`. A list is what stands between commas, on one
/// line or on several; an object is a list of names and values, with signs of equality between them or not.
#[must_use]
pub fn header<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    let lines = headers.get_all(name).iter();
    let lines: Vec<&str> = lines
        .map(|line| std::str::from_utf8(line.as_bytes()).ok())
        .collect::<Option<_>>()?;
    let first = *lines.first()?;
    // The one header whose lines are not parts of a list: dates in it have commas.
    let is_list = name != header::SET_COOKIE;
    let whole = if is_list { lines.join(", ") } else { first.to_owned() };
    let parts: Vec<&str> = if is_list {
        whole
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect()
    } else {
        lines
    };
    let as_text: fn(&str) -> Value = |text| text.into();
    let as_json: fn(&str) -> Value = |text| serde_json::from_str(text).unwrap_or_else(|_| text.into());
    let list = |read: fn(&str) -> Value| parts.iter().map(|part| read(part)).collect();
    let readings: [&dyn Fn() -> Option<Value>; 6] = [
        &|| Some(as_text(&whole)),
        &|| Some(as_json(&whole)),
        &|| Some(list(as_text)),
        &|| Some(list(as_json)),
        &|| members(&parts, as_text),
        &|| members(&parts, as_json),
    ];
    readings.iter().find_map(|read| json::from_value(&read()?).ok())
}

/// The value of a header whose lists have other delimiters than commas: the outermost list's first, then that of the lists in
/// it, and so on. Nothing where it is missing or does not fit `T`.
#[cfg(part = "styles")]
#[must_use]
pub fn delimited_header<T: DeserializeOwned>(headers: &HeaderMap, name: &str, delimiters: &[Delimiter]) -> Option<T> {
    let line = std::str::from_utf8(headers.get(name)?.as_bytes()).ok()?;
    let as_text: fn(&str) -> Value = |text| text.into();
    let as_json: fn(&str) -> Value = |text| serde_json::from_str(text).unwrap_or_else(|_| text.into());
    [as_text, as_json]
        .iter()
        .find_map(|read| json::from_value(&split(line, delimiters, *read)).ok())
}

#[cfg(part = "styles")]
fn split(text: &str, delimiters: &[Delimiter], read: fn(&str) -> Value) -> Value {
    let text = text.trim();
    match delimiters.split_first() {
        None => read(text),
        Some((first, rest)) => {
            let parts = text.split(first.as_str()).filter(|part| !part.trim().is_empty());
            parts.map(|part| split(part, rest, read)).collect()
        }
    }
}

/// The parts of a header as the members of an object.
fn members(parts: &[&str], read: fn(&str) -> Value) -> Option<Value> {
    if let Some(members) = parts
        .iter()
        .map(|part| part.split_once('='))
        .collect::<Option<Vec<_>>>()
    {
        return Some(members.into_iter().map(|(name, value)| (name, read(value))).collect());
    }
    let (pairs, rest) = parts.as_chunks::<2>();
    rest.is_empty()
        .then(|| pairs.iter().map(|&[name, value]| (name, read(value))).collect())
}
