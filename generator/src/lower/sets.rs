//! Enums that are written in place with a name of their own (`x-ms-enum`) in, one definition for each name out.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    all_of::Conjunction,
    context::Lowering,
    reference,
    schema::{Home, Site},
    values::text,
};
use crate::{
    ir::{Origin, Pointer, TypeId},
    load::Document,
};

/// Where the enum of a name is defined: in a component where one has the name, else at the first of its places by their
/// text, so that the order of the document does not matter. Nothing for a name that different enums have.
pub(super) type Sets = BTreeMap<String, Option<Pointer>>;

impl<'d> Lowering<'d> {
    /// The definition of the enum that a conjunction is, if it has a name wherever it is written.
    pub(super) fn set_of(&mut self, conjunction: &Conjunction<'d>, site: &Site) -> Option<TypeId> {
        let mut arms = conjunction.arms.iter().filter(|arm| arm.keywords.is_enumerated());
        let (arm, None) = (arms.next()?, arms.next()) else {
            return None;
        };
        let name = name_of(arm.keywords.get("x-ms-enum")?)?;
        if matches!(site.home, Home::Reserved(_)) {
            return None;
        }
        let document = self.document;
        let sets = self.sets.get_or_insert_with(|| all_sets(document));
        let home = sets.get(name)?.clone()?;
        if is_component(&home) {
            return Some(self.shared(&home));
        }
        let key = vec![home.clone()];
        if let Some(&id) = self.definitions.get(&key) {
            return Some(id);
        }
        let is_here = site.key == key;
        let id = self.reserve(key, Origin::Component(name.to_owned()));
        if let (false, Some(node)) = (is_here, self.node_at(&home)) {
            self.pending.push_back((id, node, home));
        }
        Some(id)
    }
}

fn name_of(extension: &Value) -> Option<&str> {
    let name = extension.get("name")?.as_str()?;
    (!name.trim().is_empty()).then_some(name)
}

fn is_component(pointer: &Pointer) -> bool {
    reference::component(pointer).is_some_and(|(folder, _)| folder == "schemas")
}

/// A place where an enum with a name is written.
struct Occurrence {
    place: Pointer,
    values: Vec<String>,
}

fn all_sets(document: &Document) -> Sets {
    let mut found: BTreeMap<String, Vec<Occurrence>> = BTreeMap::new();
    for (whole, value) in document.wholes() {
        find(value, &whole, &mut found);
    }
    let components = document.value_at(&Pointer::root().child("components").child("schemas"));
    let components = components.and_then(Value::as_object);
    let mut sets = Sets::new();
    for (name, mut occurrences) in found {
        let is_named_so = |place: &Pointer| reference::component(place).is_some_and(|(_, own)| own == name);
        occurrences.sort_by_key(|Occurrence { place, .. }| (!is_component(place), !is_named_so(place), place.clone()));
        let same = occurrences.windows(2).all(|pair| pair[0].values == pair[1].values);
        let first = occurrences.into_iter().next().map(|occurrence| occurrence.place);
        // Another component has the name already.
        let taken = components.is_some_and(|components| components.contains_key(&name));
        let home = first.filter(|place| same && (is_component(place) || !taken));
        sets.insert(name, home);
    }
    sets
}

fn find(value: &Value, here: &Pointer, found: &mut BTreeMap<String, Vec<Occurrence>>) {
    match value {
        Value::Object(members) => {
            let name = members.get("x-ms-enum").and_then(name_of);
            let listed = members.get("enum").and_then(Value::as_array);
            if let (Some(name), Some(listed)) = (name, listed) {
                let mut values: Vec<String> = listed.iter().map(text).collect();
                values.sort();
                let place = here.clone();
                found
                    .entry(name.to_owned())
                    .or_default()
                    .push(Occurrence { place, values });
            }
            for (name, member) in members {
                if !name.starts_with("x-") {
                    find(member, &here.child(name), found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find(item, &here.item(index), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
