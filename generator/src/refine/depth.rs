//! How deep rustc has to look into the types.
//!
//! Whether a type may be sent to another thread, and what happens when it is dropped, rustc finds out by looking at
//! what it is made of, and so on; after 128 steps it gives up with an error, in whichever crate the question comes up.

use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Additional, Api, Presence, Shape, Type, TypeId, Types},
};

/// How many steps rustc takes without being asked to take more, less what hangs below the last definition.
const GRANTED: usize = 96;

/// Sets how many steps have to be permitted, with room to spare, where it is more than usual.
pub(super) fn measure(api: &mut Api, _: &Config, _: &mut Diagnostics) {
    let deepest = deepest(&api.types);
    api.recursion_limit = (deepest > GRANTED).then(|| (2 * deepest).next_power_of_two());
}

/// A definition, the steps down to what it is made of, and the deepest way down that was found so far.
struct Frame {
    id: TypeId,
    edges: Vec<(TypeId, usize)>,
    /// The steps of the edge that was taken last.
    taken: usize,
    deepest: usize,
}

impl Frame {
    fn of(types: &Types, id: TypeId) -> Self {
        let mut edges = edges(types, id);
        edges.reverse();
        Self {
            id,
            edges,
            taken: 0,
            deepest: 0,
        }
    }

    /// The edge that was taken last leads to something that goes on `below`.
    fn reach(&mut self, below: usize) {
        self.deepest = self.deepest.max(self.taken + below);
    }
}

/// What a definition is made of, and how many types rustc passes on the way.
fn edges(types: &Types, id: TypeId) -> Vec<(TypeId, usize)> {
    let boxed = |is_boxed: bool| if is_boxed { 2 } else { 0 };
    match &types[id].shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter().flat_map(|field| {
                let optional = usize::from(field.presence == Presence::Optional);
                below(&field.ty, 1 + optional + boxed(field.boxed))
            });
            let rest = match &object.additional {
                Additional::Declared(ty) => below(ty, 1 + MAP),
                Additional::Denied | Additional::Implied => Vec::new(),
            };
            fields.chain(rest).collect()
        }
        Shape::Union(union) => {
            let variants = union.variants.iter();
            variants
                .flat_map(|variant| below(&variant.ty, 1 + boxed(types.is_composite(&variant.ty))))
                .collect()
        }
        Shape::Tuple(tuple) => {
            let items = tuple.items.iter().flat_map(|item| {
                let optional = usize::from(item.presence == Presence::Optional);
                below(&item.ty, 1 + optional + boxed(item.boxed))
            });
            let rest = tuple.rest.iter().flat_map(|ty| below(ty, 1 + LIST));
            items.chain(rest).collect()
        }
        // An alias is the type itself.
        Shape::Alias(ty) => below(ty, 0),
        Shape::Enum(_) => Vec::new(),
    }
}

/// `Vec` holds a `RawVec`, which holds a `PhantomData`.
const LIST: usize = 3;

/// From `BTreeMap` down to a value are a box, a pair and what marks both.
const MAP: usize = 7;

/// The definitions of a type which is `steps` down, and how far down each is.
fn below(ty: &Type, steps: usize) -> Vec<(TypeId, usize)> {
    match ty {
        Type::Def(id) => vec![(*id, steps)],
        Type::Nullable(inner) => below(inner, steps + 1),
        Type::List(inner) => below(inner, steps + LIST),
        Type::Map(inner) => below(inner, steps + MAP),
        Type::Tuple(items) => items.iter().flat_map(|item| below(item, steps + 1)).collect(),
        Type::Primitive(_) | Type::Constant(_) | Type::Any => Vec::new(),
    }
}

/// The longest way down, in the order in which rustc takes it. Like rustc, it ends where it meets itself.
fn deepest(types: &Types) -> usize {
    let mut below: Vec<Option<usize>> = vec![None; types.len()];
    let mut is_open = vec![false; types.len()];
    let mut frames: Vec<Frame> = Vec::new();
    for start in types.ids() {
        if below[start.index()].is_some() {
            continue;
        }
        is_open[start.index()] = true;
        frames.push(Frame::of(types, start));
        while let Some(frame) = frames.last_mut() {
            let Some((to, steps)) = frame.edges.pop() else {
                let Frame { id, deepest, .. } = *frame;
                below[id.index()] = Some(deepest);
                is_open[id.index()] = false;
                frames.pop();
                if let Some(above) = frames.last_mut() {
                    above.reach(deepest);
                }
                continue;
            };
            frame.deepest = frame.deepest.max(steps);
            frame.taken = steps;
            if let Some(below) = below[to.index()] {
                frame.reach(below);
            } else if !is_open[to.index()] {
                is_open[to.index()] = true;
                frames.push(Frame::of(types, to));
            }
        }
    }
    below.into_iter().flatten().max().unwrap_or_default()
}
