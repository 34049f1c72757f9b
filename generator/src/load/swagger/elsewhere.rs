//! Operations of Swagger 2.0 that take parts from anywhere in, the same with these parts where translation looks for them
//! out.
//!
//! A path item may stand in another file, and so may what it lists. Translation reads one document: what a `$ref` of a path
//! item leads to takes its place, and a parameter or a response from elsewhere one that the document shares.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    super::{moves::Moves, texts::Texts},
    members,
};
use crate::{ir::Pointer, load::METHODS};

/// More steps than anybody takes, and fewer than a ring has.
const STEPS: usize = 64;

/// Brings what operations of the document of record take from elsewhere into it.
pub(in super::super) fn bring_home(texts: &mut Texts, moves: &mut Moves) {
    let paths = Pointer::root().child("paths");
    let items: Vec<Pointer> = children(texts, &paths).collect();
    for item in &items {
        // A rule has left nothing beside the `$ref`.
        if let Some(end) = end(texts, item)
            && let Some(value) = texts.value_at(&end).cloned()
        {
            texts.put(item, value);
            moves.moved(paths.clone(), item.last().unwrap_or_default(), end);
        }
    }
    let operations: Vec<Pointer> = items.iter().flat_map(|item| operations(texts, item)).collect();
    let lists = items.iter().chain(&operations).map(|holder| holder.child("parameters"));
    share("parameters", lists.collect(), texts, moves);
    let answers = operations.iter().map(|operation| operation.child("responses"));
    share("responses", answers.collect(), texts, moves);
}

/// Sees to it that every reference in the lists at `lists` leads to a member of the document's `section`.
fn share(section: &str, lists: Vec<Pointer>, texts: &mut Texts, moves: &mut Moves) {
    let home = Pointer::root().child(section);
    let mut shared = Shared {
        section: home.clone(),
        names: BTreeMap::new(),
    };
    for place in children(texts, &home).collect::<Vec<_>>() {
        if let Some(end) = end(texts, &place).filter(|end| !is_translated(end))
            && let Some(value) = texts.value_at(&end).cloned()
        {
            texts.put(&place, value);
            let name = place.last().unwrap_or_default();
            moves.moved(home.clone(), name.clone(), end.clone());
            shared.names.insert(end, name);
        }
    }
    for list in lists {
        for place in children(texts, &list).collect::<Vec<_>>() {
            if let Some(end) = end(texts, &place).filter(|end| !is_translated(end))
                && let Some(name) = shared.name(&end, texts, moves)
            {
                let reference = home.child(name).reference();
                texts.put(&place.child("$ref"), Value::String(reference));
            }
        }
    }
}

/// What was brought into a section of the document of record.
struct Shared {
    section: Pointer,
    names: BTreeMap<Pointer, String>,
}

impl Shared {
    /// The name of what is at `place`, which is shared from now on.
    fn name(&mut self, place: &Pointer, texts: &mut Texts, moves: &mut Moves) -> Option<String> {
        if let Some(name) = self.names.get(place) {
            return Some(name.clone());
        }
        let value = texts.value_at(place).filter(|value| value.is_object())?.clone();
        let file = place.file().unwrap_or_default();
        let stem = file.rsplit('/').next().and_then(|name| name.split('.').next());
        let wish = place.last().or_else(|| stem.map(str::to_owned)).unwrap_or_default();
        let mut names = (2..).map(|number| format!("{wish}{number}"));
        let mut name = wish.clone();
        while texts.value_at(&self.section.child(&name)).is_some() {
            name = names.next()?;
        }
        texts.insert_member(&self.section, &name, value);
        moves.moved(self.section.clone(), name.clone(), place.clone());
        self.names.insert(place.clone(), name.clone());
        Some(name)
    }
}

/// The places of the operations of the path item at `item`.
fn operations(texts: &Texts, item: &Pointer) -> Vec<Pointer> {
    let methods = METHODS.iter().map(|method| item.child(method));
    let methods = methods.filter(|place| texts.value_at(place).is_some());
    methods
        .chain(children(texts, &item.child("additionalOperations")))
        .collect()
}

/// The places right below `place`.
fn children(texts: &Texts, place: &Pointer) -> impl Iterator<Item = Pointer> + use<> {
    let value = texts.value_at(place);
    let names: Vec<Pointer> = match value {
        Some(Value::Array(items)) => (0..items.len()).map(|index| place.item(index)).collect(),
        value => members(value).map(|(name, _)| place.child(name)).collect(),
    };
    names.into_iter()
}

/// Whether what stands at `place` is translated there.
fn is_translated(place: &Pointer) -> bool {
    let section = place.tokens().next();
    let is_section = section.is_some_and(|name| ["paths", "parameters", "responses"].contains(&name.as_str()));
    place.file().is_none() && is_section
}

/// Where the `$ref` at `place` leads to.
fn target(texts: &Texts, place: &Pointer) -> Option<Pointer> {
    Pointer::of_reference(texts.value_at(place)?.get("$ref")?.as_str()?)
}

/// Where the references that begin at `place` end; nothing where there is none, or no end.
fn end(texts: &Texts, place: &Pointer) -> Option<Pointer> {
    let mut end = target(texts, place)?;
    for _ in 0..STEPS {
        match target(texts, &end) {
            Some(next) => end = next,
            None => return Some(end),
        }
    }
    None
}
