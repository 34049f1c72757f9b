// @generated from an OpenAPI description: the runtime, the same for every API.

//! Numbers as JSON writes them in, what they are by value out: JSON knows no difference between `1`, `1.0` and `1e0`.
//!
//! All of it works on texts, so that it is exact at any length, and the same whatever features of `serde_json` a program
//! switches on.

use std::fmt::Write as _;

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
