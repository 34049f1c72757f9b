//! A `$ref` where the specification has none in, what it names in its place out.
//!
//! `paths: {$ref: paths.yaml}` is how many documents are kept, since every bundler takes it. What is put in its place
//! is spoken of where it is written, and a reference to it there means it here.

use serde_json::Value;

use super::{links::Wanted, notes::Notes, path::Path, reader, repair, shape::Shape};
use crate::{diagnostics::Code, ir::Pointer};

/// How many references in a row are followed.
const LONGEST: usize = 32;

/// The text of a `$ref` that means nothing where a `shape` is expected.
pub(super) fn of(shape: Shape, value: &Value) -> Option<&str> {
    let text = value.get("$ref")?.as_str()?;
    let has_no_reference = match shape {
        Shape::Object(kind) => kind.listed().all(|member| member.name != "$ref"),
        Shape::List(_) => true,
        // In a map of texts it is an entry.
        Shape::Map(shape) => !matches!(shape, Shape::Any | Shape::Text | Shape::Keyword(_) | Shape::Name(_)),
        _ => false,
    };
    has_no_reference.then_some(text)
}

/// Puts in the place of a misplaced `$ref` what it names.
pub(super) fn replace(wanted: &Wanted, notes: &mut Notes<'_>) {
    notes.version = wanted.version;
    let reference = wanted.place.child("$ref");
    let reference = Path::Moved("$ref", &reference);
    let place = notes.links.now(wanted.place.clone());
    let Some(source) = follow(wanted, notes) else {
        let (code, message, hint) = reader::why(&notes.reader.unread, &wanted.text);
        notes.say(code, &reference, &format!("is ignored: {message}"), hint);
        return;
    };
    let (Some(beside), Some(mut instead)) = (
        notes.reader.texts.value_at(&place).cloned(),
        notes.reader.texts.value_at(&source).cloned(),
    ) else {
        return;
    };
    let hint = "refer to each entry instead";
    let message = "stands where the specification has no reference; what it names is read in its place";
    notes.say(Code::MisplacedReference, &reference, message, Some(hint));
    if let (Value::Object(members), Value::Object(beside)) = (&mut instead, beside) {
        for (name, member) in beside.into_iter().filter(|(name, _)| name != "$ref") {
            notes
                .moves
                .moved(source.clone(), name.clone(), wanted.place.child(&name));
            members.insert(name, member);
        }
    }
    let name = wanted.place.tokens().last().unwrap_or_default();
    notes.moves.moved(wanted.place.parent(), name.as_str(), source.clone());
    let version = notes.reader.texts.version(&source).unwrap_or(wanted.version);
    notes.version = version;
    let is_done = notes.links.has_passed(&source, version);
    notes.links.stands_instead(source.clone(), wanted.place.clone());
    if !is_done && !repair::piece(wanted.shape, &mut instead, &Path::Moved(&name, &source), notes) {
        instead = Value::Null;
    }
    notes.reader.texts.put(&place, instead);
}

/// The place at the end of the references that begin with `wanted`.
fn follow(wanted: &Wanted, notes: &mut Notes<'_>) -> Option<Pointer> {
    let mut text = wanted.text.clone();
    for _ in 0..LONGEST {
        let place = notes.resolve(&text, wanted.version)?;
        let next = notes.reader.texts.value_at(&place)?.get("$ref").and_then(Value::as_str);
        let Some(next) = next.map(str::to_owned) else {
            return Some(place);
        };
        text = notes.absolute(&next, &place);
    }
    None
}
