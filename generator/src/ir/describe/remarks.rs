//! What a document says of something in, the end of its line out.

use std::fmt::{self, Display, Formatter};

use super::label;
use crate::ir::Docs;

/// What the documentation adds to the types, and the prose where it is asked for.
pub(super) struct Remarks<'a> {
    pub(super) docs: &'a Docs,
    pub(super) has_prose: bool,
}

impl Display for Remarks<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Docs {
            summary,
            description,
            deprecated,
            link,
            example,
            constraints,
        } = self.docs;
        let deprecated = deprecated.then_some("Deprecated.");
        let constraints = constraints.iter().map(String::as_str);
        let sentences: Vec<_> = deprecated.into_iter().chain(constraints).map(label::one_line).collect();
        if !sentences.is_empty() {
            write!(out, "  -- {}", sentences.join(" "))?;
        }
        if !self.has_prose {
            return Ok(());
        }
        for (what, text) in [("summary", summary), ("description", description), ("link", link)] {
            if let Some(text) = text {
                write!(out, "\n    {what} {}", label::one_line(text.trim()))?;
            }
        }
        example
            .iter()
            .try_for_each(|example| write!(out, "\n    example {}", label::Literal(example)))
    }
}
