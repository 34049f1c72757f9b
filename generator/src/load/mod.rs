//! Bytes in, a [`Document`] out: typed OpenAPI values, and a way back from any of them to its line.
//!
//! ```text
//! bytes ─decode→ text ─parse→ Value ─kind→ (is it OpenAPI 3.0?) ─repair→ Value ─typed→ openapiv3 values
//! ```
//!
//! What is not OpenAPI 3.0 is refused by its name. What is, is read: a value of a shape that the specification does
//! not allow costs the smallest thing around it, and is reported.

mod decode;
mod express;
mod foreign;
mod grammar;
mod kind;
mod locate;
mod moves;
mod notes;
mod overlay;
mod parse;
mod path;
mod repair;
mod rules;
mod scalar;
mod shape;
mod texts;
mod tree;
mod typed;
mod version;
mod words;

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    diagnostics::{Code, Diagnostic, Diagnostics, Location, Refusal, Sources},
    input::Input,
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

/// A document that was read, with the files that it refers to.
#[derive(Debug)]
pub(crate) struct Document {
    /// The typed values around schemas, which [`Document::value_at`] gives. Callbacks and links, which describe calls that the server makes or suggests, are only in
    /// [`Document::value_at`].
    pub(crate) openapi: openapiv3::OpenAPI,
    texts: texts::Texts,
    moves: moves::Moves,
}

impl Document {
    /// The value at `pointer`, as repaired.
    pub(crate) fn value_at(&self, pointer: &Pointer) -> Option<&Value> {
        self.texts.value_at(pointer)
    }

    /// The value at `pointer` as a `T`.
    pub(crate) fn typed_at<T: DeserializeOwned>(&self, pointer: &Pointer) -> Option<T> {
        T::deserialize(&typed::around_schemas(self.value_at(pointer)?)).ok()
    }

    /// The document in effect, in OpenAPI 3.1, as YAML.
    pub(crate) fn express(&self) -> String {
        self.value_at(&Pointer::root())
            .map(express::express)
            .unwrap_or_default()
    }

    /// The place in the source of what is at `pointer` in the repaired document.
    pub(crate) fn source(&self, pointer: &Pointer) -> Pointer {
        self.moves.source(pointer)
    }

    /// The texts of all files, for drawing diagnostics.
    pub(crate) fn into_sources(self) -> Sources {
        self.texts.into_sources()
    }

    /// Gives every diagnostic its place, sorts by it, and leaves one of those that say the same.
    pub(crate) fn place(&self, diagnostics: &mut Diagnostics) {
        for diagnostic in diagnostics.without_place() {
            diagnostic.pointer = self.source(&diagnostic.pointer);
        }
        self.texts.place(diagnostics);
        diagnostics.sort();
    }
}

/// Reads the document of `input`, and the files that it refers to.
pub(crate) fn load(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Result<Document, Refusal> {
    let mut texts = texts::Texts::default();
    read(input, &mut texts, diagnostics).map_err(|mut refusal| {
        refusal.sources = std::mem::take(&mut texts).into_sources();
        if !refusal.sources.has_root() {
            refusal
                .sources
                .add(&Pointer::root(), input.source.name, input.source.text());
        }
        refusal
    })
}

fn read(input: &Input<'_>, texts: &mut texts::Texts, diagnostics: &mut Diagnostics) -> Result<Document, Refusal> {
    let version = texts.add_root(&input.source, diagnostics)?;
    texts.lay(input.overlays, diagnostics)?;
    let mut notes = notes::Notes::new(version, diagnostics);
    texts.with_value(&Pointer::root(), |root, _| {
        repair::repair(&grammar::DOCUMENT, root, &mut notes)
    });
    let moves = notes.moves;
    if !moves.is_empty() {
        // From here on, pointers speak of the repaired document.
        texts.place(diagnostics);
    }
    let mut openapi = openapiv3::OpenAPI::default();
    texts.with_value(&Pointer::root(), |root, _| openapi = typed::typed(root, diagnostics));
    Ok(Document {
        openapi,
        texts: std::mem::take(texts),
        moves,
    })
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
