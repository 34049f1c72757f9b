//! Values that were taken for something else than was written in, what was written out: `1.10` is no `1.1` where it is a text,
//! and a number of thirty digits is none of sixteen.

use serde_json::Value;

use super::{notes::Notes, path::Path, walk::Walk, words};
use crate::{diagnostics::Code, ir::Pointer};

/// A number or a flag where there must be text.
#[derive(Debug)]
pub(super) struct Unquoted {
    /// The place of it in the source.
    source: Pointer,
    /// How the message begins that says so.
    subject: String,
    value: Value,
}

/// A number that no integer of 64 bits is.
#[derive(Debug)]
pub(super) struct Rounded {
    /// The place of it in the source.
    source: Pointer,
    /// How the message begins that says what became of it; `None` where its digits are documentation.
    subject: Option<String>,
    value: Value,
}

impl Notes {
    /// Takes note of a number that documentation tells.
    pub(super) fn bound(&mut self, value: &Value, path: &Path<'_>) {
        self.rounded(value, path, None);
    }

    /// Takes note of a number that is compared with others, or sent.
    pub(super) fn exact(&mut self, value: &Value, path: &Path<'_>) {
        self.rounded(value, path, Some(words::subject(path)));
    }

    fn rounded(&mut self, value: &Value, path: &Path<'_>, subject: Option<String>) {
        if value.is_f64() {
            self.rounded.push(Rounded {
                source: path.pointer(),
                subject,
                value: value.clone(),
            });
        }
    }

    /// Reads a number or a flag as text. Which one shows at the end, in all texts at once.
    pub(super) fn unquoted(&mut self, value: &mut Value, path: &Path<'_>) {
        let text = Value::String(value.to_string());
        self.unquoted.push(Unquoted {
            source: path.pointer(),
            subject: words::subject(path),
            value: std::mem::replace(value, text),
        });
    }
}

/// Puts what was written in the place of what was made of it.
pub(super) fn settle(walk: &mut Walk<'_>) {
    settle_texts(walk);
    settle_numbers(walk);
}

/// A number of more digits than there is room for becomes a text, where it is documentation.
fn settle_numbers(walk: &mut Walk<'_>) {
    let Walk { notes, reader, .. } = walk;
    let rounded = std::mem::take(&mut notes.rounded);
    let written = reader.texts.written(rounded.iter().map(|it| &it.source));
    for (it, written) in rounded.into_iter().zip(written) {
        let value = it.value.to_string();
        let decimal = written.as_deref().and_then(decimal);
        let Some(written) = written.filter(|_| decimal.is_some() && decimal != self::decimal(&value)) else {
            continue;
        };
        if let Some(subject) = it.subject {
            let message = format!("{subject}has more digits than a number can have here; it is read as `{value}`");
            notes.diagnostics.report(Code::RoundedNumber, &it.source, message);
            continue;
        }
        let places = notes.moves.now(&it.source);
        let is_it = |place: &Pointer| reader.texts.value_at(place) == Some(&it.value);
        if let Some(place) = places.into_iter().rfind(is_it) {
            reader.texts.put(&place, Value::String(written));
        }
    }
}

/// The sign, the digits and the power of ten of a number; two that are the same by value have the same.
fn decimal(text: &str) -> Option<(bool, String, i64)> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let significant = digits.trim_end_matches('0');
    let power = i64::try_from(digits.len() - significant.len()).ok()? - i64::try_from(fraction.len()).ok()?;
    let significant = significant.trim_start_matches('0').to_owned();
    let power = if significant.is_empty() {
        0
    } else {
        power.checked_add(exponent)?
    };
    Some((text.starts_with('-'), significant, power))
}

fn settle_texts(walk: &mut Walk<'_>) {
    let Walk { notes, reader, .. } = walk;
    let unquoted = std::mem::take(&mut notes.unquoted);
    let written = reader.texts.written(unquoted.iter().map(|it| &it.source));
    for (it, written) in unquoted.iter().zip(written) {
        let made = it.value.to_string();
        let is_it = |place: &Pointer| reader.texts.value_at(place).and_then(Value::as_str) == Some(&made);
        let place = notes.moves.now(&it.source).into_iter().rfind(is_it);
        let text = written
            .filter(|text| place.is_some() && is_written(text, &it.value))
            .unwrap_or(made);
        let message = format!(
            "{}must be text, not {}; it is read as the text {text:?}",
            it.subject,
            words::found(&it.value)
        );
        notes.diagnostics.report(Code::WrongShape, &it.source, message);
        if let Some(place) = place {
            reader.texts.put(&place, Value::String(text));
        }
    }
}

/// Whether `text` is a way to write `value`. What stands at a place may be the alias of it.
fn is_written(text: &str, value: &Value) -> bool {
    match value {
        Value::Bool(flag) => text.parse() == Ok(*flag) || text.eq_ignore_ascii_case(&flag.to_string()),
        Value::Number(number) => {
            let radix = [("0x", 16), ("0o", 8), ("0b", 2)];
            let radix = radix
                .iter()
                .find_map(|(prefix, radix)| Some((text.strip_prefix(prefix)?, radix)));
            match radix {
                Some((digits, radix)) => u64::from_str_radix(digits, *radix).ok() == number.as_u64(),
                None => text.parse().ok() == number.as_f64(),
            }
        }
        Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => false,
    }
}
