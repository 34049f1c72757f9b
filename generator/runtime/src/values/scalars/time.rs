//! Times of day that travel as text (`format: time`): a text in, the time and the offset that it is written with out, and back.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use jiff::tz::Offset;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const MINUTE: i32 = 60;
const HOUR: i32 = 60 * MINUTE;

/// A time of day, with the offset from UTC that it is written with, as in `10:00:00+02:00`.
///
/// RFC 3339 asks for an offset (`full-time`). Servers leave it out all the same, and get it back as they sent it.
///
/// ```ignore
/// let opens: Time = "10:00:00+02:00".parse()?;
/// let closes = Time::from(jiff::civil::time(18, 0, 0, 0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Time {
    /// The time of day, wherever that is.
    pub civil: civil::Time,
    /// How far it is ahead of UTC there; nothing where nobody says. `Z` is zero.
    pub offset: Option<Offset>,
}

impl Time {
    /// A time of day at an offset from UTC, of which only whole minutes are written.
    #[must_use]
    pub const fn new(civil: civil::Time, offset: Offset) -> Self {
        Self {
            civil,
            offset: Some(offset),
        }
    }
}

impl From<civil::Time> for Time {
    fn from(civil: civil::Time) -> Self {
        Self { civil, offset: None }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.civil.fmt(formatter)?;
        match self.offset.map(Offset::seconds) {
            None => Ok(()),
            Some(0) => formatter.write_str("Z"),
            Some(seconds) => {
                let sign = if seconds < 0 { '-' } else { '+' };
                let seconds = seconds.abs();
                write!(formatter, "{sign}{:02}:{:02}", seconds / HOUR, seconds % HOUR / MINUTE)
            }
        }
    }
}

/// A text that is no time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeError;

impl fmt::Display for TimeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a time of day is expected, as in `10:00:00Z` or `10:00:00+02:00`")
    }
}

impl std::error::Error for TimeError {}

impl FromStr for Time {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
        let (civil, offset) = text.split_at_checked(end).ok_or(TimeError)?;
        // The library would take the time out of a date with one.
        if civil.as_bytes().get(2) != Some(&b':') {
            return Err(TimeError);
        }
        Ok(Self {
            civil: civil.parse().map_err(|_| TimeError)?,
            offset: (!offset.is_empty())
                .then(|| self::offset(offset).ok_or(TimeError))
                .transpose()?,
        })
    }
}

/// `Z`, `+02:00`, and as some write it `+0200` and `+02`.
fn offset(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("-", digits) => (-1, digits),
        (_, digits) => (1, digits),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 2 => (digits, "00"),
        None => digits.split_at_checked(2)?,
    };
    let number = |text: &str, below: i32| {
        let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|_| is_number);
        number.filter(|&number: &i32| number < below)
    };
    Offset::from_seconds(sign * (number(hours, 24)? * HOUR + number(minutes, 60)? * MINUTE)).ok()
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Time;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a time of day, as in `10:00:00Z` or `10:00:00+02:00`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Time, E> {
        text.parse().map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}
