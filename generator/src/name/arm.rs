//! An arm of a union in, what it may be called out.
//!
//! Nothing of this looks at the other arms but where an earlier run has given them numbers: one that comes moves none.

use std::collections::BTreeMap;

use serde_json::Value;

use super::words::words;
use crate::{
    ir::{Api, Origin, Parent, Shape, Type, TypeId, Union},
    manifest::Member,
};

/// Words that say of a union no more than that it is one, or where it stands.
const EMPTY: [&str; 16] = [
    "any", "base", "body", "data", "input", "item", "kind", "model", "object", "of", "one", "request", "response",
    "type", "union", "value",
];

/// `arm` without the words of `union` before or behind it: `UpdateLoginFlowWithPassword` of `UpdateLoginFlowBody` is
/// `WithPassword`, `UserCreatedEvent` of `AnyEvent` is `UserCreated`; nothing where it does not have them, or nothing else.
pub(super) fn own(union: &[String], arm: &[String]) -> Option<Vec<String>> {
    let said = core(union);
    if said.is_empty() {
        return None;
    }
    let rest = arm.strip_prefix(said).or_else(|| arm.strip_suffix(said))?;
    let first = rest.first()?;
    (first.starts_with(char::is_alphabetic) && !core(rest).is_empty()).then(|| rest.to_vec())
}

/// `words` without the empty ones at both ends.
fn core(words: &[String]) -> &[String] {
    let says = |word: &String| !EMPTY.contains(&word.as_str());
    let start = words.iter().position(says).unwrap_or(words.len());
    let end = words.iter().rposition(says).map_or(start, |last| last + 1);
    words.get(start..end).unwrap_or_default()
}

/// The numbers that an arm of a union may have: that which it has in the crate of an earlier run, or that of its position; in
/// a union whose other arms have theirs from an earlier run, one that none of them has.
pub(super) fn numbers(api: &Api, kept: &BTreeMap<TypeId, &str>, id: TypeId, index: usize) -> Vec<usize> {
    let number_of = |id: &TypeId| number(kept.get(id)?);
    let own = index + 1;
    if let Some(before) = number_of(&id) {
        return vec![before, own];
    }
    let Origin::Inline {
        parent: Parent::Type(union),
        ..
    } = &api.types[id].origin
    else {
        return vec![own];
    };
    let Shape::Union(union) = &api.types[*union].shape else {
        return vec![own];
    };
    let arms = union.variants.iter().filter_map(|variant| variant.ty.definition());
    let most: Option<usize> = arms.filter_map(|id| number_of(&id)).max();
    [own]
        .into_iter()
        .chain(most.map(|most| most.saturating_add(own)))
        .collect()
}

/// The number of an arm whose type is called `name`, where that has one.
pub(super) fn number(name: &str) -> Option<usize> {
    let (start, number) = name.rsplit_once("Variant")?;
    number.parse().ok().filter(|_| !start.is_empty())
}

/// What the arm of a union adds to the union's name: its tag, else its title, else its only value, else what it is.
///
/// What its members say of it comes last: callers know it by that, where these told it from the others before.
pub(super) fn names(
    api: &Api,
    id: TypeId,
    numbers: impl IntoIterator<Item = usize>,
    parent: &[String],
) -> Vec<Vec<String>> {
    let definition = &api.types[id];
    let tag = match &definition.origin {
        Origin::Inline {
            parent: Parent::Type(union),
            ..
        } => tag(&api.types[*union].shape, id),
        Origin::Inline { .. } | Origin::Entry { .. } | Origin::Component(_) => None,
    };
    let title = definition.docs.summary.as_deref().map(words);
    let title = title.map(|title| title.strip_prefix(parent).map(<[String]>::to_vec).unwrap_or(title));
    let value = sole_value(&definition.shape);
    let kind = matches!(definition.shape, Shape::Enum(_)).then(|| vec!["value".to_owned()]);
    let numbers = numbers
        .into_iter()
        .map(|number| vec!["variant".to_owned(), number.to_string()]);
    tag.into_iter()
        .chain(title.filter(|title| (1..=TITLE_WORDS).contains(&title.len())))
        .chain(value)
        .chain(kind)
        .chain(numbers)
        .chain(said_by_members(&definition.shape))
        .collect()
}

/// The words of the tag that a variant had in the crate of an earlier run, where it had one.
pub(super) fn told_by(before: &Member) -> Option<Vec<String>> {
    let words = words(&before.wire);
    (!words.is_empty() && !before.wire.contains(", ")).then_some(words)
}

/// The words of each value that a member always has.
pub(super) fn said_by_members(shape: &Shape) -> impl Iterator<Item = Vec<String>> {
    let object = if let Shape::Struct(object) = shape {
        Some(object)
    } else {
        None
    };
    let fields = object.into_iter().flat_map(|object| &object.fields);
    fields
        .filter_map(|field| {
            Some(value_words(
                &field.wire,
                field.constant.as_ref().or(field.tag.as_ref())?,
            ))
        })
        .filter(|words| !words.is_empty())
}

/// The words of the value of an enum that has no other; a number, which says nothing by itself, is called a value.
fn sole_value(shape: &Shape) -> Option<Vec<String>> {
    let Shape::Enum(values) = shape else { return None };
    let [value] = values.values.as_slice() else { return None };
    let own = match (&value.name, &value.wire) {
        (Some(name), _) => words(name),
        (None, Value::String(text)) => words(text),
        (None, other) => words(&format!("value {other}")),
    };
    (!own.is_empty()).then_some(own)
}

/// The most words that a title has which is a name and no sentence.
pub(super) const TITLE_WORDS: usize = 4;

/// The one tag of a union's arm.
fn tag(union: &Shape, arm: TypeId) -> Option<Vec<String>> {
    let Shape::Union(union) = union else { return None };
    let arm = union.variants.iter().find(|variant| variant.ty == Type::Def(arm))?;
    match arm.tags.as_slice() {
        [tag] => Some(tag_words(union, tag)).filter(|words| !words.is_empty()),
        _ => None,
    }
}

/// The words of a tag; of a number or a flag, which says nothing by itself, behind those of its member.
pub(super) fn tag_words(union: &Union, tag: &Value) -> Vec<String> {
    let property = union
        .discriminator
        .as_ref()
        .map(|discriminator| discriminator.property.as_str());
    value_words(property.unwrap_or_default(), tag)
}

fn value_words(property: &str, value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => words(text),
        other => words(&format!("{property} {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::own;
    use crate::name::words::words;

    #[test]
    fn what_the_union_says_falls_away() {
        let arms = [
            (
                "UpdateLoginFlowBody",
                "UpdateLoginFlowWithPassword",
                Some("With Password"),
            ),
            ("Event", "UserCreatedEvent", Some("User Created")),
            ("AnyEvent", "UserCreatedEvent", Some("User Created")),
            ("PaymentMethod", "PaymentMethodCard", Some("Card")),
            ("Pet", "Cat", None),
            ("Pet", "Pet", None),
            ("Pet", "Pet_2", None),
            ("Pet", "PetValue", None),
            ("PetItem", "PetsItem", None),
            ("Value", "TextValue", None),
        ];
        for (union, arm, expected) in arms {
            assert_eq!(own(&words(union), &words(arm)), expected.map(words), "{arm} of {union}");
        }
    }
}
