//! The texts of a document and of the files that it refers to: bytes in, values by place out, and the way back from any
//! place to its line.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Format, Source, decode, kind, locate, moves::Moves, overlay, parse, version::Version};
use crate::{
    diagnostics::{Code, Diagnostic, Diagnostics, Location, Refusal, Sources},
    ir::Pointer,
};

/// Every text that was read, by the place that is the whole of it.
#[derive(Debug, Default)]
pub(super) struct Texts {
    files: BTreeMap<Pointer, Text>,
    /// What overlays put into the document of record, an action each, in their order.
    laid: Vec<Moves>,
}

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
        let parsed = parse::parse(&text).map_err(|problem| kind::refuse_syntax(&text, problem))?;
        report_duplicates(&parsed.duplicates, &Pointer::root(), diagnostics);
        let version = kind::version(&text, &parsed, diagnostics)?;
        let text = Text {
            name: source.name.to_owned(),
            text: text.into_owned(),
            format: parsed.format,
            root: parsed.root,
            version,
        };
        self.files.insert(Pointer::root(), text);
        Ok(version)
    }

    /// Lays `overlays` over the document of record, one after the other.
    pub(super) fn lay(&mut self, overlays: &[Source<'_>], diagnostics: &mut Diagnostics) -> Result<(), Refusal> {
        // From here on, pointers speak of the document with what was laid over it.
        self.place(diagnostics);
        for overlay in overlays {
            let place = self.add_overlay(overlay, diagnostics)?;
            let Some(actions) = self.files.get(&place).map(|text| text.root.clone()) else {
                continue;
            };
            let Some(document) = self.files.get_mut("") else {
                continue;
            };
            match overlay::lay(&mut document.root, &actions, &place) {
                Ok(layers) => self.laid.extend(layers),
                Err(mut problems) => {
                    let locations = self.locate(problems.iter().map(|problem| &problem.pointer));
                    for (problem, location) in problems.iter_mut().zip(locations) {
                        problem.location = Some(location);
                    }
                    return Err(Refusal::new(problems));
                }
            }
        }
        Ok(())
    }

    /// Reads an overlay; the place that is the whole of it.
    fn add_overlay(&mut self, source: &Source<'_>, diagnostics: &mut Diagnostics) -> Result<Pointer, Diagnostic> {
        let mut place = Pointer::in_file(source.name.trim_start_matches('/'));
        while self.files.contains_key(&place) {
            place = Pointer::in_file(&format!("overlay {}", place.file().unwrap_or_default()));
        }
        let at = |problem: Diagnostic| Diagnostic {
            pointer: place.clone(),
            ..problem
        };
        let text = decode::decode(source.bytes).map_err(at)?;
        let parsed = parse::parse(&text).map_err(|problem| at(kind::refuse_syntax(&text, problem)))?;
        report_duplicates(&parsed.duplicates, &place, diagnostics);
        let text = Text {
            name: source.name.to_owned(),
            text: text.into_owned(),
            format: parsed.format,
            root: parsed.root,
            version: Version::NEWEST,
        };
        self.files.insert(place.clone(), text);
        Ok(place)
    }

    /// Where the source has what is at `pointer`: in an overlay, if that put it there.
    fn laid_at(&self, pointer: &Pointer) -> Pointer {
        let mut pointer = pointer.clone();
        for moves in self.laid.iter().rev() {
            if pointer.file().is_some() {
                break;
            }
            pointer = moves.source(&pointer);
        }
        pointer
    }

    /// The value at `pointer`, as it is by now.
    pub(super) fn value_at(&self, pointer: &Pointer) -> Option<&Value> {
        self.files.get(pointer.whole_as_str())?.root.pointer(pointer.within())
    }

    /// Does `work` on the value at `pointer`, if there is one, with the version that its file is in.
    pub(super) fn with_value(&mut self, pointer: &Pointer, work: impl FnOnce(&mut Value, Version)) {
        if let Some(text) = self.files.get_mut(pointer.whole_as_str())
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
            let Some(text) = self.files.get(file) else { continue };
            let found = locate::locate(&text.text, text.format, asked.iter().map(|(_, pointer)| *pointer));
            for ((index, _), location) in asked.into_iter().zip(found) {
                locations[index] = location;
            }
        }
        locations
    }

    /// Gives every diagnostic its place, where all pointers speak of the source.
    pub(super) fn place(&self, diagnostics: &mut Diagnostics) {
        for diagnostic in diagnostics.without_place() {
            diagnostic.pointer = self.laid_at(&diagnostic.pointer);
        }
        let locations = self.locate(diagnostics.without_place().map(|diagnostic| &diagnostic.pointer));
        for (diagnostic, location) in diagnostics.without_place().zip(locations) {
            diagnostic.location = Some(location);
        }
    }

    pub(super) fn into_sources(self) -> Sources {
        let mut sources = Sources::default();
        for (place, text) in self.files {
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
