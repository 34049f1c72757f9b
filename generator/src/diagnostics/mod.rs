//! What the pipeline has to say about a document: every stage in, one sorted and located list out.

mod code;
mod lines;
mod location;
mod page;
mod render;
mod sources;
mod tally;

use std::{collections::BTreeSet, fmt};

pub use code::{Code, Severity};
pub use location::Location;
pub use render::render;
pub use sources::Sources;
pub(crate) use tally::Tally;

use crate::ir::Pointer;

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

impl Diagnostic {
    /// The same with a hint.
    #[must_use]
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
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

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those whose place is not known yet.
    pub(crate) fn without_place(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.0.iter_mut().filter(|diagnostic| diagnostic.location.is_none())
    }

    /// Forgets what was said of anything in the places `left_out`, unless it is in one of those `kept` that is nearer.
    pub(crate) fn forget(&mut self, left_out: &BTreeSet<Pointer>, kept: &BTreeSet<Pointer>) {
        self.0.retain(|diagnostic| {
            let mut place = diagnostic.pointer.clone();
            loop {
                if kept.contains(&place) || place.within().is_empty() {
                    return true;
                }
                if left_out.contains(&place) {
                    return false;
                }
                place = place.parent();
            }
        });
    }

    /// Sorts them by place, and leaves one of those that say the same.
    pub(crate) fn sort(&mut self) {
        sort(&mut self.0);
    }
}

impl<'d> IntoIterator for &'d Diagnostics {
    type Item = &'d Diagnostic;
    type IntoIter = std::slice::Iter<'d, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Sorts by file and place, then by what is lost. The sort is stable, so that what cannot be told apart stays in the order in
/// which the stages said it.
fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|one, other| {
        let key = |diagnostic: &Diagnostic| (diagnostic.location, diagnostic.code.severity(), diagnostic.code);
        let file = one.pointer.whole_as_str().cmp(other.pointer.whole_as_str());
        file.then_with(|| key(one).cmp(&key(other)))
            .then_with(|| one.pointer.cmp(&other.pointer))
    });
    diagnostics.dedup();
}

/// Why nothing was generated: every problem that was found.
#[derive(Clone)]
pub struct Refusal {
    /// The problems, sorted by place.
    pub problems: Vec<Diagnostic>,
    /// The texts that they are about.
    pub sources: Sources,
}

impl Refusal {
    /// Refuses because of `problems`.
    #[must_use]
    pub fn new(mut problems: Vec<Diagnostic>) -> Self {
        sort(&mut problems);
        Self {
            problems,
            sources: Sources::default(),
        }
    }
}

impl From<Diagnostic> for Refusal {
    fn from(problem: Diagnostic) -> Self {
        Self::new(vec![problem])
    }
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

/// As it is drawn on a terminal: it is what Rust prints of an error that `main` returns.
impl fmt::Debug for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let drawn = render(&self.problems, &self.sources, false);
        write!(formatter, "refused\n\n{}", drawn.trim_end())
    }
}

impl std::error::Error for Refusal {}

/// The hint that `meant` may be what was meant.
pub(crate) fn did_you_mean(meant: &str) -> String {
    format!("did you mean `{meant}`?")
}
