//! Settings in, what they say about an operation or a member out.

use super::{context::Lowering, object::Member};
use crate::{
    config::Choosable,
    ir::{Method, Parent, TypeId},
};

impl Lowering<'_> {
    /// Whether the settings ask for an operation.
    pub(super) fn is_selected(&self, path: &str, method: Method, operation: &openapiv3::Operation) -> bool {
        let operation = Choosable {
            id: operation.operation_id.as_deref(),
            method,
            path,
            tags: &operation.tags,
        };
        let (only, skip) = (&self.config.only, &self.config.skip);
        (only.is_empty() || only.iter().any(|selector| selector.is_meant(operation)))
            && !skip.iter().any(|selector| selector.is_meant(operation))
    }

    /// Whether the settings allow the server to omit a member of `id`, here or where it is inherited from.
    pub(super) fn is_relaxed(&self, member: &str, described: &Member<'_>, id: TypeId) -> bool {
        if self.config.relax.is_empty() {
            return false;
        }
        let inherited = described
            .occurrences
            .iter()
            .filter_map(|occurrence| match &occurrence.parent {
                Some(Parent::Type(id)) => Some(*id),
                Some(Parent::Operation(_) | Parent::Webhook(_) | Parent::Component(_)) | None => None,
            });
        inherited
            .chain([id])
            .any(|owner| self.config.relax.contains(&self.types[owner].member_key(member)))
    }
}
