// @generated from an OpenAPI description: the runtime, the same for every API.

//! Decoders: an answer in, a value out. An operation names one of them for each kind of answer.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, header};
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::runtime::received::media;
use crate::runtime::received::place;
use crate::runtime::received::response::Response;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::charset;
use crate::runtime::shown::excerpt::Shown;
use crate::runtime::shown::secret::Secrets;
use crate::runtime::values::json;

/// A JSON body, whatever media type it claims to be.
///
/// JSON is UTF-8 by definition; what is said not to be, is read in ISO 8859-1 or UTF-16. A byte order mark is passed over.
/// Nesting stays limited to the 128 levels of `serde_json`.
///
/// # Errors
///
/// When the body is not JSON or does not fit `T`; the error says where.
pub fn json<T: DeserializeOwned>(response: Response) -> Result<T, DecodeError> {
    let charset = charset(response.headers());
    let secrets = response.secrets().clone();
    let content_type = response.headers().get(header::CONTENT_TYPE).cloned();
    let json = utf8(response, charset.as_deref())?;
    if json.is_empty() {
        return Err(DecodeError::new("it is empty", &secrets));
    }
    // Looking at the encoding of the whole once takes a fifth of the time less than at that of each string.
    let value = match std::str::from_utf8(&json) {
        Ok(text) => json::from_str(text).map_err(|error| DecodeError::json(&json, error, &secrets)),
        Err(error) => Err(DecodeError {
            path: path(&json[..error.valid_up_to()], &secrets).into(),
            ..DecodeError::new(error.to_string(), &secrets)
        }),
    };
    value.map_err(|error| {
        let other = content_type.and_then(|content_type| media::other_than_json(&content_type));
        match other.filter(|_| serde_json::from_slice::<IgnoredAny>(&json).is_err()) {
            Some(came) => {
                let came = Shown::new(&came, &secrets).at_most(LONGEST).to_string();
                DecodeError::new(format!("it is `{came}`, where JSON is expected"), &secrets)
            }
            None => error,
        }
    })
}

/// A JSON body, or `null` where there is none: for a `T` that can be nothing.
///
/// # Errors
///
/// As [`json()`].
pub fn json_or_nothing<T: DeserializeOwned>(response: Response) -> Result<T, DecodeError> {
    if !response.bytes().is_some_and(Bytes::is_empty) {
        return json(response);
    }
    json::from_str("null").map_err(|error| DecodeError::json(b"null", error, response.secrets()))
}

/// Nothing: the body is not looked at, whatever it is.
///
/// # Errors
///
/// Never; the signature is that of all decoders.
pub fn empty(_response: Response) -> Result<(), DecodeError> {
    Ok(())
}

/// Bytes as they come, without a limit on how many, but with one on how long none come
/// ([`idle_timeout`](crate::runtime::calls::any_call::AnyCall::idle_timeout)).
///
/// # Errors
///
/// When they are compressed or otherwise coded (`Content-Encoding`) and nobody would see it: the headers come with
/// [`reply`](crate::runtime::calls::any_call::AnyCall::reply). What breaks off later is an error of the stream.
pub fn bytes(response: Response) -> Result<ByteStream, DecodeError> {
    if !response.shows_headers() {
        uncoded(&response, "; `reply()` hands it over as it is, with its headers")?;
    }
    Ok(response.into_stream())
}

/// Nothing, where the body is as it was before anybody compressed it.
pub(super) fn uncoded(response: &Response, hint: &str) -> Result<(), DecodeError> {
    let Some(coding) = media::coding(response.headers()) else {
        return Ok(());
    };
    let coding = Shown::new(&coding, response.secrets()).at_most(LONGEST).to_string();
    let message = format!("it is in the coding `{coding}` (`Content-Encoding`), which was not asked for{hint}");
    Err(DecodeError::new(message, response.secrets()))
}

