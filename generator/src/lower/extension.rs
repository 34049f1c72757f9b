//! An extension as it stands and the members that it may have in, a word about each that it may not have out, at its place.

use serde_json::Value;

use super::context::Lowering;
use crate::{diagnostics::Code, ir::Pointer, load::nearest};

/// What the value of a member is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Text,
    Flag,
    /// A whole number from 1 to 2³² - 1.
    Count,
    Anything,
    Object(&'static [Member]),
}

/// A member of an extension.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    name: &'static str,
    kind: Kind,
    required: bool,
}

/// A member that must be there.
pub(super) const fn must(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        kind,
        required: true,
    }
}

/// A member that may be there.
pub(super) const fn may(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        kind,
        required: false,
    }
}

impl Lowering<'_> {
    /// Whether `value`, which is at `pointer` of the extension `name`, is an object of `members`. What is not is reported;
    /// `effect` says what becomes of it.
    pub(super) fn is_extension(
        &mut self,
        value: &Value,
        pointer: &Pointer,
        members: &[Member],
        (name, effect): (&str, &str),
    ) -> bool {
        let Some(object) = value.as_object() else {
            self.report(
                Code::WrongShape,
                pointer,
                format!("`{name}` must be an object; {effect}"),
            );
            return false;
        };
        let mut fits = true;
        let mut meant = Vec::new();
        for key in object.keys() {
            if key.starts_with("x-") || members.iter().any(|member| member.name == key) {
                continue;
            }
            fits = false;
            let message = format!("`{key}` is no member of `{name}`; {effect}");
            let near = nearest(key, members.iter().map(|member| member.name));
            let code = near.map_or(Code::WrongShape, |_| Code::MisspeltMember);
            self.report_mistaken(code, &pointer.child(key), message, near);
            meant.extend(near);
        }
        for member in members {
            let place = pointer.child(member.name);
            // Tools that write every member they know write `null` for those that are not there.
            let Some(value) = object.get(member.name).filter(|value| !value.is_null()) else {
                if member.required {
                    fits = false;
                    // Said already, where it is misspelt.
                    if meant.contains(&member.name) {
                        continue;
                    }
                    let message = format!("`{name}` lacks `{}`; {effect}", member.name);
                    self.report(Code::WrongShape, pointer, message);
                }
                continue;
            };
            let (is_right, expected) = match member.kind {
                Kind::Text => (value.is_string(), "a text"),
                Kind::Flag => (value.is_boolean(), "`true` or `false`"),
                Kind::Count => {
                    let count = value.as_u64().and_then(|count| u32::try_from(count).ok());
                    (count.is_some_and(|count| count > 0), "a whole number of at least 1")
                }
                Kind::Anything => (true, ""),
                Kind::Object(members) => {
                    let inner = format!("{name}.{}", member.name);
                    fits &= self.is_extension(value, &place, members, (&inner, effect));
                    (true, "")
                }
            };
            if !is_right {
                fits = false;
                let message = format!("`{}` of `{name}` must be {expected}; {effect}", member.name);
                self.report(Code::WrongShape, &place, message);
            }
        }
        fits
    }
}
