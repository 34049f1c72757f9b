//! What each operation is to have in, the fewest rules that give it to these and to no other out.

use super::{Lowered, Rule, overlay, wish::Wish};
use crate::ir::{Api, Operation, Pagination, Pointer};

/// How many rules are tried one by one for all operations.
const TRIES: usize = 24;

/// The operations that one rule is for.
pub(super) struct Group {
    wish: Wish,
    /// Each with the names that lead to its items.
    operations: Vec<(usize, String)>,
}

/// What came of the rules.
pub(super) struct Settled {
    pub(super) rules: Vec<Rule>,
    pub(super) exception: Option<Rule>,
    /// The operations that do not become what was meant, with what was to be said of them.
    pub(super) refused: Vec<(usize, String)>,
}

/// Adds an operation to those of the same rule.
pub(super) fn add(groups: &mut Vec<Group>, wish: Wish, operation: usize, items: String) {
    match groups.iter_mut().find(|group| group.wish == wish) {
        Some(group) => group.operations.push((operation, items)),
        None => groups.push(Group {
            wish,
            operations: vec![(operation, items)],
        }),
    }
}

/// The same groups, where items that have one name everywhere are called by it; those that ask most of an operation first.
pub(super) fn merged(groups: Vec<Group>) -> Vec<Group> {
    let mut merged = Vec::new();
    for Group { mut wish, operations } in groups {
        let (_, name) = &operations[0];
        if !name.is_empty() && operations.iter().all(|(_, items)| items == name) {
            wish.items = Some(name.clone());
        }
        for (operation, items) in operations {
            add(&mut merged, wish.clone(), operation, items);
        }
    }
    for group in &mut merged {
        group.operations.sort();
    }
    merged.sort_by_key(|group| std::cmp::Reverse((group.wish.demands(), group.operations.len())));
    merged
}

/// An operation as messages call it.
pub(super) fn key(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.template)
}

pub(super) fn settle(api: &Api, groups: Vec<Group>, lowered: Lowered<'_>) -> Settled {
    let mut settled = Settled {
        rules: Vec::new(),
        exception: None,
        refused: Vec::new(),
    };
    if groups.is_empty() {
        return settled;
    }
    let meant = meant(api, &groups, lowered);
    let mut sound = Vec::new();
    for Group { wish, operations } in groups {
        let is_meant = |(index, _): &(usize, String)| meant[*index].is_some();
        let (operations, others): (Vec<_>, Vec<_>) = operations.into_iter().partition(is_meant);
        settled
            .refused
            .extend(others.into_iter().map(|(index, _)| (index, wish.to_string())));
        if !operations.is_empty() {
            sound.push(Group { wish, operations });
        }
    }
    let scope = Scope::found(api, &sound, &meant, lowered);
    for (mut group, everywhere) in sound.into_iter().zip(scope.everywhere) {
        let is_covered = |(index, _): &(usize, String)| everywhere || is_reached(&api.operations[*index]);
        let (operations, others): (Vec<_>, Vec<_>) = group.operations.into_iter().partition(is_covered);
        let text = group.wish.to_string();
        settled
            .refused
            .extend(others.into_iter().map(|(index, _)| (index, text.clone())));
        group.operations = operations;
        if !group.operations.is_empty() {
            settled.rules.push(rule(api, &group, everywhere));
        }
    }
    settled.rules.sort_by_key(|rule| !overlay::is_everywhere(rule));
    settled.exception = exception(api, &scope.excepted);
    settled
}

/// An overlay reaches the document only, and none of its files.
fn is_reached(operation: &Operation) -> bool {
    operation.pointer.file().is_none()
}

/// What each operation becomes if its rule is for it alone, or where it cannot be, if there is no other rule.
fn meant(api: &Api, groups: &[Group], lowered: Lowered<'_>) -> Vec<Option<Pagination>> {
    let mut meant = vec![None; api.operations.len()];
    let single: Vec<Rule> = groups.iter().map(|group| rule(api, group, false)).collect();
    if let Some(found) = lowered(&overlay::text(&single, None)) {
        for (index, _) in groups.iter().flat_map(|group| &group.operations) {
            meant[*index].clone_from(&found[*index]);
        }
    }
    for group in groups {
        let mut far = group.operations.iter().map(|(index, _)| *index);
        let far = far.by_ref().filter(|index| !is_reached(&api.operations[*index]));
        let far: Vec<usize> = far.collect();
        if !far.is_empty()
            && let Some(found) = lowered(&overlay::text(&[rule(api, group, true)], None))
        {
            for index in far {
                meant[index].clone_from(&found[index]);
            }
        }
    }
    meant
}

/// Which rules are for all operations.
struct Scope {
    /// Of each group, whether its rule is.
    everywhere: Vec<bool>,
    /// The operations that these fit and are not for.
    excepted: Vec<usize>,
}

