//! The raw value of a file in, what it calls its parts out: `$self`, `$id`, `$anchor` and `$dynamicAnchor`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::uri;
use crate::ir::Pointer;

/// The names that parts of files give themselves.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// Places by the name of the resource that they are the whole of.
    ids: BTreeMap<String, Pointer>,
    /// The other way round.
    bases: BTreeMap<Pointer, String>,
    /// Anchors by the resource that they belong to. The first one counts.
    anchors: BTreeMap<Pointer, BTreeMap<String, Anchor>>,
}

/// A name for a place.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    pub(super) place: Pointer,
    pub(super) is_dynamic: bool,
}

/// A name that two places have.
pub(super) struct Twice {
    pub(super) name: String,
    pub(super) first: Pointer,
    pub(super) second: Pointer,
}

/// The keywords that name the place that they stand in, and what a text without any of them lacks.
const KEYWORDS: [&str; 4] = ["$self", "$id", "$anchor", "$dynamicAnchor"];

/// What holds objects under names of the document's own.
const MAPS: [&str; 16] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "callbacks",
    "paths",
    "pathItems",
    "webhooks",
    "content",
    "mediaTypes",
];

/// What holds a value of the API, which may look like a schema and is none.
const VALUES: [&str; 7] = ["example", "examples", "default", "enum", "const", "value", "dataValue"];

impl Resources {
    /// Takes note of the names in `value`, the whole of the file at `whole`, of which `text` is the text.
    pub(super) fn add(&mut self, whole: &Pointer, text: &str, value: &Value) -> Vec<Twice> {
        let mut twice = Vec::new();
        if KEYWORDS.iter().any(|keyword| text.contains(keyword)) {
            self.walk(value, whole, whole, &mut twice);
        }
        twice
    }

    fn walk(&mut self, value: &Value, place: &Pointer, resource: &Pointer, twice: &mut Vec<Twice>) {
        match value {
            Value::Object(members) => {
                let own = self.name(members, place, resource, twice);
                self.members(members, place, own.as_ref().unwrap_or(resource), twice);
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.walk(item, &place.item(index), resource, twice);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn members(&mut self, members: &Map<String, Value>, place: &Pointer, resource: &Pointer, twice: &mut Vec<Twice>) {
        for (key, value) in members {
            let below = place.child(key);
            match value {
                Value::Object(schemas) if MAPS.contains(&key.as_str()) => {
                    for (name, schema) in schemas {
                        self.walk(schema, &below.child(name), resource, twice);
                    }
                }
                _ if VALUES.contains(&key.as_str()) || key.starts_with("x-") => {}
                value => self.walk(value, &below, resource, twice),
            }
        }
    }

    /// Notes what an object calls itself. The place of it, where it is a resource of its own.
    fn name(
        &mut self,
        members: &Map<String, Value>,
        place: &Pointer,
        resource: &Pointer,
        twice: &mut Vec<Twice>,
    ) -> Option<Pointer> {
        let text = |keyword: &str| members.get(keyword).and_then(Value::as_str);
        let mut own = None;
        let is_whole = place.within().is_empty();
        if let Some(id) = text("$id").or_else(|| text("$self").filter(|_| is_whole)) {
            let (name, fragment) = uri::join(&self.base(resource), id);
            if !fragment.is_empty() {
                // What an anchor was written as once.
                self.anchor(fragment, place, resource, false, twice);
            } else if name != self.base(resource) {
                match self.ids.get(&name) {
                    Some(first) if first != place => twice.push(Twice {
                        name: id.to_owned(),
                        first: first.clone(),
                        second: place.clone(),
                    }),
                    Some(_) | None => _ = self.ids.insert(name.clone(), place.clone()),
                }
                self.bases.insert(place.clone(), name);
                own = Some(place.clone());
            }
        }
        let resource = own.as_ref().unwrap_or(resource);
        for (keyword, is_dynamic) in [("$anchor", false), ("$dynamicAnchor", true)] {
            if let Some(name) = text(keyword) {
                self.anchor(name.to_owned(), place, resource, is_dynamic, twice);
            }
        }
        own
    }

    fn anchor(&mut self, name: String, place: &Pointer, resource: &Pointer, is_dynamic: bool, twice: &mut Vec<Twice>) {
        let anchors = self.anchors.entry(resource.clone()).or_default();
        match anchors.get_mut(&name) {
            Some(known) if known.place == *place => known.is_dynamic |= is_dynamic,
            Some(known) => twice.push(Twice {
                name,
                first: known.place.clone(),
                second: place.clone(),
            }),
            None => {
                let place = place.clone();
                anchors.insert(name, Anchor { place, is_dynamic });
            }
        }
    }

    /// The name of the resource at `place`: its own, or the path of its file.
    fn base(&self, place: &Pointer) -> String {
        let path = || place.whole_as_str().trim_end_matches('#').to_owned();
        self.bases.get(place).cloned().unwrap_or_else(path)
    }

    /// The place of the resource that holds `place`: that with the nearest `$id` around it, or the whole file.
    pub(super) fn around(&self, place: &Pointer) -> Pointer {
        if self.bases.is_empty() {
            return place.whole();
        }
        let mut at = place.clone();
        while !at.within().is_empty() && !self.bases.contains_key(&at) {
            at = at.parent();
        }
        at
    }

    /// The name that the resource at `place` gives itself.
    pub(super) fn own_name(&self, place: &Pointer) -> Option<&str> {
        self.bases.get(place).map(String::as_str)
    }

    /// The place of what calls itself `name`.
    pub(super) fn named(&self, name: &str) -> Option<&Pointer> {
        self.ids.get(name)
    }

    /// The whole files that call themselves something, with it.
    pub(super) fn files(&self) -> impl Iterator<Item = (&Pointer, &str)> {
        let whole = self.bases.iter().filter(|(place, _)| place.within().is_empty());
        whole.map(|(place, name)| (place, name.as_str()))
    }

    /// What is called `name` in the resource at `resource`.
    pub(super) fn anchored(&self, resource: &Pointer, name: &str) -> Option<&Anchor> {
        self.anchors.get(resource)?.get(name)
    }

    /// Every dynamic anchor called `name`.
    pub(super) fn dynamic(&self, name: &str) -> impl Iterator<Item = &Pointer> {
        let anchors = self.anchors.values().filter_map(move |anchors| anchors.get(name));
        anchors.filter(|anchor| anchor.is_dynamic).map(|anchor| &anchor.place)
    }
}
