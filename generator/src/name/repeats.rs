//! An id in, whether it only repeats the method and the path of its operation out.

use super::{number, verb::is_version, words::words};
use crate::ir::{Operation, Segment};

/// Whether `id` says nothing but the method and the path of `operation`, side by side.
///
/// Parts may be in singular or plural, and versions left out; a parameter is its name, `id`, or nothing
/// (`GetCustomersCustomer`, `post_files_id_copy`, `put-things-by-id`). Case and punctuation do not count: nobody agrees
/// on where `bycustomerCd` is divided.
pub(super) fn is_all(id: &str, operation: &Operation) -> bool {
    let method = operation.method.as_str().to_ascii_lowercase();
    let id = squashed(id);
    let parts = parts(operation);
    let literals: Vec<&Part> = parts.iter().filter(|part| part.is_literal).collect();
    let parameters: Vec<&Part> = parts.iter().filter(|part| !part.is_literal).collect();
    let is_path = |text: &str| {
        is_said(text, &parts)
            || literals.len() < parts.len() && {
                let ordered: Vec<Part> = literals.iter().chain(&parameters).map(|part| (*part).clone()).collect();
                is_said(text, &ordered)
            }
    };
    let before = id.strip_prefix(&method);
    let after = id.strip_suffix(&method);
    let is_repeated = |rest: Option<&str>| rest.is_some_and(|rest| !rest.is_empty() && is_path(rest));
    is_repeated(before) || is_repeated(after)
}

/// A part of a path, and the texts that say it.
#[derive(Clone)]
struct Part {
    is_literal: bool,
    /// The longest first.
    texts: Vec<String>,
}

fn parts(operation: &Operation) -> Vec<Part> {
    let mut parts = Vec::new();
    for segment in &operation.path {
        match segment {
            Segment::Literal(text) => {
                let text = text.split_once('#').map_or(text.as_str(), |(text, _)| text);
                parts.extend(text.split(['/', ':']).filter_map(literal));
            }
            Segment::Parameter(index) => {
                let wire = operation
                    .parameters
                    .get(*index)
                    .map(|parameter| squashed(&parameter.wire));
                let names = wire.iter().cloned().chain(["id".to_owned()]);
                let said = names.flat_map(|name| [format!("by{name}"), format!("and{name}"), name]);
                parts.push(Part {
                    is_literal: false,
                    texts: said.chain([String::new()]).collect(),
                });
            }
        }
    }
    let fragment = operation.template.split_once('#').map(|(_, fragment)| fragment);
    parts.extend(fragment.and_then(literal));
    parts
}

fn literal(text: &str) -> Option<Part> {
    let own = squashed(text);
    if own.is_empty() {
        return None;
    }
    let mut texts = vec![own];
    let mut words = words(text);
    if let Some(last) = words.last_mut() {
        *last = number::singular(last);
        texts.push(words.concat());
    }
    if is_version(text) {
        texts.push(String::new());
    }
    Some(Part {
        is_literal: true,
        texts,
    })
}

/// Whether `text` is a text of each part, one after the other.
fn is_said(text: &str, parts: &[Part]) -> bool {
    match parts.split_first() {
        None => text.is_empty(),
        Some((part, rest)) => {
            let mut said = part.texts.iter().filter_map(|own| text.strip_prefix(own.as_str()));
            said.any(|text| is_said(text, rest))
        }
    }
}

fn squashed(text: &str) -> String {
    let letters = text.chars().filter(|char| char.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
