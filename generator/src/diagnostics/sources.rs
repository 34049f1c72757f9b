//! The texts that diagnostics are about, by file.

use std::collections::BTreeMap;

use crate::{ir::Pointer, load::Source};

/// The texts of everything that was read together.
#[derive(Debug, Clone, Default)]
pub struct Sources(BTreeMap<String, Text>);

/// A text with the name that messages call it.
#[derive(Debug, Clone)]
struct Text {
    name: String,
    text: String,
}

impl Sources {
    /// One text alone: that of the document of record.
    #[must_use]
    pub fn of(name: &str, text: impl Into<String>) -> Self {
        let mut sources = Self::default();
        sources.add(&Pointer::root(), name, text);
        sources
    }

    /// Adds the text of the file that `place` is in, which messages call `name`.
    pub fn add(&mut self, place: &Pointer, name: impl Into<String>, text: impl Into<String>) {
        let text = Text {
            name: name.into(),
            text: text.into(),
        };
        self.0.insert(key(place), text);
    }

    /// What messages call the file that `place` is in.
    #[must_use]
    pub fn name(&self, place: &Pointer) -> &str {
        self.0.get(&key(place)).map_or("", |text| &text.name)
    }

    /// The text of the file that `place` is in.
    #[must_use]
    pub fn text(&self, place: &Pointer) -> &str {
        self.0.get(&key(place)).map_or("", |text| &text.text)
    }

    /// The names of all files but the document of record, as pointers and the manifest call them.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|file| !file.is_empty())
    }

    /// Whether the text of the document of record is among them.
    pub(crate) fn has_root(&self) -> bool {
        self.0.contains_key("")
    }
}

impl From<&Source<'_>> for Sources {
    fn from(source: &Source<'_>) -> Self {
        Self::of(source.name, source.text())
    }
}

fn key(place: &Pointer) -> String {
    place.file().map_or_else(String::new, Into::into)
}
