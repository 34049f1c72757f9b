//! A method and the shape of a path in, what a person would call the operation out.
//!
//! | path | GET | POST | PUT, PATCH | DELETE |
//! |---|---|---|---|---|
//! | `/pets` | `list` | `create` | `update_all` | `delete_all` |
//! | `/pets/{id}` | `get` | `update` | `update` | `delete` |
//! | `/pets/{id}/toys` | `list_toys` | `create_toy` | `update_toys` | `delete_toys` |
//! | `/pets/{id}/toys/{toy}` | `get_toy` | `update_toy` | `update_toy` | `delete_toy` |
//! | `/pets/{id}/owner` | `get_owner` | `owner` | `update_owner` | `delete_owner` |
//! | `/pets/{id}:wash`, `/pets/{id}/wash-all` | `wash`, `wash_all` | the same | the same | the same |
//!
//! A `PUT` beside a `PATCH` is `replace`. Whether a part of a path names one or several is seen by its end. Where another
//! operation has the name, what stands in the path before the group is said too (`list_for_shop`), then the version of
//! the API (`list_v2`), then the parameters (`get_toys_by_pet_id`), then all of the path.

use super::{number, words::words};
use crate::ir::{Operation, Segment};

/// What something that is done is called by, and nothing else: no noun is among them.
const VERBS: &str = "accept activate add apply approve archive assign attach authenticate authorize cancel clear clone close \
    complete confirm convert create deactivate decline delete deny deploy detach disable disconnect dismiss \
    download enable execute expire export fail fetch finalize find follow generate get import insert install \
    invite list login logout lookup merge modify move pause ping publish reactivate read redeliver reject remove \
    rename reopen replace rerun resend reset resolve restart restore resume retry revert revoke rotate \
    search send start stop submit subscribe suspend unarchive unassign unblock undo unfollow uninstall \
    unlink unlock unpause unpublish unsubscribe unsuspend update upload validate verify void";

/// Whether `word` says what is done.
pub(super) fn is_verb(word: &str) -> bool {
    VERBS.split(' ').any(|verb| verb == word)
}

/// Verbs of those that change nothing, and are no nouns before another.
const READS: [&str; 7] = ["fetch", "find", "get", "list", "lookup", "read", "search"];

/// What may follow the name of what something is done to.
const PREPOSITIONS: [&str; 14] = [
    "as", "at", "by", "for", "from", "in", "into", "of", "on", "to", "using", "via", "with", "without",
];

/// Whether `word` leads from what is done to something else.
pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

/// Whether what follows `word` is not what something is done to.
fn leads(word: &str) -> bool {
    word == "all" || is_preposition(word)
}

/// What `operation` may be called in the group `group` (its words) by its method and path alone, the best first.
pub(super) fn names(operation: &Operation, group: &[String]) -> Vec<Vec<String>> {
    let path = Path::of(operation, group);
    let best = path.best(operation.method.as_str());
    let mut names = best.clone();
    for around in [
        path.before.get(path.before.len().saturating_sub(1)..),
        Some(&path.before[..]),
    ] {
        let around: Vec<String> = around.into_iter().flatten().flatten().cloned().collect();
        let said = best.iter().filter(|_| !around.is_empty());
        names.extend(said.map(|name| [name.as_slice(), &["for".to_owned()], &around].concat()));
    }
    let versioned = best.first().zip(version(operation));
    names.extend(versioned.map(|(name, version)| [name.as_slice(), &version].concat()));
    let short = without_prefix(whole(operation, |part| !is_version(part)), group);
    // The method alone says nothing that another operation of the group does not.
    names.extend(Some(short).filter(|name| name.len() > 1));
    names.push(whole(operation, |_| true));
    names
}

/// Whether the last word of `name` is that of a part of the path of `operation`, or of its group.
pub(super) fn is_about(operation: &Operation, group: &[String], name: &[String]) -> bool {
    let path = Path::of(operation, group);
    let parts = path.before.iter().chain(&path.nouns).chain([&path.last]);
    let ends = parts.map(Vec::as_slice).chain([group]);
    let joined = one(name).concat();
    let is_it = |end: &[String]| {
        let end = end.last().map(|last| one(std::slice::from_ref(last)).concat());
        end.is_some_and(|end| joined.ends_with(&end))
    };
    ends.into_iter().any(is_it)
}

