//! Schemas, which is where the versions of OpenAPI differ most.

use serde_json::{Map, Number, Value, json};

use super::{
    super::{links::DYNAMIC, notes::Notes, path::Path, shape::Rule, version::Version},
    always, only, since, swagger,
    types::types,
    until,
};
use crate::diagnostics::Code;

pub(in super::super) const SCHEMA: &[Rule] = &[
    always(dynamic_reference),
    only(Version::V2_0, swagger::bare_reference),
    until(Version::V3_0, reference_alone),
    always(nullable_extension),
    until(Version::V3_0, nullable_reference),
    since(Version::V3_1, reference_among_others),
    always(constant),
    always(tuple),
    always(dependencies),
    always(negation),
    only(Version::V2_0, swagger::file),
    only(Version::V2_0, swagger::discriminator),
    since(Version::V3_0, file),
    always(types),
    always(values),
    always(bounds),
    since(Version::V3_0, named_discriminator),
    always(required_flag),
];

/// A reference whose meaning depends on the way that leads to it is one like any other where it can have one meaning.
fn dynamic_reference(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    for name in ["$dynamicRef", "$recursiveRef"] {
        let Some(Value::String(text)) = map.get(name) else {
            continue;
        };
        let reference = json!({ "$ref": format!("{DYNAMIC}{text}") });
        if notes.version < Version::V3_1 {
            notes.other_version(path, name, Version::V3_1);
        }
        map.shift_remove(name);
        match (map.contains_key("$ref"), reference) {
            (false, Value::Object(reference)) => map.extend(reference),
            (_, reference) => {
                if let Value::Array(all) = map.entry("allOf").or_insert_with(|| json!([])) {
                    let list = path.pointer().child("allOf");
                    notes.moves.moved(list, all.len().to_string(), path.pointer());
                    all.push(reference);
                }
            }
        }
    }
}

/// What may stand beside a `$ref` without being more than a remark about its use.
const REMARKS: [&str; 3] = ["description", "summary", "$comment"];

/// What is said beside a `$ref` of its use rather than of the value.
const OF_A_USE: [&str; 4] = ["default", "deprecated", "readOnly", "writeOnly"];

/// What else may stand beside a `$ref` in every version: what documents, and who may be `null`.
const BESIDE: [&str; 8] = [
    "description",
    "summary",
    "title",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "nullable",
];

/// Whether the member `name` is kept beside a `$ref` by whoever writes the document in another version: it means the same
/// there.
pub(in super::super) fn means_the_same_beside_reference(name: &str) -> bool {
    name.starts_with("x-") || ["description", "summary"].contains(&name) || OF_A_USE.contains(&name)
}

/// Whether the member `name` means something beside a `$ref` in every version.
fn holds_beside_reference(name: &str) -> bool {
    name.starts_with("x-") || OF_A_USE.contains(&name) || BESIDE.contains(&name)
}

/// A `$ref` replaced what stands beside it until 3.1. Whether a `type` there says anything else shows where it leads to.
fn reference_alone(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if !map.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    let silent = |name: &str| holds_beside_reference(name) || ["$ref", "$comment", "type"].contains(&name);
    for name in map.keys().filter(|name| !silent(name)) {
        let message = format!("is ignored: in {} `$ref` replaces what stands beside it", notes.version);
        notes.say(Code::UnknownMember, &path.key(name), &message, None);
    }
}

/// What Swagger 2.0 has extensions for, having no word, is written by them in later versions too.
fn nullable_extension(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let mut names = ["x-nullable", "x-isnullable"].into_iter();
    let given = names.find(|name| map.get(*name) == Some(&json!(true)));
    let is_told = notes.version > Version::V2_0 && map.contains_key("nullable");
    if let Some(name) = given.filter(|_| !is_told) {
        let place = path.pointer();
        notes.moves.moved(place.clone(), "nullable", place.child(name));
        map.insert("nullable".to_owned(), json!(true));
    }
}

