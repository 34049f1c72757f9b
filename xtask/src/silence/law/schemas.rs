//! A change to a schema in, whether another schema that holds together with it says the same out.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{calls::end, change::Change};

/// The keywords that document a schema and nothing else.
const NAMES: [&str; 4] = ["title", "description", "example", "examples"];

/// Whether `change` is to a name in `required`, or to all of them, that an including or included schema requires too.
pub(super) fn is_required_twice(change: &Change, document: &Value) -> bool {
    let tokens = change.tokens();
    let Some(end) = tokens.iter().rposition(|token| token == "required") else {
        return false;
    };
    let names: Vec<&Value> = match change.value(document) {
        Some(Value::Array(names)) => names.iter().collect(),
        Some(name) => vec![name],
        None => return false,
    };
    let whole = &tokens[..end];
    // The schema that this one is a part of, where it is.
    let parts = whole.iter().position(|token| token == "allOf");
    let outer = parts.map_or(whole, |parts| &whole[..parts]);
    let mut lists = Vec::new();
    let at = |tokens: &[String]| tokens.iter().try_fold(document, |value, token| step(value, token));
    if let Some(schema) = at(outer) {
        gather(schema, document, &mut BTreeSet::new(), &mut lists);
    }
    let own = at(&tokens[..=end]);
    let others = lists
        .iter()
        .filter(|list| own.is_none_or(|own| !std::ptr::eq(**list, own)));
    let others: Vec<&Value> = others.filter_map(|list| list.as_array()).flatten().collect();
    names.iter().all(|name| others.contains(name))
}

/// Whether `change` is to a part of an `allOf` that another part includes.
pub(super) fn is_included(change: &Change, document: &Value) -> bool {
    let tokens = change.tokens();
    let Some(parts) = tokens.iter().rposition(|token| token == "allOf") else {
        return false;
    };
    let at = |tokens: &[String]| tokens.iter().try_fold(document, |value, token| step(value, token));
    let (Some(all), Some(index)) = (at(&tokens[..=parts]).and_then(Value::as_array), tokens.get(parts + 1)) else {
        return false;
    };
    let own = all
        .get(index.parse::<usize>().unwrap_or(usize::MAX))
        .and_then(|part| part.get("$ref"));
    let mut seen = BTreeSet::new();
    for (position, part) in all.iter().enumerate() {
        if position.to_string() != *index {
            gather(part, document, &mut seen, &mut Vec::new());
        }
    }
    own.and_then(Value::as_str).is_some_and(|own| seen.contains(own))
}

/// Whether `change` is to the discriminator of a union each arm of which has one value of the member that it names.
pub(super) fn arms_tell(change: &Change, document: &Value) -> bool {
    let Some(schema) = change.holder(document) else {
        return false;
    };
    let property = schema
        .pointer("/discriminator/propertyName")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let arms = ["oneOf", "anyOf"].iter().find_map(|name| schema.get(*name)?.as_array());
    let tells = |arm: &Value| {
        let mut found = Vec::new();
        members(arm, property, document, 8, &mut found);
        found.iter().any(|member| {
            let only = member
                .get("enum")
                .and_then(Value::as_array)
                .is_some_and(|values| values.len() == 1);
            only || member.get("const").is_some()
        })
    };
    arms.is_some_and(|arms| !arms.is_empty() && arms.iter().all(tells))
}

/// Whether `change` is to a member, or to a keyword of one, that another part of the same schema describes in the same words.
pub(super) fn is_described_twice(change: &Change, document: &Value) -> bool {
    let tokens = change.tokens();
    let Some(end) = tokens.iter().rposition(|token| token == "properties") else {
        return false;
    };
    let at = |tokens: &[String]| tokens.iter().try_fold(document, |value, token| step(value, token));
    let parts = tokens[..end].iter().position(|token| token == "allOf");
    let (Some(schema), Some(name)) = (at(&tokens[..parts.unwrap_or(end)]), tokens.get(end + 1)) else {
        return false;
    };
    let (Some(member), Some(own)) = (at(&tokens[..=end + 1]), at(tokens)) else {
        return false;
    };
    let rest = &tokens[end + 2..];
    let mut found = Vec::new();
    members(schema, name, document, 8, &mut found);
    let others = found.into_iter().filter(|other| !std::ptr::eq(*other, member));
    let mut same = others.filter_map(|other| rest.iter().try_fold(other, |value, token| step(value, token)));
    same.any(|other| other == own)
}

