//! All schemas with a name in, who inherits from whom out.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{context::Lowering, keywords::Node, reference};
use crate::ir::Pointer;

/// Who inherits from whom.
#[derive(Debug, Default)]
pub(super) struct Family {
    /// The schemas with a name of their own, each with what it is called: the components in document order, then those of
    /// other places.
    pub(super) named: IndexMap<Pointer, String>,
    /// Those of them that name a schema in their `allOf`, by the place of that schema.
    pub(super) by_base: BTreeMap<Pointer, Vec<Pointer>>,
}

impl<'d> Lowering<'d> {
    pub(super) fn family(&mut self) -> &Family {
        if self.heirs.is_none() {
            let named = self.named_schemas();
            let by_base = self.by_base(named.keys());
            self.heirs = Some(Family { named, by_base });
        }
        self.heirs.get_or_insert_default()
    }

    /// The heirs of the schema at `base`, and theirs, in document order.
    pub(super) fn heirs_of(&mut self, base: &Pointer) -> Vec<Pointer> {
        let Family { named, by_base } = self.family();
        let mut found = BTreeSet::new();
        let mut pending = vec![base];
        while let Some(place) = pending.pop() {
            for heir in by_base.get(place).into_iter().flatten() {
                if heir != base && found.insert(heir) {
                    pending.push(heir);
                }
            }
        }
        named.keys().filter(|place| found.contains(place)).cloned().collect()
    }

    fn named_schemas(&mut self) -> IndexMap<Pointer, String> {
        let folder = Pointer::root().child("components").child("schemas");
        let components = self.document.value_at(&folder).and_then(Value::as_object);
        let mut named = IndexMap::new();
        for name in components.into_iter().flat_map(Map::keys) {
            // A component may only say in which file it is written.
            if let Ok(end) = self.end_of_references(&folder.child(name)) {
                let is_own = reference::component(&end).is_some();
                let name = if is_own { end.last() } else { None }.unwrap_or_else(|| name.clone());
                named.entry(end).or_insert(name);
            }
        }
        let mut others: Vec<&Pointer> = self.targets.shared().collect();
        others.sort_unstable();
        for place in others {
            if let Some((name, _)) = reference::entry(place) {
                named.entry(place.clone()).or_insert(name);
            }
        }
        named
    }

    fn by_base<'p>(&mut self, named: impl Iterator<Item = &'p Pointer>) -> BTreeMap<Pointer, Vec<Pointer>> {
        let mut heirs: BTreeMap<Pointer, Vec<Pointer>> = BTreeMap::new();
        for place in named {
            let Some(Node::Schema(keywords)) = self.node_at(place) else {
                continue;
            };
            if keywords.is_nullable() && keywords.is_bare() && keywords.all_of().len() == 1 {
                // The base, or `null`.
                continue;
            }
            let mut pending: Vec<&'d Value> = keywords.all_of().iter().collect();
            while let Some(value) = pending.pop() {
                match Node::of(value) {
                    Some(Node::Reference(reference)) => {
                        if let Ok((_, end)) = self.terminal(reference) {
                            heirs.entry(end).or_default().push(place.clone());
                        }
                    }
                    Some(Node::Schema(keywords)) => pending.extend(keywords.all_of()),
                    None => {}
                }
            }
        }
        heirs
    }
}
