//! A `$ref` where the specification has none in, what it names in its place out.
//!
//! `paths: {$ref: paths.yaml}` is how many documents are kept, since every bundler takes it. What takes its place are
//! references to what has a name there, such as a path item or the schema of a component, and a copy of the rest.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    links::{LONGEST, MOST_COPIES, Wanted, plain},
    path::Path,
    reader, repair,
    shape::Shape,
    walk::Walk,
};
use crate::{diagnostics::Code, ir::Pointer};

/// Puts in the place of a misplaced `$ref` what it names.
pub(super) fn replace(wanted: &Wanted, walk: &mut Walk<'_>) {
    walk.notes.version = wanted.version;
    let place = &wanted.place;
    let reference = place.child("$ref");
    let reference = Path::Moved("$ref", &reference);
    let source = follow(&wanted.text, walk);
    let Some(beside) = walk.reader.texts.take(place) else {
        return;
    };
    let beside = match beside {
        Value::Object(members) => members.into_iter().filter(|(name, _)| name != "$ref").collect(),
        _ => Map::new(),
    };
    let stays = match source {
        Ok(source) => {
            let message = "stands where the specification has no reference; what it names is read in its place";
            walk.notes.say(Code::MisplacedReference, &reference, message, None);
            put(wanted, &source, beside, walk)
        }
        Err(lost) => {
            let (code, message, hint) = match lost {
                Lost::Nowhere => reader::why(&walk.reader.unread, plain(&wanted.text)),
                Lost::Ring => {
                    let message = format!("`{}` leads back to itself", plain(&wanted.text));
                    (Code::ReferenceCycle, message, None)
                }
                Lost::Far => (Code::DanglingReference, too_far(), None),
            };
            walk.notes
                .say(code, &reference, &format!("is ignored: {message}"), hint);
            let is_list = matches!(wanted.shape, Shape::List(_));
            let mut rest = Value::Object(beside);
            let stays = !is_list && repair::piece(wanted.shape, &mut rest, &Path::Moved("", place), walk);
            walk.reader.texts.put(place, rest);
            stays
        }
    };
    if !stays && let Some(remaining) = walk.reader.texts.remove(place) {
        walk.notes.moves.remaining(place.parent(), remaining);
    }
}

/// Puts what is at `source` where `wanted` stands, and `beside` into it; `false` when it has to go.
fn put(wanted: &Wanted, source: &Pointer, beside: Map<String, Value>, walk: &mut Walk<'_>) -> bool {
    let place = &wanted.place;
    walk.notes.version = walk.reader.texts.version(source).unwrap_or(wanted.version);
    let name = place.tokens().last().unwrap_or_default();
    let mut instead = outline(wanted.shape, &name, source, 0, walk);
    if let Value::Object(members) = &mut instead {
        for (name, member) in beside {
            walk.notes.moves.moved(source.clone(), name.clone(), place.child(&name));
            members.insert(name, member);
        }
    }
    walk.notes.moves.moved(place.parent(), name.as_str(), source.clone());
    let stays = repair::piece(wanted.shape, &mut instead, &Path::Moved(&name, source), walk);
    walk.reader.texts.put(place, instead);
    stays
}

/// Why references have no end.
#[derive(Debug, Clone, Copy)]
enum Lost {
    Nowhere,
    Ring,
    /// There are more of them than are followed.
    Far,
}

fn too_far() -> String {
    format!("more than {LONGEST} references follow on each other")
}

/// The place at the end of the references that begin with `text`.
fn follow(text: &str, walk: &mut Walk<'_>) -> Result<Pointer, Lost> {
    let mut text = text.to_owned();
    let mut seen = BTreeSet::new();
    for _ in 0..LONGEST {
        let place = walk.resolve(&text, walk.notes.version).ok_or(Lost::Nowhere)?;
        if !seen.insert(place.clone()) {
            return Err(Lost::Ring);
        }
        let value = walk.reader.texts.value_at(&place).ok_or(Lost::Nowhere)?;
        let next = value.get("$ref").and_then(Value::as_str);
        let Some(next) = next.map(str::to_owned) else {
            return Ok(place);
        };
        text = walk.absolute(&next, &place);
    }
    Err(Lost::Far)
}

/// What is at `source`, which should be of `shape` and stands under `name`, with references for what may be referred to.
fn outline(shape: Shape, name: &str, source: &Pointer, depth: usize, walk: &mut Walk<'_>) -> Value {
    let value = walk.reader.texts.value_at(source).cloned().unwrap_or_default();
    walk.links.copies += 1;
    let limit = if depth > LONGEST {
        Some(too_far())
    } else if walk.links.copies > MOST_COPIES {
        Some(format!(
            "more than {MOST_COPIES} values are put in the place of references"
        ))
    } else {
        None
    };
    if let Some(limit) = limit {
        let message = format!("{limit}; what is here is left out");
        walk.notes.diagnostics.report(Code::DanglingReference, source, message);
        return Value::Null;
    }
    match value {
        Value::Object(members) => {
            let member = |(key, value): (String, Value)| {
                let part = match shape.below(&key, walk.notes.version) {
                    Some(shape) if is_named(shape, name) => refer(value, &source.child(&key)),
                    Some(shape) => part(shape, value, (source, &key), depth, walk),
                    None => value,
                };
                (key, part)
            };
            Value::Object(members.into_iter().map(member).collect::<Map<_, _>>())
        }
        Value::Array(items) => {
            let Shape::List(shape) = shape else {
                return Value::Array(items);
            };
            let item = |(index, value): (usize, Value)| {
                let key = index.to_string();
                if is_named(*shape, name) {
                    refer(value, &source.child(&key))
                } else {
                    part(*shape, value, (source, &key), depth, walk)
                }
            };
            Value::Array(items.into_iter().enumerate().map(item).collect())
        }
        value => value,
    }
}

/// Whether something of `shape` in what stands under `name` may be referred to and is. Schemas that are no entries of their
/// own have their names from where they stand.
fn is_named(shape: Shape, name: &str) -> bool {
    match shape {
        Shape::Schema(_) => ["schemas", "$defs", "definitions"].contains(&name),
        shape => shape.is_referable(),
    }
}

/// A reference to `value`, which is at `place`, from the same file.
fn refer(value: Value, place: &Pointer) -> Value {
    let refers = value.get("$ref").is_some_and(Value::is_string);
    let within = place.within().replace('%', "%25");
    if value.is_object() && !refers {
        json!({ "$ref": format!("#{within}") })
    } else {
        value
    }
}

/// What stands for `value`, the part `name` of what is at a place.
fn part(shape: Shape, value: Value, (parent, name): (&Pointer, &str), depth: usize, walk: &mut Walk<'_>) -> Value {
    let place = parent.child(name);
    let has_parts = value.is_object() || value.is_array();
    if !has_parts || shape.is_referable() && value.get("$ref").is_some_and(Value::is_string) {
        return value;
    }
    let Some(text) = shape.misplaced(&value) else {
        return outline(shape, name, &place, depth + 1, walk);
    };
    let text = walk.absolute(text, &place);
    let Ok(source) = follow(&text, walk) else {
        return value;
    };
    walk.notes.moves.moved(parent.clone(), name, source.clone());
    outline(shape, name, &source, depth + 1, walk)
}
