//! Boxes around what is too large to be held in place.
//!
//! A definition that holds another one twice, which holds a third one twice, has no need of a box to be finite: after
//! sixty of them it is larger than any address space all the same.

use super::graph;
use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Api, Shape, Type, TypeId, Types},
};

/// What a member may hold in place, in bytes. Values travel over the stack, a few copies at a time.
const LARGEST: u64 = 4096;

/// About what a text, a list, a map or a point in time takes.
const SMALL: u64 = 24;

/// Puts a box on every member that is larger than it should be, the innermost first.
pub(super) fn box_large(api: &mut Api, _: &Config, _: &mut Diagnostics) {
    let mut sizes: Vec<Option<u64>> = vec![None; api.types.len()];
    let mut is_met = vec![false; api.types.len()];
    for start in api.types.ids() {
        // Without recursion: a chain may be as long as the document. It ends, for boxes are where the rings were.
        let mut open = vec![(start, in_place(&api.types, start))];
        while let Some((id, parts)) = open.last_mut() {
            if let Some(part) = parts.pop() {
                if !std::mem::replace(&mut is_met[part.index()], true) {
                    open.push((part, in_place(&api.types, part)));
                }
            } else {
                let id = *id;
                sizes[id.index()] = Some(settle(&mut api.types, id, &sizes));
                open.pop();
            }
        }
    }
}

/// The definitions that `id` holds in place.
fn in_place(types: &Types, id: TypeId) -> Vec<TypeId> {
    match &types[id].shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter().filter(|field| !field.boxed);
            fields.flat_map(|field| graph::held(&field.ty)).collect()
        }
        Shape::Tuple(tuple) => {
            let items = tuple.items.iter().filter(|item| !item.boxed);
            items.flat_map(|item| graph::held(&item.ty)).collect()
        }
        Shape::Alias(ty) => graph::held(ty),
        // Whatever a variant holds is small, or stands in a box already.
        Shape::Union(_) | Shape::Enum(_) => Vec::new(),
    }
}

fn size_of(ty: &Type, sizes: &[Option<u64>]) -> u64 {
    match ty {
        Type::Def(id) => sizes[id.index()].unwrap_or(SMALL),
        Type::Nullable(inner) => size_of(inner, sizes),
        Type::Tuple(items) => items.iter().map(|item| size_of(item, sizes)).sum(),
        Type::List(_) | Type::Map(_) | Type::Primitive(_) | Type::Constant(_) | Type::Any => SMALL,
    }
}

/// Boxes what is too large in `id`; its own size.
fn settle(types: &mut Types, id: TypeId, sizes: &[Option<u64>]) -> u64 {
    let size = |ty: &Type| size_of(ty, sizes);
    let placed = |ty: &Type, boxed: &mut bool| {
        *boxed |= size(ty) > LARGEST;
        if *boxed { 8 } else { size(ty) }
    };
    match &mut types[id].shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter_mut();
            SMALL + fields.map(|field| placed(&field.ty, &mut field.boxed)).sum::<u64>()
        }
        Shape::Tuple(tuple) => {
            let rest = tuple.rest.as_ref().map_or(0, |_| SMALL);
            let items = tuple.items.iter_mut();
            rest + items.map(|item| placed(&item.ty, &mut item.boxed)).sum::<u64>()
        }
        Shape::Alias(ty) => size(ty),
        Shape::Union(_) | Shape::Enum(_) => SMALL,
    }
}
