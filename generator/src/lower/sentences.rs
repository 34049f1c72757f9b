//! Keywords of JSON Schema that no type can say in, a sentence for each out.

use serde_json::Value;

use super::{
    docs,
    keywords::{JsonType, Keywords, Node, Others},
    reference,
};

/// How much of a schema is shown, in characters.
const LONGEST: usize = 80;

/// The format, where no type shows it.
pub(super) fn of_format(keywords: Keywords<'_>) -> Option<String> {
    let format = keywords.format().filter(|format| !format.trim().is_empty())?;
    let is_typed = !keywords.is_enumerated()
        && match keywords.ty()? {
            JsonType::String => {
                const TYPED: [&str; 8] = [
                    "base64",
                    "base64url",
                    "binary",
                    "byte",
                    "date",
                    "date-time",
                    "time",
                    "uuid",
                ];
                TYPED.contains(&format)
            }
            JsonType::Integer => ["int32", "int64", "uint32", "uint64"].contains(&format),
            JsonType::Number => ["float", "double"].contains(&format),
            JsonType::Boolean | JsonType::Array | JsonType::Object | JsonType::Null | JsonType::Other(_) => false,
        };
    (!is_typed).then(|| format!("Format: `{format}`."))
}

/// What is asked of each item and of each value of a map, where these have no documentation of their own.
pub(super) fn of_parts(keywords: Keywords<'_>) -> Vec<String> {
    let values = match keywords.additional() {
        Some(Others::Schema(node)) => Some(node),
        Some(Others::Any(_)) | None => None,
    };
    let parts = [("Each item", keywords.items()), ("Each value", values)];
    let parts = parts.into_iter().filter_map(|(what, node)| match node? {
        Node::Schema(part) => Some((what, part)),
        Node::Reference(_) => None,
    });
    let sentences = parts.flat_map(|(what, part)| {
        let sentences = of_value(part).into_iter();
        sentences.map(move |sentence| format!("{what}: {}", lower_first(&sentence)))
    });
    sentences.collect()
}

/// What is asked of a value of a schema that stands where no documentation is.
pub(super) fn of_use(node: Node<'_>) -> Vec<String> {
    match node {
        Node::Schema(keywords) => of_value(keywords),
        Node::Reference(_) => Vec::new(),
    }
}

fn of_value(keywords: Keywords<'_>) -> Vec<String> {
    let mut sentences = if has_docs(keywords) {
        Vec::new()
    } else {
        docs::limits(keywords)
    };
    sentences.extend(keywords.default().map(|default| format!("Default: `{default}`.")));
    sentences.extend(of_access(keywords));
    sentences
}

/// In which direction a value goes, where it goes in one only.
pub(super) fn of_access(keywords: Keywords<'_>) -> Vec<String> {
    let flags = [("readOnly", "Read-only."), ("writeOnly", "Write-only.")].into_iter();
    let flags = flags.filter(|(flag, _)| keywords.flag(flag));
    flags.map(|(_, sentence)| sentence.to_owned()).collect()
}

/// Whether a schema becomes a type with documentation of its own.
fn has_docs(keywords: Keywords<'_>) -> bool {
    keywords.is_enumerated()
        || keywords.has_properties()
        || !keywords.all_of().is_empty()
        || [keywords.one_of(), keywords.any_of()].iter().any(|nodes| {
            let is_scalar = |arms: Vec<Keywords<'_>>| {
                let is_listed = arms.iter().any(|arm| arm.is_enumerated());
                !is_listed && (only_limit(nodes) || are_one_scalar(&arms, keywords))
            };
            !nodes.is_empty() && !arms(nodes).is_some_and(is_scalar)
        })
}

