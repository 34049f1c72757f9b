//! Operations in groups and definitions in, what each definition is there for out.
//!
//! A crate with a feature for each group leaves out what no group needs that is switched on. What two groups need is there
//! with either of them; what all need, and what nobody asks for (it is there for its own sake), is always there.

use std::collections::BTreeSet;

use crate::ir::{Api, Operation, OperationId, Type, TypeId};

/// What is switched on or off as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Root {
    /// A group of operations, by position.
    Group(usize),
    /// What the server sends by itself.
    Webhooks,
}

/// When something is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Gate {
    Always,
    /// With any of these; never none.
    Any(BTreeSet<Root>),
}

/// When everything is there. By itself, always.
#[derive(Debug, Default)]
pub(crate) struct Gates {
    roots: BTreeSet<Root>,
    definitions: Vec<Gate>,
}

/// Finds out which of the `groups` each definition is there for.
pub(crate) fn gate(api: &Api, groups: &[&[OperationId]]) -> Gates {
    if groups.is_empty() {
        return Gates::default();
    }
    let mut needed: Vec<(Root, Vec<&Type>)> = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let operations = group.iter().map(|id| &api.operations[id.0]);
        needed.push((Root::Group(index), operations.flat_map(Operation::types).collect()));
    }
    if !api.webhooks.is_empty() {
        let webhooks = api.webhooks.iter();
        let types = webhooks.flat_map(|webhook| [webhook.arriving(), webhook.answered()].concat());
        needed.push((Root::Webhooks, types.collect()));
    }
    let mut reached: Vec<BTreeSet<Root>> = vec![BTreeSet::new(); api.types.len()];
    for (root, types) in &needed {
        for id in closure(api, types.iter().flat_map(|ty| ty.definitions())) {
            reached[id.index()].insert(*root);
        }
    }
    let unasked = api.types.ids().filter(|id| reached[id.index()].is_empty());
    let always = closure(api, unasked);
    let roots: BTreeSet<Root> = needed.into_iter().map(|(root, _)| root).collect();
    let definitions = api.types.ids().zip(reached).map(|(id, reached)| {
        if always.contains(&id) || reached == roots {
            Gate::Always
        } else {
            Gate::Any(reached)
        }
    });
    Gates {
        definitions: definitions.collect(),
        roots,
    }
}

/// These definitions and all that they are made of. What is only a name for another one is there with what it would have
/// been made of, since these have names of their own as well.
fn closure(api: &Api, ids: impl IntoIterator<Item = TypeId>) -> BTreeSet<TypeId> {
    let mut found = BTreeSet::new();
    let mut open: Vec<TypeId> = ids.into_iter().collect();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            let definition = &api.types[id];
            open.extend(definition.same_as);
            open.extend(definition.shape.parts().into_iter().flat_map(Type::definitions));
        }
    }
    found
}

impl Gates {
    /// When a definition is there.
    pub(crate) fn of(&self, id: TypeId) -> &Gate {
        self.definitions.get(id.index()).unwrap_or(&Gate::Always)
    }

    /// When something is there that comes with `root`.
    pub(crate) fn with(&self, root: Root) -> Gate {
        if self.roots.contains(&root) {
            Gate::Any(BTreeSet::from([root]))
        } else {
            Gate::Always
        }
    }

    /// What can be switched off.
    pub(crate) fn roots(&self) -> &BTreeSet<Root> {
        &self.roots
    }
}

impl Gate {
    /// When one of several things is there.
    pub(crate) fn any<'g>(gates: impl IntoIterator<Item = &'g Self>) -> Self {
        let mut all = BTreeSet::new();
        for gate in gates {
            match gate {
                Self::Always => return Self::Always,
                Self::Any(roots) => all.extend(roots),
            }
        }
        Self::Any(all)
    }
}

#[cfg(test)]
mod tests;