/// Every description of the member `name` in `schema` and its parts.
pub(super) fn members<'d>(
    schema: &'d Value,
    name: &str,
    document: &'d Value,
    depth: usize,
    found: &mut Vec<&'d Value>,
) {
    let Some(depth) = depth.checked_sub(1) else { return };
    found.extend(schema.get("properties").and_then(|properties| properties.get(name)));
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    for part in parts.chain(end(document, schema)) {
        members(part, name, document, depth, found);
    }
}

/// Whether a body requires members in each of its media types.
pub(super) fn demands_members(body: &Value, document: &Value) -> bool {
    let contents = body.get("content").and_then(Value::as_object);
    let schemas = contents.into_iter().flatten().map(|(_, content)| content.get("schema"));
    let mut demands = schemas.map(|schema| schema.is_some_and(|schema| requires(schema, document, 8)));
    demands.all(|demands| demands) && contents.is_some_and(|contents| !contents.is_empty())
}

/// Whether a body permits no member in any of its media types.
pub(super) fn permits_no_member(body: &Value) -> bool {
    let contents = body.get("content").and_then(Value::as_object);
    let schemas = contents.into_iter().flatten().map(|(_, content)| &content["schema"]);
    let is_closed = |schema: &Value| {
        schema["type"] == "object"
            && schema.get("properties").is_none_or(|members| *members == json!({}))
            && (schema["maxProperties"] == 0 || schema["additionalProperties"] == false)
    };
    schemas.into_iter().all(is_closed) && contents.is_some_and(|contents| !contents.is_empty())
}

fn requires(schema: &Value, document: &Value, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    let mut lists = Vec::new();
    gather(schema, document, &mut BTreeSet::new(), &mut lists);
    let end = end(document, schema).unwrap_or(schema);
    let arms = ["oneOf", "anyOf"]
        .into_iter()
        .filter_map(|name| end.get(name)?.as_array());
    lists
        .iter()
        .any(|list| list.as_array().is_some_and(|list| !list.is_empty()))
        || arms
            .into_iter()
            .any(|arms| arms.iter().all(|arm| requires(arm, document, depth)))
}

/// Whether a schema says that there is a text, or bytes, what that is called, and no more.
pub(super) fn says_only_text(schema: &Value) -> bool {
    let Some(members) = schema.as_object() else {
        return false;
    };
    let mut telling = members.iter().filter(|(name, _)| !NAMES.contains(&name.as_str()));
    telling.all(|(name, value)| match name.as_str() {
        "type" => value == "string",
        "format" => value == "binary",
        _ => false,
    })
}

/// Whether a schema says what values are called, and what the items in them are.
pub(super) fn says_nothing(schema: &Value) -> bool {
    schema.as_object().is_some_and(|members| {
        let mut telling = members.iter().filter(|(name, _)| !NAMES.contains(&name.as_str()));
        telling.all(|(name, value)| name == "items" && says_nothing(value))
    })
}

pub(super) fn step<'d>(value: &'d Value, token: &str) -> Option<&'d Value> {
    match value {
        Value::Object(members) => members.get(token),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    }
}

/// Every `required` of `schema` and of its parts; the references among these are added to `seen`.
fn gather<'d>(schema: &'d Value, document: &'d Value, seen: &mut BTreeSet<String>, lists: &mut Vec<&'d Value>) {
    lists.extend(schema.get("required"));
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
        && seen.insert(reference.to_owned())
        && let Some(end) = reference
            .strip_prefix('#')
            .and_then(|pointer| document.pointer(pointer))
    {
        gather(end, document, seen, lists);
    }
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        gather(part, document, seen, lists);
    }
}