impl Scope {
    /// As many rules for all operations as can be, so that each has what is meant.
    fn found(api: &Api, groups: &[Group], meant: &[Option<Pagination>], lowered: Lowered<'_>) -> Self {
        let mut excepted = |chosen: &[bool]| {
            let chosen_groups = || groups.iter().zip(chosen).filter(|(_, chosen)| **chosen);
            let rules: Vec<Rule> = chosen_groups().map(|(group, _)| rule(api, group, true)).collect();
            let found = lowered(&overlay::text(&rules, None))?;
            let others = others(api, groups, chosen, meant, &found)?;
            // A rule with many exceptions is none.
            let covered: usize = chosen_groups().map(|(group, _)| group.operations.len()).sum();
            (others.len() * 4 <= covered).then_some(others)
        };
        // One operation is better called by its name.
        let is_worth = |group: &Group| {
            let mut operations = group.operations.iter();
            !group.wish.fits_any_list()
                && (group.operations.len() > 1 || operations.any(|(index, _)| !is_reached(&api.operations[*index])))
        };
        let worth: Vec<bool> = groups.iter().map(is_worth).collect();
        if worth.contains(&true)
            && let Some(excepted) = excepted(&worth)
        {
            return Self {
                everywhere: worth,
                excepted,
            };
        }
        let mut scope = Self {
            everywhere: vec![false; groups.len()],
            excepted: Vec::new(),
        };
        for index in (0..groups.len()).filter(|index| worth[*index]).take(TRIES) {
            scope.everywhere[index] = true;
            match excepted(&scope.everywhere) {
                Some(excepted) => scope.excepted = excepted,
                None => scope.everywhere[index] = false,
            }
        }
        scope
    }
}

/// The operations that rules for all fit, though none is meant for them; nothing if one becomes what it is not.
fn others(
    api: &Api,
    groups: &[Group],
    chosen: &[bool],
    meant: &[Option<Pagination>],
    found: &[Option<Pagination>],
) -> Option<Vec<usize>> {
    let mut expected: Vec<Option<&Pagination>> = api.operations.iter().map(|it| it.pagination.as_ref()).collect();
    for (group, chosen) in groups.iter().zip(chosen) {
        for (index, _) in &group.operations {
            // Whoever has a rule of his own does not look at these.
            let has_own = !chosen && is_reached(&api.operations[*index]);
            expected[*index] = if has_own { found } else { meant }[*index].as_ref();
        }
    }
    let differ = (0..found.len()).filter(|index| found[*index].as_ref() != expected[*index]);
    let differ: Vec<usize> = differ.collect();
    let can_be_excepted = |index: &usize| expected[*index].is_none() && is_reached(&api.operations[*index]);
    differ.iter().all(can_be_excepted).then_some(differ)
}

/// What says of operations that no rule is for them.
fn exception(api: &Api, operations: &[usize]) -> Option<Rule> {
    let operations = || operations.iter().map(|index| &api.operations[*index]);
    operations().next()?;
    Some(Rule {
        text: "false".to_owned(),
        why: "a rule for all would fit, and may not be true here".to_owned(),
        operations: operations().map(key).collect(),
        targets: targets(operations().map(|it| &it.pointer)),
    })
}

fn rule(api: &Api, group: &Group, everywhere: bool) -> Rule {
    let operations = group.operations.iter().map(|(index, _)| &api.operations[*index]);
    Rule {
        text: group.wish.to_string(),
        why: group.wish.why(),
        targets: if everywhere {
            vec![overlay::ROOT.to_owned()]
        } else {
            targets(operations.clone().filter(|it| is_reached(it)).map(|it| &it.pointer))
        },
        operations: operations.map(key).collect(),
    }
}

/// What selects these places: one `JSONPath` for all of a method.
fn targets<'p>(places: impl Iterator<Item = &'p Pointer>) -> Vec<String> {
    let mut methods: Vec<(String, Vec<String>)> = Vec::new();
    let mut targets = Vec::new();
    for place in places {
        let tokens: Vec<_> = place.tokens().collect();
        match tokens.as_slice() {
            [paths, path, method] if *paths == "paths" && method.chars().all(|char| char.is_ascii_alphabetic()) => {
                let path = name(path);
                match methods.iter_mut().find(|(known, _)| known == method) {
                    Some((_, paths)) => paths.push(path),
                    None => methods.push((method.clone(), vec![path])),
                }
            }
            tokens => {
                let names: Vec<String> = tokens.iter().map(|token| format!("[{}]", name(token))).collect();
                targets.push(format!("${}", names.concat()));
            }
        }
    }
    let of_method = |(method, paths): (String, Vec<String>)| format!("$.paths[{}].{method}", paths.join(", "));
    methods.into_iter().map(of_method).chain(targets).collect()
}

/// A name as `JSONPath` has it.
fn name(token: &str) -> String {
    let mut text = String::new();
    for char in token.chars() {
        match char {
            '\'' | '\\' => text.extend(['\\', char]),
            char if char.is_control() => text.extend(format!("\\u{:04x}", u32::from(char)).chars()),
            char => text.push(char),
        }
    }
    format!("'{text}'")
}

#[cfg(test)]
mod tests {
    use super::{Pointer, targets};

    #[test]
    fn paths_of_one_method_are_selected_at_once() {
        let place = |path: &str, method| Pointer::root().child("paths").child(path).child(method);
        let odd = Pointer::root().child("x-paths").child("it's");
        let places = [place("/a", "get"), place("/b", "post"), place("/c", "get"), odd];
        assert_eq!(
            targets(places.iter()),
            [
                "$.paths['/a', '/c'].get",
                "$.paths['/b'].post",
                r"$['x-paths']['it\'s']"
            ]
        );
    }
}
