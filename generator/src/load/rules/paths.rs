//! Paths, path items and what else is around schemas, where they say a thing otherwise than OpenAPI 3.0 does.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    super::{notes::Notes, path::Path, shape::Rule, typed::METHODS, words::found},
    always,
};
use crate::diagnostics::Code;

pub(in super::super) const PATHS: &[Rule] = &[always(paths)];
pub(in super::super) const PATH_ITEM: &[Rule] = &[always(path_item)];
pub(in super::super) const SERVER_VARIABLE: &[Rule] = &[always(server_variable)];
pub(in super::super) const SECURITY_SCHEME: &[Rule] = &[always(security_scheme)];

/// A path begins with a slash.
fn paths(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
    let is_path = |key: &str| key.starts_with('/') || key.starts_with("x-");
    let taken = map.keys().filter(|key| is_path(key)).cloned().collect::<BTreeSet<_>>();
    if taken.len() == map.len() {
        return;
    }
    for (key, value) in std::mem::take(map) {
        if is_path(&key) {
            map.insert(key, value);
            continue;
        }
        let place = path.key(&key);
        let to = format!("/{key}");
        if taken.contains(&to) {
            notes.say(
                Code::SkippedOperation,
                &place,
                &format!("does not begin with a slash, and `{to}` is there too; it is left out"),
                None,
            );
        } else {
            notes.say(
                Code::WrongShape,
                &place,
                &format!("does not begin with a slash; it is read as `{to}`"),
                None,
            );
            notes.moves.moved(path.pointer(), to.clone(), place.pointer());
            map.insert(to, value);
        }
    }
}

/// Methods are written in lower case, there are eight, and none beside a `$ref`.
fn path_item(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
    let odd = map.keys().filter(|key| {
        METHODS
            .iter()
            .any(|method| *key != method && key.eq_ignore_ascii_case(method))
    });
    for key in odd.cloned().collect::<Vec<_>>() {
        let method = key.to_ascii_lowercase();
        let place = path.key(&key);
        if map.contains_key(&method) {
            notes.say(
                Code::SkippedOperation,
                &place,
                &format!("is left out: `{method}` is there too"),
                None,
            );
            map.shift_remove(&key);
        } else if let Some(operation) = map.shift_remove(&key) {
            notes.say(
                Code::WrongShape,
                &place,
                &format!("must be in lower case; it is read as `{method}`"),
                None,
            );
            notes.moves.moved(path.pointer(), method.clone(), place.pointer());
            map.insert(method, operation);
        }
    }
    let refers = map.get("$ref").is_some_and(Value::is_string);
    map.retain(|key, value| {
        let known = METHODS.contains(&key.as_str());
        // Every operation has responses, and nothing else in a path item has.
        if key.starts_with("x-") || !refers && known || value.get("responses").is_none() {
            return true;
        }
        let reason = if refers {
            "`$ref` replaces what stands beside it".to_owned()
        } else {
            format!("{} has no such method", notes.version)
        };
        notes.say(
            Code::SkippedOperation,
            &path.key(key),
            &format!("is left out: {reason}"),
            None,
        );
        false
    });
}

/// A variable without a default starts out as the first of its values.
fn server_variable(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
    let first = map
        .get("enum")
        .and_then(Value::as_array)
        .and_then(|values| values.first())
        .cloned();
    if let (Some(first), true) = (first, map.get("default").is_none_or(Value::is_null)) {
        notes.say(
            Code::WrongShape,
            path,
            &format!("lacks `default`; {} stands in for it", found(&first)),
            None,
        );
        map.insert("default".to_owned(), first);
    }
}

/// `basic` was a type of its own once.
fn security_scheme(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes<'_>) {
    if map.get("type").is_some_and(|kind| kind == "basic") {
        let message = "must be `http` with the `scheme` `basic`; it is read as that";
        notes.say(Code::WrongShape, &path.key("type"), message, None);
        map.insert("type".to_owned(), json!("http"));
        map.insert("scheme".to_owned(), json!("basic"));
    }
}
