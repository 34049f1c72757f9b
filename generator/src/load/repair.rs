//! A [`Value`] of any shape in, one of the shape that the specification demands out, and a word about each difference.
//!
//! The smallest thing goes that makes the rest readable: a member, an element, an operation.

use serde_json::{Map, Value, json};

use super::{
    extensions,
    path::Path,
    shape::{Absent, Arms, Either, Kind, Member, Others, Shape},
    version::Version,
    walk::Walk,
    words::{found, nearest},
};
use crate::{
    diagnostics::{Code, did_you_mean},
    ir::Pointer,
};

/// Makes the document of record an object of `kind`, and says what differed.
pub(super) fn document(kind: &'static Kind, walk: &mut Walk<'_>) {
    let whole = Pointer::root();
    let mut root = walk.reader.texts.take(&whole).unwrap_or_default();
    let meets_others = false;
    let mut repair = Repair { walk, meets_others };
    // The document itself is an object with a version; everything below that can be given up.
    _ = repair.kind(kind, &mut root, &Path::Root);
    walk.reader.texts.put(&whole, root);
    walk.links.walked.insert(whole, Shape::Object(kind));
}

/// Makes `value`, which is at `path` of another file or where no walk has passed, one of `shape`; `false` when it has to go.
pub(super) fn piece(shape: Shape, value: &mut Value, path: &Path<'_>, walk: &mut Walk<'_>) -> bool {
    let start = path.pointer();
    let meets_others = walk.links.began_below(&start);
    let mut repair = Repair { walk, meets_others };
    repair.fit(&shape, value, path)
}

/// A walk through the document.
struct Repair<'n, 'd> {
    walk: &'n mut Walk<'d>,
    /// Whether other walks began below the start of this one.
    meets_others: bool,
}

impl Repair<'_, '_> {
    /// Makes `value` fit `shape`; `false` when it has to go.
    fn fit(&mut self, shape: &Shape, value: &mut Value, path: &Path<'_>) -> bool {
        if self.meets_others && self.walk.links.began_at(&path.pointer()) {
            return true;
        }
        if let Some(text) = shape.misplaced(value) {
            self.walk.refer_instead(text, path, *shape);
            return true;
        }
        match shape {
            Shape::Any => true,
            Shape::Unsaid => {
                let message = "is ignored, so the type is wider than described";
                self.walk.notes.say_once(Code::UnsupportedSchema, path, message);
                true
            }
            Shape::Text => self.walk.notes.text(value, path),
            Shape::Flag => self.walk.notes.flag(value, path, "`true` or `false`"),
            Shape::Count => self.walk.notes.count(value, path),
            Shape::Number => self.walk.notes.number(value, path),
            Shape::Keyword(words) => self.walk.notes.keyword(words, value, path),
            Shape::LaterKeyword(words, later) => self.walk.notes.later_keyword(words, later, value, path),
            Shape::List(shape) => self.list(shape, value, path),
            Shape::Map(shape) => match value {
                Value::Object(entries) => {
                    entries.retain(|key, value| {
                        let source = self.walk.notes.moves.of_member(path, key);
                        self.fit(shape, value, &path.moved(key, source.as_ref()))
                    });
                    true
                }
                value => self.walk.notes.wrong(path, "an object", value),
            },
            Shape::Object(kind) => self.kind(kind, value, path),
            Shape::Referable(kind, reference) => {
                let kind = if self.reference(value, path, *shape) {
                    reference
                } else {
                    kind
                };
                self.kind(kind, value, path)
            }
            Shape::Aside(kind, reference) => {
                let refers = value.get("$ref").is_some_and(Value::is_string);
                self.kind(if refers { reference } else { kind }, value, path)
            }
            Shape::Reference(shape) => {
                if let Value::String(text) = value {
                    *text = self.walk.refer(text, path, **shape);
                }
                self.walk.notes.text(value, path)
            }
            Shape::Name(shape) => {
                if let Value::String(text) = value
                    && is_reference(text)
                {
                    *text = self.walk.refer(text, path, **shape);
                }
                self.walk.notes.text(value, path)
            }
            Shape::FlagOr(shape) => match value {
                Value::Bool(_) => true,
                Value::String(_) => self.walk.notes.flag(value, path, "a schema, `true` or `false`"),
                value => self.fit(shape, value, path),
            },
            Shape::Schema(kind) => {
                self.schema_of_flag(value, path);
                // What stands beside a `$ref` is a matter of rules.
                self.translate(kind, value, path);
                self.reference(value, path, *shape) || self.translated(kind, value, path)
            }
        }
    }

