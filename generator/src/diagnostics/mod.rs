//! What the pipeline has to say about a document: every stage in, one sorted and located list out.

mod code;

use std::fmt;

pub use code::{Code, Severity};

use crate::{ir::Pointer, load::Document};

/// Something that is legal but could not be generated whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing it is.
    pub code: Code,
    /// Which place in the document it is about.
    pub pointer: Pointer,
    /// What happened, in one sentence.
    pub message: String,
    /// What can be done about it.
    pub hint: Option<String>,
    /// The place as line and column, once known.
    pub location: Option<Location>,
}

/// A place in the source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The line, counted from one.
    pub line: usize,
    /// The column in characters, counted from one.
    pub column: usize,
}

/// Everything that the stages reported.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a diagnostic about the place `pointer`.
    pub fn report(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>) {
        self.add(code, pointer, message.into(), None);
    }

    /// Adds a diagnostic about the place `pointer`, with a `hint` of what can be done.
    pub fn report_with_hint(
        &mut self,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.add(code, pointer, message.into(), Some(hint.into()));
    }

    fn add(&mut self, code: Code, pointer: &Pointer, message: String, hint: Option<String>) {
        self.0.push(Diagnostic {
            code,
            pointer: pointer.clone(),
            message,
            hint,
            location: None,
        });
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Gives every diagnostic its place in `document` and sorts by it.
    pub(crate) fn locate(&mut self, document: &Document) {
        let places = document.locate(self.0.iter().map(|diagnostic| &diagnostic.pointer));
        for diagnostic in &mut self.0 {
            diagnostic.location = places.get(&diagnostic.pointer).copied();
        }
        self.0.sort_by_key(|diagnostic| diagnostic.location);
        self.0.dedup();
    }
}

/// Why nothing was generated: every problem that was found.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The problems, sorted by place.
    pub problems: Vec<Diagnostic>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            formatter.write_str(&problem.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
