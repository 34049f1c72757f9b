//! What came of one document of a corpus.

use std::fmt;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// One document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) document: String,
    #[serde(flatten)]
    pub(crate) outcome: Outcome,
    pub(crate) seconds: f64,
    #[serde(flatten)]
    pub(crate) figures: Figures,
    /// Errors and warnings of the compilers; `None` where it was not compiled, empty where all is well.
    pub(crate) compiled: Option<Vec<String>>,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub(crate) enum Outcome {
    Generated,
    /// Not a document that the generator reads.
    Refused {
        code: String,
        reason: String,
    },
    /// A panic, an abort, or no memory left.
    Crashed {
        reason: String,
    },
    TimedOut,
}

/// What a child reports.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) outcome: Outcome,
    pub(crate) figures: Figures,
}

/// The figures of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Figures {
    pub(crate) operations: Counts,
    pub(crate) schemas: Counts,
    /// Webhooks and callbacks.
    #[serde(default)]
    pub(crate) webhooks: Counts,
    /// Diagnostics by code.
    pub(crate) diagnostics: IndexMap<String, usize>,
    /// Lines of Rust, without the runtime.
    pub(crate) lines: usize,
    /// The most memory that the process held at a time, in MiB, where the system says so.
    pub(crate) peak_mib: Option<u64>,
}

/// How many there are of something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counts {
    /// In the document, counted apart from the generator.
    pub(crate) document: usize,
    /// In the output.
    pub(crate) emitted: usize,
    /// In the output, and typed more widely somewhere than the document says.
    pub(crate) degraded: usize,
    /// Left out, with a diagnostic.
    pub(crate) skipped: usize,
}

impl Counts {
    /// Neither in the output nor reported.
    pub(crate) fn lost(self) -> usize {
        self.document.saturating_sub(self.emitted + self.skipped)
    }
}

impl Figures {
    /// Operations and webhooks that are neither in the output nor reported.
    pub(crate) fn lost(&self) -> usize {
        self.operations.lost() + self.webhooks.lost()
    }
}

impl Row {
    pub(crate) fn new(document: String, outcome: Option<Outcome>, report: Option<Report>, seconds: f64) -> Self {
        let (found, figures) = report.map_or((None, Figures::default()), |it| (Some(it.outcome), it.figures));
        let silence = || Outcome::Crashed {
            reason: "ended without a report".to_owned(),
        };
        let outcome = outcome.or(found).unwrap_or_else(silence);
        Self {
            document,
            outcome,
            seconds,
            figures,
            compiled: None,
        }
    }

    pub(crate) fn is_generated(&self) -> bool {
        self.outcome == Outcome::Generated
    }

    /// Whether the generator kept its promise: it ended, lost nothing in silence, and what it wrote compiles.
    pub(crate) fn is_honest(&self) -> bool {
        let ended = match self.outcome {
            Outcome::Generated => self.figures.lost() == 0,
            Outcome::Refused { .. } => true,
            Outcome::Crashed { .. } | Outcome::TimedOut => false,
        };
        ended && self.compiled.as_ref().is_none_or(Vec::is_empty)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            document,
            outcome,
            seconds,
            figures,
            compiled: _,
        } = self;
        let (operations, schemas) = (figures.operations, figures.schemas);
        match outcome {
            Outcome::Generated => {
                let found: usize = figures.diagnostics.values().sum();
                write!(
                    formatter,
                    "generated {document}: {}/{} operations, {}/{} schemas, {found} diagnostics, {} lines, {seconds:.1} s",
                    operations.emitted, operations.document, schemas.emitted, schemas.document, figures.lines,
                )?;
                if figures.webhooks.document > 0 {
                    let webhooks = figures.webhooks;
                    write!(formatter, ", {}/{} webhooks", webhooks.emitted, webhooks.document)?;
                }
                match figures.lost() {
                    0 => Ok(()),
                    lost => write!(formatter, ", LOST {lost} operations and webhooks"),
                }
            }
            Outcome::Refused { code, reason } => write!(formatter, "refused   {document}: {code}: {reason}"),
            Outcome::Crashed { reason } => write!(formatter, "CRASHED   {document}: {reason}"),
            Outcome::TimedOut => write!(formatter, "TIMED OUT {document}: {seconds:.0} s"),
        }
    }
}
