//! A [`Value`] of any shape in, one of the shape that the specification demands out, and a word about each difference.
//!
//! The smallest thing goes that makes the rest readable: a member, an element, an operation. What can only mean one
//! thing is read as that.

use serde_json::{Map, Number, Value};

use super::{
    grammar,
    moves::Moves,
    path::Path,
    shape::{Absent, Arms, Either, Filling, Kind, Member, Others, Shape},
};
use crate::diagnostics::{Code, Diagnostics};

/// Repairs the whole document, and says what moved by it.
pub(super) fn repair(root: &mut Value, diagnostics: &mut Diagnostics) -> Moves {
    let mut repair = Repair {
        diagnostics,
        moves: Moves::default(),
    };
    // The document itself is an object with a version; everything below that can be given up.
    _ = repair.kind(&grammar::DOCUMENT, root, &Path::Root);
    repair.moves
}

/// A walk through the document.
pub(super) struct Repair<'d> {
    diagnostics: &'d mut Diagnostics,
    pub(super) moves: Moves,
}

impl Repair<'_> {
    /// Says something about the value at `path`.
    pub(super) fn say(&mut self, code: Code, path: &Path<'_>, message: &str, hint: Option<&str>) {
        let (pointer, message) = (path.pointer(), format!("{}{message}", subject(path)));
        match hint {
            None => self.diagnostics.report(code, &pointer, message),
            Some(hint) => self.diagnostics.report_with_hint(code, &pointer, message, hint),
        }
    }

    fn wrong(&mut self, path: &Path<'_>, expected: &str, value: &Value) -> bool {
        self.say(
            Code::WrongShape,
            path,
            &format!("must be {expected}, not {}; it is ignored", found(value)),
            None,
        );
        false
    }

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

    /// Makes `value` fit `shape`; `false` when it has to go.
    fn fit(&mut self, shape: &Shape, value: &mut Value, path: &Path<'_>) -> bool {
        match shape {
            Shape::Any => true,
            Shape::Text => self.text(value, path),
            Shape::Flag => self.flag(value, path, "`true` or `false`"),
            Shape::Count => self.count(value, path),
            Shape::Number => self.number(value, path),
            Shape::Keyword(words) => self.keyword(words, value, path),
            Shape::List(shape) => self.list(shape, value, path),
            Shape::Map(shape) => match value {
                Value::Object(entries) => {
                    entries.retain(|key, value| self.fit(shape, value, &path.key(key)));
                    true
                }
                value => self.wrong(path, "an object", value),
            },
            Shape::Object(kind) => self.kind(kind, value, path),
            Shape::Referable(kind) => self.reference(value, path) || self.kind(kind, value, path),
            Shape::FlagOr(shape) => match value {
                Value::Bool(_) => true,
                Value::String(_) => self.flag(value, path, "a schema, `true` or `false`"),
                value => self.fit(shape, value, path),
            },
        }
    }

    fn text(&mut self, value: &mut Value, path: &Path<'_>) -> bool {
        match value {
            Value::String(_) => true,
            Value::Bool(_) | Value::Number(_) => {
                let read = Value::String(value.to_string());
                self.read_as(path, "text", value, read)
            }
            value => self.wrong(path, "text", value),
        }
    }

    fn flag(&mut self, value: &mut Value, path: &Path<'_>, expected: &str) -> bool {
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

    fn count(&mut self, value: &mut Value, path: &Path<'_>) -> bool {
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

    fn number(&mut self, value: &mut Value, path: &Path<'_>) -> bool {
        match value {
            Value::Number(_) => true,
            Value::String(text) => match text.trim().parse::<Number>() {
                Ok(number) => self.read_as(path, "a number", value, Value::Number(number)),
                Err(_) => self.wrong(path, "a number", value),
            },
            value => self.wrong(path, "a number", value),
        }
    }

    fn keyword(&mut self, words: &[&str], value: &Value, path: &Path<'_>) -> bool {
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
        let hint = nearest(text, words.iter().copied()).map(|word| format!("did you mean `{word}`?"));
        self.say(Code::WrongShape, path, &message, hint.as_deref());
        false
    }

    fn list(&mut self, shape: &Shape, value: &mut Value, path: &Path<'_>) -> bool {
        let Value::Array(items) = value else {
            return self.wrong(path, "a list", value);
        };
        let length = items.len();
        let mut remaining = Vec::new();
        let mut position = 0;
        items.retain_mut(|item| {
            let stays = self.fit(shape, item, &path.index(position));
            remaining.extend(stays.then_some(position));
            position += 1;
            stays
        });
        if items.len() < length {
            self.moves.remaining(path.pointer(), remaining);
        }
        true
    }

    /// Whether `value` is a `$ref`.
    fn reference(&mut self, value: &mut Value, path: &Path<'_>) -> bool {
        let Some(map) = value.as_object_mut() else { return false };
        match map.get("$ref") {
            None => false,
            Some(Value::String(_)) => true,
            Some(reference) => {
                _ = self.wrong(&path.key("$ref"), "text", reference);
                map.shift_remove("$ref");
                false
            }
        }
    }

    fn kind(&mut self, kind: &Kind, value: &mut Value, path: &Path<'_>) -> bool {
        if !value.is_object() {
            let effect = if kind.blank {
                "it is read as an empty one"
            } else {
                "it is left out"
            };
            let message = format!("must be an object (a {}), not {}; {effect}", kind.name, found(value));
            self.say(kind.loss, path, &message, None);
            if !kind.blank {
                return false;
            }
            *value = Value::Object(Map::new());
        }
        let Value::Object(map) = value else { return false };
        (kind.adjust)(map, path, self);
        kind.members.iter().all(|member| self.member(kind, member, map, path))
            && kind.arms.as_ref().is_none_or(|arms| self.arms(kind, arms, map, path))
            && kind
                .either
                .as_ref()
                .is_none_or(|either| self.either(kind, either, map, path))
            && self.others(kind, map, path)
    }

    fn arms(&mut self, kind: &Kind, arms: &Arms, map: &mut Map<String, Value>, path: &Path<'_>) -> bool {
        let arm = map.get(arms.by).and_then(Value::as_str).unwrap_or_default();
        let members = arms
            .members
            .iter()
            .find(|(name, _)| *name == arm)
            .map_or(&[][..], |(_, members)| members);
        members.iter().all(|member| self.member(kind, member, map, path))
    }

    fn member(&mut self, kind: &Kind, member: &Member, map: &mut Map<String, Value>, path: &Path<'_>) -> bool {
        let stays = match (map.get_mut(member.name), &member.shape) {
            (None, _) => false,
            // Tools that write every member they know write `null` for those that are not there.
            (Some(Value::Null), shape) if !matches!(shape, Shape::Any) => false,
            (Some(value), shape) => self.fit(shape, value, &path.key(member.name)),
        };
        if stays {
            return true;
        }
        map.shift_remove(member.name);
        self.absent(kind, member.name, member.absent, map, path)
    }

    fn absent(
        &mut self,
        kind: &Kind,
        name: &str,
        absent: Absent,
        map: &mut Map<String, Value>,
        path: &Path<'_>,
    ) -> bool {
        match absent {
            Absent::Fine => true,
            Absent::Fill(filling) => {
                let (filling, words) = match filling {
                    Filling::Text => (Value::String(String::new()), "an empty text"),
                    Filling::Object => (Value::Object(Map::new()), "an empty object"),
                };
                map.insert(name.to_owned(), filling);
                let message = format!(
                    "lacks `{name}`, which a {} must have; {words} stands in for it",
                    kind.name
                );
                self.say(Code::MissingMember, path, &message, None);
                true
            }
            Absent::Fatal => {
                let message = format!("is left out: without `{name}`, a {} means nothing", kind.name);
                self.say(kind.loss, path, &message, None);
                false
            }
        }
    }

    fn either(&mut self, kind: &Kind, either: &Either, map: &mut Map<String, Value>, path: &Path<'_>) -> bool {
        match (map.contains_key(either.one), map.contains_key(either.other)) {
            (true, true) => {
                map.shift_remove(either.other);
                let message = format!(
                    "is ignored: a {} has either this or `{}`, not both",
                    kind.name, either.one
                );
                self.say(Code::WrongShape, &path.key(either.other), &message, None);
                true
            }
            (false, false) => self.absent(kind, either.one, either.absent, map, path),
            (true, false) | (false, true) => true,
        }
    }

    fn others(&mut self, kind: &Kind, map: &mut Map<String, Value>, path: &Path<'_>) -> bool {
        let in_arms = |name: &str| {
            kind.arms.as_ref().is_some_and(|arms| {
                arms.members
                    .iter()
                    .any(|(_, members)| members.iter().any(|member| member.name == name))
            })
        };
        let known = |name: &str| {
            name.starts_with("x-") || kind.members.iter().any(|member| member.name == name) || in_arms(name)
        };
        map.retain(|key, value| {
            if known(key) {
                return true;
            }
            let path = path.key(key);
            match &kind.others {
                Others::Entries(shape) => self.fit(shape, value, &path),
                Others::Statuses(shape) if is_status(key) => self.fit(shape, value, &path),
                Others::Statuses(_) => {
                    let hint = "a status is `200`, a class such as `2XX`, or `default`";
                    self.say(
                        Code::WrongShape,
                        &path,
                        "is no status code; the response is ignored",
                        Some(hint),
                    );
                    false
                }
                Others::Unknown => {
                    self.unknown(kind, key, &path);
                    true
                }
            }
        });
        true
    }

    fn unknown(&mut self, kind: &Kind, key: &str, path: &Path<'_>) {
        let hint =
            nearest(key, kind.members.iter().map(|member| member.name)).map(|name| format!("did you mean `{name}`?"));
        self.say(
            Code::UnknownMember,
            path,
            &format!("is no member of a {}", kind.name),
            hint.as_deref(),
        );
    }
}

/// How a message begins: with the name of what it is about.
fn subject(path: &Path<'_>) -> String {
    match path {
        Path::Root => "the document ".to_owned(),
        Path::Key(_, key) => format!("`{key}` "),
        Path::Index(_, index) => format!("`{}[{index}]` ", path.name().unwrap_or_default()),
    }
}

/// What a value is, in words.
pub(super) fn found(value: &Value) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) if text.chars().count() > 40 => format!("a text of {} bytes", text.len()),
        Value::String(text) => format!("the text {text:?}"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The one of `words` that `text` was meant to be.
fn nearest<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let lower = text.to_ascii_lowercase();
    words
        .map(|word| (strsim::damerau_levenshtein(&lower, &word.to_ascii_lowercase()), word))
        .filter(|(distance, word)| *distance <= word.len() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
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

fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [class @ b'1'..=b'9', rest @ ..] => match rest {
            [b'X' | b'x', b'X' | b'x'] => *class <= b'5',
            [tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
            _ => false,
        },
        _ => false,
    }
}
