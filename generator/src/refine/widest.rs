//! How a success is read whose status the document does not name: by the description that covers most.

use std::{cmp::Reverse, collections::BTreeSet};

use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Api, Operation, Payload, Response, Shape, Type, Types},
};

/// Chooses, for each operation, the success whose body has the most members; of several the first by its status,
/// whatever their order in the document.
pub(super) fn choose(api: &mut Api, _: &Config, _: &mut Diagnostics) {
    for operation in &mut api.operations {
        operation.widest_success = widest(&api.types, operation);
    }
}

fn widest(types: &Types, operation: &Operation) -> Option<usize> {
    let successes = operation
        .responses
        .iter()
        .enumerate()
        .filter(|(_, response)| response.status.is_success());
    successes
        .max_by_key(|(_, response)| (width(types, response), Reverse(response.status)))
        .map(|(index, _)| index)
}

/// No body, some body, or an object of so many members.
fn width(types: &Types, response: &Response) -> (bool, usize) {
    let Some(content) = response.contents.first() else {
        return (false, 0);
    };
    let members = match &content.payload {
        Payload::Json(ty) | Payload::Xml(ty, _) => members(types, ty),
        Payload::Form { .. }
        | Payload::Multipart(_)
        | Payload::Text(_)
        | Payload::Bytes
        | Payload::EventStream(..)
        | Payload::Events(..)
        | Payload::Items(..) => 0,
    };
    (true, members)
}

fn members(types: &Types, ty: &Type) -> usize {
    let mut ty = ty;
    let mut seen = BTreeSet::new();
    loop {
        match ty {
            Type::Nullable(inner) => ty = inner,
            Type::Def(id) if seen.insert(*id) => match &types[*id].shape {
                Shape::Struct(object) => return object.fields.len(),
                Shape::Alias(inner) => ty = inner,
                Shape::Enum(_) | Shape::Union(_) | Shape::Tuple(_) => return 0,
            },
            Type::Def(_)
            | Type::Primitive(_)
            | Type::List(_)
            | Type::Tuple(_)
            | Type::Map(_)
            | Type::Constant(_)
            | Type::Any => return 0,
        }
    }
}
