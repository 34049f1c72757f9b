//! Definitions with their names in, of those that are equal but for their names one that is written out.
//!
//! Equal are definitions that no caller could tell apart: of one shape, documented alike, with the same names inside, made
//! of parts that are equal again. What holds itself is compared as a whole, by splitting: all are taken for equal that look
//! so from outside, until what they are made of tells them apart.
//!
//! Every one keeps its name and its documentation. So it does not matter to callers which of them is written out.

use std::collections::BTreeMap;

use crate::{
    Config,
    ir::{Api, Capability, Origin, Presence, Shape, Type, TypeId},
    manifest::Earlier,
    name::{Members, Names},
};

/// Finds the definitions that are written in place and equal to others. A schema with a name of its own is none: the name
/// is its author's word that it is something else.
pub(crate) fn share(api: &mut Api, names: &Names, config: &Config, earlier: &Earlier<'_>) {
    if config.share == Some(false) {
        return;
    }
    let candidates: Vec<TypeId> = api.types.ids().filter(|id| is_candidate(api, *id)).collect();
    let classes = classes(api, names, &candidates);
    let mut members: Vec<Vec<TypeId>> = vec![Vec::new(); candidates.len()];
    for (id, class) in candidates.into_iter().zip(classes) {
        members[class].push(id);
    }
    let written = earlier.written();
    for equals in members.into_iter().filter(|equals| equals.len() > 1) {
        // Whoever was written out before stays so.
        let kept = equals.iter().copied().min_by_key(|id| {
            let path = names.path_of(*id);
            (!written.contains(path.as_str()), path.len(), path)
        });
        let Some(kept) = kept else { continue };
        for id in equals.into_iter().filter(|id| *id != kept) {
            let (direction, maybe) = (api.types[id].direction, api.types[id].capability.maybe);
            let whole = &mut api.types[kept];
            whole.direction.request |= direction.request;
            whole.direction.response |= direction.response;
            whole.capability.maybe |= maybe;
            api.types[id].same_as = Some(kept);
        }
    }
}

/// What is written in place and has a Rust item of its own; an alias is as short as it can be.
fn is_candidate(api: &Api, id: TypeId) -> bool {
    let definition = &api.types[id];
    matches!(definition.origin, Origin::Inline { .. }) && !matches!(definition.shape, Shape::Alias(_))
}

/// The class of each of the candidates: a number that those have in common that are equal.
fn classes(api: &Api, names: &Names, candidates: &[TypeId]) -> Vec<usize> {
    let mut position: Vec<Option<usize>> = vec![None; api.types.len()];
    for (index, id) in candidates.iter().enumerate() {
        position[id.index()] = Some(index);
    }
    let (outsides, parts): (Vec<String>, Vec<Vec<usize>>) = candidates
        .iter()
        .map(|id| outside(api, names, *id, &position, candidates))
        .unzip();
    let mut classes = numbered(outsides);
    loop {
        let whole = classes.iter().zip(&parts);
        let whole = whole.map(|(class, parts)| (*class, parts.iter().map(|part| classes[*part]).collect::<Vec<_>>()));
        let split = numbered(whole);
        if split == classes {
            return classes;
        }
        classes = split;
    }
}

/// What a definition looks like when one does not look into the candidates that it is made of, and these.
fn outside(
    api: &Api,
    names: &Names,
    id: TypeId,
    position: &[Option<usize>],
    candidates: &[TypeId],
) -> (String, Vec<usize>) {
    let definition = &api.types[id];
    let mut shape = definition.shape.clone();
    let inside = if let (Shape::Struct(object), Members::Fields(names)) = (&mut shape, &names.members[id.index()]) {
        // Callers see the order of what they have to give, and no other.
        let fields = std::mem::take(&mut object.fields);
        let given = fields.iter().filter(|field| field.presence == Presence::Required);
        let given: Vec<String> = given.map(|field| field.wire.clone()).collect();
        let mut members: Vec<_> = fields.into_iter().zip(names).collect();
        members.sort_by(|(one, _), (other, _)| one.wire.cmp(&other.wire));
        let (fields, names): (Vec<_>, Vec<_>) = members.into_iter().unzip();
        object.fields = fields;
        format!("{names:?} {given:?}")
    } else {
        format!("{:?}", names.members[id.index()])
    };
    let mut parts = Vec::new();
    for part in shape.parts_mut().into_iter().flat_map(Type::definitions_mut) {
        if let Some(index) = position[part.index()] {
            parts.push(index);
            *part = candidates[0];
        }
    }
    let Capability { eq, default, maybe: _ } = definition.capability;
    (format!("{shape:?} {inside} {eq:?} {default}"), parts)
}

/// The same number for the same value, in the order in which they are met.
fn numbered<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<usize> {
    let mut known = BTreeMap::new();
    let number = |value| {
        let next = known.len();
        *known.entry(value).or_insert(next)
    };
    values.into_iter().map(number).collect()
}