/// `nullable` beside a `$ref` means nothing until 3.1, and whoever writes it sends `null` all the same.
fn nullable_reference(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if !map.get("$ref").is_some_and(Value::is_string) || map.get("nullable") != Some(&json!(true)) {
        return;
    }
    let is_word = notes.moves.of_member(path, "nullable").is_none();
    if is_word && notes.version == Version::V2_0 {
        notes.other_version(path, "nullable", Version::V3_0);
    } else if is_word {
        let message = "stands beside a `$ref`, which OpenAPI 3.0 ignores; it is read as what is meant";
        notes.say_once(Code::OtherVersion, &path.key("nullable"), message);
    }
    let reference = take_reference(map);
    in_all_of(map, reference, path, notes);
}

/// Takes the `$ref` out of `map`, with the `type` beside it, and leaves nothing there but what holds beside a reference.
fn take_reference(map: &mut Map<String, Value>) -> Value {
    let members = std::mem::take(map).into_iter();
    let (beside, others): (Map<_, _>, Map<_, _>) = members.partition(|(name, _)| holds_beside_reference(name));
    *map = beside;
    let reference = others.into_iter();
    Value::Object(
        reference
            .filter(|(name, _)| ["$ref", "type"].contains(&name.as_str()))
            .collect(),
    )
}

/// Adds `schema`, which stands at `path` itself, to what has to hold there.
fn in_all_of(map: &mut Map<String, Value>, schema: Value, path: &Path<'_>, notes: &mut Notes) {
    if let Value::Array(all) = map.entry("allOf").or_insert_with(|| json!([])) {
        let list = path.pointer().child("allOf");
        notes.moves.moved(list, all.len().to_string(), path.pointer());
        all.push(schema);
    }
}

/// A `$ref` holds together with what stands beside it, as an element of `allOf` does.
fn reference_among_others(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let is_remark = |name: &String| name == "$ref" || name.starts_with("x-") || REMARKS.contains(&name.as_str());
    if !map.get("$ref").is_some_and(Value::is_string) || map.keys().all(is_remark) {
        return;
    }
    let Some(reference) = map.shift_remove("$ref") else {
        return;
    };
    in_all_of(map, json!({ "$ref": reference }), path, notes);
}

/// `const` is an `enum` of one value.
fn constant(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if let Some(value) = map.get("const").cloned() {
        if notes.version < Version::V3_1 {
            notes.other_version(path, "const", Version::V3_1);
        }
        let place = path.pointer();
        notes.moves.moved(place.clone(), "enum", place.child("const"));
        notes.moves.moved(place.child("const"), "0", place.child("const"));
        map.shift_remove("const");
        map.insert("enum".to_owned(), json!([value]));
    }
}

/// A list of `items` is what `prefixItems` was called once; what follows it was `additionalItems`.
fn tuple(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let Some(Value::Array(items)) = map.get("items").filter(|items| **items != json!([])).cloned() else {
        return;
    };
    let place = path.pointer();
    if let [only] = items.as_slice() {
        let message = "must be a schema, not a list; it is read as its only element";
        notes.say(Code::WrongShape, &path.key("items"), message, None);
        notes.moves.moved(place.clone(), "items", place.child("items").item(0));
        map.insert("items".to_owned(), only.clone());
        return;
    }
    // Swagger 2.0 took this keyword too from JSON Schema as it is.
    if notes.version > Version::V2_0 {
        let message = "must be a schema, not a list, since JSON Schema draft 2020-12; it is read as `prefixItems`";
        notes.say_once(Code::OtherVersion, &path.key("items"), message);
    }
    notes.moves.moved(place.clone(), "prefixItems", place.child("items"));
    map.shift_remove("items");
    map.insert("prefixItems".to_owned(), Value::Array(items));
    if let Some(rest) = map.shift_remove("additionalItems") {
        notes
            .moves
            .moved(place.clone(), "items", place.child("additionalItems"));
        map.insert("items".to_owned(), rest);
    }
}

/// `file` was a type of its own once.
fn file(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if map.get("type").is_some_and(|name| name == "file") {
        let message = "must be the name of a type of JSON; it is read as a `string` of format `binary`";
        notes.say(Code::WrongShape, &path.key("type"), message, None);
        map.insert("type".to_owned(), json!("string"));
        map.entry("format").or_insert_with(|| json!("binary"));
    }
}

