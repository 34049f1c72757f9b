//! A large document in, small ones of it out: one path each, and all that it refers to.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Where entries stand that a reference may lead to.
const GROUPS: [&str; 4] = ["components", "definitions", "parameters", "responses"];

/// The largest part that is tried, in bytes.
const LARGEST: usize = 150_000;

/// At most `most` parts of `document`, taken by `random`.
pub(crate) fn slices(document: &Value, most: usize, random: &mut fastrand::Rng) -> Vec<Value> {
    let mut roots: Vec<(&str, &str)> = Vec::new();
    for holder in ["paths", "webhooks"] {
        let entries = document.get(holder).and_then(Value::as_object);
        roots.extend(entries.into_iter().flatten().map(|(name, _)| (holder, name.as_str())));
    }
    if roots.is_empty() {
        return vec![document.clone()];
    }
    random.shuffle(&mut roots);
    let parts = roots.into_iter().map(|root| slice(document, root));
    let small = parts.filter(|part| part.to_string().len() <= LARGEST);
    small.take(most).collect()
}

/// `document` with one entry of its paths, and what that refers to.
fn slice(document: &Value, (holder, name): (&str, &str)) -> Value {
    let mut part = Map::new();
    for (member, value) in document.as_object().into_iter().flatten() {
        if !["paths", "webhooks"].contains(&member.as_str()) && !GROUPS.contains(&member.as_str()) {
            part.insert(member.clone(), value.clone());
        }
    }
    let entry = document[holder][name].clone();
    let mut wanted = vec![entry.clone()];
    if !part.contains_key("paths") {
        part.insert("paths".to_owned(), Value::Object(Map::new()));
    }
    part.insert(
        holder.to_owned(),
        Value::Object(Map::from_iter([(name.to_owned(), entry)])),
    );
    let mut seen = BTreeSet::new();
    let mut part = Value::Object(part);
    if let Some(schemes) = document.pointer("/components/securitySchemes") {
        part["components"]["securitySchemes"] = schemes.clone();
    }
    while let Some(value) = wanted.pop() {
        let mut references = Vec::new();
        gather(&value, &mut references);
        for reference in references {
            let Some(pointer) = reference.strip_prefix("#/") else {
                continue;
            };
            let tokens: Vec<String> = pointer.split('/').map(plain).collect();
            let depth = if tokens[0] == "components" { 3 } else { 2 };
            if tokens.len() < depth || !GROUPS.contains(&tokens[0].as_str()) || !seen.insert(tokens[..depth].to_vec()) {
                continue;
            }
            let Some(value) = tokens[..depth]
                .iter()
                .try_fold(document, |value, token| value.get(token))
            else {
                continue;
            };
            wanted.push(value.clone());
            wanted.extend(heirs(document, &tokens[..depth], value));
            let last = &tokens[depth - 1];
            let group = tokens[..depth - 1]
                .iter()
                .fold(&mut part, |value, token| &mut value[token]);
            group[last] = value.clone();
        }
    }
    part
}

/// References to the schemas that are made of the one at `tokens`, which a discriminator may choose.
fn heirs(document: &Value, tokens: &[String], base: &Value) -> Option<Value> {
    base.get("discriminator")?;
    let (name, holder) = tokens.split_last()?;
    let start = format!("#/{}", holder.join("/"));
    let entries = holder.iter().try_fold(document, |value, token| value.get(token))?;
    let wanted = format!("{start}/{name}");
    let heirs = entries.as_object()?.iter().filter(|(_, schema)| {
        let parts = schema.get("allOf").and_then(Value::as_array);
        parts.into_iter().flatten().any(|part| part["$ref"] == wanted.as_str())
    });
    let references = heirs.map(|(heir, _)| serde_json::json!({ "$ref": format!("{start}/{heir}") }));
    Some(Value::Array(references.collect()))
}

fn plain(token: &str) -> String {
    token
        .replace("~1", "/")
        .replace("~0", "~")
        .replace("%7B", "{")
        .replace("%7D", "}")
}

/// Every text of `value` that begins like a reference within the document.
fn gather(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with("#/") => references.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, references)),
        Value::Object(members) => members.values().for_each(|member| gather(member, references)),
        _ => {}
    }
}
