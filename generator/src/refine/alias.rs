//! Aliases that lead back to themselves describe no type: a Rust alias cannot be recursive.

use crate::{
    Config,
    diagnostics::{Code, Diagnostics},
    ir::{Api, Shape, Type, TypeId, Types},
};

/// Turns one alias of each ring into any JSON value.
///
/// A ring through a list or a map (`type: array, items: <itself>`) has values, but no finite Rust type without an item
/// of its own, so it is cut as well.
pub(super) fn break_cycles(api: &mut Api, _: &Config, diagnostics: &mut Diagnostics) {
    let mut settled = vec![false; api.types.len()];
    for start in api.types.ids() {
        let mut trail = Vec::new();
        let mut at = Some(start);
        while let Some(id) = at.filter(|id| !settled[id.index()]) {
            if trail.contains(&id) {
                let message = "this type is defined by itself alone";
                diagnostics.report(Code::ReferenceCycle, &api.types[id].pointer, message);
                api.types[id].shape = Shape::Alias(Type::Any);
                break;
            }
            trail.push(id);
            at = next(&api.types, id);
        }
        for id in trail {
            settled[id.index()] = true;
        }
    }
}

fn next(types: &Types, id: TypeId) -> Option<TypeId> {
    match &types[id].shape {
        Shape::Alias(ty) => ty.definition(),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => None,
    }
}
