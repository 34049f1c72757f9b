//! The references of a walk in; what they lead to, of the shape that the specification demands, out.
//!
//! ```text
//! document of record ─repair→ references ─resolve→ places, in files that are read now ─repair→ references ─…
//! ```
//!
//! A place that no walk has passed is walked by the grammar of what the reference expects, once. In the end every
//! reference is written as the place that it means, so that nobody behind needs to know what it was seen from.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    links::{DYNAMIC, Wanted, plain, written},
    misplaced,
    path::Path,
    repair, templates,
    walk::Walk,
};
use crate::ir::Pointer;

/// Follows every reference that `walk` took note of, and those that this brings up.
pub(super) fn gather(walk: &mut Walk<'_>) {
    let mut meant = BTreeMap::new();
    let mut blanks = Vec::new();
    let mut open = Vec::new();
    loop {
        while let Some(wanted) = walk.links.misplaced.pop() {
            misplaced::replace(&wanted, walk);
        }
        while let Some(wanted) = walk.links.wanted.pop_front() {
            match walk.resolve(&wanted.text, wanted.version) {
                Some(place) => arrive(walk, &wanted, &place, &mut meant),
                None => open.push(wanted),
            }
        }
        // What was read since may be what one of these names.
        let again = std::mem::take(&mut open);
        for wanted in again {
            match walk.resolve(&wanted.text, wanted.version) {
                Some(place) => arrive(walk, &wanted, &place, &mut meant),
                None => open.push(wanted),
            }
        }
        if !walk.links.is_done() {
            continue;
        }
        // What nobody else fills is a reference like any other, once all files are known.
        for wanted in std::mem::take(&mut walk.links.dynamic) {
            let text = format!("{DYNAMIC}{}", wanted.text);
            let own = walk.resolve(&wanted.text, wanted.version);
            let own = own.inspect(|own| visit(walk, &wanted, own));
            let is_blank = own.as_ref().is_none_or(|own| is_placeholder(walk, own));
            meant.insert(text, own.filter(|_| !is_blank).map(|own| written(&own)));
            blanks.push(wanted);
        }
        if walk.links.is_done() && walk.links.dynamic.is_empty() {
            break;
        }
    }
    for wanted in open {
        let text = plain(&wanted.text).to_owned();
        meant.insert(wanted.text, Some(text));
    }
    // Copies of what has blanks are made while these can be told.
    let (dynamic, others): (Meant, Meant) = meant.into_iter().partition(|(text, _)| text.starts_with(DYNAMIC));
    rewrite_all(walk, &others);
    templates::fill(&blanks, walk);
    rewrite_all(walk, &dynamic);
}

fn rewrite_all(walk: &mut Walk<'_>, meant: &Meant) {
    if !meant.is_empty() {
        walk.reader.texts.values_mut().for_each(|value| rewrite(value, meant));
    }
}

/// Walks what `wanted` leads to, and notes how it is to be written.
fn arrive(walk: &mut Walk<'_>, wanted: &Wanted, place: &Pointer, meant: &mut Meant) {
    visit(walk, wanted, place);
    let text = written(place);
    if text != wanted.text {
        meant.insert(wanted.text.clone(), Some(text));
    }
}

fn visit(walk: &mut Walk<'_>, wanted: &Wanted, place: &Pointer) {
    let version = walk.reader.texts.version(place).unwrap_or(wanted.version);
    if walk.links.has_passed(place, version) {
        return;
    }
    let Some(mut value) = walk.reader.texts.take(place) else {
        return;
    };
    walk.notes.version = version;
    if !repair::piece(wanted.shape, &mut value, &Path::Moved("", place), walk) {
        value = Value::Null;
    }
    walk.reader.texts.put(place, value);
    walk.links.walked.insert(place.clone(), wanted.shape);
}

/// Whether a schema with a `$dynamicAnchor` only stands where another is to come.
fn is_placeholder(walk: &Walk<'_>, place: &Pointer) -> bool {
    const SILENT: [&str; 6] = ["$dynamicAnchor", "$anchor", "$comment", "title", "description", "not"];
    let members = walk.reader.texts.value_at(place).and_then(Value::as_object);
    members.is_some_and(|members| members.keys().all(|name| SILENT.contains(&name.as_str())))
}

/// What references are to be written as; nothing where they mean nothing.
type Meant = BTreeMap<String, Option<String>>;

fn rewrite(value: &mut Value, meant: &Meant) {
    match value {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            match reference.and_then(|reference| meant.get(reference)) {
                Some(Some(text)) => _ = members.insert("$ref".to_owned(), Value::String(text.clone())),
                Some(None) => _ = members.shift_remove("$ref"),
                None => {}
            }
            if let Some(Value::Object(mapping)) = members.get_mut("mapping") {
                for target in mapping.values_mut() {
                    if let Some(Some(text)) = target.as_str().and_then(|target| meant.get(target)) {
                        *target = Value::String(text.clone());
                    }
                }
            }
            members.values_mut().for_each(|value| rewrite(value, meant));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, meant)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