    fn list(&mut self, shape: &Shape, value: &mut Value, path: &Path<'_>) -> bool {
        let Value::Array(items) = value else {
            return self.walk.notes.wrong(path, "a list", value);
        };
        let length = items.len();
        let mut remaining = Vec::new();
        let mut position = 0;
        items.retain_mut(|item| {
            let source = self.walk.notes.moves.of_member(path, &position.to_string());
            let place = source
                .as_ref()
                .map_or_else(|| path.index(position), |source| path.moved("", Some(source)));
            let stays = self.fit(shape, item, &place);
            remaining.extend(stays.then_some(position));
            position += 1;
            stays
        });
        if items.len() < length {
            self.walk.notes.moves.remaining(path.pointer(), remaining);
        }
        true
    }

    /// Whether `value` is a `$ref`, which is taken note of, to something of `shape`.
    fn reference(&mut self, value: &mut Value, path: &Path<'_>, shape: Shape) -> bool {
        let Some(map) = value.as_object_mut() else { return false };
        match map.get_mut("$ref") {
            None => false,
            Some(Value::String(text)) => {
                *text = self.walk.refer(text, path, shape);
                true
            }
            Some(reference) => {
                _ = self.walk.notes.wrong(&path.key("$ref"), "text", reference);
                map.shift_remove("$ref");
                false
            }
        }
    }

    /// `true` permits any value and `false` none, since a schema need not be an object.
    fn schema_of_flag(&mut self, value: &mut Value, path: &Path<'_>) {
        if let Value::Bool(flag) = *value {
            if self.walk.notes.version < Version::V3_1 {
                self.walk
                    .notes
                    .other_writing(path, "a schema that is `true` or `false`", Version::V3_1);
            }
            *value = if flag { json!({}) } else { json!({ "not": {} }) };
        }
    }

    fn kind(&mut self, kind: &Kind, value: &mut Value, path: &Path<'_>) -> bool {
        self.translate(kind, value, path);
        self.translated(kind, value, path)
    }

    /// Applies the rules of `kind`.
    fn translate(&mut self, kind: &Kind, value: &mut Value, path: &Path<'_>) {
        if let Value::Object(map) = value {
            let version = self.walk.notes.version;
            for rule in kind.rules.iter().filter(|rule| rule.versions.include(version)) {
                (rule.apply)(map, path, &mut self.walk.notes);
            }
        }
    }

    fn translated(&mut self, kind: &Kind, value: &mut Value, path: &Path<'_>) -> bool {
        let Value::Object(map) = value else {
            let effect = if kind.blank {
                "it is read as an empty one"
            } else {
                "it is left out"
            };
            let message = format!(
                "must be an object ({}), not {}; {effect}",
                kind.with_article(),
                found(value)
            );
            self.walk.notes.say(kind.loss, path, &message, None);
            *value = kind.least();
            return kind.blank;
        };
        let stays = kind.members.iter().all(|member| self.member(kind, member, map, path))
            && kind.arms.as_ref().is_none_or(|arms| self.arms(kind, arms, map, path))
            && kind
                .either
                .as_ref()
                .is_none_or(|either| self.either(kind, either, map, path));
        if stays {
            self.others(kind, map, path);
        }
        stays
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
        if !member.versions.include(self.walk.notes.version) {
            if !member.anywhere || !map.contains_key(member.name) {
                return true;
            }
            let version = if self.walk.notes.version < member.versions.first {
                member.versions.first
            } else {
                member.versions.last
            };
            // What a rule put there it has spoken of itself.
            if self.walk.notes.moves.of_member(path, member.name).is_none() {
                self.walk.notes.other_version(path, member.name, version);
            }
        }
        let stays = match (map.get_mut(member.name), &member.shape) {
            (None, _) => false,
            // Tools that write every member they know write `null` for those that are not there.
            (Some(Value::Null), shape) if !matches!(shape, Shape::Any) => false,
            (Some(value), shape) => {
                let source = self.walk.notes.moves.of_member(path, member.name);
                self.fit(shape, value, &path.moved(member.name, source.as_ref()))
            }
        };
        if stays {
            return true;
        }
        map.shift_remove(member.name);
        match member.absent {
            Absent::Fine => true,
            Absent::Fill => {
                self.fill(kind, member, map, path);
                true
            }
            Absent::Blank => {
                map.insert(member.name.to_owned(), member.shape.filling());
                true
            }
            Absent::Fatal => self.fatal(kind, member.name, path),
        }
    }

