//! Decoders: an answer in, a value out. An operation names one of them for each kind of answer.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, header};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::runtime::received::media::{self, Kind};
use crate::runtime::received::place;
use crate::runtime::received::response::Response;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::received::streams::event::EventStream;
use crate::runtime::received::streams::event_data::EventData;
use crate::runtime::received::streams::items::{Framing, ItemStream};
use crate::runtime::sent::charset;
use crate::runtime::sent::style::Delimiter;
use crate::runtime::shown::excerpt::Shown;
use crate::runtime::shown::secret::Secrets;
use crate::runtime::values::json;

pub use crate::runtime::received::plain::{json_or_plain, json_or_text, plain, plain_or_json, text_or_json};

/// A JSON body, whatever media type it claims to be.
///
/// JSON is UTF-8 by definition; what is not, is read as [`text`] is. A byte order mark is passed over. Nesting stays
/// limited to the 128 levels of `serde_json`.
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

/// Text, in UTF-8 or in the character set that the header `Content-Type` names, of which ISO 8859-1 and UTF-16 are read.
///
/// # Errors
///
/// When the character set is another one, or the bytes are not text in it.
pub fn text(response: Response) -> Result<String, DecodeError> {
    let charset = charset(response.headers());
    let secrets = response.secrets().clone();
    let body = utf8(response, charset.as_deref())?;
    match charset.as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii" | "iso-8859-1" | "latin1" | "utf-16" | "utf-16le" | "utf-16be") => {
            let text = std::str::from_utf8(&body).map_err(|error| DecodeError::new(error.to_string(), &secrets))?;
            Ok(text.to_owned())
        }
        Some(other) => {
            let name = Shown::new(other, &secrets).at_most(LONGEST).to_string();
            Err(DecodeError::new(format!("its character set is `{name}`"), &secrets))
        }
    }
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

/// Server-sent events, each with a JSON text as its data. The stream fails when the server sends nothing, not even a
/// comment, for too long ([`idle_timeout`](crate::runtime::calls::any_call::AnyCall::idle_timeout)).
///
/// # Errors
///
/// When the answer is said to be something else (`Content-Type`), or is coded (`Content-Encoding`). An event that does not fit
/// is an error of the stream.
pub fn events<T: DeserializeOwned>(response: Response) -> Result<EventStream<T>, DecodeError> {
    let secrets = response.secrets().clone();
    Ok(EventStream::guarded(framed(response, Kind::Events)?, secrets))
}

/// Server-sent events whose data depends on their kind; otherwise as [`events`].
///
/// # Errors
///
/// When the answer is said to be something else (`Content-Type`), or is coded (`Content-Encoding`). An event that does not fit
/// is an error of the stream.
pub fn events_by_kind<T: EventData>(response: Response) -> Result<EventStream<T>, DecodeError> {
    let secrets = response.secrets().clone();
    Ok(EventStream::guarded_by_kind(framed(response, Kind::Events)?, secrets))
}

/// Items, a JSON text on a line each. The stream fails when the server sends nothing for too long
/// ([`idle_timeout`](crate::runtime::calls::any_call::AnyCall::idle_timeout)).
///
/// # Errors
///
/// When the answer is said to be something else (`Content-Type`) that is neither text nor bytes, or is coded
/// (`Content-Encoding`). An item that does not fit is an error of the stream.
pub fn lines<T: DeserializeOwned>(response: Response) -> Result<ItemStream<T>, DecodeError> {
    let secrets = response.secrets().clone();
    let bytes = framed(response, Kind::Lines)?;
    Ok(ItemStream::new(bytes, Framing::Lines, secrets))
}

/// The same, for items that begin with a record separator (RFC 7464).
///
/// # Errors
///
/// When the answer is said to be something else (`Content-Type`) that is neither text nor bytes, or is coded
/// (`Content-Encoding`). An item that does not fit is an error of the stream.
pub fn sequence<T: DeserializeOwned>(response: Response) -> Result<ItemStream<T>, DecodeError> {
    let secrets = response.secrets().clone();
    let bytes = framed(response, Kind::Sequence)?;
    Ok(ItemStream::new(bytes, Framing::Sequence, secrets))
}

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
#[must_use]
pub fn delimited_header<T: DeserializeOwned>(headers: &HeaderMap, name: &str, delimiters: &[Delimiter]) -> Option<T> {
    let line = std::str::from_utf8(headers.get(name)?.as_bytes()).ok()?;
    let as_text: fn(&str) -> Value = |text| text.into();
    let as_json: fn(&str) -> Value = |text| serde_json::from_str(text).unwrap_or_else(|_| text.into());
    [as_text, as_json]
        .iter()
        .find_map(|read| json::from_value(&split(line, delimiters, *read)).ok())
}

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

/// The bytes of a stream of this kind.
fn framed(response: Response, kind: Kind) -> Result<ByteStream, DecodeError> {
    uncoded(&response, "")?;
    let Some(came) = media::foreign(response.headers(), kind) else {
        return Ok(response.into_stream());
    };
    let came = Shown::new(&came, response.secrets()).at_most(LONGEST).to_string();
    let asked = match kind {
        Kind::Events => "server-sent events are",
        Kind::Lines => "JSON texts on a line each are",
        Kind::Sequence => "a sequence of JSON texts is",
    };
    let message = format!("it is `{came}`, where {asked} expected");
    Err(DecodeError::new(message, response.secrets()))
}

/// Nothing, where the body is as it was before anybody compressed it.
fn uncoded(response: &Response, hint: &str) -> Result<(), DecodeError> {
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
    secrets: Secrets,
}

/// How much of a message is shown, in characters.
const LONGEST: usize = 200;

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
        let (inside, text) = place::split(&said);
        let inside = Shown::new(inside, secrets).at_most(LONGEST).to_string();
        let mut message = Shown::new(text, secrets).at_most(LONGEST).to_string();
        // A long value in it does not hide what was expected in its place.
        if let Some(expected) = text.rfind(", expected ").filter(|&expected| expected > LONGEST) {
            let tail = text.get(expected..).unwrap_or_default();
            message.push_str(&Shown::new(tail, secrets).at_most(LONGEST).to_string());
        }
        Self {
            path: place::joined(&path(read, secrets), &inside).into(),
            ..Self::new(message, secrets)
        }
    }

    fn new(message: impl Into<String>, secrets: &Secrets) -> Self {
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

    /// What the answer may repeat and nobody may see.
    pub(crate) const fn secrets(&self) -> &Secrets {
        &self.secrets
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
