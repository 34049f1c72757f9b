//! What repairing moved: a place in the repaired document in, the place in the source out.

use std::collections::BTreeMap;

use super::path::Path;
use crate::ir::Pointer;

/// Lists that lost elements and members that were renamed, by where they stand in the source.
#[derive(Debug, Default)]
pub(super) struct Moves {
    lists: BTreeMap<Pointer, Vec<usize>>,
    names: BTreeMap<Pointer, BTreeMap<String, String>>,
}

impl Moves {
    /// Of the list at `pointer`, the elements with these positions remain.
    pub(super) fn remaining(&mut self, pointer: Pointer, positions: Vec<usize>) {
        self.lists.insert(pointer, positions);
    }

    /// The member `from` of the object at `pointer` is called `to` now.
    pub(super) fn renamed(&mut self, pointer: Pointer, from: &str, to: &str) {
        self.names
            .entry(pointer)
            .or_default()
            .insert(to.to_owned(), from.to_owned());
    }

    /// What the member `to` of the object at `path` is called in the source, where that differs.
    pub(super) fn name(&self, path: &Path<'_>, to: &str) -> Option<String> {
        if self.names.is_empty() {
            None
        } else {
            self.names.get(&path.pointer())?.get(to).cloned()
        }
    }

    /// Whether every place is where it was.
    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty() && self.names.is_empty()
    }

    /// The place in the source of what is at `pointer` now.
    pub(super) fn source(&self, pointer: &Pointer) -> Pointer {
        if self.is_empty() {
            return pointer.clone();
        }
        pointer.tokens().fold(Pointer::root(), |place, token| {
            let position = token.parse::<usize>().ok();
            let position = self
                .lists
                .get(&place)
                .zip(position)
                .and_then(|(list, position)| list.get(position));
            match (position, self.names.get(&place).and_then(|names| names.get(&token))) {
                (Some(position), _) => place.item(*position),
                (None, Some(name)) => place.child(name),
                (None, None) => place.child(token),
            }
        })
    }
}
