//! A schema in, the discriminator that makes it a base out; of several heirs, the base that they have in common.

use super::{
    keywords::{Discriminator, Keywords, Node},
    union::Alternative,
};
use crate::ir::Pointer;

/// The discriminator of the heirs of the schema at `pointer`, and where it is said: in the schema, or in an element of its
/// `allOf`. One that stands beside alternatives is theirs.
pub(super) fn said_discriminator<'d>(
    keywords: Keywords<'d>,
    pointer: &Pointer,
) -> Option<(Discriminator<'d>, Pointer)> {
    let has_choices = |keywords: Keywords<'_>| !keywords.one_of().is_empty() || !keywords.any_of().is_empty();
    let mut parts = vec![(keywords, pointer.clone())];
    if has_choices(keywords) {
        return None;
    }
    while let Some((keywords, pointer)) = parts.pop() {
        match keywords.discriminator() {
            Some(discriminator) => return (!has_choices(keywords)).then_some((discriminator, pointer)),
            None => parts.extend(own_parts(keywords).map(|(index, part)| (part, pointer.child("allOf").item(index)))),
        }
    }
    None
}

/// The elements of an `allOf` that are written in place, the last first.
pub(super) fn own_parts(keywords: Keywords<'_>) -> impl Iterator<Item = (usize, Keywords<'_>)> {
    let parts = keywords.all_of().iter().enumerate().rev();
    parts.filter_map(|(index, value)| match Node::of(value) {
        Some(Node::Schema(keywords)) => Some((index, keywords)),
        Some(Node::Reference(_)) | None => None,
    })
}

/// The place of the schema whose `allOf` the schema at `pointer` is written in, or its own.
fn whole_of(pointer: &Pointer) -> Pointer {
    let mut whole = pointer.clone();
    loop {
        let list = super::parent_of(&whole);
        if list.last().as_deref() != Some("allOf") {
            return whole;
        }
        whole = super::parent_of(&list);
    }
}

/// The base that all `alternatives` are heirs of, with its discriminator.
pub(super) fn common_base<'d>(alternatives: &[Alternative<'d>]) -> Option<(Discriminator<'d>, Pointer)> {
    let (first, others) = alternatives.split_first()?;
    let mut arms = first.flat.as_ref()?.arms.iter();
    arms.find_map(|arm| {
        let discriminator = arm.keywords.discriminator()?;
        let is_base = |other: &Alternative<'_>| other.flat.as_ref().is_some_and(|flat| flat.contains(&arm.pointer));
        others
            .iter()
            .all(is_base)
            .then(|| (discriminator, whole_of(&arm.pointer)))
    })
}