/// The body in UTF-8 without a byte order mark, where its character set is one that is read; otherwise as it is.
fn utf8(response: Response, charset: Option<&str>) -> Result<Bytes, DecodeError> {
    let secrets = response.secrets().clone();
    let unread = || DecodeError::new("it has not been read", &secrets);
    uncoded(&response, "")?;
    let body = response.into_bytes().ok_or_else(unread)?;
    match charset {
        // Some servers say so by default, and send UTF-8 all the same.
        Some("iso-8859-1" | "latin1") if std::str::from_utf8(&body).is_err() => {
            Ok(body.iter().copied().map(char::from).collect::<String>().into())
        }
        Some(charset @ ("utf-16" | "utf-16le" | "utf-16be")) => {
            let text = utf16(&body, charset == "utf-16be");
            text.map(Bytes::from)
                .ok_or_else(|| DecodeError::new("it is not UTF-16", &secrets))
        }
        _ if body.starts_with(b"\xEF\xBB\xBF") => Ok(body.slice(3..)),
        _ => Ok(body),
    }
}

/// The character set that the header `Content-Type` names.
fn charset(headers: &HeaderMap) -> Option<String> {
    charset::of(headers.get(header::CONTENT_TYPE)?.to_str().ok()?)
}

/// Text of 16-bit units. A byte order mark goes before what the character set says.
fn utf16(body: &[u8], big_endian: bool) -> Option<String> {
    let (body, big_endian) = match body {
        [0xFE, 0xFF, rest @ ..] => (rest, true),
        [0xFF, 0xFE, rest @ ..] => (rest, false),
        body => (body, big_endian),
    };
    let (units, rest) = body.as_chunks::<2>();
    let unit = if big_endian {
        u16::from_be_bytes
    } else {
        u16::from_le_bytes
    };
    let text = char::decode_utf16(units.iter().copied().map(unit)).collect::<Result<String, _>>();
    text.ok().filter(|_| rest.is_empty())
}

/// The path to the value in which the last byte of `read` lies, fit to be shown.
fn path(read: &[u8], secrets: &Secrets) -> String {
    place::path(read, &|name, limit| {
        Shown::new(name, secrets).at_most(limit).to_string()
    })
}

/// An answer that is not what the description says.
///
/// What it repeats of the answer is cut, and without the secrets of the call.
#[derive(Debug)]
pub struct DecodeError {
    path: Box<str>,
    message: Box<str>,
    #[allow(dead_code, reason = "only what goes on is shown beside its error")]
    secrets: Secrets,
}

/// How much of a message is shown, in characters.
pub(super) const LONGEST: usize = 200;

impl DecodeError {
    /// Says where in `json` the decoder stopped.
    #[cold]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "its text may be as long as the body, and goes no further"
    )]
    pub(crate) fn json(json: &[u8], error: serde_json::Error, secrets: &Secrets) -> Self {
        let read = place::before(json, error.line(), error.column());
        let said = place::said(&error, read);
        let (text, path) = (said.as_str(), path(read, secrets));
        let mut message = Shown::new(text, secrets).at_most(LONGEST).to_string();
        // A long value in it does not hide what was expected in its place.
        if let Some(expected) = text.rfind(", expected ").filter(|&expected| expected > LONGEST) {
            let tail = text.get(expected..).unwrap_or_default();
            message.push_str(&Shown::new(tail, secrets).at_most(LONGEST).to_string());
        }
        Self {
            path: path.into(),
            ..Self::new(message, secrets)
        }
    }

    pub(super) fn new(message: impl Into<String>, secrets: &Secrets) -> Self {
        Self {
            path: Box::default(),
            message: message.into().into(),
            secrets: secrets.clone(),
        }
    }

    /// Where in the JSON it is, as in `results[3].createdAt`; empty for the whole of it, and where it is not JSON. Of a
    /// long path, the end.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the body cannot be decoded")?;
        if !self.path.is_empty() {
            write!(formatter, " at `{}`", self.path)?;
        }
        write!(formatter, ": {}", self.message)
    }
}

impl std::error::Error for DecodeError {}
