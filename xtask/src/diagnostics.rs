//! Diagnostics in; a drawing of each, a line that counts them, and JSON out.

use generator::{
    Diagnostic, Refusal, Sources,
    diagnostics::{Code, Severity, render},
};
use indexmap::IndexMap;
use serde::Serialize;

use crate::{
    exit::{Exit, Failure},
    terminal,
};

/// Draws every diagnostic on the standard error.
pub(crate) fn print<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>, sources: &Sources) {
    let drawn = render(diagnostics, sources, true);
    if !drawn.is_empty() {
        terminal::note(drawn.trim_end());
    }
}

/// How many there are of each severity: `2 skipped, 1 degraded`.
pub(crate) fn summary<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> String {
    let mut counts: IndexMap<&str, usize> = ["refused", "skipped", "degraded", "note"].map(|word| (word, 0)).into();
    for diagnostic in diagnostics {
        *counts.entry(word(diagnostic.code)).or_default() += 1;
    }
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| {
            if word == "note" {
                terminal::count(count, "note", "notes")
            } else {
                format!("{count} {word}")
            }
        })
        .collect();
    if parts.is_empty() {
        "nothing lost".to_owned()
    } else {
        parts.join(", ")
    }
}

/// Shows why something was refused; what else is said of it is the message.
pub(crate) fn refused(refusal: &Refusal, message: String) -> Failure {
    print(&refusal.problems, &refusal.sources);
    Failure {
        exit: Exit::Refused,
        message,
    }
}

/// Whether something was lost.
pub(crate) fn is_loss(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.severity().is_loss()
}

fn word(code: Code) -> &'static str {
    match code.severity() {
        Severity::Refused => "refused",
        Severity::Skipped => "skipped",
        Severity::Degraded => "degraded",
        Severity::Note => "note",
    }
}

/// A diagnostic as `--report` writes it.
#[derive(Debug, Serialize)]
pub(crate) struct Entry<'d> {
    document: &'d str,
    /// The file that the place is in: the document, or one that it refers to.
    file: &'d str,
    code: &'static str,
    severity: &'static str,
    pointer: &'d str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'d str,
    hint: Option<&'d str>,
}

impl<'d> Entry<'d> {
    pub(crate) fn new(document: &'d str, sources: &'d Sources, diagnostic: &'d Diagnostic) -> Self {
        Self {
            document,
            file: sources.name(&diagnostic.pointer),
            code: diagnostic.code.as_str(),
            severity: word(diagnostic.code),
            pointer: diagnostic.pointer.within(),
            line: diagnostic.location.map(|location| location.line),
            column: diagnostic.location.map(|location| location.column),
            message: &diagnostic.message,
            hint: diagnostic.hint.as_deref(),
        }
    }
}
