//! An API and the crate that an earlier run made of it in, the same API with its arguments in their order out.
//!
//! What is given by position can be swapped without a word of the compiler, so a position is a promise:
//!
//! * Path parameters stand as the template has them, before all others.
//! * Required parameters, members of a struct and parts of a form keep the places that they had; what is new comes after
//!   them. Without an earlier run they stand as in the document.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::{
    ir::{Api, Location, Operation, Parameter, Part, Segment, Shape, TypeDef},
    manifest::{Earlier, OperationEntry, TypeEntry},
};

/// Puts in order what becomes the arguments of functions.
pub(super) fn order(api: &mut Api, earlier: &Earlier<'_>) {
    for operation in &mut api.operations {
        let entry = earlier.operation(operation);
        parameters(operation, entry);
        let contents = operation.body.iter_mut().flat_map(|body| &mut body.contents);
        for content in contents {
            let media_type = &content.media_type;
            if let (Some(parts), Some(entry)) = (content.payload.parts_mut(), entry) {
                form(parts, entry.parts.get(media_type));
            }
        }
    }
    for id in api.types.ids().collect::<Vec<_>>() {
        let definition = &mut api.types[id];
        if let Some(entry) = earlier.ty(definition) {
            members(definition, entry);
        }
    }
}

fn parameters(operation: &mut Operation, earlier: Option<&OperationEntry>) {
    let place = |parameter: &Parameter, index: usize| {
        if parameter.location == Location::Path {
            let is_it = |segment: &Segment| *segment == Segment::Parameter(index);
            (false, position(&operation.path, is_it))
        } else {
            let earlier = earlier.map_or(&[][..], |entry| &entry.parameters);
            (true, position(earlier, |entry| entry.is_of(parameter)))
        }
    };
    let mut placed: Vec<(usize, Parameter)> = std::mem::take(&mut operation.parameters)
        .into_iter()
        .enumerate()
        .collect();
    placed.sort_by_key(|(index, parameter)| place(parameter, *index));
    for segment in &mut operation.path {
        if let Segment::Parameter(index) = segment {
            *index = position(&placed, |(before, _)| before == index);
        }
    }
    operation.parameters = placed.into_iter().map(|(_, parameter)| parameter).collect();
}

fn form(parts: &mut [Part], earlier: Option<&IndexMap<String, String>>) {
    let place = |part: &Part| earlier.and_then(|earlier| earlier.get_index_of(&part.wire));
    parts.sort_by_key(|part| place(part).unwrap_or(usize::MAX));
}

fn members(definition: &mut TypeDef, earlier: &TypeEntry) {
    if let Shape::Struct(object) = &mut definition.shape {
        let places: BTreeMap<&str, usize> = earlier
            .members
            .values()
            .enumerate()
            .map(|(place, member)| (member.wire.as_str(), place))
            .collect();
        object
            .fields
            .sort_by_key(|field| places.get(field.wire.as_str()).copied().unwrap_or(usize::MAX));
    }
}

/// Where the first such item is, or after all.
fn position<T>(items: &[T], is_it: impl Fn(&T) -> bool) -> usize {
    items.iter().position(is_it).unwrap_or(usize::MAX)
}
