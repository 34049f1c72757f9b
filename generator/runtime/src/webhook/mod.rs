//! Decoders of what a server sends by itself: the body of a webhook as it came in, a value out.
//!
//! Nothing here says who sent it. Whoever receives a webhook checks that first, over the bytes as they came.

mod error;
#[cfg(part = "webhook_forms")]
mod form;
mod table;

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::runtime::received::place;
use crate::runtime::values::json;

pub use error::WebhookError;
#[allow(unused_imports, reason = "used by generated code only")]
pub(crate) use table::webhooks;

// What the macro names, so that a generated file need not import it.
#[doc(hidden)]
pub use bytes::Bytes;

/// The largest body that is decoded, in bytes: as much as of an answer to a call, unless that is set.
pub const LARGEST: usize = 32 * 1024 * 1024;

/// A JSON body. A byte order mark is passed over. Nesting stays limited to the 128 levels of `serde_json`.
///
/// # Errors
///
/// When the body is larger than [`LARGEST`], is not JSON, or does not fit `T`; the error says where.
pub fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, WebhookError> {
    let text = utf8(body)?;
    json::from_str(text).map_err(|error| WebhookError::json(text, &error))
}

/// A form (`application/x-www-form-urlencoded`): the members of an object. A list comes once for each item, an object as
/// JSON, a number or a truth value as its text.
///
/// # Errors
///
/// When the body is larger than [`LARGEST`], is no form, or does not fit `T`; the error says where.
#[cfg(part = "webhook_forms")]
pub fn form<T: DeserializeOwned>(body: &[u8]) -> Result<T, WebhookError> {
    Ok(form::read(utf8(body)?)?)
}

/// Text in UTF-8. A byte order mark is passed over.
///
/// # Errors
///
/// When the body is larger than [`LARGEST`], or is not UTF-8.
pub fn text(body: &[u8]) -> Result<String, WebhookError> {
    utf8(body).map(str::to_owned)
}

/// Bytes as they came.
///
/// # Errors
///
/// When the body is larger than [`LARGEST`].
pub fn bytes(body: &[u8]) -> Result<Bytes, WebhookError> {
    sized(body).map(Bytes::copy_from_slice)
}

/// The member `name` of a JSON object, where it is a text or an integer; nothing where it is missing or something else, or
/// the body is empty or no object. Of members of the same name, the last.
///
/// # Errors
///
/// When the body is larger than [`LARGEST`], or is not JSON.
pub fn tag(body: &[u8], name: &str) -> Result<Option<String>, WebhookError> {
    let text = utf8(body)?;
    if text.is_empty() {
        return Ok(None);
    }
    let found = if text.trim_ascii_start().starts_with('{') {
        let mut reader = serde_json::Deserializer::from_str(text);
        let found = reader.deserialize_map(Tag { name });
        found.and_then(|found| reader.end().map(|()| found))
    } else {
        serde_json::from_str(text).map(|IgnoredAny| None)
    };
    found.map_err(|error| WebhookError::json(text, &error))
}

/// A media type without its parameters, in lower case: what decides how a body is decoded.
#[must_use]
pub fn essence(content_type: &str) -> String {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn sized(body: &[u8]) -> Result<&[u8], WebhookError> {
    if body.len() > LARGEST {
        return Err(WebhookError::too_large(body.len()));
    }
    Ok(body)
}

fn utf8(body: &[u8]) -> Result<&str, WebhookError> {
    let body = sized(body)?;
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    std::str::from_utf8(body).map_err(|error| {
        let read = body.get(..error.valid_up_to()).unwrap_or_default();
        WebhookError::new(place::path(read, &error::shown), error.to_string())
    })
}

/// Looks for one member, and passes over all others.
struct Tag<'n> {
    name: &'n str,
}

impl<'de> Visitor<'de> for Tag<'_> {
    type Value = Option<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Option<String>, A::Error> {
        let mut found = None;
        while let Some(name) = members.next_key::<String>()? {
            if name == self.name {
                found = match members.next_value()? {
                    Value::String(text) => Some(text),
                    Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
                    Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
                };
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}
