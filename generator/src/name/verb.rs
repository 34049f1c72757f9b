//! A method and the shape of a path in, what a person would call the operation out.
//!
//! | path | GET | POST | PUT, PATCH | DELETE |
//! |---|---|---|---|---|
//! | `/pets` | `list` | `create` | `update_all` | `delete_all` |
//! | `/pets/{id}` | `get` | `update` | `update` | `delete` |
//! | `/pets/{id}/toys` | `list_toys` | `create_toy` | `update_toys` | `delete_toys` |
//! | `/pets/{id}/toys/{toy}` | `get_toy` | `update_toy` | `update_toy` | `delete_toy` |
//! | `/pets/{id}/owner` | `get_owner` | `owner` | `update_owner` | `delete_owner` |
//!
//! A `PUT` beside a `PATCH` is `replace`. Whether a part of a path names one or several is seen by its end.

use super::{method::is_version, number, words::words};
use crate::ir::{Operation, Segment};

/// What `operation` may be called in the group `group` (its words) by its method and path alone, the best first; nothing
/// where these say too little.
pub(super) fn names(operation: &Operation, group: &[String]) -> Vec<Vec<String>> {
    let path = Path::of(operation, group);
    let verb = |verb: &str| vec![verb.to_owned()];
    let is_item = path.ends_in_parameter;
    let is_several = !is_item && path.last_is_plural;
    let (verbs, is_one): (Vec<Vec<String>>, bool) = match operation.method.as_str() {
        "GET" if is_several => (vec![verb("list")], false),
        "GET" => (vec![verb("get")], true),
        "POST" if is_item => (vec![verb("update")], true),
        "POST" if is_several || path.nouns.is_empty() => (vec![verb("create")], true),
        "POST" => return path.action().into_iter().collect(),
        "PUT" => (vec![verb("update"), verb("replace")], is_item),
        "PATCH" => (vec![verb("update")], is_item),
        "DELETE" => (vec![verb("delete")], is_item),
        _ => return Vec::new(),
    };
    let nouns = path.nouns(is_one);
    let all =
        (nouns.is_empty() && is_several && !is_one && operation.method.as_str() != "GET").then(|| "all".to_owned());
    verbs
        .into_iter()
        .map(|verb| {
            verb.into_iter()
                .chain(nouns.iter().cloned())
                .chain(all.clone())
                .collect()
        })
        .collect()
}

/// The fixed parts of a path that its group does not say.
struct Path {
    /// The words of each part.
    nouns: Vec<Vec<String>>,
    /// Whether the last part, the group's own included, names several things.
    last_is_plural: bool,
    /// Whether a parameter is what the path ends with.
    ends_in_parameter: bool,
}

impl Path {
    fn of(operation: &Operation, group: &[String]) -> Self {
        let mut parts: Vec<Vec<String>> = Vec::new();
        let mut ends_in_parameter = false;
        for segment in &operation.path {
            match segment {
                Segment::Literal(text) => {
                    let fixed = text.split('/').filter(|part| !is_version(part)).map(words);
                    let fixed: Vec<_> = fixed.filter(|words| !words.is_empty()).collect();
                    ends_in_parameter &= fixed.is_empty();
                    parts.extend(fixed);
                }
                Segment::Parameter(_) => ends_in_parameter = true,
            }
        }
        let last_is_plural = parts
            .last()
            .and_then(|part| part.last())
            .is_some_and(|word| number::is_plural(word));
        let own = parts.iter().position(|part| number::is_same(part, group));
        let nouns = parts.split_off(own.map_or(0, |own| own + 1));
        Self {
            nouns,
            last_is_plural,
            ends_in_parameter,
        }
    }

    /// The words of the parts: of all but the last one each, and of the last one or several.
    fn nouns(&self, is_one: bool) -> Vec<String> {
        let mut nouns: Vec<Vec<String>> = self.nouns.iter().map(|part| one(part)).collect();
        if let (false, Some(last), Some(several)) = (is_one, nouns.last_mut(), self.nouns.last()) {
            last.clone_from(several);
        }
        nouns.concat()
    }

    /// What is done to one of something: the last part, and to what.
    fn action(&self) -> Option<Vec<String>> {
        let (action, nouns) = self.nouns.split_last()?;
        let nouns = nouns.iter().flat_map(|part| one(part));
        Some(action.iter().cloned().chain(nouns).collect())
    }
}

fn one(part: &[String]) -> Vec<String> {
    let mut words = part.to_vec();
    if let Some(last) = words.last_mut() {
        *last = number::singular(last);
    }
    words
}
