//! Values that are read as texts and were taken for something else in, the texts that were written out: `1.10` is no `1.1`.

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

impl Notes {
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
