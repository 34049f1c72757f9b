//! A value and a scalar in, whether it is one of it out; a text and a format, whether it is written in it.
//!
//! What is read is what the types of the formats read, so that a default is one that a caller could set.

use serde_json::Value;

use super::Primitive;

impl Primitive {
    /// Whether a value is one of this scalar. Of one that is read by a type of the user's, only that type knows.
    pub(crate) fn permits(&self, value: &Value) -> bool {
        match self {
            Self::Boolean => value.is_boolean(),
            Self::Int32 => value.as_i64().is_some_and(|value| i32::try_from(value).is_ok()),
            Self::Int64 => value.is_i64(),
            Self::UInt32 => value.as_u64().is_some_and(|value| u32::try_from(value).is_ok()),
            Self::UInt64 => value.is_u64(),
            // Beyond the largest, a number is none.
            #[expect(clippy::cast_possible_truncation, reason = "that is what is asked")]
            Self::Float => value.as_f64().is_some_and(|value| (value as f32).is_finite()),
            Self::Double => value.is_number(),
            Self::String
            | Self::DateTime
            | Self::LocalDateTime
            | Self::Date
            | Self::Time
            | Self::Uuid
            | Self::Byte
            | Self::ByteUrl
            | Self::Binary => value.as_str().is_some_and(|text| is_written(text, self)),
            Self::Custom { .. } => !value.is_null(),
        }
    }
}

/// Whether a text is one of a scalar that is written as text.
pub(crate) fn is_written(text: &str, primitive: &Primitive) -> bool {
    match primitive {
        Primitive::DateTime => date_and_time(text).is_some_and(|time| time_and_offset(time, Some(true))),
        Primitive::LocalDateTime => date_and_time(text).is_some_and(|time| time_and_offset(time, Some(false))),
        Primitive::Date => is_date(text),
        Primitive::Time => time_and_offset(text, None),
        Primitive::Uuid => is_uuid(text),
        Primitive::Byte | Primitive::ByteUrl => is_base64(text),
        Primitive::Boolean
        | Primitive::Int32
        | Primitive::Int64
        | Primitive::UInt32
        | Primitive::UInt64
        | Primitive::Float
        | Primitive::Double
        | Primitive::String
        | Primitive::Binary
        | Primitive::Custom { .. } => true,
    }
}

/// What stands behind the date.
fn date_and_time(text: &str) -> Option<&str> {
    let (date, rest) = text.split_at_checked(10)?;
    let time = rest.strip_prefix(['T', 't', ' '])?;
    is_date(date).then_some(time)
}

/// A number of so many digits, within a range.
fn number(text: &str, digits: usize, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| is_number)?;
    range.contains(&number).then_some(number)
}

fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut next = |digits, range| number(parts.next()?, digits, range);
    let (year, month, day) = (next(4, 0..=9999), next(2, 1..=12), next(2, 1..=31));
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return false;
    };
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    day <= match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A time of day, with an offset, without one, or either.
fn time_and_offset(text: &str, with_offset: Option<bool>) -> bool {
    let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (time, offset) = text.split_at(end);
    let (whole, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let mut parts = whole.splitn(3, ':');
    let mut next = |range| number(parts.next()?, 2, range);
    let is_clock = next(0..=23).is_some() && next(0..=59).is_some();
    let is_clock = is_clock && parts.next().is_none_or(|seconds| number(seconds, 2, 0..=60).is_some());
    let is_fraction = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    is_clock && is_fraction && with_offset.is_none_or(|with| with != offset.is_empty()) && is_offset(offset)
}

/// Nothing, `Z`, `+02:00`, `+0200` or `+02`.
fn is_offset(text: &str) -> bool {
    let Some(digits) = text.strip_prefix(['+', '-']) else {
        return text.is_empty() || text.eq_ignore_ascii_case("z");
    };
    let digits = digits.replacen(':', "", 1);
    let (hours, minutes) = digits.split_at_checked(2).unwrap_or((&digits, ""));
    number(hours, 2, 0..=23).is_some() && (minutes.is_empty() || number(minutes, 2, 0..=59).is_some())
}

/// With hyphens or without, in braces or as a URN.
fn is_uuid(text: &str) -> bool {
    let text = text.strip_prefix("urn:uuid:").unwrap_or(text);
    let text = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
        .unwrap_or(text);
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    matches!(lengths.as_slice(), [32] | [8, 4, 4, 4, 12])
        && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Of either alphabet, with padding or without, and with line breaks.
fn is_base64(text: &str) -> bool {
    let text: String = text.split_ascii_whitespace().collect();
    let bare = text.trim_end_matches('=');
    let is_of_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
    text.len() - bare.len() <= 2 && bare.bytes().all(is_of_alphabet) && is_whole(bare)
}

/// Whether the bits of the last character that belong to no byte are none.
fn is_whole(bare: &str) -> bool {
    match (bare.len() % 4, bare.bytes().last()) {
        (0, _) => true,
        (2, Some(last)) => b"AQgw".contains(&last),
        (3, Some(last)) => b"AEIMQUYcgkosw048".contains(&last),
        _ => false,
    }
}
