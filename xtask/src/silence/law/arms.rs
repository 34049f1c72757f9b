//! A change to a choice or to a part of a schema in, whether another alternative or part says the same out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    calls::end,
    change::Change,
    schemas::{members, step},
};

/// Whether `change` is to an alternative that the mapping of the discriminator names.
pub(super) fn is_mapped(change: &Change, document: &Value) -> bool {
    let tokens = change.tokens();
    let Some(choice) = choice_of(tokens) else { return false };
    let mapping =
        at(document, &tokens[..choice]).and_then(|schema| schema.pointer("/discriminator/mapping")?.as_object());
    let arm = at(document, &tokens[..tokens.len().min(choice + 2)]);
    let own = arm.and_then(|arm| arm.get("$ref")?.as_str()).and_then(last);
    let mut targets = mapping
        .into_iter()
        .flatten()
        .filter_map(|(_, target)| last(target.as_str()?));
    own.is_some() && targets.any(|target| Some(target) == own)
}

/// Whether `change` is to a mapping each name of which its alternative has as a value of its member.
pub(super) fn mapped_arms_tell(change: &Change, document: &Value) -> bool {
    let member = change
        .holder(document)
        .and_then(|discriminator| discriminator.get("propertyName")?.as_str());
    let (Some(member), Some(mapping)) = (member, change.value(document).and_then(Value::as_object)) else {
        return false;
    };
    mapping.iter().all(|(name, target)| {
        let target = target.as_str().and_then(last).unwrap_or_default();
        let mut found = Vec::new();
        if let Some(arm) = document.pointer(&format!("/components/schemas/{target}")) {
            members(arm, member, document, 8, &mut found);
        }
        found.iter().any(|found| {
            let listed = found.get("enum").and_then(Value::as_array).into_iter().flatten();
            let mut values = found.get("const").into_iter().chain(listed);
            values.any(|value| value == name || serde_json::from_str::<Value>(name).is_ok_and(|name| name == *value))
        })
    })
}

/// Whether `change` is to an alternative, or to a member, of a part that another part of the same schema excludes.
pub(super) fn is_impossible(change: &Change, document: &Value) -> bool {
    let tokens = change.tokens();
    let Some(parts) = tokens.iter().position(|token| token == "allOf") else {
        return false;
    };
    let Some(own) = tokens.get(parts + 1) else { return false };
    let all = at(document, &tokens[..=parts]).and_then(Value::as_array);
    let mut others = all
        .into_iter()
        .flatten()
        .enumerate()
        .filter(|(index, _)| index.to_string() != *own)
        .map(|(_, part)| part);
    match tokens.get(parts + 2).map(String::as_str) {
        Some("oneOf" | "anyOf") => {
            let ty = at(document, &tokens[..tokens.len().min(parts + 4)]).and_then(|arm| arm.get("type"));
            ty.is_some_and(|ty| others.any(|other| types(other).is_some_and(|types| !types.contains(&ty.to_string()))))
        }
        Some("properties") => tokens.get(parts + 3).is_some_and(|name| {
            others.any(|other| other.pointer(&format!("/properties/{name}")) == Some(&Value::Bool(false)))
        }),
        _ => false,
    }
}

/// Whether `change` is to an alternative, without members or items, beside one that permits everything, or everything of the
/// same type.
pub(super) fn is_covered(change: &Change, document: &Value) -> bool {
    let tokens = change.tokens();
    let Some(choice) = choice_of(tokens) else { return false };
    let arms = at(document, &tokens[..=choice]).and_then(Value::as_array);
    let Some(own) = tokens.get(choice + 1) else {
        return false;
    };
    let arm = at(document, &tokens[..=choice + 1]).map(|arm| end(document, arm).unwrap_or(arm));
    // What describes members or items is worth a type of its own, whatever else is permitted.
    let is_described = ["properties", "additionalProperties", "items", "allOf", "$ref"]
        .iter()
        .any(|name| arm.is_some_and(|arm| arm.get(*name).is_some()));
    if is_described {
        return false;
    }
    let others = arms
        .into_iter()
        .flatten()
        .enumerate()
        .filter(|(index, _)| index.to_string() != *own);
    let is_wide = |other: &Value| {
        end(document, other)
            .unwrap_or(other)
            .as_object()
            .is_some_and(|members| {
                let mut telling = members
                    .iter()
                    .filter(|(name, _)| *name != "description" && *name != "title" && !name.starts_with("x-"));
                telling.all(|(name, value)| name == "type" && arm.and_then(|arm| arm.get("type")) == Some(value))
            })
    };
    others.map(|(_, other)| other).any(is_wide)
}

/// Whether `change` is to the items of lists that are listed.
pub(super) fn is_listed_around(change: &Change, document: &Value) -> bool {
    let tokens = change.tokens();
    let items = tokens.iter().rposition(|token| token == "items");
    let list = items.and_then(|items| at(document, &tokens[..items]));
    list.is_some_and(|list| list.get("enum").is_some())
}

/// Whether `change` is to what permits `null` in a union, or in an alternative of one, in which another word permits it too.
pub(super) fn is_null_twice(change: &Change, document: &Value) -> bool {
    let holder = change.tokens().split_last().map(|(_, holder)| holder);
    let union = holder.map(|holder| choice_of(holder).map_or(holder, |choice| &holder[..choice]));
    let Some(union) = union.and_then(|union| at(document, union)) else {
        return false;
    };
    let arms = ["oneOf", "anyOf"]
        .iter()
        .filter_map(|name| union.get(*name)?.as_array());
    let permits = arms
        .flatten()
        .chain([union])
        .filter(|schema| schema["nullable"] == true);
    permits.count() > 1
}

/// The types that a schema says, or those of its alternatives where each says one.
fn types(schema: &Value) -> Option<BTreeSet<String>> {
    let own = schema.get("type").map(std::slice::from_ref);
    let said = own.or_else(|| {
        ["oneOf", "anyOf"]
            .iter()
            .find_map(|name| Some(schema.get(*name)?.as_array()?.as_slice()))
    });
    said?
        .iter()
        .map(|one| {
            let ty = if one.is_object() { one.get("type")? } else { one };
            ty.as_str().map(|_| ty.to_string())
        })
        .collect()
}

fn choice_of(tokens: &[String]) -> Option<usize> {
    tokens
        .iter()
        .rposition(|token| ["anyOf", "oneOf"].contains(&token.as_str()))
}

fn at<'d>(document: &'d Value, tokens: &[String]) -> Option<&'d Value> {
    tokens.iter().try_fold(document, |value, token| step(value, token))
}

fn last(reference: &str) -> Option<&str> {
    reference.rsplit('/').next()
}