/// What a draft of JSON Schema called by one name, and the next ones by two.
fn dependencies(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let Some(Value::Object(entries)) = map.get("dependencies") else {
        return;
    };
    let (lists, schemas): (Map<_, _>, Map<_, _>) = entries.clone().into_iter().partition(|(_, entry)| entry.is_array());
    map.shift_remove("dependencies");
    let place = path.pointer();
    for (name, entries) in [("dependentRequired", lists), ("dependentSchemas", schemas)] {
        if !entries.is_empty() && !map.contains_key(name) {
            notes.moves.moved(place.clone(), name, place.child("dependencies"));
            map.insert(name.to_owned(), entries.into());
        }
    }
}

/// What denies everything permits no value, what denies nothing any; types can say nothing else of what is denied.
fn negation(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let says_nothing = |schema: &Value| match schema {
        Value::Bool(flag) => *flag,
        Value::Object(members) => members.keys().all(|name| REMARKS.contains(&name.as_str())),
        _ => false,
    };
    match map.get("not") {
        None | Some(Value::Null) => {}
        Some(denied) if says_nothing(denied) => _ = map.insert("not".to_owned(), json!({})),
        Some(denied) if *denied == json!(false) || denied.get("not").is_some_and(says_nothing) => {
            map.shift_remove("not");
        }
        Some(_) => {
            let message = "is ignored, so the type is wider than described";
            notes.say_once(Code::UnsupportedSchema, &path.key("not"), message);
        }
    }
}

/// Values of an `enum` that are of another type than the schema says beside it: YAML takes much for numbers and flags.
fn values(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let ty = map.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let Some(Value::Array(values)) = map.get_mut("enum") else {
        return;
    };
    let source = notes.moves.of_member(path, "enum");
    // A constant is its only value.
    let constant = source
        .as_ref()
        .filter(|source| source.tokens().last().as_deref() == Some("const"));
    let list = path.moved("enum", source.as_ref());
    for (index, value) in values.iter_mut().enumerate() {
        let path = if constant.is_some() { list } else { list.index(index) };
        if ty != "string" {
            notes.exact(value, &path);
        }
        match (ty.as_str(), &*value) {
            ("string", Value::Number(_) | Value::Bool(_)) => notes.unquoted(value, &path),
            ("integer", Value::Number(number)) if is_whole(number) => {}
            ("integer", Value::Number(_) | Value::Bool(_) | Value::String(_)) => {
                notes.value_of_type(value, &path, "an integer", is_whole);
            }
            ("number", Value::Bool(_) | Value::String(_)) => notes.value_of_type(value, &path, "a number", |_| true),
            _ => {}
        }
    }
}

fn is_whole(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|float| float.fract() == 0.0)
}

/// An exclusive bound is a flag beside the bound in one version, and a bound in the next.
fn bounds(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    for name in ["exclusiveMinimum", "exclusiveMaximum"] {
        match map.get(name) {
            Some(Value::Number(_)) if notes.version < Version::V3_1 => {
                notes.other_writing(&path.key(name), "an exclusive bound", Version::V3_1);
            }
            Some(Value::Bool(_)) if notes.version > Version::V3_0 => {
                notes.other_writing(&path.key(name), "an exclusive bound", Version::V3_0);
            }
            _ => {}
        }
    }
}

/// A discriminator was a name alone once.
fn named_discriminator(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if let Some(Value::String(property)) = map.get("discriminator") {
        let message = format!("must be an object; it is read as one with the `propertyName` {property:?}");
        let object = json!({ "propertyName": property });
        notes.say(Code::WrongShape, &path.key("discriminator"), &message, None);
        map.insert("discriminator".to_owned(), object);
    }
}

fn required_flag(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if map.get("required").is_some_and(Value::is_boolean) {
        let hint = "name the property in `required` of the object that has it";
        notes.say(
            Code::WrongShape,
            &path.key("required"),
            "must be a list of names; it is ignored",
            Some(hint),
        );
        map.shift_remove("required");
    }
}
