//! A scalar or any JSON in, with an example of it where the document has one; an expression out that makes such a value.

use serde_json::Value;

use super::{
    sample::{Hint, Taken},
    shown::Shown,
    words,
};
use crate::ir::Primitive;

/// How long a text or a JSON value of an example may be.
const LONGEST: usize = 60;

/// A text as a literal, where it is one that can be shown.
pub(super) fn quoted(text: &str) -> Option<String> {
    let is_plain = !text.is_empty() && text.chars().count() <= LONGEST && words::visible(text) == text;
    is_plain.then(|| format!("{text:?}"))
}

/// A number, a text or the like.
pub(super) fn scalar(primitive: &Primitive, taken: Taken, hint: Hint<'_>) -> Option<String> {
    let text = hint.example.and_then(Value::as_str);
    let parsed = |ty: &str, form: &str, usual: &str| {
        let text = text.filter(|text| has_form(text, form)).unwrap_or(usual);
        Some(format!("\"{text}\".parse::<{ty}>()?"))
    };
    let whole = |least: i128, most: i128, suffix: &str| {
        let number = hint
            .example
            .and_then(|value| value.as_i64().map(i128::from).or(value.as_u64().map(i128::from)));
        let number = number.filter(|number| (least..=most).contains(number)).unwrap_or(1);
        let suffix = if taken == Taken::Told { suffix } else { "" };
        Some(format!("{}{suffix}", grouped(number)))
    };
    let float = |suffix: &str| {
        let number = hint
            .example
            .and_then(Value::as_f64)
            .filter(|number| number.abs() < 1e9)
            .unwrap_or(1.0);
        let suffix = if taken == Taken::Told { suffix } else { "" };
        Some(format!("{number:?}{suffix}"))
    };
    match primitive {
        Primitive::Boolean => Some(hint.example.and_then(Value::as_bool).unwrap_or(true).to_string()),
        Primitive::Int32 => whole(i32::MIN.into(), i32::MAX.into(), ""),
        Primitive::Int64 => whole(i64::MIN.into(), i64::MAX.into(), "_i64"),
        Primitive::UInt32 => whole(0, u32::MAX.into(), "_u32"),
        Primitive::UInt64 => whole(0, u64::MAX.into(), "_u64"),
        Primitive::Float => float("_f32"),
        Primitive::Double => float(""),
        Primitive::String => {
            // An example may be written as what it looks like.
            let number = hint.example.filter(|example| example.is_number()).map(Value::to_string);
            let text = text.and_then(quoted).or_else(|| number.as_deref().and_then(quoted));
            let text = text
                .or_else(|| quoted(hint.name))
                .unwrap_or_else(|| "\"text\"".to_owned());
            Some(if taken == Taken::Owned {
                text + ".to_owned()"
            } else {
                text
            })
        }
        Primitive::DateTime => parsed("Timestamp", "0000-00-00T00:00:00Z", "2025-01-31T12:00:00Z"),
        Primitive::LocalDateTime => parsed("jiff::civil::DateTime", "0000-00-00T00:00:00", "2025-01-31T12:00:00"),
        Primitive::Date => parsed("Date", "0000-00-00", "2025-01-31"),
        Primitive::Time => parsed("Time", "00:00:00", "12:00:00"),
        Primitive::Uuid => parsed(
            "Uuid",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        ),
        Primitive::Byte => Some("Base64::from(b\"bytes\".to_vec())".to_owned()),
        Primitive::ByteUrl => Some("Base64Url::from(b\"bytes\".to_vec())".to_owned()),
        Primitive::Binary => Some(format!(
            "Upload::path({})",
            quoted(hint.name).unwrap_or_else(|| "\"file\"".to_owned())
        )),
        Primitive::Custom { .. } => None,
    }
}

/// A number as people write it in code.
fn grouped(number: i128) -> String {
    let digits = number.unsigned_abs().to_string();
    let sign = if number < 0 { "-" } else { "" };
    if digits.len() < 6 {
        return format!("{sign}{digits}");
    }
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    format!("{sign}{}", groups.join("_"))
}

/// Whether a text has digits where `form` has `0`, those of hexadecimal numbers where it has `x`, and else what stands there.
fn has_form(text: &str, form: &str) -> bool {
    let is = |char: char, of: char| match of {
        '0' => char.is_ascii_digit(),
        'x' => char.is_ascii_hexdigit(),
        of => char == of,
    };
    text.chars().count() == form.chars().count() && text.chars().zip(form.chars()).all(|(char, of)| is(char, of))
}

/// A JSON value.
pub(super) fn any(example: &Value) -> Option<Shown> {
    let text = example.to_string();
    // Not every escape of JSON is one of Rust, and what has many digits needs its type beside it.
    let has_digits = text
        .split(|char: char| !char.is_ascii_digit())
        .any(|digits| digits.len() > 9);
    let is_short = text.chars().count() <= LONGEST && !text.contains('\\') && !has_digits;
    let is_short = is_short && words::visible(&text) == text;
    match example {
        Value::String(text) => quoted(text).map(|text| Shown::call("Value::from", vec![Shown::word(text)])),
        Value::Bool(_) => Some(Shown::call("Value::from", vec![Shown::word(text)])),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) if is_short => {
            Some(Shown::call("serde_json::json!", vec![Shown::word(text)]))
        }
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
