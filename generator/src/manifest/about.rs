//! What a change is about in, the place of it in a document out.

use super::{OperationEntry, TypeEntry, change::Change};
use crate::{
    Generated,
    ir::{Origin, Pointer},
};

/// What a change is about, as documents call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// An operation, by its method and path.
    Operation(String, String),
    /// A schema of `components`.
    Schema(String),
    /// A schema that is written in place: its JSON pointer behind a `#`.
    Inline(String),
}

impl About {
    pub(super) fn operation(entry: &OperationEntry) -> Self {
        Self::Operation(entry.method.clone(), entry.path.clone())
    }

    pub(super) fn ty(entry: &TypeEntry) -> Option<Self> {
        let schema = entry.schema.clone().map(Self::Schema);
        schema.or_else(|| entry.pointer.clone().map(Self::Inline))
    }

    /// Where it is in a document, if it is there.
    #[must_use]
    pub fn place(&self, generated: &Generated) -> Option<Pointer> {
        let api = &generated.api;
        match self {
            Self::Operation(method, path) => {
                let mut operations = api.operations.iter();
                let found = operations.find(|it| it.method.as_str() == method && it.template == *path)?;
                Some(found.pointer.clone())
            }
            Self::Schema(name) => {
                let is_it = |origin: &Origin| matches!(origin, Origin::Component(component) if component == name);
                let found = api.types.iter().find(|(_, definition)| is_it(&definition.origin))?;
                Some(found.1.pointer.clone())
            }
            Self::Inline(place) => {
                let mut types = api.types.iter();
                let found = types.find(|(_, definition)| definition.key() == *place)?;
                Some(found.1.pointer.clone())
            }
        }
    }
}

/// Says of all changes from `start` on what they are about.
pub(super) fn about(changes: &mut [Change], start: usize, about: Option<&About>) {
    for change in changes.iter_mut().skip(start) {
        change.about = about.cloned();
    }
}
