//! Paths, path items and what else is around schemas, where they say a thing otherwise than OpenAPI 3.0 does.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    super::{
        METHODS,
        notes::Notes,
        path::Path,
        shape::Rule,
        version::Version,
        words::{found, nearest},
    },
    always, until,
};
use crate::diagnostics::{Code, did_you_mean};

pub(in super::super) const PATHS: &[Rule] = &[always(paths)];
pub(in super::super) const PATH_ITEM: &[Rule] = &[
    always(in_lower_case),
    always(in_its_own_place),
    until(Version::V3_0, alone),
    always(no_method),
];
pub(in super::super) const SERVER_VARIABLE: &[Rule] = &[always(server_variable)];
pub(in super::super) const SECURITY_SCHEME: &[Rule] = &[always(security_scheme)];

/// Paths that differ in their query alone: an extension of Azure's. What a path has behind its `?` is read anyway.
pub(super) fn overloaded_paths(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let Some(Value::Object(overloaded)) = map.get("x-ms-paths").cloned() else {
        return;
    };
    let place = path.key("paths").pointer();
    let source = path.key("x-ms-paths").pointer();
    let paths = map.entry("paths").or_insert_with(|| json!({}));
    let Value::Object(paths) = paths else { return };
    for (template, item) in overloaded {
        if !paths.contains_key(&template) {
            notes
                .moves
                .moved(place.clone(), template.clone(), source.child(&template));
            paths.insert(template, item);
        }
    }
}

/// A path begins with a slash.
fn paths(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
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

/// The methods that have members of their own are written in lower case.
fn in_lower_case(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let odd = map
        .keys()
        .filter(|key| method(key).is_some_and(|method| method != *key));
    for key in odd.cloned().collect::<Vec<_>>() {
        let Some(operation) = map.shift_remove(&key) else {
            continue;
        };
        let place = path.key(&key);
        read_as_method(map, path, operation, &place, "must be in lower case", notes);
    }
}

/// `additionalOperations` is for the methods that have no member of their own.
fn in_its_own_place(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let Some(Value::Object(additional)) = map.get_mut("additionalOperations") else {
        return;
    };
    let mut moved = Vec::new();
    additional.retain(|key, operation| {
        let stays = method(key).is_none();
        if !stays {
            moved.push((key.clone(), operation.take()));
        }
        stays
    });
    for (key, operation) in moved {
        let list = path.key("additionalOperations");
        let place = list.key(&key);
        read_as_method(map, path, operation, &place, "has a place of its own", notes);
    }
}

/// The member that is meant by a name in any case.
fn method(key: &str) -> Option<&'static str> {
    METHODS.into_iter().find(|method| key.eq_ignore_ascii_case(method))
}

/// Puts an operation, which stands at `place`, under the name of its method, where there is none yet.
fn read_as_method(
    map: &mut Map<String, Value>,
    path: &Path<'_>,
    operation: Value,
    place: &Path<'_>,
    reason: &str,
    notes: &mut Notes,
) {
    let Some(method) = place.name().and_then(method) else {
        return;
    };
    if map.contains_key(method) {
        let message = format!("is left out: `{method}` is there too");
        notes.say(Code::SkippedOperation, place, &message, None);
        return;
    }
    notes.say(
        Code::WrongShape,
        place,
        &format!("{reason}; it is read as `{method}`"),
        None,
    );
    notes.moves.moved(path.pointer(), method, place.pointer());
    map.insert(method.to_owned(), operation);
}

/// Only operations have responses, and of what else a path item may hold nothing has an id.
fn is_operation(value: &Value) -> bool {
    value.get("responses").is_some() || value.get("operationId").is_some()
}

/// A `$ref` stood alone once.
fn alone(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if !map.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    map.retain(|key, value| {
        if key == "$ref" || key.starts_with("x-") {
            return true;
        }
        let (code, loss) = if is_operation(value) || METHODS.contains(&key.as_str()) {
            (Code::SkippedOperation, "left out")
        } else {
            (Code::WrongShape, "ignored")
        };
        let message = format!("is {loss}: `$ref` replaces what stands beside it");
        notes.say(code, &path.key(key), &message, None);
        false
    });
}

/// What is an operation and has the name of no method.
fn no_method(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    map.retain(|key, value| {
        let is_known = METHODS.contains(&key.as_str()) || key == "additionalOperations";
        if key.starts_with("x-") || is_known || !is_operation(value) {
            return true;
        }
        let message = format!("is left out: {} has no such method", notes.version);
        let meant = nearest(key, METHODS.into_iter()).map(did_you_mean);
        let hint = "`additionalOperations` is for methods of other names, in OpenAPI 3.2";
        notes.say(
            Code::SkippedOperation,
            &path.key(key),
            &message,
            Some(meant.as_deref().unwrap_or(hint)),
        );
        false
    });
}

/// A variable without a default starts out as the first of its values.
fn server_variable(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
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
fn security_scheme(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if map.get("type").is_some_and(|kind| kind == "basic") {
        let message = "must be `http` with the `scheme` `basic`; it is read as that";
        notes.say(Code::WrongShape, &path.key("type"), message, None);
        map.insert("type".to_owned(), json!("http"));
        map.insert("scheme".to_owned(), json!("basic"));
    }
}
