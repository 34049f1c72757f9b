//! A `$ref` where the specification has none in, what it names in its place out.
//!
//! `paths: {$ref: paths.yaml}` is how many documents are kept, since every bundler takes it. What takes its place are
//! references to what has a name there, such as a path item or the schema of a component, and a copy of the rest.

use serde_json::{Map, Value, json};

use super::{
    links::{LONGEST, MOST_COPIES, Wanted, plain},
    notes::Notes,
    path::Path,
    reader, repair,
    shape::Shape,
};
use crate::{diagnostics::Code, ir::Pointer};

/// The text of a `$ref` that means nothing where a `shape` is expected.
pub(super) fn of(shape: Shape, value: &Value) -> Option<&str> {
    let text = value.get("$ref")?.as_str()?;
    let has_no_reference = match shape {
        Shape::Object(_) => !is_referable(shape),
        Shape::List(_) => true,
        // In a map of texts it is an entry.
        Shape::Map(shape) => !matches!(shape, Shape::Any | Shape::Text | Shape::Keyword(_) | Shape::Name(_)),
        _ => false,
    };
    has_no_reference.then_some(text)
}

/// Whether a `$ref` may stand where a `shape` is expected.
fn is_referable(shape: Shape) -> bool {
    match shape {
        Shape::Referable(..) | Shape::Aside(..) | Shape::Schema(_) => true,
        Shape::FlagOr(shape) => is_referable(*shape),
        Shape::Object(kind) => kind.listed().any(|member| member.name == "$ref"),
        _ => false,
    }
}

/// Puts in the place of a misplaced `$ref` what it names.
pub(super) fn replace(wanted: &Wanted, notes: &mut Notes<'_>) {
    notes.version = wanted.version;
    let place = &wanted.place;
    let reference = place.child("$ref");
    let reference = Path::Moved("$ref", &reference);
    let source = follow(&wanted.text, notes);
    let Some(beside) = notes.reader.texts.take(place) else {
        return;
    };
    let beside = match beside {
        Value::Object(members) => members.into_iter().filter(|(name, _)| name != "$ref").collect(),
        _ => Map::new(),
    };
    let stays = if let Some(source) = source {
        let message = "stands where the specification has no reference; what it names is read in its place";
        notes.say(Code::MisplacedReference, &reference, message, None);
        put(wanted, &source, beside, notes)
    } else {
        let (code, message, hint) = reader::why(&notes.reader.unread, plain(&wanted.text));
        notes.say(code, &reference, &format!("is ignored: {message}"), hint);
        let is_list = matches!(wanted.shape, Shape::List(_));
        let mut rest = Value::Object(beside);
        let stays = !is_list && repair::piece(wanted.shape, &mut rest, &Path::Moved("", place), notes);
        notes.reader.texts.put(place, rest);
        stays
    };
    if !stays && let Some(remaining) = notes.reader.texts.remove(place) {
        notes.moves.remaining(place.parent(), remaining);
    }
}

/// Puts what is at `source` where `wanted` stands, and `beside` into it; `false` when it has to go.
fn put(wanted: &Wanted, source: &Pointer, beside: Map<String, Value>, notes: &mut Notes<'_>) -> bool {
    let place = &wanted.place;
    notes.version = notes.reader.texts.version(source).unwrap_or(wanted.version);
    let name = place.tokens().last().unwrap_or_default();
    let mut instead = outline(wanted.shape, &name, source, 0, notes);
    if let Value::Object(members) = &mut instead {
        for (name, member) in beside {
            notes.moves.moved(source.clone(), name.clone(), place.child(&name));
            members.insert(name, member);
        }
    }
    notes.moves.moved(place.parent(), name.as_str(), source.clone());
    let stays = repair::piece(wanted.shape, &mut instead, &Path::Moved(&name, source), notes);
    notes.reader.texts.put(place, instead);
    stays
}

/// The place at the end of the references that begin with `text`.
fn follow(text: &str, notes: &mut Notes<'_>) -> Option<Pointer> {
    let mut text = text.to_owned();
    for _ in 0..LONGEST {
        let place = notes.resolve(&text, notes.version)?;
        let next = notes.reader.texts.value_at(&place)?.get("$ref").and_then(Value::as_str);
        let Some(next) = next.map(str::to_owned) else {
            return Some(place);
        };
        text = notes.absolute(&next, &place);
    }
    None
}

/// What is at `source`, which should be of `shape` and stands under `name`, with references for what may be referred to.
fn outline(shape: Shape, name: &str, source: &Pointer, depth: usize, notes: &mut Notes<'_>) -> Value {
    let value = notes.reader.texts.value_at(source).cloned().unwrap_or_default();
    notes.links.copies += 1;
    if depth > LONGEST || notes.links.copies > MOST_COPIES {
        return Value::Null;
    }
    match value {
        Value::Object(members) => {
            let member = |(key, value): (String, Value)| {
                let part = match shape.below(&key, notes.version) {
                    Some(shape) if is_named(shape, name) => refer(value, &source.child(&key)),
                    Some(shape) => part(shape, value, (source, &key), depth, notes),
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
                    part(*shape, value, (source, &key), depth, notes)
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
        shape => is_referable(shape),
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
fn part(shape: Shape, value: Value, (parent, name): (&Pointer, &str), depth: usize, notes: &mut Notes<'_>) -> Value {
    let place = parent.child(name);
    let has_parts = value.is_object() || value.is_array();
    if !has_parts || is_referable(shape) && value.get("$ref").is_some_and(Value::is_string) {
        return value;
    }
    let Some(text) = of(shape, &value) else {
        return outline(shape, name, &place, depth + 1, notes);
    };
    let text = notes.absolute(text, &place);
    let Some(source) = follow(&text, notes) else {
        return value;
    };
    notes.moves.moved(parent.clone(), name, source.clone());
    outline(shape, name, &source, depth + 1, notes)
}
