//! Boxes, where a type would otherwise contain itself and have no finite size; and nowhere else.

use super::graph;
use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Api, Shape, Type, TypeId, Types},
};

/// A way from one definition to another that it holds in place.
#[derive(Clone, Copy)]
struct Edge {
    /// Which field or variant; nothing for an alias, which cannot have a box.
    member: Option<usize>,
    to: TypeId,
}

/// Walks depth first through what holds what in place, and puts a box on every edge that leads back to a definition
/// that is still open. Each ring has such an edge; where it is an alias's, the last member before it gets the box.
pub(super) fn place_boxes(api: &mut Api, _: &Config, _: &mut Diagnostics) {
    let mut state = vec![State::New; api.types.len()];
    for start in api.types.ids() {
        if state[start.index()] == State::New {
            walk(&mut api.types, start, &mut state);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

struct Frame {
    id: TypeId,
    edges: Vec<Edge>,
    next: usize,
}

/// Without recursion: a chain of definitions may be as long as the document.
fn walk(types: &mut Types, start: TypeId, state: &mut [State]) {
    state[start.index()] = State::Open;
    let mut frames = vec![Frame {
        id: start,
        edges: edges(types, start),
        next: 0,
    }];
    while let Some(frame) = frames.last_mut() {
        let Some(edge) = frame.edges.get(frame.next).copied() else {
            state[frame.id.index()] = State::Done;
            frames.pop();
            continue;
        };
        frame.next += 1;
        match state[edge.to.index()] {
            State::Done => {}
            State::New => {
                state[edge.to.index()] = State::Open;
                let edges = edges(types, edge.to);
                frames.push(Frame {
                    id: edge.to,
                    edges,
                    next: 0,
                });
            }
            State::Open => {
                let latest = frames.iter().rev().find_map(|frame| {
                    let taken = frame.edges.get(frame.next.checked_sub(1)?)?;
                    Some((frame.id, taken.member?))
                });
                if let Some((id, member)) = latest {
                    put_box(types, id, member);
                }
            }
        }
    }
}

fn edges(types: &Types, id: TypeId) -> Vec<Edge> {
    let member = |(index, ty): (usize, &Type)| {
        Some(Edge {
            member: Some(index),
            to: graph::held(ty)?,
        })
    };
    match &types[id].shape {
        Shape::Struct(object) => object
            .fields
            .iter()
            .map(|field| &field.ty)
            .enumerate()
            .filter_map(member)
            .collect(),
        Shape::Union(union) => union
            .variants
            .iter()
            .map(|variant| &variant.ty)
            .enumerate()
            .filter_map(member)
            .collect(),
        Shape::Alias(ty) => graph::held(ty)
            .map(|to| Edge { member: None, to })
            .into_iter()
            .collect(),
        Shape::Enum(_) => Vec::new(),
    }
}

fn put_box(types: &mut Types, id: TypeId, member: usize) {
    match &mut types[id].shape {
        Shape::Struct(object) => object.fields[member].boxed = true,
        Shape::Union(union) => union.variants[member].boxed = true,
        Shape::Alias(_) | Shape::Enum(_) => {}
    }
}
