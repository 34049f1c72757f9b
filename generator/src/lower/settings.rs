//! Settings in, what they say about an operation or a member out.

use super::{context::Lowering, object::Member};
use crate::{
    config::Selector,
    ir::{Origin, Parent, TypeId},
};

impl Lowering<'_> {
    /// Whether the settings ask for an operation.
    pub(super) fn is_selected(&self, path: &str, operation: &openapiv3::Operation) -> bool {
        let is_meant = |selector: &Selector| match selector {
            Selector::Id(id) => operation.operation_id.as_ref() == Some(id),
            Selector::Tag(tag) => operation.tags.contains(tag),
            Selector::Path(start) => path.starts_with(start.as_str()),
        };
        (self.config.only.is_empty() || self.config.only.iter().any(is_meant)) && !self.config.skip.iter().any(is_meant)
    }

    /// Whether the settings allow the server to omit a member of `id`, here or where it is inherited from.
    pub(super) fn is_relaxed(&self, member: &str, described: &Member<'_>, id: TypeId) -> bool {
        let inherited = described
            .occurrences
            .iter()
            .filter_map(|occurrence| match &occurrence.parent {
                Some(Parent::Type(id)) => Some(*id),
                Some(Parent::Operation(_) | Parent::Component(_)) | None => None,
            });
        inherited.chain([id]).any(|owner| match &self.types[owner].origin {
            Origin::Component(schema) => self.config.relax.contains(&format!("{schema}.{member}")),
            Origin::Inline { .. } => false,
        })
    }
}
