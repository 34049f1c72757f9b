//! What a walk through a document has to say: diagnostics, what it moved, and what is referred to.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    links::Links,
    moves::Moves,
    path::Path,
    reader::Reader,
    version::Version,
    words::{found, subject},
};
use crate::diagnostics::{Code, Diagnostics};

/// What was said and moved so far.
pub(super) struct Notes<'i> {
    pub(super) version: Version,
    pub(super) moves: Moves,
    pub(super) links: Links,
    pub(super) reader: Reader<'i>,
    pub(super) diagnostics: Diagnostics,
    once: BTreeSet<&'static str>,
}

impl<'i> Notes<'i> {
    pub(super) fn new(version: Version, reader: Reader<'i>, diagnostics: Diagnostics) -> Self {
        Self {
            version,
            moves: Moves::default(),
            links: Links::default(),
            reader,
            diagnostics,
            once: BTreeSet::new(),
        }
    }

    /// Says something about the value at `path`.
    pub(super) fn say(&mut self, code: Code, path: &Path<'_>, message: &str, hint: Option<&str>) {
        let (pointer, message) = (path.pointer(), format!("{}{message}", subject(path)));
        match hint {
            None => self.diagnostics.report(code, &pointer, message),
            Some(hint) => self.diagnostics.report_with_hint(code, &pointer, message, hint),
        }
    }

    /// Says of a member that is read as what it means in `version` that it does not belong to this one; once a document,
    /// since who writes so once does it throughout.
    pub(super) fn other_version(&mut self, path: &Path<'_>, name: &'static str, version: Version) {
        if self.once.insert(name) {
            let message = format!(
                "is a keyword of {version}, and the document says that it is {}; it is read as what it means there",
                self.version
            );
            self.say(Code::OtherVersion, &path.key(name), &message, None);
        }
    }

    /// Says that a value is not what it must be; `false`, since it has to go.
    pub(super) fn wrong(&mut self, path: &Path<'_>, expected: &str, value: &Value) -> bool {
        self.say(
            Code::WrongShape,
            path,
            &format!("must be {expected}, not {}; it is ignored", found(value)),
            None,
        );
        false
    }
}
