//! Cursors: what a page says of the next one, in its body or in a header, in, what is sent to get that out.

use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::runtime::pages::link;
use crate::runtime::received::decode::DecodeError;
use crate::runtime::received::response::Response;
use crate::runtime::values::json;

/// Where a page begins: a text or a number of the server's, or a URL.
///
/// It can be kept, as JSON or as text, and the pages from there on be had in another run of the program, for as long as the
/// server knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor(pub(super) Value);

impl Cursor {
    /// The cursor at the end of a path of names in `value`; `None` where nothing is there, `null`, or an empty text.
    ///
    /// # Errors
    ///
    /// When what is there is neither a text nor a number.
    pub fn of<V: Serialize + ?Sized>(value: &V, path: &[&str]) -> Result<Option<Self>, DecodeError> {
        match found(value, path)? {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(value @ (Value::String(_) | Value::Number(_))) => Ok(Some(Self(value))),
            Some(_) => Err(DecodeError::of_page(
                "what should lead to the next page is neither a text nor a number",
            )),
        }
    }

    /// The cursor in a header of an answer.
    ///
    /// # Errors
    ///
    /// When it is no text.
    pub fn in_header(response: &Response, name: &str) -> Result<Option<Self>, DecodeError> {
        let Some(value) = response.headers().get(name) else {
            return Ok(None);
        };
        let text = std::str::from_utf8(value.as_bytes());
        let text = text.map_err(|_| DecodeError::of_page("the header that should lead to the next page is no text"))?;
        Ok((!text.is_empty()).then(|| Self::from(text)))
    }

    /// The URL of the next page, where the header `Link` has one (`rel="next"`, RFC 8288).
    #[must_use]
    pub fn in_link(response: &Response) -> Option<Self> {
        let fields = response.headers().get_all(http::header::LINK);
        // What else stands in it may be in any character set.
        let mut texts = fields.iter().map(|field| String::from_utf8_lossy(field.as_bytes()));
        texts.find_map(|text| link::next(&text).map(Self::from))
    }

    /// The same place, `steps` further, where it is a number; in the kind of value that it is.
    pub(super) fn plus(&self, steps: u64) -> Option<Self> {
        let number = self.0.as_u64().or_else(|| self.0.as_str()?.parse().ok())?;
        let number = number.saturating_add(steps);
        Some(if self.0.is_string() {
            Self::from(number.to_string())
        } else {
            Self::from(number)
        })
    }

    /// What tells it apart from others.
    pub(super) fn digest(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.to_string().hash(&mut hasher);
        hasher.finish()
    }
}

/// Whether another page follows, by the value at the end of a path of names.
///
/// # Errors
///
/// When what is there is neither true nor false.
#[allow(dead_code, reason = "a document may have no pages that say so")]
pub fn flag<V: Serialize + ?Sized>(value: &V, path: &[&str]) -> Result<Option<bool>, DecodeError> {
    match found(value, path)? {
        None => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(flag)),
        Some(_) => Err(DecodeError::of_page(
            "what should say whether another page follows is neither true nor false",
        )),
    }
}

fn found<V: Serialize + ?Sized>(value: &V, path: &[&str]) -> Result<Option<Value>, DecodeError> {
    let unwritten = |_| DecodeError::of_page("what should lead to the next page cannot be read");
    let mut value = json::to_value(value).map_err(unwritten)?;
    for name in path {
        let Some(inner) = value.get_mut(*name) else {
            return Ok(None);
        };
        value = inner.take();
    }
    Ok((!value.is_null()).then_some(value))
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Value::String(text) => formatter.write_str(text),
            other => other.fmt(formatter),
        }
    }
}

impl From<&str> for Cursor {
    fn from(text: &str) -> Self {
        Self(Value::from(text))
    }
}

impl From<String> for Cursor {
    fn from(text: String) -> Self {
        Self(Value::from(text))
    }
}

impl From<&Self> for Cursor {
    fn from(cursor: &Self) -> Self {
        cursor.clone()
    }
}

impl From<u64> for Cursor {
    fn from(number: u64) -> Self {
        Self(Value::from(number))
    }
}
