//! A document in, which of its components anything that is called or sent refers to out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::change::{Act, Change};

/// The members of a document that what is generated starts from.
const ROOTS: [&str; 3] = ["paths", "webhooks", "security"];

/// Whether what is at `tokens` is part of a component, or is one, that nothing refers to.
pub(super) fn is_unused(document: &Value, tokens: &[String]) -> bool {
    let depth = match tokens.first().map(String::as_str) {
        Some("components") => 3,
        Some("definitions" | "parameters" | "responses" | "securityDefinitions") => 2,
        _ => return false,
    };
    if tokens.len() < depth {
        // A group of components, or all of them.
        let held = tokens
            .iter()
            .try_fold(document, |value, token| value.get(token))
            .and_then(Value::as_object);
        return held.into_iter().flatten().all(|(name, _)| {
            let inner = [tokens, std::slice::from_ref(name)].concat();
            name != "schemas" && is_unused(document, &inner)
        });
    }
    let wanted = format!("#/{}", tokens[..depth].join("/"));
    let scheme = (tokens[depth - 2].starts_with("security")).then(|| tokens[depth - 1].as_str());
    let mut seen = BTreeSet::new();
    let mut found = false;
    let mut waiting: Vec<&Value> = ROOTS.iter().filter_map(|name| document.get(name)).collect();
    while let Some(value) = waiting.pop() {
        each_text(value, &mut |text, is_key| {
            found |= is_key && scheme == Some(text);
            if !is_key && text.starts_with("#/") && seen.insert(text.to_owned()) {
                found |= text == wanted || text.starts_with(&format!("{wanted}/"));
                waiting.extend(document.pointer(&text[1..]));
            }
        });
    }
    !found
}

/// Where a reference leads to, over others.
fn end<'d>(document: &'d Value, reference: &'d str) -> Option<&'d str> {
    let mut end = reference;
    for _ in 0..8 {
        match document.pointer(end.strip_prefix('#')?)?.get("$ref") {
            Some(next) => end = next.as_str()?,
            None => return Some(end),
        }
    }
    None
}

/// Whether `change` is to a reference that leads to the same end as before.
pub(super) fn is_same_end(change: &Change, document: &Value) -> bool {
    match (change.value(document), &change.act) {
        (Some(Value::String(before)), Act::Put(Value::String(after))) => end(document, before) == end(document, after),
        _ => false,
    }
}

/// Whether there is nothing but a type where the reference leads to.
pub(super) fn refers_to_type(change: &Change, document: &Value) -> bool {
    let reference = change.value(document).and_then(Value::as_str);
    let end = reference.and_then(|reference| document.pointer(reference.strip_prefix('#')?)?.as_object());
    end.is_some_and(|end| end.keys().all(|name| ["type", "nullable"].contains(&name.as_str())))
}

/// Whether the reference beside the place leads to what is deprecated.
pub(super) fn refers_to_deprecated(change: &Change, document: &Value) -> bool {
    let reference = change.holder(document).and_then(|holder| {
        let all = holder.get("allOf").and_then(Value::as_array).into_iter().flatten();
        all.chain([holder])
            .find_map(|part| part.get("$ref")?.as_str()?.strip_prefix('#'))
    });
    let end = reference.and_then(|pointer| document.pointer(pointer));
    end.is_some_and(|end| end["deprecated"] == true)
}

/// Whether what is at `tokens` is about `null` for a component that nothing refers to outside of forms with files.
pub(super) fn takes_no_null(document: &Value, tokens: &[String]) -> bool {
    let Some(("components", "schemas", name)) = tokens
        .split_first_chunk::<3>()
        .map(|([first, second, name], _)| (first.as_str(), second.as_str(), name))
    else {
        return false;
    };
    !is_used(document, &format!("#/components/schemas/{name}"))
}

/// Whether `wanted` is referred to anywhere but in forms with files, where what is null is not sent, and beside a type
/// that `null` is not of.
fn is_used(value: &Value, wanted: &str) -> bool {
    match value {
        // All parts have to permit it.
        Value::Object(members)
            if members
                .get("allOf")
                .and_then(Value::as_array)
                .is_some_and(|all| all.len() > 1) =>
        {
            let mut others = members.iter().filter(|(name, _)| *name != "allOf");
            others.any(|(_, member)| is_used(member, wanted))
        }
        Value::Object(members) => {
            let admits = members.get("type").is_none_or(|ty| ty.to_string().contains("\"null\""));
            members.iter().any(|(name, member)| {
                !name.starts_with("multipart/")
                    && (name == "$ref" && member == wanted && admits || is_used(member, wanted))
            })
        }
        Value::Array(items) => items.iter().any(|item| is_used(item, wanted)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn each_text<'d>(value: &'d Value, tell: &mut impl FnMut(&'d str, bool)) {
    match value {
        Value::String(text) => tell(text, false),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, tell)),
        Value::Object(members) => members.iter().for_each(|(name, member)| {
            tell(name, true);
            each_text(member, tell);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
