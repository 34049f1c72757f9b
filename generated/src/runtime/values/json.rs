// @generated from an OpenAPI description: the runtime, the same for every API.

//! JSON in both directions: values in, their text out, and back. Everything that is JSON on the wire passes here.
//!
//! Numbers are what they are by value. A floating point number without a fraction is written as an integer (`60`, not `60.0`),
//! which peers in other languages insist on, and an integer may come as `10.0` or `1e1`.

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::ser::{CompactFormatter, Formatter};
use serde_json::{Error, Serializer, Value};

use crate::runtime::values::number;

/// Writes a value.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    let mut json = Vec::with_capacity(128);
    value.serialize(&mut Serializer::with_formatter(&mut json, Plain))?;
    Ok(json)
}

/// Writes a value as what can be changed. By way of text, so that a number of single precision keeps its digits.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<Value, Error> {
    serde_json::from_slice(&to_vec(value)?)
}

/// Reads a value.
///
/// What does not fit as it is written is read once more with `10` in place of `10.0`: serde tells the one from the other, and
/// asking about every number would cost those most who never send such a thing.
///
/// # Errors
///
/// When the text is not JSON, or does not fit `T`.
pub fn from_str<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).or_else(|error| match number::with_integers(json) {
        Some(json) => serde_json::from_str(&json).map_err(|_| error),
        None => Err(error),
    })
}

/// The same of bytes.
///
/// # Errors
///
/// When they are not UTF-8 as well.
pub fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, Error> {
    match std::str::from_utf8(json) {
        Ok(json) => from_str(json),
        Err(_) => serde_json::from_slice(json),
    }
}

/// The same of a value that was read already.
///
/// # Errors
///
/// When it does not fit `T`.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    T::deserialize(value).or_else(|error| {
        let text = value.to_string();
        match number::with_integers(&text).map(|text| serde_json::from_str::<Value>(&text)) {
            Some(Ok(value)) => T::deserialize(&value).map_err(|_| error),
            Some(Err(_)) | None => Err(error),
        }
    })
}

/// Compact, with whole numbers as integers.
struct Plain;

impl Plain {
    /// The integer that a number is, where 64 bits hold it.
    fn whole(value: f64) -> Option<i64> {
        const BEYOND: f64 = 9_223_372_036_854_775_808.0;
        let is_whole = value.fract() == 0.0 && (-BEYOND..BEYOND).contains(&value);
        #[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
        is_whole.then_some(value as i64)
    }
}

impl Formatter for Plain {
    fn write_f32<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        match Self::whole(f64::from(value)) {
            Some(whole) => self.write_i64(writer, whole),
            None => CompactFormatter.write_f32(writer, value),
        }
    }

    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        match Self::whole(value) {
            Some(whole) => self.write_i64(writer, whole),
            None => CompactFormatter.write_f64(writer, value),
        }
    }

    fn write_number_str<W: io::Write + ?Sized>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        let whole = number::whole(text);
        writer.write_all(whole.as_deref().unwrap_or(text).as_bytes())
    }
}
