//! Aliases in, those that Rust can have out: one that leads back to itself describes no type, and one that is endless when it
//! is written out is none that a compiler gets through.

use petgraph::{algo::kosaraju_scc, graph::DiGraph};

use crate::{
    Config,
    diagnostics::{Code, Diagnostics},
    ir::{Api, Docs, Item, Presence, Shape, Tuple, Type, TypeId, Types},
};

/// How many types an alias may be when all aliases in it are written out. A tuple of two tuples of two tuples, and so on,
/// doubles with every step.
const LONGEST: usize = 64;

/// Turns every tuple of a ring, and every one that is too long, into a struct, and one alias of each ring that is left into
/// any JSON value.
///
/// A ring through a list or a map (`type: array, items: <itself>`) has values, but no finite Rust type without an item
/// of its own, so it is cut as well.
pub(super) fn break_cycles(api: &mut Api, _: &Config, diagnostics: &mut Diagnostics) {
    for id in rings(&api.types) {
        if let Shape::Alias(Type::Tuple(items)) = &api.types[id].shape {
            api.types[id].shape = Shape::Tuple(of_its_own(items));
        }
    }
    let mut lengths = vec![1; api.types.len()];
    let mut is_settled = vec![false; api.types.len()];
    let mut is_open = vec![false; api.types.len()];
    for start in api.types.ids() {
        // Without recursion: a chain of aliases may be as long as the document.
        let mut trail: Vec<(TypeId, Vec<TypeId>)> = Vec::new();
        let mut next = Some(start);
        loop {
            if let Some(id) = next.take().filter(|id| !is_settled[id.index()]) {
                if std::mem::replace(&mut is_open[id.index()], true) {
                    let through: Vec<String> = aliased(&api.types, id)
                        .into_iter()
                        .map(|id| format!("`{}`", api.types[id].key()))
                        .collect();
                    let through = through.join(" and ");
                    let message = format!(
                        "this type is defined by itself alone, through {through}; it is typed as any JSON value"
                    );
                    diagnostics.report(Code::ReferenceCycle, &api.types[id].pointer, message);
                    api.types[id].shape = Shape::Alias(Type::Any);
                    is_settled[id.index()] = true;
                } else {
                    trail.push((id, aliased(&api.types, id)));
                }
            }
            let Some((id, open)) = trail.last_mut() else { break };
            next = open.pop();
            if next.is_none() {
                lengths[id.index()] = shorten(&mut api.types, *id, &lengths);
                is_settled[id.index()] = true;
                trail.pop();
            }
        }
    }
}

/// The aliases that lead back to themselves.
fn rings(types: &Types) -> Vec<TypeId> {
    let ids: Vec<TypeId> = types.ids().collect();
    let mut graph: DiGraph<(), (), usize> = DiGraph::default();
    let nodes: Vec<_> = ids.iter().map(|_| graph.add_node(())).collect();
    for id in &ids {
        for to in aliased(types, *id) {
            graph.add_edge(nodes[id.index()], nodes[to.index()], ());
        }
    }
    let components = kosaraju_scc(&graph).into_iter();
    let rings = components.filter(|nodes| match nodes.as_slice() {
        [node] => graph.contains_edge(*node, *node),
        _ => true,
    });
    rings.flatten().map(|node| ids[node.index()]).collect()
}

/// What an alias stands for.
fn aliased(types: &Types, id: TypeId) -> Vec<TypeId> {
    match &types[id].shape {
        Shape::Alias(ty) => ty.definitions(),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Tuple(_) => Vec::new(),
    }
}

/// Makes an alias that is too long a struct; how many types it is when it is written out.
fn shorten(types: &mut Types, id: TypeId, lengths: &[usize]) -> usize {
    let Shape::Alias(ty) = &types[id].shape else { return 1 };
    let length = length(ty, lengths);
    match ty {
        Type::Tuple(items) if length > LONGEST => {
            types[id].shape = Shape::Tuple(of_its_own(items));
            1
        }
        _ => length,
    }
}

fn length(ty: &Type, lengths: &[usize]) -> usize {
    match ty {
        Type::Def(id) => lengths[id.index()],
        Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) => length(inner, lengths),
        Type::Tuple(items) => items.iter().map(|item| length(item, lengths)).sum(),
        Type::Primitive(_) | Type::Constant(_) | Type::Any => 1,
    }
}

fn of_its_own(items: &[Type]) -> Tuple {
    let item = |ty: &Type| Item {
        ty: ty.clone(),
        presence: Presence::Required,
        constant: None,
        docs: Docs::default(),
        boxed: false,
    };
    Tuple {
        items: items.iter().map(item).collect(),
        rest: None,
    }
}