    fn fill(&mut self, kind: &Kind, member: &Member, map: &mut Map<String, Value>, path: &Path<'_>) {
        let filling = member.shape.filling();
        let words = if filling.is_object() {
            "an empty object"
        } else {
            "an empty text"
        };
        let message = format!(
            "lacks `{}`, which {} must have; {words} stands in for it",
            member.name,
            kind.with_article()
        );
        self.walk.notes.say(Code::MissingMember, path, &message, None);
        map.insert(member.name.to_owned(), filling);
    }

    fn fatal(&mut self, kind: &Kind, name: &str, path: &Path<'_>) -> bool {
        self.walk.notes.say(
            kind.loss,
            path,
            &format!("is left out: without `{name}`, {} means nothing", kind.with_article()),
            None,
        );
        false
    }

    fn either(&mut self, kind: &Kind, either: &Either, map: &mut Map<String, Value>, path: &Path<'_>) -> bool {
        let Either { one, other, fill } = *either;
        match (map.contains_key(one), map.contains_key(other)) {
            (true, true) => {
                map.shift_remove(other);
                let message = format!(
                    "is ignored: {} has either this or `{one}`, not both",
                    kind.with_article()
                );
                self.walk.notes.say(Code::WrongShape, &path.key(other), &message, None);
                true
            }
            (false, false) => match kind.members.iter().find(|member| member.name == one && fill) {
                Some(member) => {
                    self.fill(kind, member, map, path);
                    true
                }
                None => self.fatal(kind, one, path),
            },
            (true, false) | (false, true) => true,
        }
    }

    /// Looks at the members that `kind` does not list.
    fn others(&mut self, kind: &Kind, map: &mut Map<String, Value>, path: &Path<'_>) {
        let version = self.walk.notes.version;
        let is_known = |key: &str| {
            let mut members = kind.listed().filter(|member| member.name == key);
            members.any(|member| member.anywhere || member.versions.include(version))
        };
        map.retain(|key, value| {
            if key.starts_with("x-") {
                extensions::check(&mut self.walk.notes, kind, (key, value), path);
                return true;
            }
            if is_known(key) {
                return true;
            }
            let source = self.walk.notes.moves.of_member(path, key);
            let path = path.moved(key, source.as_ref());
            match &kind.others {
                Others::Entries(shape) => self.fit(shape, value, &path),
                Others::Statuses(shape) if is_status(key) => self.fit(shape, value, &path),
                Others::Statuses(_) => {
                    let hint = "a status is `200`, a class such as `2XX`, or `default`";
                    self.walk.notes.say(
                        Code::WrongShape,
                        &path,
                        "is no status code; the response is ignored",
                        Some(hint),
                    );
                    false
                }
                Others::Unknown => {
                    let near = if is_nearly_reference(key, value) {
                        Some("$ref")
                    } else {
                        nearest(key, kind.names(version))
                    };
                    let hint = near.map(did_you_mean);
                    let other = kind.listed().find(|member| member.name == key);
                    let code = if hint.is_some() {
                        Code::MisspeltMember
                    } else {
                        Code::UnknownMember
                    };
                    let hint = hint.or_else(|| other.map(|member| format!("{} has it", member.versions.first)));
                    let message = format!("is no member of {} in {version}", kind.with_article());
                    self.walk.notes.say(code, &path, &message, hint.as_deref());
                    true
                }
            }
        });
    }
}

/// Whether what may be the name of a component is a reference.
fn is_reference(text: &str) -> bool {
    const KINDS: [&str; 3] = [".yaml", ".yml", ".json"];
    text.contains(['#', '/', '\\']) || KINDS.iter().any(|kind| text.ends_with(kind))
}

/// Whether a member is called nearly `$ref`, and has a reference as its value.
fn is_nearly_reference(key: &str, value: &Value) -> bool {
    let name = key.trim_matches(|character: char| !character.is_ascii_alphanumeric());
    let is_called = ["ref", "href", "reference"].contains(&name.to_ascii_lowercase().as_str());
    is_called && value.as_str().is_some_and(is_reference)
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
