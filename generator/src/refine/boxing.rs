//! Boxes around members, where a type would otherwise contain itself and have no finite size; and nowhere else.
//!
//! What a variant of an enum holds has its box, or none, whatever it leads to: see [`Types::is_composite`].

use petgraph::{algo::kosaraju_scc, graph::DiGraph};

use super::graph;
use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Api, Shape, Type, TypeId, Types},
};

/// A way from one definition to another that it holds in place.
struct Edge {
    /// What tells it from the others.
    key: String,
    /// Which field or item; nothing for an alias, which cannot have a box.
    member: Option<usize>,
    to: TypeId,
}

/// Walks depth first through definitions that hold each other in place, and puts a box on every edge that leads back to
/// one that is still open. Each ring has such an edge; where it is an alias's, the last member before it gets the box.
///
/// Where a box is, is part of the Rust API. So it depends neither on the order of the document nor on what lies outside
/// the ring: definitions that hold each other are walked apart from all others, in the order of their keys.
pub(super) fn place_boxes(api: &mut Api, _: &Config, _: &mut Diagnostics) {
    for mut ring in rings(&api.types) {
        ring.sort_by_cached_key(|id| api.types[*id].key());
        if let Some(start) = ring.first() {
            walk(&mut api.types, *start, &ring);
        }
    }
}

/// Sets of definitions of which each one holds every other, at the end of some way.
fn rings(types: &Types) -> Vec<Vec<TypeId>> {
    let ids: Vec<TypeId> = types.ids().collect();
    let mut graph: DiGraph<(), (), usize> = DiGraph::default();
    let nodes: Vec<_> = ids.iter().map(|_| graph.add_node(())).collect();
    for id in &ids {
        for edge in edges(types, *id) {
            graph.add_edge(nodes[id.index()], nodes[edge.to.index()], ());
        }
    }
    let components = kosaraju_scc(&graph).into_iter();
    let rings = components.filter(|nodes| match nodes.as_slice() {
        [node] => graph.contains_edge(*node, *node),
        _ => true,
    });
    rings
        .map(|nodes| nodes.into_iter().map(|node| ids[node.index()]).collect())
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Not of this ring, or left for good.
    Closed,
    New,
    Open,
}

struct Frame {
    id: TypeId,
    edges: Vec<Edge>,
    next: usize,
}

impl Frame {
    fn of(types: &Types, id: TypeId) -> Self {
        let mut edges = edges(types, id);
        edges.sort_by(|one, other| one.key.cmp(&other.key));
        Self { id, edges, next: 0 }
    }
}

/// Without recursion: a chain of definitions may be as long as the document.
fn walk(types: &mut Types, start: TypeId, ring: &[TypeId]) {
    let mut state = vec![State::Closed; types.len()];
    for id in ring {
        state[id.index()] = State::New;
    }
    state[start.index()] = State::Open;
    let mut frames = vec![Frame::of(types, start)];
    while let Some(frame) = frames.last_mut() {
        let Some(to) = frame.edges.get(frame.next).map(|edge| edge.to) else {
            state[frame.id.index()] = State::Closed;
            frames.pop();
            continue;
        };
        frame.next += 1;
        match state[to.index()] {
            State::Closed => {}
            State::New => {
                state[to.index()] = State::Open;
                frames.push(Frame::of(types, to));
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
    let members: Vec<(String, Option<usize>, &Type)> = match &types[id].shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter().enumerate();
            fields
                .map(|(index, field)| (field.wire.clone(), Some(index), &field.ty))
                .collect()
        }
        Shape::Tuple(tuple) => {
            let items = tuple.items.iter().enumerate();
            items
                .map(|(index, item)| (index.to_string(), Some(index), &item.ty))
                .collect()
        }
        Shape::Alias(ty) => vec![(String::new(), None, ty)],
        // What could lead back stands in a box already.
        Shape::Union(_) | Shape::Enum(_) => Vec::new(),
    };
    let held = members.into_iter().flat_map(|(key, member, ty)| {
        let edges = graph::held(ty).into_iter();
        edges.map(move |to| Edge {
            key: key.clone(),
            member,
            to,
        })
    });
    held.collect()
}

fn put_box(types: &mut Types, id: TypeId, member: usize) {
    match &mut types[id].shape {
        Shape::Struct(object) => object.fields[member].boxed = true,
        Shape::Tuple(tuple) => tuple.items[member].boxed = true,
        Shape::Union(_) | Shape::Alias(_) | Shape::Enum(_) => {}
    }
}
