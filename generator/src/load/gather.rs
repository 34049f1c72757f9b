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
    links::{DYNAMIC, Wanted},
    misplaced,
    notes::Notes,
    path::Path,
    repair,
};
use crate::{diagnostics::Code, ir::Pointer};

/// Follows every reference that `notes` took note of, and those that this brings up.
pub(super) fn gather(notes: &mut Notes<'_>) {
    let mut meant = BTreeMap::new();
    let mut open = Vec::new();
    loop {
        while let Some(wanted) = notes.links.misplaced.pop() {
            misplaced::replace(&wanted, notes);
        }
        while let Some(wanted) = notes.links.wanted.pop_front() {
            match notes.resolve(&wanted.text, wanted.version) {
                Some(place) => arrive(notes, &wanted, place, &mut meant),
                None => open.push(wanted),
            }
        }
        // What was read since may be what one of these names.
        let again = std::mem::take(&mut open);
        for wanted in again {
            match notes.resolve(&wanted.text, wanted.version) {
                Some(place) => arrive(notes, &wanted, place, &mut meant),
                None => open.push(wanted),
            }
        }
        if !notes.links.is_done() {
            continue;
        }
        for wanted in std::mem::take(&mut notes.links.dynamic) {
            dynamic(notes, &wanted, &mut meant);
        }
        if notes.links.is_done() && notes.links.dynamic.is_empty() {
            break;
        }
    }
    if !meant.is_empty() {
        notes.reader.texts.values_mut().for_each(|value| rewrite(value, &meant));
    }
}

/// Walks what `wanted` leads to, and notes how it is to be written.
fn arrive(notes: &mut Notes<'_>, wanted: &Wanted, place: Pointer, meant: &mut Meant) {
    walk(notes, wanted, &place);
    let text = written(&place);
    if text != wanted.text {
        meant.insert(wanted.text.clone(), Some(text));
    }
}

fn walk(notes: &mut Notes<'_>, wanted: &Wanted, place: &Pointer) {
    let version = notes.reader.texts.version(place).unwrap_or(wanted.version);
    if notes.links.has_passed(place, version) {
        return;
    }
    let Some(mut value) = notes.reader.texts.take(place) else {
        return;
    };
    notes.version = version;
    if !repair::piece(wanted.shape, &mut value, &Path::Moved("", place), notes) {
        value = Value::Null;
    }
    notes.reader.texts.put(place, value);
    notes.links.walked.insert(place.clone(), wanted.shape);
}

fn dynamic(notes: &mut Notes<'_>, wanted: &Wanted, meant: &mut Meant) {
    let text = format!("{DYNAMIC}{}", wanted.text);
    match notes.resolve_dynamic(&wanted.text, wanted.version) {
        Ok(place) => {
            walk(notes, wanted, &place);
            meant.insert(text, Some(written(&place)));
        }
        Err(places) => {
            let message = if places.is_empty() {
                format!("`{}` leads nowhere; it is typed as any JSON value", wanted.text)
            } else {
                let places: Vec<_> = places.iter().map(|place| format!("`{}`", place.reference())).collect();
                format!(
                    "`$dynamicRef` means another of {} where it is reached another way; it is typed as any JSON value",
                    places.join(", ")
                )
            };
            let code = if places.is_empty() {
                Code::DanglingReference
            } else {
                Code::UnsupportedSchema
            };
            notes.diagnostics.report(code, &wanted.place, message);
            meant.insert(text, None);
        }
    }
}

/// What references are to be written as; nothing where they mean nothing.
type Meant = BTreeMap<String, Option<String>>;

/// A reference to `place`.
fn written(place: &Pointer) -> String {
    let within = place.within().replace('%', "%25");
    format!("{}#{within}", place.whole_as_str().trim_end_matches('#'))
}

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
