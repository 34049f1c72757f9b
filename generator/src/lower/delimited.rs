//! What a parameter, a member of a form or a header says of how its lists are written in, delimiters out.
//!
//! No style of OpenAPI 3 says it; the translation of Swagger 2.0 writes it as `delimiters`, with the outermost list first, and
//! with `explode` where that list has none because its elements stand apart.

use serde_json::Value;

use super::context::Lowering;
use crate::ir::{Delimited, Delimiter, Pointer};

impl Lowering<'_> {
    /// What stands at `pointer` says of its lists, where a style does not say it.
    pub(super) fn delimited(&self, pointer: &Pointer) -> Option<Delimited> {
        let delimiters = self.delimiters(pointer)?;
        let explode = self.document.value_at(&pointer.child("explode"));
        Some(Delimited {
            explode: explode.and_then(Value::as_bool).unwrap_or(false),
            delimiters,
        })
    }

    /// The delimiters alone.
    pub(super) fn delimiters(&self, pointer: &Pointer) -> Option<Vec<Delimiter>> {
        let words = self.document.value_at(&pointer.child("delimiters"))?.as_array()?;
        let delimiters = words.iter().map(|word| match word.as_str()? {
            "comma" => Some(Delimiter::Comma),
            "space" => Some(Delimiter::Space),
            "tab" => Some(Delimiter::Tab),
            "pipe" => Some(Delimiter::Pipe),
            _ => None,
        });
        delimiters.collect()
    }
}
