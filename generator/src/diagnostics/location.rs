//! Lines and columns of a source text.

use serde::Serialize;

/// A place in the source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// The line, counted from one.
    pub line: usize,
    /// The column in characters, counted from one.
    pub column: usize,
}

impl Location {
    /// Where every text begins.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The place of the byte at `offset` of `text`.
    pub(crate) fn of_offset(text: &str, offset: usize) -> Self {
        Self::START.after(text.get(..text.floor_char_boundary(offset)).unwrap_or(text))
    }

    /// The place behind `text`, where `text` begins here.
    pub(crate) fn after(self, text: &str) -> Self {
        match text.rsplit_once('\n') {
            None => Self {
                line: self.line,
                column: self.column + text.chars().count(),
            },
            Some((lines, last)) => Self {
                line: self.line + 1 + lines.matches('\n').count(),
                column: 1 + last.chars().count(),
            },
        }
    }
}
