//! The repair of values that hold no others. What can only mean one thing is read as that.

use serde_json::{Number, Value};

use super::{
    notes::Notes,
    path::Path,
    version::Version,
    words::{found, nearest},
};
use crate::diagnostics::{Code, did_you_mean};

impl Notes {
    fn read_as(&mut self, path: &Path<'_>, expected: &str, value: &mut Value, read: Value) -> bool {
        let message = format!(
            "must be {expected}, not {}; it is read as {}",
            found(value),
            found(&read)
        );
        self.say(Code::WrongShape, path, &message, None);
        *value = read;
        true
    }

    pub(super) fn text(&mut self, value: &mut Value, path: &Path<'_>) -> bool {
        match value {
            Value::String(_) => true,
            Value::Bool(_) | Value::Number(_) => {
                self.unquoted(value, path);
                true
            }
            value => self.wrong(path, "text", value),
        }
    }

    pub(super) fn flag(&mut self, value: &mut Value, path: &Path<'_>, expected: &str) -> bool {
        match value {
            Value::Bool(_) => true,
            Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" => self.read_as(path, expected, value, Value::Bool(true)),
                "false" => self.read_as(path, expected, value, Value::Bool(false)),
                _ => self.wrong(path, expected, value),
            },
            value => self.wrong(path, expected, value),
        }
    }

    /// A value of an `enum` of numbers: a text that is such a number is read as one, anything else stays.
    pub(super) fn value_of_type(
        &mut self,
        value: &mut Value,
        path: &Path<'_>,
        expected: &str,
        fits: fn(&Number) -> bool,
    ) {
        let number = value
            .as_str()
            .and_then(|text| text.trim().parse::<Number>().ok())
            .filter(fits);
        if let Some(number) = number {
            self.read_as(path, expected, value, Value::Number(number));
        } else {
            let message = format!(
                "must be {expected}, as `type` says, not {}; it is kept as it is",
                found(value)
            );
            self.say(Code::WrongShape, path, &message, None);
        }
    }

    pub(super) fn count(&mut self, value: &mut Value, path: &Path<'_>) -> bool {
        const EXPECTED: &str = "an integer from zero up";
        match value {
            Value::Number(number) if number.is_u64() => true,
            // `3.0` is three.
            Value::Number(number) => match whole(number) {
                Some(count) => {
                    *value = count.into();
                    true
                }
                None => self.wrong(path, EXPECTED, value),
            },
            Value::String(text) => match text.trim().parse::<u64>() {
                Ok(count) => self.read_as(path, EXPECTED, value, count.into()),
                Err(_) => self.wrong(path, EXPECTED, value),
            },
            value => self.wrong(path, EXPECTED, value),
        }
    }

    pub(super) fn number(&mut self, value: &mut Value, path: &Path<'_>) -> bool {
        match value {
            Value::Number(_) => {
                self.bound(value, path);
                true
            }
            Value::String(text) => match (text.trim().parse::<Number>(), text.trim().parse::<f64>()) {
                (Ok(number), _) => self.read_as(path, "a number", value, Value::Number(number)),
                (Err(_), Ok(float)) if float.is_infinite() => {
                    self.say(
                        Code::WrongShape,
                        path,
                        "is beyond the numbers that programs hold; it is ignored",
                        None,
                    );
                    false
                }
                (Err(_), _) => self.wrong(path, "a number", value),
            },
            value => self.wrong(path, "a number", value),
        }
    }

    /// One of `words`, or one of those that came with a `later` version.
    pub(super) fn later_keyword(
        &mut self,
        words: &[&'static str],
        later: &[(&'static str, Version)],
        value: &Value,
        path: &Path<'_>,
    ) -> bool {
        if let Some((word, version)) = later.iter().find(|(word, _)| value == word) {
            if self.version < *version {
                self.value_of_other_version(path, word, *version);
            }
            return true;
        }
        let known = later.iter().filter(|(_, version)| *version <= self.version);
        let words: Vec<&str> = words.iter().copied().chain(known.map(|(word, _)| *word)).collect();
        self.keyword(&words, value, path)
    }

    pub(super) fn keyword(&mut self, words: &[&str], value: &Value, path: &Path<'_>) -> bool {
        let text = value.as_str().unwrap_or_default();
        if words.contains(&text) {
            return true;
        }
        let list = words
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(", ");
        let expected = if words.len() == 1 {
            list
        } else {
            format!("one of {list}")
        };
        let message = format!("must be {expected}, not {}; it is ignored", found(value));
        let meant = nearest(text, words.iter().copied()).or_else(|| abbreviated(text, words));
        let hint = meant.map(did_you_mean);
        self.say(Code::WrongShape, path, &message, hint.as_deref());
        false
    }
}

/// The one of `words` that `text` is the beginning of.
fn abbreviated<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    const SHORTEST: usize = 3;
    let mut meant = words
        .iter()
        .filter(|word| text.len() >= SHORTEST && word.starts_with(text));
    meant.next().filter(|_| meant.next().is_none()).copied()
}

fn whole(number: &Number) -> Option<u64> {
    let float = number
        .as_f64()
        .filter(|float| float.fract() == 0.0 && (0.0..9.0e15).contains(float))?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and in range"
    )]
    Some(float as u64)
}
