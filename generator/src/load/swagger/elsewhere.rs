//! Operations of Swagger 2.0 that take parts from anywhere in, the same with these parts where translation looks for them
//! out.
//!
//! A path item may stand in another file, and so may what it lists. Translation reads one document: what a `$ref` of a path
//! item leads to takes its place, and a parameter or a response from elsewhere one that the document shares.

use serde_json::Value;

use super::{
    super::{
        links::{each_reference, written},
        moves::Moves,
        texts::Texts,
    },
    Places, members,
};
use crate::{ir::Pointer, load::METHODS};

/// More steps than anybody takes, and fewer than a ring has.
const STEPS: usize = 64;

/// Brings what operations of the document of record take from elsewhere into it.
pub(in super::super) fn bring_home(texts: &mut Texts, moves: &mut Moves) {
    let mut arrivals = Arrivals {
        texts,
        moves,
        places: Places::default(),
    };
    let paths = Pointer::root().child("paths");
    let items: Vec<Pointer> = children(arrivals.texts, &paths).collect();
    for item in &items {
        // A rule has left nothing beside the `$ref`.
        if let Some(end) = end(arrivals.texts, item) {
            arrivals.put(item, end);
        }
    }
    let operations: Vec<Pointer> = items.iter().flat_map(|item| operations(arrivals.texts, item)).collect();
    let lists: Vec<Pointer> = items
        .iter()
        .chain(&operations)
        .map(|holder| holder.child("parameters"))
        .collect();
    arrivals.share("parameters", &lists);
    let answers: Vec<Pointer> = operations
        .iter()
        .map(|operation| operation.child("responses"))
        .collect();
    arrivals.share("responses", &answers);
    arrivals.lead_references();
}

/// What was brought into the document of record.
struct Arrivals<'t> {
    texts: &'t mut Texts,
    moves: &'t mut Moves,
    /// Where everything stands now, and stood.
    places: Places,
}

impl Arrivals<'_> {
    /// Puts what is at `source` at `place`.
    fn put(&mut self, place: &Pointer, source: Pointer) {
        let value = self.texts.value_at(&source).filter(|value| value.is_object());
        if let (Some(value), Some(name)) = (value.cloned(), place.last()) {
            self.texts.insert_member(&place.parent(), &name, value);
            self.moves.moved(place.parent(), name, source.clone());
            self.places.moved(place.clone(), source);
        }
    }

    /// Sees to it that whatever the references in the lists at `lists` lead to is a member of the document's `section`.
    fn share(&mut self, section: &str, lists: &[Pointer]) {
        let section = Pointer::root().child(section);
        for place in children(self.texts, &section).collect::<Vec<_>>() {
            if let Some(end) = end(self.texts, &place).filter(|end| !is_translated(end)) {
                self.put(&place, end);
            }
        }
        for place in lists
            .iter()
            .flat_map(|list| children(self.texts, list))
            .collect::<Vec<_>>()
        {
            let end = end(self.texts, &place).filter(|end| !is_translated(end));
            if let Some(end) = end.filter(|end| self.places.home(end).is_none()) {
                let name = self.free_name(&section, &end);
                self.put(&section.child(name), end);
            }
        }
    }

    /// A name that nothing in `section` has, for what is at `source`.
    fn free_name(&self, section: &Pointer, source: &Pointer) -> String {
        let file = source.file().unwrap_or_default();
        let stem = file.rsplit('/').next().and_then(|name| name.split('.').next());
        let wish = source.last().or_else(|| stem.map(str::to_owned)).unwrap_or_default();
        let is_free = |name: &String| self.texts.value_at(&section.child(name)).is_none();
        let numbered = (2..).map(|number| format!("{wish}{number}"));
        let mut names = std::iter::once(wish.clone()).chain(numbered);
        names.find(is_free).unwrap_or_default()
    }

    /// Lets every `$ref` lead to where its target stands now.
    fn lead_references(&mut self) {
        for value in self.texts.values_mut() {
            each_reference(value, |reference| {
                let target = Pointer::of_reference(reference);
                if let Some(home) = target.and_then(|target| self.places.home(&target)) {
                    *reference = written(&home);
                }
            });
        }
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
