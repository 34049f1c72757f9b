//! Where a walk stands: a list of keys on the stack that becomes a [`Pointer`] only when something is to be said.

use crate::ir::Pointer;

/// A place, as the way down to it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Path<'a> {
    /// The whole document.
    Root,
    /// A member of an object.
    Key(&'a Self, &'a str),
    /// An element of a list.
    Index(&'a Self, usize),
    /// What a rule put under this name, and where it stands in the source.
    Moved(&'a str, &'a Pointer),
}

impl<'a> Path<'a> {
    /// The member `key` of this place.
    pub(super) fn key(&'a self, key: &'a str) -> Self {
        Self::Key(self, key)
    }

    /// The element at `index` of this place.
    pub(super) fn index(&'a self, index: usize) -> Self {
        Self::Index(self, index)
    }

    /// The member `key` of this place, which is at `source` where a rule moved it.
    pub(super) fn moved(&'a self, key: &'a str, source: Option<&'a Pointer>) -> Self {
        source.map_or_else(|| self.key(key), |source| Self::Moved(key, source))
    }

    /// The place as a pointer.
    pub(super) fn pointer(&self) -> Pointer {
        match self {
            Self::Root => Pointer::root(),
            Self::Key(parent, key) => parent.pointer().child(key),
            Self::Index(parent, index) => parent.pointer().item(*index),
            Self::Moved(_, source) => (*source).clone(),
        }
    }

    /// The name of the member that the place is, or is an element of.
    pub(super) fn name(&self) -> Option<&'a str> {
        match self {
            Self::Root => None,
            Self::Key(_, key) | Self::Moved(key, _) => Some(key),
            Self::Index(parent, _) => parent.name(),
        }
    }
}
