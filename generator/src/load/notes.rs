//! What a walk through a document has to say: diagnostics, and what it moved.

use serde_json::Value;

use super::{
    moves::Moves,
    path::Path,
    version::Version,
    words::{found, subject},
    written::{Rounded, Unquoted},
};
use crate::diagnostics::{Code, Diagnostics, Tally};

/// What was said and moved so far.
pub(super) struct Notes {
    pub(super) version: Version,
    pub(super) moves: Moves,
    pub(super) diagnostics: Diagnostics,
    /// What is read as text and was none.
    pub(super) unquoted: Vec<Unquoted>,
    /// The numbers that may have been written with more digits than they have now.
    pub(super) rounded: Vec<Rounded>,
    once: Tally,
}

impl Notes {
    pub(super) fn new(version: Version, diagnostics: Diagnostics) -> Self {
        Self {
            version,
            moves: Moves::default(),
            diagnostics,
            unquoted: Vec::new(),
            rounded: Vec::new(),
            once: Tally::default(),
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

    /// Says the same of every place at once, when all have been met.
    pub(super) fn say_once(&mut self, code: Code, path: &Path<'_>, message: &str) {
        let (pointer, message) = (path.pointer(), format!("{}{message}", subject(path)));
        self.once.add(code, pointer, message);
    }

    /// Says of a member that is read as what it means in `version` that it does not belong to this one; once a document,
    /// since who writes so once does it throughout.
    pub(super) fn other_version(&mut self, path: &Path<'_>, name: &'static str, version: Version) {
        let what = format!("`{name}` is a keyword of {version}");
        self.read_as_there(&path.key(name), &what);
    }

    /// The same of `what`, which both versions have and write otherwise.
    pub(super) fn other_writing(&mut self, path: &Path<'_>, what: &str, version: Version) {
        self.read_as_there(path, &format!("{what} is written as in {version}"));
    }

    fn read_as_there(&mut self, path: &Path<'_>, what: &str) {
        let message = format!(
            "{what}, and the document says that it is {}; it is read as what it means there",
            self.version
        );
        self.once.add(Code::OtherVersion, path.pointer(), message);
    }

    /// Says what is said once; what was said in all, and moved.
    pub(super) fn end(mut self) -> (Diagnostics, Moves) {
        self.once.report(&mut self.diagnostics);
        (self.diagnostics, self.moves)
    }

    /// The same of a value.
    pub(super) fn value_of_other_version(&mut self, path: &Path<'_>, value: &'static str, version: Version) {
        self.read_as_there(path, &format!("`{value}` is a value of {version}"));
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
