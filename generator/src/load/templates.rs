//! Schemas with a blank, which others fill in their own way, in; a copy for each that fills it out.
//!
//! `$dynamicRef: '#item'` means what the schema that led there calls `item`. Where a `$ref` to the schema with the blank
//! stands in one that has a `$dynamicAnchor: item`, a copy that refers to that takes the place of the `$ref`. What the
//! blank means elsewhere is what the schema itself has there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    links::{DYNAMIC, MOST_COPIES, Wanted, plain, written},
    uri,
    walk::Walk,
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

/// How many places a message names.
const SHOWN: usize = 8;

/// A blank.
struct Blank<'w> {
    wanted: &'w Wanted,
    /// The schema that has it.
    template: Pointer,
    /// What it means where nobody fills it.
    own: Pointer,
}

/// Fills the blanks that `open` are references to.
pub(super) fn fill(open: &[Wanted], walk: &mut Walk<'_>) {
    let mut blanks: BTreeMap<Pointer, Vec<Blank<'_>>> = BTreeMap::new();
    for wanted in open {
        let Some(own) = walk.resolve(&wanted.text, wanted.version) else {
            report_lost(wanted, walk);
            continue;
        };
        let template = scope(&wanted.place, walk);
        let blank = Blank {
            wanted,
            template: template.clone(),
            own,
        };
        blanks.entry(template).or_default().push(blank);
    }
    // What one has for itself is no other's filling.
    let owns = blanks.values().flatten().map(|blank| blank.own.clone());
    let mut used: BTreeSet<Pointer> = owns.collect();
    for (place, template) in uses(&blanks, walk) {
        if let Some(blanks) = blanks.get(&template) {
            used.extend(copy(blanks, &place, walk));
        }
    }
    let mut unused: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for blank in blanks.values().flatten() {
        let text = blank.wanted.text.as_str();
        let others = unused.entry(text).or_insert_with(|| {
            let others = walk.reader.resources.dynamic(uri::split(text).1);
            let others = others.filter(|filling| !used.contains(*filling));
            others
                .take(SHOWN)
                .map(|filling| format!("`{}`", filling.reference()))
                .collect()
        });
        if !others.is_empty() {
            let message = format!(
                "`$dynamicRef` may mean {} where it is reached another way, which is not told apart",
                others.join(", ")
            );
            walk.notes
                .diagnostics
                .report(Code::UnsupportedSchema, &blank.wanted.place, message);
        }
    }
}

/// The schema that `place` belongs to as a whole: the resource around it, or the component where a whole document is that.
fn scope(place: &Pointer, walk: &Walk<'_>) -> Pointer {
    const DEPTH: usize = 3;
    let around = walk.reader.resources.around(place);
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

/// The places of all references to what has `blanks` but their own, with what they refer to.
fn uses(blanks: &BTreeMap<Pointer, Vec<Blank<'_>>>, walk: &Walk<'_>) -> Vec<(Pointer, Pointer)> {
    let templates: BTreeMap<String, &Pointer> = blanks.keys().map(|template| (written(template), template)).collect();
    let mut uses = Vec::new();
    let mut pending: Vec<(Pointer, &Value)> = Vec::new();
    if !templates.is_empty() {
        pending.extend(walk.reader.texts.wholes());
    }
    while let Some((place, value)) = pending.pop() {
        match value {
            Value::Object(members) => {
                let text = members.get("$ref").and_then(Value::as_str);
                if let Some(&template) = text.and_then(|text| templates.get(text))
                    && scope(&place, walk) != *template
                {
                    uses.push((place.clone(), template.clone()));
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
    uses.sort();
    uses
}

/// Puts a copy of what has the `blanks` in the place of the reference at `place`, if it fills any; what fills them.
fn copy(blanks: &[Blank<'_>], place: &Pointer, walk: &mut Walk<'_>) -> Vec<Pointer> {
    let scope = scope(place, walk);
    let filled: Vec<(String, Pointer)> = blanks
        .iter()
        .filter_map(|blank| {
            let (_, name) = uri::split(&blank.wanted.text);
            let mut fillings = walk.reader.resources.dynamic_in(name, &scope);
            let filling = fillings.find(|filling| **filling != blank.own)?;
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
        walk.reader.texts.value_at(template).cloned(),
        walk.reader.texts.value_at(place).cloned(),
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
    walk.links.copies = walk.links.copies.saturating_add(size(&copied));
    if walk.links.copies > MOST_COPIES {
        return Vec::new();
    }
    walk.reader.texts.put(place, copied);
    let name = place.tokens().last().unwrap_or_default();
    walk.notes.moves.moved(place.parent(), name, template.clone());
    filled.into_iter().map(|(_, filling)| filling).collect()
}

/// How many values there are in one.
fn size(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
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

/// Says of a `$dynamicRef` that it leads nowhere.
fn report_lost(wanted: &Wanted, walk: &mut Walk<'_>) {
    let message = format!("`{}` leads nowhere; it is typed as any JSON value", plain(&wanted.text));
    walk.notes
        .diagnostics
        .report(Code::DanglingReference, &wanted.place, message);
}
