//! What a definition is made of, as edges to other definitions; and what operations are made of.

use crate::ir::{Operation, Type, TypeId, Types};

/// The definition that a value of type `ty` holds in place, not behind a list or a map.
pub(super) fn held(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Def(id) => Some(*id),
        Type::Nullable(inner) => held(inner),
        Type::List(_) | Type::Map(_) | Type::Primitive(_) | Type::Any => None,
    }
}

/// The types that travel to the server with an operation.
pub(super) fn sent(operation: &Operation) -> Vec<&Type> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    parameters
        .chain(contents.flat_map(|content| content.payload.types()))
        .collect()
}

/// The types that come back from an operation.
pub(super) fn received(operation: &Operation) -> Vec<&Type> {
    let headers = operation
        .responses
        .iter()
        .flat_map(|response| &response.headers)
        .map(|header| &header.ty);
    let contents = operation.responses.iter().flat_map(|response| &response.content);
    headers
        .chain(contents.flat_map(|content| content.payload.types()))
        .collect()
}

/// All definitions that are reached from `roots`, by position.
pub(super) fn reached<'t>(types: &Types, roots: impl IntoIterator<Item = &'t Type>) -> Vec<bool> {
    let mut reached = vec![false; types.len()];
    let mut open: Vec<TypeId> = roots.into_iter().filter_map(Type::definition).collect();
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut reached[id.index()], true) {
            open.extend(types[id].shape.parts().into_iter().filter_map(Type::definition));
        }
    }
    reached
}