/// What the names of members have to be.
pub(super) fn of_names(keywords: Keywords<'_>) -> Option<String> {
    let node = match keywords.others("propertyNames")? {
        Others::Any(true) => return None,
        Others::Any(false) => return Some("No member.".to_owned()),
        Others::Schema(node) => node,
    };
    let names = match node {
        Node::Reference(reference) => return Some(format!("Each name is a {}.", named(reference))),
        Node::Schema(names) => names,
    };
    let values = names.enumeration();
    let text = |value: &Value| format!("`{}`", value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    let sentence = match values.as_slice() {
        [] => {
            let limits = docs::limits(names);
            let limits: Vec<_> = limits.iter().map(|limit| limit.trim_end_matches('.')).collect();
            match (limits.as_slice(), names.format()) {
                ([], None) if names.is_bare() => return None,
                ([], None) => format!("Each name fits {}.", shown(node)),
                (limits, format) => {
                    let format = format.map(|format| format!("of the format `{format}`"));
                    let all = limits.iter().copied().chain(format.as_deref());
                    format!("Of each name: {}.", all.map(lower_first).collect::<Vec<_>>().join(", "))
                }
            }
        }
        [value] => format!("Each name is {}.", text(value)),
        values => {
            let values: Vec<_> = values.iter().map(text).collect();
            format!("Each name is one of {}.", values.join(", "))
        }
    };
    Some(sentence)
}

/// What members are whose names match a pattern, and which there may not be.
pub(super) fn of_patterns(keywords: Keywords<'_>) -> Vec<String> {
    let is_never = |node: Node<'_>| matches!(node, Node::Schema(keywords) if keywords.is_never());
    // Their order says nothing.
    let mut all: Vec<_> = keywords.patterns().collect();
    all.sort_by_key(|(pattern, _)| *pattern);
    let patterns = all.into_iter().map(|(pattern, node)| match node {
        node @ Node::Schema(_) if is_never(node) => format!("No member matches `{pattern}`."),
        Node::Reference(reference) => format!("Each member that matches `{pattern}` is a {}.", named(reference)),
        node @ Node::Schema(_) => format!("Each member that matches `{pattern}` fits {}.", shown(node)),
    });
    let absent = keywords.properties().filter(|(_, node)| is_never(*node));
    let absent = absent.map(|(name, _)| format!("No member `{name}`."));
    patterns.chain(absent).collect()
}

/// Which members need others beside them.
pub(super) fn of_dependencies(keywords: Keywords<'_>) -> Vec<String> {
    let entries = keywords.get("dependentRequired").and_then(Value::as_object);
    let sentences = entries.into_iter().flatten().filter_map(|(name, others)| {
        let others = others.as_array()?.iter().filter_map(Value::as_str);
        let others: Vec<_> = others.map(|other| format!("`{other}`")).collect();
        (!others.is_empty()).then(|| format!("Where `{name}` is, {} must be too.", others.join(" and ")))
    });
    sentences.collect()
}

/// How many items have to be of a kind.
pub(super) fn of_contents(keywords: Keywords<'_>) -> Option<String> {
    let what = match keywords.others("contains")? {
        Others::Any(true) => "anything".to_owned(),
        Others::Any(false) => return None,
        Others::Schema(Node::Reference(reference)) => named(reference),
        Others::Schema(node @ Node::Schema(_)) => shown(node),
    };
    let count = |name| keywords.get(name).and_then(Value::as_u64);
    let items = |count: u64| if count == 1 { "item fits" } else { "items fit" };
    Some(match (count("minContains").unwrap_or(1), count("maxContains")) {
        (0, None) => return None,
        (0, Some(most)) => format!("At most {most} {} {what}.", items(most)),
        (least, None) => format!("At least {least} {} {what}.", items(least)),
        (least, Some(most)) if least == most => format!("Exactly {most} {} {what}.", items(most)),
        (least, Some(most)) => format!("{least} to {most} items fit {what}."),
    })
}

/// What the items are that have a position of their own.
pub(super) fn of_positions(keywords: Keywords<'_>) -> Vec<String> {
    let items = (1..).zip(keywords.prefix_items()).filter_map(|(number, value)| {
        let Node::Schema(item) = Node::of(value)? else {
            return None;
        };
        let text = docs::text(item.text("title").or(item.text("description")));
        let line = text.and_then(|text| Some(format!("{}.", text.lines().next()?.trim().trim_end_matches('.'))));
        let about: Vec<String> = line.into_iter().chain(of_value(item)).collect();
        (!about.is_empty()).then(|| format!("Item {number}: {}", about.join(" ")))
    });
    items.collect()
}

/// What a text holds, beyond what its type says.
pub(super) fn of_text(keywords: Keywords<'_>) -> Vec<String> {
    let encoding = keywords.text("contentEncoding");
    let encoding =
        encoding.filter(|encoding| !["base64", "base64url"].contains(&encoding.to_ascii_lowercase().as_str()));
    let encoding = encoding.map(|encoding| format!("Encoded as `{encoding}`."));
    let media_type = keywords
        .text("contentMediaType")
        .map(|media_type| format!("`{media_type}`"));
    let schema = match keywords.others("contentSchema") {
        Some(Others::Schema(Node::Reference(reference))) => Some(format!("that is a {}", named(reference))),
        Some(Others::Schema(Node::Schema(schema))) => {
            let title = docs::text(schema.text("title")).map(|title| format!("`{title}`"));
            title.or_else(|| held(schema)).map(|what| format!("that is a {what}"))
        }
        Some(Others::Any(_)) | None => None,
    };
    let parts: Vec<String> = media_type.into_iter().chain(schema).collect();
    let held = (!parts.is_empty()).then(|| format!("Holds {}.", parts.join(" ")));
    held.into_iter().chain(encoding).collect()
}

/// What a schema without a name describes, as far as a few words can say it.
fn held(schema: Keywords<'_>) -> Option<String> {
    const MOST: usize = 8;
    let mut members: Vec<String> = schema.properties().map(|(name, _)| format!("`{name}`")).collect();
    if members.len() > MOST {
        members.truncate(MOST);
        members.push("others".to_owned());
    }
    if !members.is_empty() {
        return Some(format!("JSON object with {}", members.join(", ")));
    }
    if let Some(items) = schema.items() {
        return Some(match items {
            Node::Reference(reference) => format!("list of {}", named(reference)),
            Node::Schema(items) => held(items).map_or_else(|| "list".to_owned(), |what| format!("list: each a {what}")),
        });
    }
    let ty = schema.text("type")?;
    Some(format!("JSON {ty}"))
}

/// The limits of which one has to hold, where alternatives say nothing else, or are all one scalar. Those of one alone, beside
/// `null` as a rule, all have to.
pub(super) fn of_choices(keywords: Keywords<'_>) -> Vec<String> {
    let choices = [keywords.one_of(), keywords.any_of()].into_iter();
    let sentences = choices.flat_map(|nodes| match arms(nodes).unwrap_or_default().as_slice() {
        [only] => docs::limits(*only),
        arms if only_limit(nodes) || are_one_scalar(arms, keywords) => either(arms).into_iter().collect(),
        _ => Vec::new(),
    });
    sentences.collect()
}

fn either(arms: &[Keywords<'_>]) -> Option<String> {
    let (listed, limited): (Vec<Keywords<'_>>, Vec<_>) = arms.iter().partition(|arm| arm.is_enumerated());
    let limited: Vec<String> = limited.iter().map(|arm| joined(&docs::limits(*arm))).collect();
    // An alternative without a limit permits what the others do not.
    if limited.is_empty() || limited.iter().any(String::is_empty) {
        return None;
    }
    let listed = (!listed.is_empty()).then(|| "one of the values listed".to_owned());
    let all: Vec<String> = listed.into_iter().chain(limited).collect();
    Some(format!("Either {}.", all.join(", or ")))
}

/// The alternatives besides `null`, where all of them are written in place.
fn arms(nodes: &[Value]) -> Option<Vec<Keywords<'_>>> {
    let arms = nodes.iter().filter_map(Node::of).map(|node| match node {
        Node::Schema(arm) => Some(arm),
        Node::Reference(_) => None,
    });
    arms.filter(|arm| arm.is_none_or(|arm| !arm.is_null())).collect()
}

fn joined(limits: &[String]) -> String {
    let limits = limits.iter().map(|limit| lower_first(limit.trim_end_matches('.')));
    limits.collect::<Vec<_>>().join(" and ")
}

/// Whether the alternatives of a choice are all of one scalar type, which is what they become.
fn are_one_scalar<'d>(arms: &[Keywords<'d>], around: Keywords<'d>) -> bool {
    let scalar = |arm: &Keywords<'d>| {
        let ty = arm.ty().or_else(|| around.ty());
        let is_scalar = matches!(ty, Some(JsonType::String | JsonType::Integer | JsonType::Number));
        let is_simple = arm.all_of().is_empty() && arm.one_of().is_empty() && arm.any_of().is_empty();
        let is_file = arm.format() == Some("binary");
        (is_scalar && is_simple && !is_file).then(|| (ty, arm.format().filter(|_| of_format(*arm).is_none())))
    };
    let mut scalars = arms.iter().map(scalar);
    scalars
        .next()
        .flatten()
        .is_some_and(|first| scalars.all(|other| other == Some(first)))
}

/// Whether alternatives say nothing about types: they are no choice of one.
pub(super) fn only_limit(nodes: &[Value]) -> bool {
    !nodes.is_empty()
        && nodes
            .iter()
            .all(|value| matches!(Node::of(value), Some(Node::Schema(keywords)) if keywords.is_annotation() && !keywords.is_nullable()))
}

/// The name of what a reference leads to.
fn named(reference: &str) -> String {
    let name = reference::parse(reference)
        .ok()
        .and_then(|pointer| pointer.tokens().last());
    format!("`{}`", name.as_deref().unwrap_or(reference))
}

fn shown(node: Node<'_>) -> String {
    let text = match node {
        Node::Reference(reference) => reference.to_owned(),
        Node::Schema(keywords) => keywords.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}
