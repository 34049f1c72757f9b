// @generated from an OpenAPI description: the runtime, the same for every API.

//! What was sent or came in, the same without secrets, and with other values in the place of chosen members, out.

use std::fmt::Write as _;

use bytes::{Bytes, BytesMut};
use http::header::LOCATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::runtime::calls::extras;
use crate::runtime::mock::record::content::Content;
use crate::runtime::sent::argument::escaped;
use crate::runtime::shown::mask;
use crate::runtime::shown::secret::{self, Secrets};

/// What stands in the place of a secret.
pub(super) const HIDDEN: &str = "…";

/// Headers that are another time's, another connection's or another version's.
const PASSING: [&str; 9] = [
    "age",
    "connection",
    "content-length",
    "date",
    "host",
    "keep-alive",
    "server-timing",
    "transfer-encoding",
    "user-agent",
];

/// What stands in the place of what.
#[derive(Debug, Clone, Default)]
pub(super) struct Hiding {
    pub(super) secrets: Secrets,
    /// Members of JSON, pairs of queries and forms, and headers by their name; a member by its pointer too.
    pub(super) replaced: Vec<(String, Value)>,
}

impl Hiding {
    pub(super) fn text(&self, text: &str) -> String {
        if mask::find(text.as_bytes(), &self.secrets).is_empty() {
            return text.to_owned();
        }
        String::from_utf8_lossy(&self.bytes(&Bytes::copy_from_slice(text.as_bytes()))).into_owned()
    }

    fn bytes(&self, bytes: &Bytes) -> Bytes {
        let mut rest = BytesMut::with_capacity(bytes.len());
        let mut from = 0;
        for range in mask::find(bytes, &self.secrets) {
            rest.extend_from_slice(bytes.get(from..range.start).unwrap_or_default());
            rest.extend_from_slice(HIDDEN.as_bytes());
            from = range.end;
        }
        rest.extend_from_slice(bytes.get(from..).unwrap_or_default());
        rest.freeze()
    }

    /// What stands in the place of the value under a name.
    fn other(&self, name: &str) -> Option<&Value> {
        let mut replaced = self.replaced.iter();
        replaced.find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// The pairs of a query, each as it reads.
    pub(super) fn pairs(&self, query: &str) -> Vec<String> {
        let pairs = extras::pairs(query);
        pairs
            .map(|(name, value)| {
                let value = self.other(&name).map_or_else(|| self.text(&value), plain);
                format!("{name}={value}")
            })
            .collect()
    }

    /// The headers that are the same another time, by their names.
    pub(super) fn headers(&self, headers: &HeaderMap) -> Vec<(String, String)> {
        let names = headers.keys().filter(|name| !PASSING.contains(&name.as_str()));
        names
            .map(|name| {
                let values = headers.get_all(name).iter().map(|value| self.header(name, value));
                (name.as_str().to_owned(), values.collect::<Vec<_>>().join(", "))
            })
            .collect()
    }

    fn header(&self, name: &HeaderName, value: &HeaderValue) -> String {
        let mut replaced = self.replaced.iter();
        if let Some((_, other)) = replaced.find(|(own, _)| own.eq_ignore_ascii_case(name.as_str())) {
            return plain(other);
        }
        if value.is_sensitive() || secret::is_named_by(name.as_str()) {
            return HIDDEN.to_owned();
        }
        let text = String::from_utf8_lossy(value.as_bytes());
        match text.split_once('?') {
            Some((place, query)) if *name == LOCATION => self.text(&format!("{place}?{}", self.form(query))),
            _ => self.text(&text),
        }
    }

    /// A body under its media type.
    pub(super) fn content(&self, media_type: &str, bytes: &Bytes) -> Content {
        match Content::of(media_type, bytes) {
            Content::Json(mut value) => {
                for (name, other) in &self.replaced {
                    replace(&mut value, name, other);
                }
                self.hide(&mut value);
                Content::Json(value)
            }
            Content::Text(text) if media_type.starts_with("application/x-www-form-urlencoded") => {
                Content::Text(self.text(&self.form(&text)))
            }
            Content::Text(text) => Content::Text(self.text(&self.lines(&text))),
            Content::Bytes(bytes) => Content::Bytes(self.bytes(&bytes)),
            other @ (Content::Nothing | Content::TooLong) => other,
        }
    }

    /// A text whose lines may be JSON each, or events with data in it.
    fn lines(&self, text: &str) -> String {
        if self.replaced.is_empty() {
            return text.to_owned();
        }
        let line = |line: &str| {
            let at = line.find(['{', '['])?;
            let (before, json) = line.split_at(at);
            let end = json.trim_end().len();
            let mut value: Value = serde_json::from_str(json.get(..end)?).ok()?;
            for (name, other) in &self.replaced {
                replace(&mut value, name, other);
            }
            Some(format!("{before}{value}{}", json.get(end..)?))
        };
        let lines = text.split_inclusive('\n');
        lines
            .map(|text| line(text).unwrap_or_else(|| text.to_owned()))
            .collect()
    }

    /// A form, or a query as it stands in a URL.
    fn form(&self, text: &str) -> String {
        if !extras::pairs(text).any(|(name, _)| self.other(&name).is_some()) {
            return text.to_owned();
        }
        let mut form = String::new();
        for (name, value) in extras::pairs(text) {
            let mark = if form.is_empty() { "" } else { "&" };
            let value = self.other(&name).map_or(value, plain);
            let _ = write!(form, "{mark}{}={}", escaped(&name), escaped(&value));
        }
        form
    }

    /// Hides secrets in the texts of a value.
    fn hide(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide(item)),
            Value::Object(members) => members.values_mut().for_each(|member| self.hide(member)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// Puts `other` in the place of a member: of the one that a pointer leads to, or of all of a name.
fn replace(value: &mut Value, member: &str, other: &Value) {
    if member.starts_with('/') {
        if let Some(place) = value.pointer_mut(member) {
            *place = other.clone();
        }
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, member, other)),
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                if name == member {
                    *value = other.clone();
                } else {
                    replace(value, member, other);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A value where it is no JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
