//! Bytes in, a [`Document`] out: typed OpenAPI values, and a way back from any of them to its line.

mod locate;
mod parse;
mod text;

use std::collections::BTreeMap;

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

/// A document that was read.
#[derive(Debug)]
pub struct Document {
    /// The typed values.
    pub openapi: openapiv3::OpenAPI,
    root: Value,
    text: String,
}

impl Document {
    /// The untyped value at a place.
    pub fn value_at(&self, pointer: &Pointer) -> Option<&Value> {
        self.root.pointer(pointer.as_str())
    }

    /// The typed value at a place.
    pub fn typed_at<T: DeserializeOwned>(&self, pointer: &Pointer) -> Option<T> {
        T::deserialize(self.value_at(pointer)?).ok()
    }

    /// The schema at a place.
    pub fn schema_at(&self, pointer: &Pointer) -> Option<openapiv3::ReferenceOr<openapiv3::Schema>> {
        self.typed_at(pointer)
    }

    /// Where the values at `pointers` stand; for a value that is not there, where the nearest one around it stands.
    pub fn locate<'p>(&self, pointers: impl IntoIterator<Item = &'p Pointer>) -> BTreeMap<Pointer, Location> {
        locate::locate(&self.text, pointers)
    }
}

/// Reads `source`.
pub fn load(source: &Source<'_>, _diagnostics: &mut Diagnostics) -> Result<Document, Refusal> {
    let text = text::decode(source.bytes)?;
    let root = parse::parse(&text)?;
    let openapi = serde::Deserialize::deserialize(&root).map_err(|error: serde_json::Error| Refusal {
        problems: vec![Diagnostic {
            code: Code::NotOpenApi,
            pointer: Pointer::root(),
            message: error.to_string(),
            hint: None,
            location: None,
        }],
    })?;
    Ok(Document { openapi, root, text })
}
