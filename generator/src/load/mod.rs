//! Bytes in, a [`Document`] out: typed OpenAPI values, and a way back from any of them to its line.
//!
//! ```text
//! bytes ─decode→ text ─parse→ Value ─kind→ (is it OpenAPI 3.0?) ─repair→ Value ─typed→ openapiv3 values
//! ```
//!
//! What is not OpenAPI 3.0 is refused by its name. What is, is read: a value of a shape that the specification does
//! not allow costs the smallest thing around it, and is reported.

mod decode;
mod grammar;
mod kind;
mod locate;
mod moves;
mod notes;
mod parse;
mod path;
mod repair;
mod rules;
mod scalar;
mod shape;
mod tree;
mod typed;
mod version;
mod words;

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    diagnostics::{Code, Diagnostic, Diagnostics, Location, Refusal},
    ir::Pointer,
};

/// A document as it was given.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What messages call it, usually the path of a file.
    pub name: &'a str,
    /// Its bytes: YAML or JSON.
    pub bytes: &'a [u8],
}

impl<'a> Source<'a> {
    /// The bytes as the text whose lines and columns diagnostics speak of.
    #[must_use]
    pub fn text(&self) -> Cow<'a, str> {
        decode::decode_lossy(self.bytes)
    }
}

/// In which form a document was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Yaml,
}

/// A document that was read.
#[derive(Debug)]
pub(crate) struct Document {
    /// The typed values around schemas, which [`Document::value_at`] gives. Callbacks and links, which describe calls that the server makes or suggests, are only in
    /// [`Document::value_at`].
    pub(crate) openapi: openapiv3::OpenAPI,
    root: Value,
    moves: moves::Moves,
    text: String,
    format: Format,
}

impl Document {
    /// The value at `pointer`, as repaired.
    pub(crate) fn value_at(&self, pointer: &Pointer) -> Option<&Value> {
        self.root.pointer(pointer.as_str())
    }

    /// The value at `pointer` as a `T`.
    pub(crate) fn typed_at<T: DeserializeOwned>(&self, pointer: &Pointer) -> Option<T> {
        T::deserialize(&typed::around_schemas(self.value_at(pointer)?)).ok()
    }

    /// The place in the source of what is at `pointer` in the repaired document.
    pub(crate) fn source(&self, pointer: &Pointer) -> Pointer {
        self.moves.source(pointer)
    }

    /// Where the values at `pointers` of the source stand, in their order; for a value that is not there, the place of
    /// the nearest one around it.
    pub(crate) fn locate<'p>(&self, pointers: impl Iterator<Item = &'p Pointer>) -> Vec<Location> {
        locate::locate(&self.text, self.format, pointers)
    }

    /// Gives every diagnostic its place, sorts by it, and leaves one of those that say the same.
    pub(crate) fn place(&self, diagnostics: &mut Diagnostics) {
        for diagnostic in diagnostics.without_place() {
            diagnostic.pointer = self.source(&diagnostic.pointer);
        }
        self.place_in_source(diagnostics);
        diagnostics.sort();
    }

    /// Gives every diagnostic its place, where all pointers speak of the source.
    fn place_in_source(&self, diagnostics: &mut Diagnostics) {
        let locations = self.locate(diagnostics.without_place().map(|diagnostic| &diagnostic.pointer));
        for (diagnostic, location) in diagnostics.without_place().zip(locations) {
            diagnostic.location = Some(location);
        }
    }
}

/// Reads `source`.
pub(crate) fn load(source: &Source<'_>, diagnostics: &mut Diagnostics) -> Result<Document, Refusal> {
    let text = decode::decode(source.bytes)?;
    kind::refuse_text(&text)?;
    let parsed = parse::parse(&text)?;
    for pointer in &parsed.duplicates {
        let key = pointer.tokens().last().unwrap_or_default();
        diagnostics.report(
            Code::DuplicateKey,
            pointer,
            format!("the key `{key}` is given more than once; the last one counts"),
        );
    }
    let version = kind::version(&text, &parsed, diagnostics)?;
    let mut root = parsed.root;
    let mut notes = notes::Notes::new(version, diagnostics);
    repair::repair(&grammar::DOCUMENT, &mut root, &mut notes);
    let moves = notes.moves;
    let (text, format) = (text.into_owned(), parsed.format);
    let mut document = Document {
        openapi: openapiv3::OpenAPI::default(),
        root,
        moves,
        text,
        format,
    };
    if !document.moves.is_empty() {
        // From here on, pointers speak of the repaired document.
        document.place_in_source(diagnostics);
    }
    document.openapi = typed::typed(&mut document.root, diagnostics);
    Ok(document)
}

/// A reason to refuse the document as a whole.
fn refuse(code: Code, message: impl Into<String>) -> Diagnostic {
    Diagnostic {
        code,
        pointer: Pointer::root(),
        message: message.into(),
        hint: None,
        location: None,
    }
}

/// A reason to refuse the document that was found at `location`.
fn refuse_at(code: Code, message: impl Into<String>, location: Location) -> Diagnostic {
    Diagnostic {
        location: Some(location),
        ..refuse(code, message)
    }
}

#[cfg(test)]
mod tests;
