//! What was moved: a place in the document at hand in, the place in the source out.

use std::collections::{BTreeMap, BTreeSet};

use super::path::Path;
use crate::ir::Pointer;

/// How many places are looked at in search of one.
const MOST_PLACES: usize = 32;

/// Lists that lost elements, and values that stand elsewhere than in the source, by where they stand in the source.
#[derive(Debug, Default)]
pub(super) struct Moves {
    lists: BTreeMap<Pointer, Vec<usize>>,
    members: BTreeMap<Pointer, BTreeMap<String, Pointer>>,
    /// The names in `members`. Most members have another one, and need no pointer to be looked up by.
    names: BTreeSet<String>,
}

impl Moves {
    /// Of the list at `pointer`, the elements with these positions remain.
    pub(super) fn remaining(&mut self, pointer: Pointer, positions: Vec<usize>) {
        self.lists.insert(pointer, positions);
    }

    /// The member `name` of what is at `pointer` is what the source has at `source`. A place that the source does not have is
    /// spoken of as if it were there.
    pub(super) fn moved(&mut self, pointer: Pointer, name: impl Into<String>, source: Pointer) {
        let name = name.into();
        self.names.insert(name.clone());
        self.members.entry(pointer).or_default().insert(name, source);
    }

    /// Where the member `name` of what is at `path` stands in the source, if a rule put it there.
    pub(super) fn of_member(&self, path: &Path<'_>, name: &str) -> Option<Pointer> {
        if self.names.contains(name) {
            self.members.get(&path.pointer())?.get(name).cloned()
        } else {
            None
        }
    }

    /// The places where what stands at `source` there may be now; it is at one of them, unless its list lost elements.
    pub(super) fn now(&self, source: &Pointer) -> Vec<Pointer> {
        let mut places = vec![source.clone()];
        let mut next = 0;
        while let Some(place) = places.get(next).cloned().filter(|_| next < MOST_PLACES) {
            next += 1;
            for moved in self.step(&place) {
                if !places.contains(&moved) {
                    places.push(moved);
                }
            }
        }
        places
    }

    /// The places that moves give to what has `source` as its own place or around it.
    fn step(&self, source: &Pointer) -> Vec<Pointer> {
        let tokens: Vec<String> = source.tokens().collect();
        let moves = self.members.iter();
        let moves = moves.flat_map(|(place, members)| members.iter().map(move |(name, from)| (place, name, from)));
        let around = moves.filter_map(|(place, name, from)| {
            let length = from.tokens().count();
            let is_around = length <= tokens.len() && from.whole() == source.whole();
            let is_around = is_around && from.tokens().eq(tokens[..length].iter().cloned());
            let place = is_around.then(|| place.child(name))?;
            Some(tokens[length..].iter().fold(place, |place, token| place.child(token)))
        });
        around.collect()
    }

    /// Whether every place is where it was.
    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty() && self.members.is_empty()
    }

    /// The place in the source of what is at `pointer` now.
    pub(super) fn source(&self, pointer: &Pointer) -> Pointer {
        if self.is_empty() {
            return pointer.clone();
        }
        pointer.tokens().fold(pointer.whole(), |place, token| {
            let position = token.parse::<usize>().ok();
            let list = self.lists.get(&place).zip(position);
            let position = list.and_then(|(list, position)| list.get(position));
            let token = position.map_or(token, ToString::to_string);
            let moved = self.members.get(&place).and_then(|members| members.get(&token));
            moved.cloned().unwrap_or_else(|| place.child(token))
        })
    }
}
