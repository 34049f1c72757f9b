//! An operation in, the words of its method out: what is left of its id without what only repeats.

use super::{framework, number, verb, words::words};
use crate::ir::{Operation, Segment};

/// What `operation` may be called in the group `group` (its words), the best first.
///
/// 1. The id without what its [framework] adds and what repeats: the method and the path together, at either end
///    (`post-/pets/{id}_create`, `create_pets__id__post` → `create`), then the words of the group at the start, at the end or
///    before a preposition, in singular or plural (`pets/list`, `listPets` → `list`; `createPet` → `create`; `getPetsByStatus`
///    → `get_by_status`). A read of the whole collection is `list`, whatever its verb is (`getPets`).
/// 2. The whole id, where another operation has that name.
/// 3. What the method and the shape of the path say (the table of [`verb`]), as for an operation without an id, or with one that
///    only repeats them (`GetCustomersCustomer`).
/// 4. The same with the version of the API (`list_v2`), the method and the path (`get_toys_by_pet_id`), and all of the path (`get_v1_pets_toys_by_pet_id`), where others have
///    those names.
///
/// Nothing of this looks at other operations: a name does not depend on who else is there.
pub(super) fn names(operation: &Operation, group: &[String]) -> Vec<Vec<String>> {
    let whole_path = from_path(operation, |_| true);
    let from_path = without_prefix(from_path(operation, |part| !is_version(part)), group);
    // The method alone says nothing that another operation of the group does not.
    let from_path = Some(from_path).filter(|name| name.len() > 1);
    let by_shape = verb::names(operation, group);
    let versioned = by_shape
        .first()
        .zip(version(operation))
        .map(|(name, version)| [name.as_slice(), &version].concat());
    let by_shape: Vec<_> = by_shape.into_iter().chain(versioned).chain(from_path).collect();
    let Some(id) = &operation.id else {
        return [by_shape, vec![whole_path]].concat();
    };
    let short = without_request(framework::bare(id), operation);
    let short = as_list(without_group(short, group), operation);
    let by_id = if short.is_empty() {
        vec![words(id)]
    } else {
        return [vec![short, words(id)], by_shape, vec![whole_path]].concat();
    };
    [by_shape, by_id, vec![whole_path]].concat()
}

/// `id` without the method and the path side by side.
fn without_request(id: &str, operation: &Operation) -> Vec<String> {
    let method = operation.method.as_str().to_ascii_lowercase();
    let path: Vec<String> = words(&operation.template);
    let is_path = id.contains('/') && !path.is_empty();
    let id = words(id);
    let parts = operation.template.split('/').filter(|part| !is_version(part));
    let current: Vec<String> = parts.flat_map(words).collect();
    let named = from_path(operation, |part| !is_version(part));
    let repeats = [&path, &current].into_iter().any(|path| {
        let (before, after) = (
            id.strip_prefix(std::slice::from_ref(&method)),
            id.strip_suffix(std::slice::from_ref(&method)),
        );
        [before, after].contains(&Some(path.as_slice()))
    });
    if repeats || id == named || is_path && id.first() == Some(&method) && id.ends_with(&path) {
        return Vec::new();
    }
    let requests = [
        [[method.clone()].as_slice(), &path].concat(),
        [path.as_slice(), &[method]].concat(),
    ];
    for request in requests.iter().filter(|request| request.len() > 1) {
        if let Some(rest) = id
            .strip_prefix(request.as_slice())
            .or_else(|| id.strip_suffix(request.as_slice()))
        {
            return rest.to_vec();
        }
    }
    id
}

/// What may follow the name of what something is done to.
const PREPOSITIONS: [&str; 14] = [
    "as", "at", "by", "for", "from", "in", "into", "of", "on", "to", "using", "via", "with", "without",
];

/// `words` without the first occurrence of `group`, in singular or plural, in a place where it only repeats.
///
/// What it is done to stays where the rest would be a name of something else (`listIdentitySessions` is not `list_sessions`,
/// but `listCoreV1Pod` is `list_pod`: a version is nothing that has pods), or end in a preposition.
fn without_group(words: Vec<String>, group: &[String]) -> Vec<String> {
    if group.is_empty() || words.len() < group.len() {
        return words;
    }
    let is_preposition = |word: &String| PREPOSITIONS.contains(&word.as_str());
    let is_version = group.last().is_some_and(|word| is_version(word));
    let ends = [0, 1, words.len() - group.len()];
    for start in ends {
        let end = start + group.len();
        let Some(part) = words.get(start..end) else {
            continue;
        };
        let (before, after) = (&words[..start], &words[end..]);
        let reads_on = is_version || before.is_empty() || after.first().is_none_or(is_preposition);
        if number::is_same(part, group) && reads_on && !before.last().is_some_and(is_preposition) {
            return [before, after].concat();
        }
    }
    words
}

/// What only reads, with nothing left that says what, by the name of reading a collection, if it reads one.
fn as_list(name: Vec<String>, operation: &Operation) -> Vec<String> {
    const READS: [&str; 6] = ["all", "fetch", "find", "get", "index", "read"];
    let is_read = matches!(name.as_slice(), [verb] if READS.contains(&verb.as_str()));
    let is_collection = matches!(operation.path.last(), Some(Segment::Literal(end)) if is_plural(end));
    if is_read && is_collection && operation.method.as_str() == "GET" {
        return vec!["list".to_owned()];
    }
    name
}

/// Whether the last part of `path` names several things.
fn is_plural(path: &str) -> bool {
    let part = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    words(part).last().is_some_and(|word| number::is_plural(word))
}

/// The method, the fixed parts of the path that are `wanted`, and the parameters.
fn from_path(operation: &Operation, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let mut name = vec![operation.method.as_str().to_ascii_lowercase()];
    let mut parameters: Vec<Vec<String>> = Vec::new();
    for segment in &operation.path {
        match segment {
            Segment::Literal(text) => {
                name.extend(text.split('/').filter(|part| wanted(part)).flat_map(words));
            }
            Segment::Parameter(index) => {
                parameters.extend(operation.parameters.get(*index).map(|parameter| words(&parameter.wire)));
            }
        }
    }
    for (index, parameter) in parameters.into_iter().enumerate() {
        name.push(if index == 0 { "by" } else { "and" }.to_owned());
        name.extend(parameter);
    }
    name
}

/// A method and a path without the group that the path starts with.
fn without_prefix(name: Vec<String>, group: &[String]) -> Vec<String> {
    match name.split_first() {
        Some((method, path)) => match path.strip_prefix(group) {
            Some(rest) => [std::slice::from_ref(method), rest].concat(),
            None => name,
        },
        None => name,
    }
}

/// The words of the part of the path that says which version of the API it is of.
fn version(operation: &Operation) -> Option<Vec<String>> {
    let part = operation
        .template
        .split('/')
        .rfind(|part| !part.is_empty() && is_version(part));
    part.map(words)
}

/// Whether a part of a path says which API it is rather than what of it: `v1beta1`, `2010-04-01`, `api`, `rest`.
pub(super) fn is_version(part: &str) -> bool {
    let is_digit = |char: char| char.is_ascii_digit();
    let is_numbered = |rest: &str| {
        rest.starts_with(is_digit)
            && rest
                .chars()
                .all(|char| char.is_ascii_alphanumeric() || ".-".contains(char))
    };
    let is_number = part.starts_with(is_digit) && part.chars().all(|char| is_digit(char) || ".-".contains(char));
    is_number
        || part.strip_prefix(['v', 'V']).is_some_and(is_numbered)
        || ["api", "rest"].contains(&part.to_ascii_lowercase().as_str())
}
