//! An operation in, the words of its method out: what is left of its id without what only repeats.

use super::{framework, number, repeats, verb, words::words};
use crate::ir::{Operation, Segment};

/// What an operation may be called.
pub(super) struct Wished {
    /// The best first; never empty.
    pub(super) names: Vec<Vec<String>>,
    /// How far the best of them is from what the document says. Of two that want one name, it is his whose whole id it is,
    /// or else his whose path has the least beside the group.
    pub(super) lost: usize,
}

/// What `operation` may be called in the group `group` (its words).
///
/// 1. The id without what its [framework] adds and what [repeats] the method and the path, and without the words of the
///    group at the start, at the end or before a preposition, in singular or plural (`pets/list`, `listPets` → `list`;
///    `createPet` → `create`; `getPetsByStatus` → `get_by_status`). A read of the whole collection is `list`, whatever its
///    verb is (`getPets`); what is called by the method of HTTP is called by what that does (`putPetName` → `update_name`).
/// 2. The whole id, where another operation has that name.
/// 3. What the method and the shape of the path say (the table of [`verb`]). These come first for an operation without an
///    id, and for one whose id only repeats them (`GetCustomersCustomer`).
///
/// Nothing of this looks at other operations: a name does not depend on who else is there.
pub(super) fn names(operation: &Operation, group: &[String]) -> Wished {
    let by_shape = verb::names(operation, group);
    let Some(id) = &operation.id else {
        return Wished {
            names: by_shape,
            lost: 1 + verb::around(operation, group),
        };
    };
    let request = framework::Request {
        method: operation.method.as_str(),
        template: &operation.template,
    };
    let (whole, bare) = (words(id), framework::bare(id, request));
    let by_shape = by_shape
        .into_iter()
        .map(|name| divided(name, &whole))
        .collect::<Vec<_>>();
    let said = if repeats::is_all(&bare, operation) {
        Vec::new()
    } else {
        without_class(without_request(words(&bare), operation), &bare, group)
    };
    let (short, is_of_several) = without_group(said.clone(), group);
    let is_of_several = is_of_several && verb::is_own(operation, group);
    // What is done has no better name: `login` among what is called so.
    let is_done = matches!(group, [only] if verb::is_verb(only)) && said == group;
    let short = if is_done { said.clone() } else { short };
    let short = without_parameters(as_list(short, is_of_several, operation), operation);
    let short = plainly(short, operation, group);
    let by_id = [plainly(said, operation, group), whole.clone()];
    let lost = if short == whole {
        0
    } else {
        1 + verb::around(operation, group)
    };
    let names = if short.is_empty() {
        by_shape.into_iter().chain(by_id).collect()
    } else {
        [short].into_iter().chain(by_id).chain(by_shape).collect()
    };
    Wished { names, lost }
}

/// `words` of `id` without a class that ends like the group, or that the rest repeats, and without that repetition:
/// `BillingPayments_GetList` among payments is `get_list`, and `PurchasedEnvelopes_PutPurchasedEnvelopes` is `put`.
fn without_class(words: Vec<String>, id: &str, group: &[String]) -> Vec<String> {
    let Some((class, _)) = id
        .split_once('_')
        .filter(|(_, name)| name.starts_with(char::is_uppercase))
    else {
        return words;
    };
    let class = super::words::words(class);
    let Some(rest) = words.strip_prefix(class.as_slice()).filter(|rest| !rest.is_empty()) else {
        return words;
    };
    let class = match class.split_last() {
        Some((last, class)) if verb::is_version(last) => class,
        Some(_) | None => &class,
    };
    let end = class.len().checked_sub(group.len());
    let is_group = end.is_some_and(|end| !group.is_empty() && number::is_same(&class[end..], group));
    let (short, _) = without_group(rest.to_vec(), class);
    match (is_group, short.len() < rest.len()) {
        (true, _) => short,
        // The group says something else.
        (false, true) => rest.to_vec(),
        (false, false) => words,
    }
}

/// `name`, a word of which is divided as in the id where that has it: `issuetype` of `getIssueType` is `issue_type`.
fn divided(name: Vec<String>, id: &[String]) -> Vec<String> {
    let runs: Vec<&[String]> = (2..=3).flat_map(|length| id.windows(length)).collect();
    let divide = |word: String| -> Vec<String> {
        let is_it = |run: &&&[String]| {
            let joined = [run.concat()];
            number::is_same(&joined, std::slice::from_ref(&word))
        };
        let Some(run) = runs.iter().find(is_it) else {
            return vec![word];
        };
        let mut run = run.to_vec();
        if let Some(last) = run.last_mut() {
            let is_one = !number::is_plural(&word) && number::is_plural(last);
            if is_one {
                *last = number::singular(last);
            }
        }
        run
    };
    name.into_iter().flat_map(divide).collect()
}

