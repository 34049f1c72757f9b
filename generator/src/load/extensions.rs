//! An extension beside the members of an object in, what is wrong with it out: its name, or where it stands.

use serde_json::Value;

use super::{grammar, notes::Notes, path::Path, shape::Kind};
use crate::diagnostics::{Code, did_you_mean};

/// Says of an extension that is nearly one that is read, or that is read on other objects only, that it is ignored.
pub(super) fn check(notes: &mut Notes, kind: &Kind, (key, value): (&str, &Value), path: &Path<'_>) {
    if kind.extensions.contains(&key) {
        return;
    }
    let (code, message, hint) = if let Some(near) = kind.extension_near(key) {
        let message = format!("is nearly `{near}`, which means something here; it is ignored");
        (Code::MisspeltMember, message, Some(did_you_mean(near)))
    } else {
        let homes = grammar::homes_of(key);
        // That something is not so is what it is without a word.
        if homes.is_empty() || *value == Value::Bool(false) {
            return;
        }
        let (homes, here) = (homes.join(" or "), kind.with_article());
        let message = format!("means something on {homes}, and nothing on {here}; it is ignored");
        (Code::MisplacedExtension, message, None)
    };
    // Most extensions are other people's, and nothing is said of them.
    let source = notes.moves.of_member(path, key);
    notes.say(code, &path.moved(key, source.as_ref()), &message, hint.as_deref());
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::grammar;

    /// The table of the documentation, by extension: where it is read.
    fn documented() -> BTreeMap<String, Vec<String>> {
        let page = include_str!("../../docs/extensions.md");
        let rows = page.lines().filter(|line| line.starts_with("| `x-"));
        let named = rows.flat_map(|row| {
            let mut cells = row.trim_matches('|').split(" | ");
            let (names, homes) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            let homes: Vec<String> = homes.split(", ").map(str::to_owned).collect();
            let names = names.trim().split(", ").map(|name| name.trim_matches('`').to_owned());
            names.map(move |name| (name, homes.clone())).collect::<Vec<_>>()
        });
        named.collect()
    }

    #[test]
    fn every_extension_is_documented_where_it_is_read() {
        let kinds = grammar::EXTENDED.iter();
        let known: BTreeMap<_, _> = kinds
            .flat_map(|kind| kind.extensions)
            .map(|name| ((*name).to_owned(), grammar::homes_of(name)))
            .collect();
        assert_eq!(documented(), known);
    }
}
