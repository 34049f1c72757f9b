//! What is known by its position in a list, found again where that changed: parameters by their names, arms of unions by
//! the members of what is written in them, since nothing else says which is which.

use std::collections::{BTreeMap, BTreeSet};

use super::Earlier;
use crate::ir::{Api, Origin, Shape};

/// What is written in an arm of a union: by the place inside of it, the members or values as they stand on the wire.
type Written = BTreeMap<String, BTreeSet<String>>;

/// The arms of a union in which something is written, by position.
type Arms = BTreeMap<usize, Written>;

/// Notes in `earlier` which parameters are elsewhere than they were, and which are new where another one was.
pub(super) fn parameters(earlier: &mut Earlier<'_>, api: &Api) {
    for operation in &api.operations {
        let Some(entry) = earlier.operation(operation) else {
            continue;
        };
        for parameter in &operation.parameters {
            let Some(place) = api.types.place_of(parameter) else {
                continue;
            };
            match entry.parameters.iter().find(|before| before.is_of(parameter)) {
                Some(before) if before.place.as_ref().is_none_or(|before| *before == place) => {}
                before => drop(
                    earlier
                        .moved
                        .insert(place, before.and_then(|before| before.place.clone())),
                ),
            }
        }
    }
}

/// Notes in `earlier` which arms are elsewhere than they were, and which are new where another one was.
pub(super) fn arms(earlier: &mut Earlier<'_>, api: &Api) {
    // What is around is found first.
    let mut unions: BTreeMap<(usize, String), Arms> = BTreeMap::new();
    for (_, definition) in api.types.iter() {
        if !matches!(definition.origin, Origin::Inline { .. }) {
            continue;
        }
        let place = definition.key();
        for (end, _) in place.match_indices("Of/") {
            let union = &place[..end + "Of".len()];
            if let Some((index, inside)) = arm_of(&place, union) {
                let depth = union.matches('/').count();
                let arms = unions.entry((depth, union.to_owned())).or_default();
                let written = arms.entry(index).or_default();
                written.insert(inside.to_owned(), wires(&definition.shape));
            }
        }
    }
    for ((_, union), arms) in unions {
        let Some(union_before) = earlier.place(&union) else {
            continue;
        };
        let before = arms_before(earlier, &union_before);
        for (index, found) in matched(&arms, &before) {
            if found != Some(index) {
                let found = found.map(|found| format!("{union_before}/{found}"));
                earlier.moved.insert(format!("{union}/{index}"), found);
            }
        }
    }
}

/// In which arm of `union` a place is, and where inside of it.
fn arm_of<'p>(place: &'p str, union: &str) -> Option<(usize, &'p str)> {
    let is_union = ["/oneOf", "/anyOf"].iter().any(|keyword| union.ends_with(keyword));
    let rest = place.strip_prefix(union).filter(|_| is_union)?.strip_prefix('/')?;
    let (index, inside) = rest.split_once('/').unwrap_or((rest, ""));
    Some((index.parse().ok()?, inside))
}

fn wires(shape: &Shape) -> BTreeSet<String> {
    match shape {
        Shape::Struct(object) => object.fields.iter().map(|field| field.wire.clone()).collect(),
        Shape::Enum(values) => values.texts().into_iter().collect(),
        Shape::Union(_) | Shape::Tuple(_) | Shape::Alias(_) => BTreeSet::new(),
    }
}

/// The arms that a union had.
fn arms_before(earlier: &Earlier<'_>, union: &str) -> Arms {
    let mut arms = Arms::new();
    let inside = format!("{union}/");
    let entries = earlier.types.range(inside.as_str()..);
    for (place, entry) in entries.take_while(|(place, _)| place.starts_with(&inside)) {
        let Some((index, inside)) = arm_of(place, union) else {
            continue;
        };
        let has_wires = ["struct", "enum"].contains(&entry.kind.as_str());
        let members = entry.members.values().filter(|_| has_wires);
        let wires = members.map(|member| member.wire.clone()).collect();
        arms.entry(index).or_default().insert(inside.to_owned(), wires);
    }
    arms
}

/// Whether an arm is one of before, each with its position.
type Fit = fn((&usize, &Written), (&usize, &Written)) -> bool;

/// For each arm, which of those of before it is. First those with the same members that stand in the same order, then in any;
/// then those that have all members of one of before; then that which stands in the same place.
fn matched(arms: &Arms, before: &Arms) -> BTreeMap<usize, Option<usize>> {
    let (now, then): (Vec<_>, Vec<_>) = (arms.iter().collect(), before.iter().collect());
    let mut found: Vec<Option<usize>> = vec![None; now.len()];
    let written = |arms: &[(&usize, &Written)]| arms.iter().map(|(_, written)| (*written).clone()).collect::<Vec<_>>();
    for operation in similar::capture_diff_slices(similar::Algorithm::Lcs, &written(&then), &written(&now)) {
        if let similar::DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = operation
        {
            for offset in 0..len {
                found[new_index + offset] = Some(old_index + offset);
            }
        }
    }
    let fits: [Fit; 4] = [
        |arm, old| arm.1 == old.1,
        |arm, old| has_all_of(arm.1, old.1) && arm.0 == old.0,
        |arm, old| has_all_of(arm.1, old.1),
        |arm, old| arm.0 == old.0,
    ];
    let mut left: BTreeSet<usize> = (0..then.len()).filter(|old| !found.contains(&Some(*old))).collect();
    for fit in fits {
        for (arm, found) in now.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            *found = left.iter().copied().find(|old| fit(*arm, then[*old]));
            left.retain(|old| Some(*old) != *found);
        }
    }
    let places = now.iter().map(|(index, _)| **index);
    places
        .zip(found.into_iter().map(|found| found.map(|old| *then[old].0)))
        .collect()
}

/// Whether an arm has all that was written in one of before.
fn has_all_of(arm: &Written, before: &Written) -> bool {
    let has = |(inside, wires): (&String, &BTreeSet<String>)| arm.get(inside).is_some_and(|own| own.is_superset(wires));
    before.values().any(|wires| !wires.is_empty()) && before.iter().all(has)
}
