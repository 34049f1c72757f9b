//! Objects that say a thing otherwise than OpenAPI 3.0 does, and what they mean by it: habits of Swagger 2.0, of
//! OpenAPI 3.1 and of people.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{path::Path, repair::Repair, typed::METHODS, words::found};
use crate::diagnostics::Code;

/// Rewrites an object before its members are looked at.
pub(super) type Adjust = fn(&mut Map<String, Value>, &Path<'_>, &mut Repair<'_>);

/// Most kinds are said in one way only.
pub(super) fn nothing(_: &mut Map<String, Value>, _: &Path<'_>, _: &mut Repair<'_>) {}

/// A path begins with a slash.
pub(super) fn paths(map: &mut Map<String, Value>, path: &Path<'_>, repair: &mut Repair<'_>) {
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
            repair.say(
                Code::SkippedOperation,
                &place,
                &format!("does not begin with a slash, and `{to}` is there too; it is left out"),
                None,
            );
        } else {
            repair.say(
                Code::WrongShape,
                &place,
                &format!("does not begin with a slash; it is read as `{to}`"),
                None,
            );
            repair.moves.renamed(path.pointer(), &key, &to);
            map.insert(to, value);
        }
    }
}

/// Methods are written in lower case, there are eight, and none beside a `$ref`.
pub(super) fn path_item(map: &mut Map<String, Value>, path: &Path<'_>, repair: &mut Repair<'_>) {
    let odd = map.keys().filter(|key| {
        METHODS
            .iter()
            .any(|method| *key != method && key.eq_ignore_ascii_case(method))
    });
    for key in odd.cloned().collect::<Vec<_>>() {
        let method = key.to_ascii_lowercase();
        let place = path.key(&key);
        if map.contains_key(&method) {
            repair.say(
                Code::SkippedOperation,
                &place,
                &format!("is left out: `{method}` is there too"),
                None,
            );
            map.shift_remove(&key);
        } else if let Some(operation) = map.shift_remove(&key) {
            repair.say(
                Code::WrongShape,
                &place,
                &format!("must be in lower case; it is read as `{method}`"),
                None,
            );
            repair.moves.renamed(path.pointer(), &key, &method);
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
            "`$ref` replaces what stands beside it"
        } else {
            "OpenAPI 3.0 has no such method"
        };
        repair.say(
            Code::SkippedOperation,
            &path.key(key),
            &format!("is left out: {reason}"),
            None,
        );
        false
    });
}

/// A variable without a default starts out as the first of its values.
pub(super) fn server_variable(map: &mut Map<String, Value>, path: &Path<'_>, repair: &mut Repair<'_>) {
    let first = map
        .get("enum")
        .and_then(Value::as_array)
        .and_then(|values| values.first())
        .cloned();
    if let (Some(first), true) = (first, map.get("default").is_none_or(Value::is_null)) {
        repair.say(
            Code::WrongShape,
            path,
            &format!("lacks `default`; {} stands in for it", found(&first)),
            None,
        );
        map.insert("default".to_owned(), first);
    }
}

/// `basic` was a type of its own once.
pub(super) fn security_scheme(map: &mut Map<String, Value>, path: &Path<'_>, repair: &mut Repair<'_>) {
    if map.get("type").is_some_and(|kind| kind == "basic") {
        let message = "must be `http` with the `scheme` `basic`; it is read as that";
        repair.say(Code::WrongShape, &path.key("type"), message, None);
        map.insert("type".to_owned(), json!("http"));
        map.insert("scheme".to_owned(), json!("basic"));
    }
}

/// Schemas are where the versions of OpenAPI differ most.
pub(super) fn schema(map: &mut Map<String, Value>, path: &Path<'_>, repair: &mut Repair<'_>) {
    schema_type(map, path, repair);
    bound(map, path, repair, "exclusiveMinimum", "minimum");
    bound(map, path, repair, "exclusiveMaximum", "maximum");
    if let Some(Value::String(property)) = map.get("discriminator") {
        let message = format!("must be an object; it is read as one with the `propertyName` {property:?}");
        let object = json!({ "propertyName": property });
        repair.say(Code::WrongShape, &path.key("discriminator"), &message, None);
        map.insert("discriminator".to_owned(), object);
    }
    if map.get("required").is_some_and(Value::is_boolean) {
        let hint = "name the property in `required` of the object that has it";
        repair.say(
            Code::WrongShape,
            &path.key("required"),
            "must be a list of names; it is ignored",
            Some(hint),
        );
        map.shift_remove("required");
    }
    if let Some([only]) = map.get("items").and_then(Value::as_array).map(Vec::as_slice) {
        let only = only.clone();
        repair.say(
            Code::WrongShape,
            &path.key("items"),
            "must be a schema, not a list; it is read as its only element",
            None,
        );
        map.insert("items".to_owned(), only);
    }
}

fn schema_type(map: &mut Map<String, Value>, path: &Path<'_>, repair: &mut Repair<'_>) {
    let names = match map.get("type") {
        Some(Value::String(name)) if name == "null" || name == "file" => vec![name.clone()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(_) | None => return,
    };
    let mut others = names.iter().filter(|name| *name != "null");
    let (read, words) = match (others.next().map(String::as_str), others.next()) {
        (Some("file"), None) => (Some("string"), "it is read as a `string` of format `binary`".to_owned()),
        (Some(name), None) => (Some(name), format!("it is read as `{name}`")),
        (None, _) | (Some(_), Some(_)) => (None, "it is read as any JSON value".to_owned()),
    };
    let nullable = names.iter().any(|name| name == "null");
    let null = if nullable { ", `nullable`" } else { "" };
    let message = format!("must be the name of one of the six types of OpenAPI 3.0; {words}{null}");
    repair.say(Code::WrongShape, &path.key("type"), &message, None);
    if names == ["file"] {
        map.entry("format").or_insert_with(|| json!("binary"));
    }
    match read.map(str::to_owned) {
        Some(read) => _ = map.insert("type".to_owned(), json!(read)),
        None => _ = map.shift_remove("type"),
    }
    if nullable {
        map.insert("nullable".to_owned(), json!(true));
    }
}

/// `exclusiveMinimum: 5` is `minimum: 5` with `exclusiveMinimum: true`.
fn bound(map: &mut Map<String, Value>, path: &Path<'_>, repair: &mut Repair<'_>, exclusive: &str, inclusive: &str) {
    if let Some(limit @ Value::Number(_)) = map.get(exclusive).cloned() {
        let message = format!("must be `true` or `false`; it is read as an exclusive `{inclusive}`");
        repair.say(Code::WrongShape, &path.key(exclusive), &message, None);
        map.insert(inclusive.to_owned(), limit);
        map.insert(exclusive.to_owned(), json!(true));
    }
}
