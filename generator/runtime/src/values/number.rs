//! Numbers as JSON writes them in, what they are by value out: JSON knows no difference between `1`, `1.0` and `1e0`.
//!
//! All of it works on texts, so that it is exact at any length, and the same whatever features of `serde_json` a program
//! switches on.

use std::fmt::Write as _;

#[cfg(any(part = "mixed_enums", part = "unions"))]
use serde_json::Number;
#[cfg(part = "mixed_enums")]
use serde_json::Value;

/// The digits of a number without zeros around them, and the power of ten of the last of them.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    is_negative: bool,
    digits: String,
    power: i64,
}

impl Decimal {
    /// Reads a number of JSON; `None` for any other text.
    fn of(text: &str) -> Option<Self> {
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits = [whole, fraction].concat();
        if whole.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let written = digits.len();
        digits.truncate(digits.trim_end_matches('0').len());
        let dropped = written - digits.len();
        let power = exponent.checked_add(i64::try_from(dropped).ok()? - i64::try_from(fraction.len()).ok()?)?;
        let digits = digits.trim_start_matches('0').to_owned();
        let is_zero = digits.is_empty();
        Some(Self {
            is_negative: is_negative && !is_zero,
            power: if is_zero { 0 } else { power },
            digits,
        })
    }

    /// The digits of an integer, with its sign; `None` for a number with a fraction, and for one beyond all integers of 64 bits.
    fn integer(&self) -> Option<String> {
        let zeros = usize::try_from(self.power).ok()?;
        if self.digits.len() + zeros > MOST_DIGITS {
            return None;
        }
        let sign = if self.is_negative { "-" } else { "" };
        let digits = if self.digits.is_empty() { "0" } else { &self.digits };
        Some(format!("{sign}{digits}{:0<zeros$}", ""))
    }
}

/// As many digits as `u64::MAX` has.
const MOST_DIGITS: usize = 20;

/// A number without a fraction that 64 bits hold, as an integer is written: `10.0` and `1e1` are `10`. `None` for what is
/// written so already, and for any other text.
pub(crate) fn whole(text: &str) -> Option<String> {
    if !text.contains(['.', 'e', 'E']) {
        return None;
    }
    let integer = Decimal::of(text)?.integer()?;
    let is_held = integer.parse::<i64>().is_ok() || integer.parse::<u64>().is_ok();
    is_held.then_some(integer)
}

/// Whether two numbers are the same by value.
#[cfg(any(part = "mixed_enums", part = "unions"))]
pub(crate) fn is_same(one: &Number, other: &Number) -> bool {
    match (one.as_i64(), other.as_i64()) {
        (Some(one), Some(other)) => one == other,
        _ => is_same_text(&one.to_string(), &other.to_string()),
    }
}

/// Whether two texts are the same number.
#[cfg(any(part = "mixed_enums", part = "unions"))]
pub(crate) fn is_same_text(one: &str, other: &str) -> bool {
    one == other || Decimal::of(one).is_some_and(|one| Decimal::of(other) == Some(one))
}

/// Whether two values are the same, their numbers by value.
#[cfg(part = "mixed_enums")]
pub(crate) fn is_same_value(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => is_same(one, other),
        (Value::Array(ones), Value::Array(others)) => {
            ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| is_same_value(one, other))
        }
        (Value::Object(ones), Value::Object(others)) => {
            let is_there = |(name, one)| others.get(name).is_some_and(|other| is_same_value(one, other));
            ones.len() == others.len() && ones.iter().all(is_there)
        }
        _ => one == other,
    }
}

/// The integer that a number is, if it is one that 64 bits hold.
#[cfg(part = "unions")]
pub(crate) fn integer(number: &Number) -> Option<i128> {
    let signed = number.as_i64().map(i128::from);
    signed.or_else(|| number.as_u64().map(i128::from)).or_else(|| {
        let text = number.to_string();
        whole(&text)?.parse().ok()
    })
}

/// A JSON text with every number in it that has no fraction as an integer is written; `None` where all are.
pub(crate) fn with_integers(json: &str) -> Option<String> {
    let mut written = String::new();
    let mut copied = 0;
    let mut position = 0;
    let bytes = json.as_bytes();
    while let Some(byte) = bytes.get(position) {
        match byte {
            b'"' => position = end_of_string(bytes, position),
            b'-' | b'0'..=b'9' => {
                let start = position;
                let is_part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
                while bytes.get(position).is_some_and(is_part) {
                    position += 1;
                }
                if let Some(integer) = json.get(start..position).and_then(whole) {
                    let _ = write!(written, "{}{integer}", json.get(copied..start).unwrap_or_default());
                    copied = position;
                }
            }
            _ => position += 1,
        }
    }
    if copied == 0 {
        return None;
    }
    written.push_str(json.get(copied..).unwrap_or_default());
    Some(written)
}

/// Where the string that begins at `start` is over.
pub(crate) fn end_of_string(json: &[u8], start: usize) -> usize {
    let mut position = start + 1;
    while let Some(byte) = json.get(position) {
        match byte {
            b'\\' => position += 2,
            b'"' => return position + 1,
            _ => position += 1,
        }
    }
    json.len()
}
