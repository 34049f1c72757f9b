//! Values that may be written as bare text: an answer in, a text, number, boolean, date or enum out.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::runtime::received::decode::{self, DecodeError};
use crate::runtime::received::media::{self, Said};
use crate::runtime::received::response::Response;
use crate::runtime::shown::secret::Secrets;
use crate::runtime::values::json;

/// The text of a value: of a string, date or enum as it stands, of a number or boolean as JSON writes it. Space around it is
/// none of it. Its character set is read as in [`decode::text`].
///
/// # Errors
///
/// When the body is no text, or not that of a `T`.
pub fn plain<T: DeserializeOwned>(response: Response) -> Result<T, DecodeError> {
    let secrets = response.secrets().clone();
    let text = decode::text(response)?;
    of_text(&text, &secrets)
}

/// JSON, unless the header `Content-Type` calls it something else and it is no JSON of a `T`: then bare text, as [`plain`]
/// reads it.
///
/// # Errors
///
/// When it is neither, or is said to be JSON and is none.
pub fn json_or_plain<T: DeserializeOwned>(response: Response) -> Result<T, DecodeError> {
    json_or(response, plain)
}

/// The same for a text, of which bare text is all, with the space around it.
///
/// # Errors
///
/// When it is said to be JSON and is no JSON string, or is no text.
pub fn json_or_text(response: Response) -> Result<String, DecodeError> {
    json_or(response, decode::text)
}

/// What comes under any media type: bare text where the header `Content-Type` calls it text, otherwise as
/// [`json_or_plain`].
///
/// # Errors
///
/// When it is not that of a `T`.
pub fn plain_or_json<T: DeserializeOwned>(response: Response) -> Result<T, DecodeError> {
    match media::said(response.headers()) {
        Said::Text => plain(response),
        Said::Json | Said::Other => json_or_plain(response),
    }
}

/// The same for a text, of which bare text is all, with the space around it.
///
/// # Errors
///
/// When it is said to be JSON and is no JSON string, or is no text.
pub fn text_or_json(response: Response) -> Result<String, DecodeError> {
    match media::said(response.headers()) {
        Said::Text => decode::text(response),
        Said::Json | Said::Other => json_or_text(response),
    }
}

fn json_or<T: DeserializeOwned>(
    response: Response,
    bare: fn(Response) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    if media::said(response.headers()) == Said::Json {
        return decode::json(response);
    }
    let (one, other) = response.twice();
    decode::json(one).or_else(|error| bare(other).map_err(|_| error))
}

fn of_text<T: DeserializeOwned>(text: &str, secrets: &Secrets) -> Result<T, DecodeError> {
    let text = text.trim();
    // A text first: the other order would take the number out of an enum's `"1"`.
    T::deserialize(Value::String(text.to_owned()))
        .or_else(|_| json::from_str(text))
        .map_err(|error| DecodeError::json(text.as_bytes(), error, secrets))
}
