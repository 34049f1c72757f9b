//! What is known by its position in a list, found again where that changed: parameters by their names, arms of unions by
//! their members, since nothing else says which is which.

use std::collections::{BTreeMap, BTreeSet};

use super::Earlier;
use crate::ir::{Api, Origin, Role, Shape};

/// An arm of today, or one of an earlier run.
struct Arm<'a> {
    place: String,
    /// Its members or values, as they stand on the wire.
    wires: BTreeSet<&'a str>,
}

impl Arm<'_> {
    fn has_all_of(&self, before: &Arm<'_>) -> bool {
        !before.wires.is_empty() && self.wires.is_superset(&before.wires)
    }
}

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

/// The place of an arm, and its members or values.
type Written = (String, BTreeSet<String>);

/// Notes in `earlier` which arms are elsewhere than they were, and which are new where another one was.
pub(super) fn arms(earlier: &mut Earlier<'_>, api: &Api) {
    let mut unions: BTreeMap<(usize, String), Vec<Written>> = BTreeMap::new();
    for (_, definition) in api.types.iter() {
        let place = definition.key();
        let Origin::Inline {
            role: Role::Variant(_), ..
        } = definition.origin
        else {
            continue;
        };
        if let (Some(wires), Some((union, _))) = (wires_of(&definition.shape), place.rsplit_once('/')) {
            // What is around is found first.
            let union = (union.matches('/').count(), union.to_owned());
            unions.entry(union).or_default().push((place, wires));
        }
    }
    for ((_, union), mut arms) in unions {
        arms.sort_by_key(|(place, _)| position(place));
        let Some(union_before) = earlier.place(&union) else {
            continue;
        };
        let arms: Vec<Arm<'_>> = arms
            .iter()
            .map(|(place, wires)| Arm {
                place: format!("{union_before}{}", &place[union.len()..]),
                wires: wires.iter().map(String::as_str).collect(),
            })
            .collect();
        let before = arms_before(earlier, &union_before);
        for (arm, found) in arms.iter().zip(matched(&arms, &before)) {
            let place = format!("{union}{}", &arm.place[union_before.len()..]);
            match found {
                Some(found) if before[found].place == arm.place => {}
                Some(found) => drop(earlier.moved.insert(place, Some(before[found].place.clone()))),
                None => drop(earlier.moved.insert(place, None)),
            }
        }
    }
}

fn wires_of(shape: &Shape) -> Option<BTreeSet<String>> {
    match shape {
        Shape::Struct(object) => Some(object.fields.iter().map(|field| field.wire.clone()).collect()),
        Shape::Enum(values) => Some(values.texts().into_iter().collect()),
        Shape::Union(_) | Shape::Tuple(_) | Shape::Alias(_) => None,
    }
}

/// The arms that a union had, in their order.
fn arms_before<'m>(earlier: &Earlier<'m>, union: &str) -> Vec<Arm<'m>> {
    let inside = format!("{union}/");
    let entries = earlier.types.range(inside.as_str()..);
    let mut arms: Vec<Arm<'m>> = entries
        .take_while(|(place, _)| place.starts_with(&inside))
        .filter(|(place, entry)| {
            !place[inside.len()..].contains('/') && ["struct", "enum"].contains(&entry.kind.as_str())
        })
        .map(|(place, entry)| Arm {
            place: (*place).to_owned(),
            wires: entry.members.values().map(|member| member.wire.as_str()).collect(),
        })
        .collect();
    arms.sort_by_key(|arm| position(&arm.place));
    arms
}

fn position(place: &str) -> Option<usize> {
    place.rsplit_once('/')?.1.parse().ok()
}

/// For each arm, which of those of before it is. First those with the same members that stand in the same order, then in any;
/// then those that have all members of one of before; then that which stands in the same place.
fn matched(arms: &[Arm<'_>], before: &[Arm<'_>]) -> Vec<Option<usize>> {
    let mut found = vec![None; arms.len()];
    for operation in similar::capture_diff_slices(similar::Algorithm::Lcs, &wires(before), &wires(arms)) {
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
    let fits: [fn(&Arm<'_>, &Arm<'_>) -> bool; 4] = [
        |arm, old| arm.wires == old.wires,
        |arm, old| arm.has_all_of(old) && arm.place == old.place,
        |arm, old| arm.has_all_of(old),
        |arm, old| arm.place == old.place,
    ];
    let mut left: BTreeSet<usize> = (0..before.len()).filter(|old| !found.contains(&Some(*old))).collect();
    for fit in fits {
        for (arm, found) in arms.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            *found = left.iter().copied().find(|old| fit(arm, &before[*old]));
            left.retain(|old| Some(*old) != *found);
        }
    }
    found
}

fn wires<'a>(arms: &[Arm<'a>]) -> Vec<BTreeSet<&'a str>> {
    arms.iter().map(|arm| arm.wires.clone()).collect()
}
