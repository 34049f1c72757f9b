//! Bytes in, a [`Document`] out: values in the one vocabulary that `lower` reads, and a way back from any of them to its line.
//!
//! ```text
//! bytes ─decode→ text ─parse→ Value ─kind→ version ─overlay→ Value ─repair→ Value ─gather→ files ─(2.0: swagger)→ typed
//! ```
//!
//! What is not OpenAPI is refused by its name. What is, is read: a value of a shape that the specification does
//! not allow costs the smallest thing around it, and is reported.
//!
//! Versions meet here, and nobody behind knows which one it was. What sets them apart is data:
//!
//! * A **grammar** (`shape`, `grammar`) lists the members of each kind of object, with the versions that have them. One table is
//!   enough for 3.0, 3.1 and 3.2; 2.0 has one of its own for what stands around schemas.
//! * A **rule** (`rules`) translates one construct into the vocabulary, in those versions that write it otherwise. The vocabulary
//!   is OpenAPI 3.0's, with the words of JSON Schema that it lacks beside it.
//! * One **engine** (`repair`) walks a value along the grammar: it applies the rules of an object, then looks at its members.
//!   It knows neither a construct nor a version.
//! * What several objects of 2.0 say together, such as a body and the media types of its operation, no rule about one object
//!   can translate; `swagger` does, once everything is read.
//!
//! A walk takes note of every `$ref`; `gather` resolves these, reads the files that they lead into, and walks on there. A place in
//! another file is a [`Pointer`] that begins with the name of the file, so that everybody behind follows references without
//! knowing of files.
//!
//! Whatever a rule or a translation puts elsewhere it tells to `moves`, and an overlay does likewise. A diagnostic speaks of the
//! document as it is in effect; on its way out, [`Document::place`] takes its pointer back through all moves, to the file, line
//! and column where a person wrote it.
//!
//! `openapiv3` types what stands around schemas (`typed`). Schemas stay values: `lower` reads them where they stand, through a
//! view that knows JSON Schema's words, so that no keyword is lost to a type that does not have it.

mod decode;
mod express;
mod extensions;
mod foreign;
mod gather;
mod grammar;
mod kind;
mod links;
mod locate;
mod misplaced;
mod moves;
mod notes;
mod objects;
mod overlay;
mod parse;
mod path;
mod reader;
mod repair;
mod resources;
mod rules;
mod scalar;
mod shape;
mod swagger;
mod templates;
mod texts;
mod tree;
mod typed;
mod uri;
mod version;
mod walk;
mod words;
mod written;

use std::{borrow::Cow, collections::BTreeMap};

use serde::de::DeserializeOwned;
use serde_json::Value;

use self::{
    links::Links,
    notes::Notes,
    reader::{Reader, Unread},
    shape::Shape,
    texts::Texts,
    version::Version,
    walk::Walk,
};
pub(crate) use self::{
    objects::{KeyLocation, Parameter, ParameterLocation, ParameterStyle, SecurityScheme, SecuritySchemeKind},
    typed::{Components, OpenApi},
    words::nearest,
};
use crate::{
    diagnostics::{Code, Diagnostic, Diagnostics, Location, Refusal, Sources, did_you_mean},
    input::Input,
    ir::Pointer,
};

/// The methods for which a path item has a member each, as it writes them.
pub(crate) const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Whether a schema can stand at `place` of a repaired document. What is in other files, and in what nobody describes, is what
/// a reference takes it for.
pub(crate) fn may_be_schema(place: &Pointer) -> bool {
    if place.file().is_some() {
        return true;
    }
    let mut shape = Shape::Object(grammar::of(Version::NEWEST));
    for (depth, token) in place.tokens().enumerate() {
        let Some(below) = shape.below(&token, Version::NEWEST) else {
            return depth == 0 || token.starts_with("x-") || shape.may_hold_schemas(&token);
        };
        shape = below;
    }
    shape.may_be_schema()
}

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
    /// What holds for all operations, typed. These, and all schemas, are read where they stand.
    pub(crate) openapi: OpenApi,
    texts: Texts,
    /// Why what references name was not read, by the name of it.
    unread: BTreeMap<String, Unread>,
    moves: moves::Moves,
    /// What a translation moved after that.
    places: swagger::Places,
    /// What references led to, and what it was read as.
    walked: BTreeMap<Pointer, Shape>,
}

impl Document {
    /// The value at `pointer`, as repaired.
    pub(crate) fn value_at(&self, pointer: &Pointer) -> Option<&Value> {
        self.texts.value_at(pointer)
    }

    /// The document and each file that it refers to, as repaired.
    pub(crate) fn wholes(&self) -> impl Iterator<Item = (Pointer, &Value)> {
        self.texts.wholes()
    }

    /// The text at `pointer`.
    pub(crate) fn text_at(&self, pointer: &Pointer) -> Option<&str> {
        self.value_at(pointer)?.as_str()
    }

