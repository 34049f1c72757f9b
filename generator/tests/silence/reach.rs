//! A document in, which of its components anything that is called or sent refers to out.

use std::collections::BTreeSet;

use serde_json::Value;

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
