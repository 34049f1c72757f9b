//! The texts of a document and of the files that it refers to: bytes in, values by place out, and the way back from any
//! place to its line.

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::{Map, Value};

use super::{
    Format, Source, decode, kind,
    locate::{self, Found},
    moves::Moves,
    overlay,
    parse::{self, Parsed},
    version::Version,
};
use crate::{
    diagnostics::{Code, Diagnostic, Diagnostics, Location, Refusal, Sources},
    ir::Pointer,
};

/// Every text that was read, by the place that is the whole of it.
#[derive(Debug, Default)]
pub(super) struct Texts {
    files: BTreeMap<Pointer, Text>,
    overlays: BTreeMap<Pointer, Text>,
    /// What overlays put into the document of record, an action each, in their order.
    laid: Vec<Moves>,
}

/// A text, and what it says.
#[derive(Debug)]
struct Text {
    /// What messages call it.
    name: String,
    written: String,
    format: Format,
    root: Value,
    version: Version,
}

impl Text {
    fn new(name: String, written: String, parsed: Parsed, version: Version) -> Self {
        Self {
            name,
            written,
            format: parsed.format,
            root: parsed.root,
            version,
        }
    }
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
        report_duplicates(&text, &parsed.duplicates, &Pointer::root(), diagnostics);
        let version = kind::version(&text, &parsed, diagnostics)?;
        self.insert(
            Pointer::root(),
            source.name.to_owned(),
            text.into_owned(),
            parsed,
            version,
        );
        Ok(version)
    }

    /// Reads the file at `whole`, which is in `version` unless it says otherwise.
    pub(super) fn add(
        &mut self,
        whole: &Pointer,
        bytes: &[u8],
        version: Version,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Diagnostic> {
        let name = self.name_of(whole);
        let parsed = decode::decode(bytes).and_then(|text| Ok((parse::parse(&text)?, text)));
        let (parsed, text) = parsed.map_err(|mut problem| {
            problem.pointer = problem
                .pointer
                .tokens()
                .fold(whole.clone(), |place, token| place.child(token));
            // What is drawn about it needs its text.
            let text = decode::decode_lossy(bytes).into_owned();
            self.insert(whole.clone(), name.clone(), text, Parsed::nothing(), version);
            problem
        })?;
        report_duplicates(&text, &parsed.duplicates, whole, diagnostics);
        let version = kind::named_version(&parsed.root).unwrap_or(version);
        self.insert(whole.clone(), name, text.into_owned(), parsed, version);
        Ok(())
    }

    fn insert(&mut self, whole: Pointer, name: String, text: String, parsed: Parsed, version: Version) {
        self.files.insert(whole, Text::new(name, text, parsed, version));
    }

    /// What messages call the file at `whole`: as it would be typed where the document of record was.
    fn name_of(&self, whole: &Pointer) -> String {
        let root = self.files.get("").map_or("", |root| &root.name);
        let folder = root
            .rfind(['/', std::path::MAIN_SEPARATOR])
            .map_or("", |end| &root[..=end]);
        format!("{folder}{}", whole.file().unwrap_or_default())
    }

    /// Whether the file at `whole` was read.
    pub(super) fn has(&self, whole: &Pointer) -> bool {
        self.files.contains_key(whole)
    }

    /// How many files there are.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether any of `words` is written in the file at `whole`, or in what was laid over it.
    pub(super) fn mentions(&self, whole: &Pointer, words: &[&str]) -> bool {
        let overlays = self.overlays.values().filter(|_| whole.file().is_none());
        let mut texts = self.files.get(whole).into_iter().chain(overlays);
        texts.any(|text| words.iter().any(|word| text.written.contains(word)))
    }

    /// The names of the files that references led into, in their order.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.files.keys().filter_map(|whole| whole.file().map(Cow::into_owned))
    }

    /// The version that the file of `place` is in.
    pub(super) fn version(&self, place: &Pointer) -> Option<Version> {
        self.files.get(place.whole_as_str()).map(|text| text.version)
    }

    /// All values, of the document of record first.
    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        self.files.values().map(|text| &text.root)
    }

    /// The same, with the places that are the whole of them.
    pub(super) fn wholes(&self) -> impl Iterator<Item = (Pointer, &Value)> {
        self.files.iter().map(|(whole, text)| (whole.clone(), &text.root))
    }

    /// The same, to be changed.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.files.values_mut().map(|text| &mut text.root)
    }

    /// Takes the value at `pointer` out; [`Self::put`] brings it back.
    pub(super) fn take(&mut self, pointer: &Pointer) -> Option<Value> {
        let text = self.files.get_mut(pointer.whole_as_str())?;
        text.root.pointer_mut(pointer.within()).map(Value::take)
    }

    /// Puts a value where one was.
    pub(super) fn put(&mut self, pointer: &Pointer, value: Value) {
        if let Some(text) = self.files.get_mut(pointer.whole_as_str())
            && let Some(place) = text.root.pointer_mut(pointer.within())
        {
            *place = value;
        }
    }

    /// Gives what is at `pointer` a member; a file that has nothing there gets it.
    pub(super) fn insert_member(&mut self, pointer: &Pointer, name: &str, value: Value) {
        let Some(text) = self.files.get_mut(pointer.whole_as_str()) else {
            return;
        };
        let place = pointer.tokens().try_fold(&mut text.root, |place, token| {
            let members = place.as_object_mut()?;
            Some(members.entry(token).or_insert_with(|| Value::Object(Map::new())))
        });
        if let Some(Value::Object(members)) = place {
            members.insert(name.to_owned(), value);
        }
    }

    /// Lays `overlays` over the document of record, one after the other.
    pub(super) fn lay(&mut self, overlays: &[Source<'_>], diagnostics: &mut Diagnostics) -> Result<(), Refusal> {
        // From here on, pointers speak of the document with what was laid over it.
        self.place(diagnostics);
        for overlay in overlays {
            let place = self.add_overlay(overlay, diagnostics)?;
            let Some(actions) = self.overlays.get(&place).map(|text| text.root.clone()) else {
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
                        problem.location = Some(location.value);
                    }
                    return Err(Refusal::new(problems));
                }
            }
        }
        Ok(())
    }

    /// Reads an overlay; the place that is the whole of it.
    fn add_overlay(&mut self, source: &Source<'_>, diagnostics: &mut Diagnostics) -> Result<Pointer, Diagnostic> {
        // No reference can name it.
        let mut place = Pointer::in_file(&format!("overlay:{}", source.name));
        while self.overlays.contains_key(&place) {
            place = Pointer::in_file(&format!("overlay:{}", place.file().unwrap_or_default()));
        }
        let at = |problem: Diagnostic| Diagnostic {
            pointer: place.clone(),
            ..problem
        };
        let parsed = decode::decode(source.bytes).and_then(|text| {
            let parsed = parse::parse(&text).map_err(|problem| kind::refuse_syntax(&text, problem))?;
            Ok((parsed, text))
        });
        let (parsed, text) = parsed.map_err(|problem| {
            // What is drawn about it needs its name and its text.
            let written = decode::decode_lossy(source.bytes).into_owned();
            let text = Text::new(source.name.to_owned(), written, Parsed::nothing(), Version::NEWEST);
            self.overlays.insert(place.clone(), text);
            at(problem)
        })?;
        report_duplicates(&text, &parsed.duplicates, &place, diagnostics);
        let text = Text::new(source.name.to_owned(), text.into_owned(), parsed, Version::NEWEST);
        self.overlays.insert(place.clone(), text);
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

    /// Takes the value at `pointer` away. Of a list, the positions that remain.
    pub(super) fn remove(&mut self, pointer: &Pointer) -> Option<Vec<usize>> {
        let text = self.files.get_mut(pointer.whole_as_str())?;
        let name = pointer.tokens().last()?;
        match text.root.pointer_mut(pointer.parent().within())? {
            Value::Object(members) => {
                members.shift_remove(&name);
                None
            }
            Value::Array(items) => {
                let index = name.parse().ok().filter(|index| *index < items.len())?;
                let remaining = (0..items.len()).filter(|position| *position != index).collect();
                items.remove(index);
                Some(remaining)
            }
            _ => None,
        }
    }

    /// Where the values at `pointers` of the source stand, in their order.
    pub(super) fn locate<'p>(&self, pointers: impl Iterator<Item = &'p Pointer>) -> Vec<Found> {
        let mut locations = Vec::new();
        let mut by_file: BTreeMap<&str, Vec<(usize, &Pointer)>> = BTreeMap::new();
        for (index, pointer) in pointers.enumerate() {
            locations.push(Found {
                value: Location::START,
                key: Location::START,
            });
            by_file
                .entry(pointer.whole_as_str())
                .or_default()
                .push((index, pointer));
        }
        for (file, asked) in by_file {
            let text = self.files.get(file).or_else(|| self.overlays.get(file));
            let Some(text) = text else { continue };
            let found = locate::locate(&text.written, text.format, asked.iter().map(|(_, pointer)| *pointer));
            for ((index, _), location) in asked.into_iter().zip(found) {
                locations[index] = location;
            }
        }
        locations
    }

    /// What is written, without quotes, at `pointers` of the source, in their order.
    pub(super) fn written<'p>(&self, pointers: impl Iterator<Item = &'p Pointer>) -> Vec<Option<String>> {
        let mut written = Vec::new();
        let mut by_file: BTreeMap<Pointer, Vec<(usize, Pointer)>> = BTreeMap::new();
        for (index, pointer) in pointers.enumerate() {
            written.push(None);
            let place = self.laid_at(pointer);
            by_file.entry(place.whole()).or_default().push((index, place));
        }
        for (file, asked) in by_file {
            let Some(text) = self.files.get(&file).or_else(|| self.overlays.get(&file)) else {
                continue;
            };
            let found = locate::written(&text.written, text.format, asked.iter().map(|(_, place)| place));
            for ((index, _), scalar) in asked.into_iter().zip(found) {
                written[index] = scalar;
            }
        }
        written
    }

    /// Gives every diagnostic its place, where all pointers speak of the source.
    pub(super) fn place(&self, diagnostics: &mut Diagnostics) {
        for diagnostic in diagnostics.without_place() {
            let holder = self.laid_at(&diagnostic.pointer);
            // What is said of a reference is said of what holds it, which may be all that an overlay left of the document.
            let about_reference = matches!(diagnostic.code, Code::DanglingReference | Code::ExternalReference);
            let reference = self.laid_at(&diagnostic.pointer.child("$ref"));
            let is_laid = about_reference && reference.whole() != holder.whole();
            diagnostic.pointer = if is_laid { reference } else { holder };
        }
        let locations = self.locate(diagnostics.without_place().map(|diagnostic| &diagnostic.pointer));
        for (diagnostic, location) in diagnostics.without_place().zip(locations) {
            let is_about_the_key = diagnostic.code.is_about_the_key(&diagnostic.pointer);
            diagnostic.location = Some(if is_about_the_key { location.key } else { location.value });
        }
    }

    /// Where these are, where all of them speak of the source: each in its file, and its key, where it has one.
    pub(super) fn places(&self, pointers: impl Iterator<Item = Pointer>) -> Vec<(Pointer, Location)> {
        let pointers: Vec<Pointer> = pointers.map(|pointer| self.laid_at(&pointer)).collect();
        let found = self.locate(pointers.iter());
        let keys: Vec<Location> = found.into_iter().map(|found| found.key).collect();
        pointers.into_iter().zip(keys).collect()
    }

    pub(super) fn into_sources(self) -> Sources {
        let mut sources = Sources::default();
        for (place, text) in self.files.into_iter().chain(self.overlays) {
            sources.add(&place, text.name, text.written);
        }
        sources
    }
}

fn report_duplicates(text: &str, duplicates: &[Pointer], file: &Pointer, diagnostics: &mut Diagnostics) {
    let first = locate::first_keys(text, duplicates);
    for (pointer, first) in duplicates.iter().zip(first) {
        let key = pointer.tokens().last().unwrap_or_default();
        let place = pointer.tokens().fold(file.clone(), |place, token| place.child(token));
        let first = first.map(|first| format!(", first in line {}, column {}", first.line, first.column));
        let message = format!(
            "the key `{key}` is given more than once{}; the last one counts",
            first.unwrap_or_default()
        );
        diagnostics.report(Code::DuplicateKey, &place, message);
    }
}