    /// The value at `pointer` as a `T`, which says nothing of schemas.
    pub(crate) fn typed_at<T: DeserializeOwned>(&self, pointer: &Pointer) -> Option<T> {
        typed(self.value_at(pointer)?).ok()
    }

    /// The document in effect, with its files in it, in OpenAPI 3.1, as YAML.
    pub(crate) fn express(&self) -> String {
        express::express(&self.texts, &self.walked)
    }

    /// The place in the source of what is at `pointer` in the repaired document.
    pub(crate) fn source(&self, pointer: &Pointer) -> Pointer {
        self.moves.source(&self.places.source(pointer))
    }

    /// The names of the files that references led into.
    pub(crate) fn files(&self) -> Vec<String> {
        self.texts.names().collect()
    }

    /// All values: of the document of record, and of the files that it refers to.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.texts.values()
    }

    /// What is said of `reference`, which leads nowhere: its code, a message, and what can be done.
    pub(crate) fn why(&self, reference: &str) -> (Code, String, Option<String>) {
        let (code, message, hint) = reader::why(&self.unread, reference);
        let near = || Some(did_you_mean(&self.near(reference)?));
        (code, message, hint.map(str::to_owned).or_else(near))
    }

    /// The reference that `reference` was meant to be: the last of its names is nearly one that is there, or is one of a
    /// component elsewhere.
    pub(crate) fn near(&self, reference: &str) -> Option<String> {
        let beside = self.near_beside(reference).filter(|near| near != reference);
        beside.or_else(|| self.component_called(reference))
    }

    /// The component that has the last name of `reference`, in the folder that is called most like the one named there.
    fn component_called(&self, reference: &str) -> Option<String> {
        let mut names = reference.trim_end_matches('#').rsplit(['/', '#']);
        let (name, folder) = (
            names.next().filter(|name| !name.is_empty())?,
            names.next().unwrap_or_default(),
        );
        let components = self.value_at(&Pointer::root().child("components"))?.as_object()?;
        let holders = components.iter().filter(|(_, entries)| entries.get(name).is_some());
        let (folder, _) = holders.min_by_key(|(other, _)| strsim::damerau_levenshtein(folder, other))?;
        let place = Pointer::root().child("components").child(folder).child(name);
        Some(self.source(&place).reference()).filter(|near| near != reference)
    }

    /// What is there beside what `reference` names, and is called nearly so.
    fn near_beside(&self, reference: &str) -> Option<String> {
        let (holder, name) = reference.rsplit_once('/')?;
        let place = if holder == "#" {
            Pointer::root()
        } else {
            Pointer::of_reference(holder)?
        };
        let entries = self.value_at(&place)?.as_object()?;
        let near = nearest(name, entries.keys().map(String::as_str))?;
        let place = self.source(&place.child(near));
        Some(place.reference())
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
    let mut refusal = match read(input, diagnostics) {
        Ok(document) => return Ok(document),
        Err(refusal) => refusal,
    };
    if !refusal.sources.has_root() {
        refusal
            .sources
            .add(&Pointer::root(), input.source.name, input.source.text());
    }
    Err(refusal)
}

fn read(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Result<Document, Refusal> {
    let (reader, version) = Reader::open(input, diagnostics)?;
    let mut walk = Walk {
        notes: Notes::new(version, std::mem::take(diagnostics)),
        links: Links::default(),
        reader,
    };
    repair::document(grammar::of(version), &mut walk);
    gather::gather(&mut walk);
    written::settle(&mut walk);
    let Walk {
        notes,
        links,
        mut reader,
    } = walk;
    let mut moves;
    (*diagnostics, moves) = notes.end();
    if let Some(mut refusal) = reader.refusal() {
        refusal.sources = reader.texts.into_sources();
        return Err(refusal);
    }
    let is_translated = version == Version::V2_0;
    if is_translated {
        swagger::bring_home(&mut reader.texts, &mut moves);
    }
    let mut root = reader.texts.take(&Pointer::root()).unwrap_or_default();
    let mut places = swagger::Places::default();
    if is_translated {
        let files = reader.texts.values_mut();
        (root, places) = swagger::translate(&root, files, &moves, diagnostics);
    }
    if is_translated || !moves.is_empty() {
        // From here on, pointers speak of the repaired document.
        reader.texts.place(diagnostics);
    }
    let openapi = typed::document(&mut root, diagnostics);
    reader.texts.put(&Pointer::root(), root);
    Ok(Document {
        openapi,
        texts: reader.texts,
        unread: reader.unread,
        moves,
        places,
        walked: links.walked,
    })
}

/// `value`, which stands around schemas, as a `T`, which says nothing of these.
pub(crate) fn typed<T: DeserializeOwned>(value: &Value) -> serde_json::Result<T> {
    T::deserialize(&typed::around_schemas(value))
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