/// Whether the path of `operation` ends with the part that its group is called after.
pub(super) fn is_own(operation: &Operation, group: &[String]) -> bool {
    let path = Path::of(operation, group);
    path.nouns.is_empty() && !path.ends_in_parameter
}

/// How many fixed parts the path of `operation` has beside the one that its group is called after.
pub(super) fn around(operation: &Operation, group: &[String]) -> usize {
    let path = Path::of(operation, group);
    path.before.len() + path.nouns.len()
}

/// The fixed parts of a path that its group does not say.
struct Path {
    /// The words of each part before the one that the group is called after, in singular where one is told by a parameter.
    before: Vec<Vec<String>>,
    /// The words of each part behind that, likewise.
    nouns: Vec<Vec<String>>,
    /// The words of the last part, the group's own included.
    last: Vec<String>,
    /// Whether a parameter is what the path ends with.
    ends_in_parameter: bool,
    /// Whether the last part says that it is something to do: what stands behind a colon, or a fragment.
    is_marked: bool,
}

impl Path {
    fn of(operation: &Operation, group: &[String]) -> Self {
        let mut parts: Vec<Vec<String>> = Vec::new();
        let (mut ends_in_parameter, mut is_marked, mut is_dotted) = (false, false, false);
        // How many parts stand before each parameter.
        let mut told = Vec::new();
        for segment in &operation.path {
            match segment {
                Segment::Literal(text) => {
                    // `{id}.json` says how it is written.
                    let text = text.split_once('/').map_or_else(
                        || if text.starts_with('.') { "" } else { text.as_str() },
                        |(format, rest)| if format.starts_with('.') { rest } else { text.as_str() },
                    );
                    let fixed = text.split(['/', '#', ':']).filter(|part| !is_version(part)).map(words);
                    let fixed: Vec<_> = fixed.filter(|words| !words.is_empty()).collect();
                    ends_in_parameter &= fixed.is_empty();
                    is_marked = text.rfind([':', '#']) > text.rfind('/') || is_marked && fixed.is_empty();
                    parts.extend(fixed);
                }
                // What stands behind a dot says how it is written: `/names.{format}`.
                Segment::Parameter(_) if is_dotted => {}
                Segment::Parameter(_) => {
                    (ends_in_parameter, is_marked) = (true, false);
                    told.push(parts.len());
                }
            }
            is_dotted = matches!(segment, Segment::Literal(text) if text.ends_with('.'));
        }
        // A fragment is never sent: it tells operations of one path apart.
        let fragment = operation.template.split_once('#').map(|(_, fragment)| words(fragment));
        if let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty() && parts.last() != Some(fragment)) {
            (is_marked, ends_in_parameter) = (true, false);
            parts.push(fragment);
        }
        let last = parts.last().cloned().unwrap_or_default();
        let (start, end) = own(&parts, group).unwrap_or((0, 0));
        for (index, part) in (1..).zip(&mut parts) {
            if told.contains(&index) {
                *part = one(part);
            }
        }
        let nouns = parts.split_off(end);
        parts.truncate(start);
        Self {
            before: parts,
            nouns,
            last,
            ends_in_parameter,
            is_marked,
        }
    }

    fn best(&self, method: &str) -> Vec<Vec<String>> {
        let verb = |verb: &str| vec![verb.to_owned()];
        let is_item = self.ends_in_parameter;
        let is_several = !is_item && self.last.last().is_some_and(|word| number::is_plural(word));
        let is_action = !is_item && self.is_action(method);
        let (verbs, is_one): (Vec<Vec<String>>, bool) = match method {
            _ if is_action => return vec![self.action()],
            "GET" if is_several => (vec![verb("list")], false),
            "GET" => (vec![verb("get")], true),
            "POST" if is_item => (vec![verb("update")], true),
            "POST" if is_several || self.nouns.is_empty() => (vec![verb("create")], true),
            "POST" => return vec![self.action()],
            "PUT" => (vec![verb("update"), verb("replace")], is_item),
            "PATCH" => (vec![verb("update")], is_item),
            "DELETE" => (vec![verb("delete")], is_item),
            other => (vec![verb(&other.to_ascii_lowercase())], is_item),
        };
        let nouns = self.nouns(is_one);
        let is_all = nouns.is_empty() && is_several && ["PUT", "PATCH", "DELETE"].contains(&method);
        let all = is_all.then(|| "all".to_owned());
        let named = |verb: Vec<String>| [verb.as_slice(), &nouns, all.as_slice()].concat();
        verbs.into_iter().map(named).collect()
    }

    /// Whether the last part says what is done.
    fn is_action(&self, method: &str) -> bool {
        match self.last.as_slice() {
            [only] => self.is_marked || is_verb(only) && ["GET", "POST", "PUT"].contains(&method),
            [first, .., last] => {
                // `deploy-keys` are keys, but `search-keys` is no collection.
                let is_collection = number::is_plural(last) && (self.nouns.is_empty() || method == "GET");
                self.is_marked || is_verb(first) && (!is_collection || READS.contains(&first.as_str()))
            }
            [] => false,
        }
    }

    /// The words of the parts, the last in singular where it is about one.
    fn nouns(&self, is_one: bool) -> Vec<String> {
        match self.nouns.split_last() {
            Some((last, before)) if is_one => [before.concat(), one(last)].concat(),
            _ => self.nouns.concat(),
        }
    }

    /// What is done to one of something: the last part, and to what, behind the verb (`cancel-action` of readers is
    /// `cancel_reader_action`).
    fn action(&self) -> Vec<String> {
        let nouns = self.nouns.split_last().map(|(_, nouns)| nouns);
        let is_said =
            |part: &&Vec<String>| !matches!(part.as_slice(), [only] if ["action", "actions"].contains(&only.as_str()));
        let nouns = nouns
            .into_iter()
            .flatten()
            .filter(is_said)
            .flatten()
            .cloned()
            .collect::<Vec<_>>();
        match self.last.split_first() {
            Some((verb, object)) if is_verb(verb) && !object.first().is_none_or(|word| leads(word)) => {
                [std::slice::from_ref(verb), nouns.as_slice(), object].concat()
            }
            _ => [self.last.as_slice(), &nouns].concat(),
        }
    }
}

