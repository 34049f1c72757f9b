//! What a definition is made of, as edges to other definitions; and what operations and webhooks are made of.

use crate::ir::{Api, Operation, Response, Type, TypeId, Types, Webhook};

/// The definitions that a value of type `ty` holds in place, not behind a list or a map.
pub(super) fn held(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Def(id) => vec![*id],
        Type::Nullable(inner) => held(inner),
        Type::Tuple(items) => items.iter().flat_map(held).collect(),
        Type::List(_) | Type::Map(_) | Type::Primitive(_) | Type::Constant(_) | Type::Any => Vec::new(),
    }
}

/// The types that travel to the server: with an operation, and as the answer to a webhook.
pub(super) fn sent(api: &Api) -> Vec<&Type> {
    let calls = api.operations.iter().flat_map(Operation::sent);
    calls.chain(api.webhooks.iter().flat_map(Webhook::answered)).collect()
}

/// The types that come from the server: back from an operation, and with a webhook.
pub(super) fn received(api: &Api) -> Vec<&Type> {
    let responses = api.operations.iter().flat_map(|operation| &operation.responses);
    let answers = responses.flat_map(Response::types);
    answers.chain(api.webhooks.iter().flat_map(Webhook::arriving)).collect()
}

/// All definitions that are reached from `roots`, by position.
pub(super) fn reached<'t>(types: &Types, roots: impl IntoIterator<Item = &'t Type>) -> Vec<bool> {
    let mut reached = vec![false; types.len()];
    let mut open: Vec<TypeId> = roots.into_iter().flat_map(Type::definitions).collect();
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut reached[id.index()], true) {
            open.extend(types[id].shape.parts().into_iter().flat_map(Type::definitions));
        }
    }
    reached
}
