//! Diagnostics as rows of a machine-readable report.

use serde::Serialize;

use super::{Diagnostic, Severity};

/// One diagnostic of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The code, as it is printed.
    pub code: &'static str,
    /// How much is lost.
    pub severity: Severity,
    /// The place in the document as a JSON pointer.
    pub pointer: String,
    /// The line of the place, counted from one.
    pub line: Option<usize>,
    /// The column of the place in characters, counted from one.
    pub column: Option<usize>,
    /// What happened.
    pub message: String,
    /// What can be done about it.
    pub hint: Option<String>,
}

impl From<&Diagnostic> for Row {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self {
            code: diagnostic.code.as_str(),
            severity: diagnostic.code.severity(),
            pointer: diagnostic.pointer.to_string(),
            line: diagnostic.location.map(|location| location.line),
            column: diagnostic.location.map(|location| location.column),
            message: diagnostic.message.clone(),
            hint: diagnostic.hint.clone(),
        }
    }
}
