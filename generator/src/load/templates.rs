//! Schemas with a blank, which others fill in their own way, in; a copy for each that fills it out.
//!
//! `$dynamicRef: '#item'` means what the schema that led there calls `item`. Where a `$ref` to the schema with the blank
//! stands in one that has a `$dynamicAnchor: item`, a copy that refers to that takes the place of the `$ref`. What the
//! blank means elsewhere is what the schema itself has there.

use serde_json::{Map, Value};

use super::{
    gather::{report_lost, written},
    links::{DYNAMIC, Wanted},
    notes::Notes,
};
use crate::{diagnostics::Code, ir::Pointer};

/// What a copy has no use for: the names of what it is a copy of, and what only these lead to.
const NAMES: [&str; 6] = [
    "$id",
    "$schema",
    "$anchor",
    "$dynamicAnchor",
    "$defs",
    "$recursiveAnchor",
];

/// A blank.
struct Blank<'w> {
    wanted: &'w Wanted,
    /// The schema that has it.
    template: Pointer,
    /// What it means where nobody fills it.
    own: Pointer,
    /// What fills it somewhere.
    fillings: Vec<Pointer>,
}

/// Fills the blanks that `open` are references to.
pub(super) fn fill(open: &[Wanted], notes: &mut Notes<'_>) {
    let mut blanks: Vec<Blank<'_>> = Vec::new();
    for wanted in open {
        let Some(own) = notes.resolve(&wanted.text, wanted.version) else {
            report_lost(wanted, notes);
            continue;
        };
        let fillings = notes.dynamic(&wanted.text).filter(|place| *place != own).collect();
        let template = scope(&wanted.place, notes);
        blanks.push(Blank {
            wanted,
            template,
            own,
            fillings,
        });
    }
    // What one has for itself is no other's filling.
    let mut used: Vec<Pointer> = blanks.iter().map(|blank| blank.own.clone()).collect();
    for template in templates(&blanks) {
        let of_template: Vec<&Blank<'_>> = blanks.iter().filter(|blank| blank.template == template).collect();
        for place in uses(&template, notes) {
            used.extend(copy(&of_template, &place, notes));
        }
    }
    for blank in blanks {
        let others: Vec<String> = blank
            .fillings
            .iter()
            .filter(|filling| !used.contains(filling))
            .map(|filling| format!("`{}`", filling.reference()))
            .collect();
        if !others.is_empty() {
            let message = format!(
                "`$dynamicRef` may mean {} where it is reached another way, which is not told apart",
                others.join(", ")
            );
            notes
                .diagnostics
                .report(Code::UnsupportedSchema, &blank.wanted.place, message);
        }
    }
}

fn templates(blanks: &[Blank<'_>]) -> Vec<Pointer> {
    let mut templates: Vec<Pointer> = blanks.iter().map(|blank| blank.template.clone()).collect();
    templates.sort();
    templates.dedup();
    templates
}

/// The schema that `place` belongs to as a whole: the resource around it, or the component where a whole document is that.
fn scope(place: &Pointer, notes: &Notes<'_>) -> Pointer {
    const DEPTH: usize = 3;
    let around = notes.reader.resources.around(place);
    let tokens: Vec<String> = place.tokens().take(DEPTH).collect();
    match tokens.as_slice() {
        [components, schemas, _]
            if around.within().is_empty() && components == "components" && schemas == "schemas" =>
        {
            tokens.iter().fold(around, |place, token| place.child(token))
        }
        _ => around,
    }
}

/// The places of all references to `template` but its own.
fn uses(template: &Pointer, notes: &Notes<'_>) -> Vec<Pointer> {
    let text = written(template);
    let mut uses = Vec::new();
    let mut pending: Vec<(Pointer, &Value)> = notes.reader.texts.wholes().collect();
    while let Some((place, value)) = pending.pop() {
        match value {
            Value::Object(members) => {
                if members.get("$ref").and_then(Value::as_str) == Some(&text) {
                    uses.push(place.clone());
                }
                pending.extend(members.iter().map(|(name, value)| (place.child(name), value)));
            }
            Value::Array(items) => {
                pending.extend(
                    items
                        .iter()
                        .enumerate()
                        .map(|(index, value)| (place.item(index), value)),
                );
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    uses.retain(|place| scope(place, notes) != *template);
    uses.sort();
    uses
}

/// Puts a copy of what has the `blanks` in the place of the reference at `place`, if it fills any; what fills them.
fn copy(blanks: &[&Blank<'_>], place: &Pointer, notes: &mut Notes<'_>) -> Vec<Pointer> {
    let scope = scope(place, notes);
    let is_inside =
        |filling: &&Pointer| **filling == scope || filling.as_str().starts_with(&format!("{}/", scope.as_str()));
    let filled: Vec<(String, Pointer)> = blanks
        .iter()
        .filter_map(|blank| {
            let filling = blank.fillings.iter().find(is_inside)?;
            Some((format!("{DYNAMIC}{}", blank.wanted.text), filling.clone()))
        })
        .collect();
    let Some(template) = blanks
        .first()
        .map(|blank| &blank.template)
        .filter(|_| !filled.is_empty())
    else {
        return Vec::new();
    };
    let (Some(Value::Object(copied)), Some(Value::Object(beside))) = (
        notes.reader.texts.value_at(template).cloned(),
        notes.reader.texts.value_at(place).cloned(),
    ) else {
        return Vec::new();
    };
    let mut copied: Map<_, _> = copied
        .into_iter()
        .filter(|(name, _)| !NAMES.contains(&name.as_str()))
        .collect();
    copied.extend(beside.into_iter().filter(|(name, _)| name != "$ref"));
    let mut copied = Value::Object(copied);
    refer(&mut copied, &filled);
    notes.reader.texts.put(place, copied);
    let name = place.tokens().last().unwrap_or_default();
    notes.moves.moved(place.parent(), name, template.clone());
    filled.into_iter().map(|(_, filling)| filling).collect()
}

/// Writes references to what fills blanks in the place of these.
fn refer(value: &mut Value, filled: &[(String, Pointer)]) {
    match value {
        Value::Object(members) => {
            for (blank, filling) in filled {
                if members.get("$ref").and_then(Value::as_str) == Some(blank) {
                    members.insert("$ref".to_owned(), Value::String(written(filling)));
                }
            }
            members.values_mut().for_each(|value| refer(value, filled));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| refer(item, filled)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
