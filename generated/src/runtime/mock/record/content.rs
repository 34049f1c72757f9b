// @generated from an OpenAPI description: the runtime, the same for every API.

//! Bytes of a body in, what a person reads of them out, and back.
//!
//! JSON stays as it was written but for the space in it: members in their order, numbers with their digits.

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::IgnoredAny;

use crate::runtime::mock::record::pattern;
use crate::runtime::sent::argument::Argument;
use crate::runtime::values::number;

/// How deep a value may be nested to be kept as one.
pub(super) const DEEPEST: usize = 100;

/// What a body is in a file.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Nothing,
    Json(Argument),
    Text(String),
    Bytes(Bytes),
    /// It was longer than what is kept.
    TooLong,
}

impl Content {
    /// A body under its media type.
    pub(super) fn of(media_type: &str, bytes: &Bytes) -> Self {
        if bytes.is_empty() {
            return Self::Nothing;
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Self::Bytes(bytes.clone());
        };
        let value = Some(text).filter(|_| is_json(media_type));
        let value = value.and_then(|text| value_of(text, DEEPEST).ok());
        match value.filter(has_each_name_once) {
            Some(value) => Self::Json(value),
            None => Self::Text(text.to_owned()),
        }
    }

    /// The member that it is in a file.
    pub(super) fn member(&self) -> Option<(String, Argument)> {
        let (name, value) = match self {
            Self::Nothing => return None,
            Self::Json(value) => ("json", value.clone()),
            Self::Text(text) => ("text", Argument::Text(text.clone())),
            Self::Bytes(bytes) => ("base64", Argument::Text(STANDARD.encode(bytes))),
            Self::TooLong => ("too_long", Argument::Bool(true)),
        };
        Some((name.to_owned(), value))
    }

    /// The same, read again; nothing where it is not one.
    pub(super) fn read(message: &Argument) -> Option<Self> {
        if let Some(value) = member(message, "json") {
            return Some(Self::Json(value.clone()));
        }
        if member(message, "text").is_some() {
            return Some(Self::Text(text(message, "text")?.to_owned()));
        }
        if member(message, "base64").is_some() {
            return Some(Self::Bytes(STANDARD.decode(text(message, "base64")?).ok()?.into()));
        }
        Some(match member(message, "too_long") {
            Some(_) => Self::TooLong,
            None => Self::Nothing,
        })
    }

    /// The bytes that are sent for it; nothing where they were not kept.
    pub(super) fn bytes(&self) -> Option<Bytes> {
        match self {
            Self::Nothing => Some(Bytes::new()),
            Self::Json(value) => {
                let mut value = value.clone();
                each_text(&mut value, &|text| *text = pattern::said_text(text));
                Some(value.json().into())
            }
            Self::Text(text) => Some(pattern::said(text.as_bytes()).into()),
            Self::Bytes(bytes) => Some(pattern::said(bytes).into()),
            Self::TooLong => None,
        }
    }
}

/// What JSON is, nested no deeper than this.
///
/// # Errors
///
/// Why it is none.
pub(super) fn value_of(json: &str, deepest: usize) -> Result<Argument, String> {
    serde_json::from_str::<IgnoredAny>(json).map_err(|error| error.to_string())?;
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = json.as_bytes().get(at) {
        match byte {
            b'"' => at = number::end_of_string(json.as_bytes(), at) - 1,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        if depth > deepest {
            return Err(format!("it is nested more than {deepest} deep"));
        }
        at += 1;
    }
    Argument::read(json).map_err(|error| error.to_string())
}

/// Other programs than this one keep the last of several members of one name.
fn has_each_name_once(value: &Argument) -> bool {
    match value {
        Argument::List(items) => items.iter().all(has_each_name_once),
        Argument::Object(members) => {
            let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
            names.sort_unstable();
            names.is_sorted_by(|one, other| one < other) && members.iter().all(|(_, value)| has_each_name_once(value))
        }
        Argument::Null | Argument::Bool(_) | Argument::Number(_) | Argument::Text(_) => true,
    }
}

/// Changes the texts in a value, names included.
pub(super) fn each_text(value: &mut Argument, change: &impl Fn(&mut String)) {
    match value {
        Argument::Text(text) => change(text),
        Argument::List(items) => items.iter_mut().for_each(|item| each_text(item, change)),
        Argument::Object(members) => {
            for (name, value) in members {
                change(name);
                each_text(value, change);
            }
        }
        Argument::Null | Argument::Bool(_) | Argument::Number(_) => {}
    }
}

/// The value under a name.
pub(super) fn member<'v>(value: &'v Argument, name: &str) -> Option<&'v Argument> {
    let Argument::Object(members) = value else {
        return None;
    };
    let mut members = members.iter();
    members.find(|(own, _)| own == name).map(|(_, value)| value)
}

/// The same where it is a text.
pub(super) fn text<'v>(value: &'v Argument, name: &str) -> Option<&'v str> {
    match member(value, name)? {
        Argument::Text(text) => Some(text),
        _ => None,
    }
}

/// Whether what goes under a media type is one value in JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether it is one thing after the other, each of which says something without those behind it.
pub(super) fn is_series(media_type: &str) -> bool {
    let essence = essence(media_type);
    [
        "event-stream",
        "jsonl",
        "json-lines",
        "json-seq",
        "ndjson",
        "stream+json",
    ]
    .iter()
    .any(|kind| essence.ends_with(kind))
}

pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// What is between the parts of a body.
pub(super) fn boundary(media_type: &str) -> Option<&str> {
    let lower = media_type.to_ascii_lowercase();
    let at = lower.find("boundary=").filter(|_| lower.starts_with("multipart/"))?;
    let boundary = media_type.get(at + "boundary=".len()..)?;
    let boundary = boundary.split(';').next()?.trim().trim_matches('"');
    (!boundary.is_empty()).then_some(boundary)
}
