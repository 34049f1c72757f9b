//! The texts of a document and of the files that it refers to: bytes in, values by place out, and the way back from any
//! place to its line.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Format, Source, decode, kind, locate, parse, version::Version};
use crate::{
    diagnostics::{Code, Diagnostic, Diagnostics, Location, Sources},
    ir::Pointer,
};

/// Every text that was read, by the place that is the whole of it.
#[derive(Debug, Default)]
pub(super) struct Texts(BTreeMap<Pointer, Text>);

/// A text, and what it says.
#[derive(Debug)]
struct Text {
    /// What messages call it.
    name: String,
    text: String,
    format: Format,
    root: Value,
    version: Version,
}

impl Texts {
    /// Reads the document of record; its version.
    pub(super) fn add_root(
        &mut self,
        source: &Source<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Version, Diagnostic> {
        let text = decode::decode(source.bytes)?;
        kind::refuse_text(&text)?;
        let parsed = parse::parse(&text)?;
        report_duplicates(&parsed.duplicates, &Pointer::root(), diagnostics);
        let version = kind::version(&text, &parsed, diagnostics)?;
        let text = Text {
            name: source.name.to_owned(),
            text: text.into_owned(),
            format: parsed.format,
            root: parsed.root,
            version,
        };
        self.0.insert(Pointer::root(), text);
        Ok(version)
    }

    /// The value at `pointer`, as it is by now.
    pub(super) fn value_at(&self, pointer: &Pointer) -> Option<&Value> {
        self.0.get(pointer.whole_as_str())?.root.pointer(pointer.within())
    }

    /// Does `work` on the value at `pointer`, if there is one, with the version that its file is in.
    pub(super) fn with_value(&mut self, pointer: &Pointer, work: impl FnOnce(&mut Value, Version)) {
        if let Some(text) = self.0.get_mut(pointer.whole_as_str())
            && let Some(value) = text.root.pointer_mut(pointer.within())
        {
            work(value, text.version);
        }
    }

    /// Where the values at `pointers` of the source stand, in their order.
    pub(super) fn locate<'p>(&self, pointers: impl Iterator<Item = &'p Pointer>) -> Vec<Location> {
        let mut locations = Vec::new();
        let mut by_file: BTreeMap<&str, Vec<(usize, &Pointer)>> = BTreeMap::new();
        for (index, pointer) in pointers.enumerate() {
            locations.push(Location::START);
            by_file
                .entry(pointer.whole_as_str())
                .or_default()
                .push((index, pointer));
        }
        for (file, asked) in by_file {
            let Some(text) = self.0.get(file) else { continue };
            let found = locate::locate(&text.text, text.format, asked.iter().map(|(_, pointer)| *pointer));
            for ((index, _), location) in asked.into_iter().zip(found) {
                locations[index] = location;
            }
        }
        locations
    }

    /// Gives every diagnostic its place, where all pointers speak of the source.
    pub(super) fn place(&self, diagnostics: &mut Diagnostics) {
        let locations = self.locate(diagnostics.without_place().map(|diagnostic| &diagnostic.pointer));
        for (diagnostic, location) in diagnostics.without_place().zip(locations) {
            diagnostic.location = Some(location);
        }
    }

    pub(super) fn into_sources(self) -> Sources {
        let mut sources = Sources::default();
        for (place, text) in self.0 {
            sources.add(&place, text.name, text.text);
        }
        sources
    }
}

fn report_duplicates(duplicates: &[Pointer], file: &Pointer, diagnostics: &mut Diagnostics) {
    for pointer in duplicates {
        let key = pointer.tokens().last().unwrap_or_default();
        let place = pointer.tokens().fold(file.clone(), |place, token| place.child(token));
        let message = format!("the key `{key}` is given more than once; the last one counts");
        diagnostics.report(Code::DuplicateKey, &place, message);
    }
}
