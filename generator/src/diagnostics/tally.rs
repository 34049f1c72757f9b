//! Things that are said once a document, each with its places in, a diagnostic for each kind of them out.

use std::collections::BTreeMap;

use super::{Code, Diagnostics};
use crate::ir::Pointer;

/// What is to be said once, however often it was met.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<(Code, String), Vec<Pointer>>);

impl Tally {
    /// Adds a place to those of a `message`. The first one that is added is the one that is shown.
    pub(crate) fn add(&mut self, code: Code, pointer: Pointer, message: impl Into<String>) {
        let places = self.0.entry((code, message.into())).or_default();
        if places.first() != Some(&pointer) && places.last() != Some(&pointer) {
            places.push(pointer);
        }
    }

    /// Says everything.
    pub(crate) fn report(self, diagnostics: &mut Diagnostics) {
        for ((code, message), mut places) in self.0 {
            let Some(first) = places.first().cloned() else { continue };
            places.sort();
            places.dedup();
            let more = match places.len() - 1 {
                0 => String::new(),
                1 => "; the same in 1 more place".to_owned(),
                more => format!("; the same in {more} more places"),
            };
            diagnostics.report(code, &first, format!("{message}{more}"));
        }
    }
}