/// Where the group stands in a path: the first of the parts that are its words together, or else the one that is the end
/// of them (`trashed files` in `/files`).
fn own(parts: &[Vec<String>], group: &[String]) -> Option<(usize, usize)> {
    let ranges = (0..parts.len()).flat_map(|start| (start + 1..=parts.len()).map(move |end| (start, end)));
    // Nobody agrees on where `issuetype` is divided.
    let joined = |words: Vec<String>| one(&words).concat();
    let is_group = |&(start, end): &(usize, usize)| {
        let part = parts[start..end].concat();
        number::is_same(&part, group) || joined(part) == joined(group.to_vec())
    };
    let is_end = |part: &Vec<String>| {
        let end = group.len().checked_sub(part.len());
        end.is_some_and(|end| number::is_same(&group[end..], part))
    };
    let end = || parts.iter().position(is_end).map(|start| (start, start + 1));
    ranges.into_iter().find(is_group).or_else(end)
}

fn one(part: &[String]) -> Vec<String> {
    let mut words = part.to_vec();
    if let Some(last) = words.last_mut() {
        *last = number::singular(last);
    }
    words
}

/// Whether the last part of `path` names several things.
pub(super) fn is_plural(path: &str) -> bool {
    let part = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    words(part).last().is_some_and(|word| number::is_plural(word))
}

/// What the method does, the fixed parts of the path that are `wanted`, and the parameters.
fn whole(operation: &Operation, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let is_several = matches!(operation.path.last(), Some(Segment::Literal(end)) if is_plural(end));
    let verb = match operation.method.as_str() {
        "GET" if is_several => "list",
        "POST" => "create",
        "PUT" => "replace",
        "PATCH" => "update",
        other => other,
    };
    let mut name = vec![verb.to_ascii_lowercase()];
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

/// A verb and a path without the group that the path starts with.
fn without_prefix(name: Vec<String>, group: &[String]) -> Vec<String> {
    match name.split_first() {
        Some((verb, path)) => match path.strip_prefix(group) {
            Some(rest) => [std::slice::from_ref(verb), rest].concat(),
            None => name,
        },
        None => name,
    }
}

/// The words of the part of the path that says which version of the API it is of.
fn version(operation: &Operation) -> Option<Vec<String>> {
    let mut parts = operation.template.rsplit('/').filter(|part| !part.is_empty());
    parts.find(|part| is_version(part)).map(words)
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