/// `name` without what only says that it is done by the parameters of the path, all of them.
fn without_parameters(name: Vec<String>, operation: &Operation) -> Vec<String> {
    let [verb, by, said @ ..] = name.as_slice() else {
        return name;
    };
    let parameters = operation.path.iter().filter_map(|segment| match segment {
        Segment::Parameter(index) => operation.parameters.get(*index),
        Segment::Literal(_) => None,
    });
    let parameters: String = parameters.flat_map(|parameter| words(&parameter.wire)).collect();
    let said: String = said.iter().filter(|word| *word != "and").map(String::as_str).collect();
    let is_all = said == parameters || said == "id" && parameters.ends_with("id");
    if by == "by" && is_all {
        return vec![verb.clone()];
    }
    name
}

/// `id` without the method and the path side by side, at either end.
fn without_request(id: Vec<String>, operation: &Operation) -> Vec<String> {
    let method = [operation.method.as_str().to_ascii_lowercase()];
    let path = words(&operation.template);
    let requests = [[&method, path.as_slice()].concat(), [path.as_slice(), &method].concat()];
    let rest = requests.iter().filter(|request| request.len() > 1).find_map(|request| {
        id.strip_prefix(request.as_slice())
            .or_else(|| id.strip_suffix(request.as_slice()))
    });
    rest.map(<[String]>::to_vec).unwrap_or(id)
}

/// `words` without the first occurrence of `group`, in singular or plural, in a place where it only repeats, and whether it
/// said there that there are several.
///
/// What it is done to stays where the rest would be a name of something else (`listIdentitySessions` is not `list_sessions`,
/// but `listCoreV1Pod` is `list_pod`: a version is nothing that has pods), or end in a preposition.
fn without_group(words: Vec<String>, group: &[String]) -> (Vec<String>, bool) {
    if group.is_empty() || words.len() < group.len() {
        return (words, false);
    }
    let is_preposition = |word: &String| verb::is_preposition(word);
    let is_version = group.last().is_some_and(|word| verb::is_version(word));
    let behind_article = words.get(1).filter(|word| ["a", "an", "the"].contains(&word.as_str()));
    let ends = [0, 1 + usize::from(behind_article.is_some()), words.len() - group.len()];
    for start in ends {
        let end = start + group.len();
        let Some(part) = words.get(start..end) else {
            continue;
        };
        let (before, after) = (&words[..start], &words[end..]);
        let reads_on = is_version || before.is_empty() || after.first().is_none_or(is_preposition);
        // `for_authenticated_user` is one thing.
        let is_object = !before.iter().any(is_preposition);
        if number::is_same(part, group) && reads_on && is_object {
            let is_of_several = !before.is_empty() && part.last().is_some_and(|word| number::is_plural(word));
            // An article goes with its noun: `get-a-pet`.
            let before = match before.split_last() {
                Some((last, rest)) if ["a", "an", "the"].contains(&last.as_str()) => rest,
                Some(_) | None => before,
            };
            return ([before, after].concat(), is_of_several);
        }
    }
    (words, false)
}

/// What only reads, with nothing left that says what, by the name of reading a collection, if it reads one: the path ends
/// with a word for several, or the id has one and the path does not end with what tells one of them.
fn as_list(name: Vec<String>, is_of_several: bool, operation: &Operation) -> Vec<String> {
    const READS: [&str; 6] = ["all", "fetch", "find", "get", "index", "read"];
    let is_read = matches!(name.as_slice(), [verb] if READS.contains(&verb.as_str()));
    let is_collection =
        matches!(operation.path.last(), Some(Segment::Literal(end)) if is_of_several || verb::is_plural(end));
    if is_read && is_collection && operation.method.as_str() == "GET" {
        return vec!["list".to_owned()];
    }
    name
}

/// `name` with what HTTP's method does instead of its name; nothing where the name says nothing else.
///
/// A word that the path has is the author's (`/chat.postMessage`), and so is one before something that the path does not
/// speak of: nobody knows what is done to that.
fn plainly(name: Vec<String>, operation: &Operation, group: &[String]) -> Vec<String> {
    let method = operation.method.as_str().to_ascii_lowercase();
    let Some((first, rest)) = name.split_first() else {
        return name;
    };
    if *first != method || !["post", "put"].contains(&method.as_str()) {
        return name;
    }
    let Some(second) = rest.first().filter(|_| rest != ["all"]) else {
        return Vec::new();
    };
    if words(&operation.template).contains(first) {
        return name;
    }
    if verb::is_verb(second) {
        return rest.to_vec();
    }
    let verb = match method.as_str() {
        "post" if !verb::is_about(operation, group, rest) => return name,
        "post" => "create",
        _ => "update",
    };
    [&[verb.to_owned()], rest].concat()
}
