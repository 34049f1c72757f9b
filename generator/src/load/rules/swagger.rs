//! What Swagger 2.0 says of one object at a time otherwise than the one vocabulary: a schema is written inside of a parameter,
//! `null` is an extension, a discriminator a name. What it says with several objects together is for [`super::super::swagger`].

use serde_json::{Map, Value, json};

use super::{
    super::{notes::Notes, path::Path, shape::Rule, version::Version, words::found},
    always,
    paths::overloaded_paths,
};
use crate::diagnostics::Code;

pub(in super::super) const DOCUMENT: &[Rule] =
    &[always(lists), always(host), always(schemes), always(overloaded_paths)];
pub(in super::super) const OPERATION: &[Rule] = &[always(lists), always(schemes)];
pub(in super::super) const PARAMETER: &[Rule] = &[always(cookie), always(parameter)];
pub(in super::super) const HEADER: &[Rule] = &[always(header)];
pub(in super::super) const SECURITY_SCHEME: &[Rule] = &[always(http), always(scopes), always(addresses)];

/// The members that are lists of texts, and are one text where there is only one.
const LISTS: [&str; 4] = ["consumes", "produces", "schemes", "tags"];

/// The members of parameters and headers that describe the value, as a schema does.
const OF_VALUE: [&str; 32] = [
    "type",
    "format",
    "items",
    "collectionFormat",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "title",
    "example",
    "nullable",
    "const",
    "properties",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "readOnly",
    "x-nullable",
    "x-isnullable",
    "x-ms-enum",
    "x-example",
];

/// A name alone was a reference to a definition once; files have a dot or a slash in their names.
pub(super) fn bare_reference(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let Some(Value::String(text)) = map.get("$ref") else {
        return;
    };
    if text.is_empty() || text.contains(['#', '/', '.', ':', '%']) {
        return;
    }
    let whole = format!("#/definitions/{text}");
    let message = format!("must be {whole:?}, not {text:?}; it is read as that");
    notes.say(Code::WrongShape, &path.key("$ref"), &message, None);
    map.insert("$ref".to_owned(), json!(whole));
}

fn lists(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    for name in LISTS {
        if let Some(Value::String(text)) = map.get(name).cloned() {
            let message = format!("must be a list; it is read as one of {text:?} alone");
            notes.say(Code::WrongShape, &path.key(name), &message, None);
            map.insert(name.to_owned(), json!([text]));
        }
    }
}

/// A host has neither a scheme nor a path; both have members of their own.
fn host(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let Some(Value::String(host)) = map.get("host").cloned() else {
        return;
    };
    let (scheme, rest) = host
        .split_once("://")
        .map_or((None, host.as_str()), |(scheme, rest)| (Some(scheme), rest));
    let name = rest.trim_end_matches('/');
    if let Some((_, below)) = name.split_once('/') {
        let message = format!("must be a host alone; `/{below}` is read as what `basePath` begins with");
        notes.say(Code::WrongShape, &path.key("host"), &message, None);
    }
    if name == host {
        return;
    }
    let message = format!("must be a host alone; it is read as {name:?}");
    notes.say(Code::WrongShape, &path.key("host"), &message, None);
    map.insert("host".to_owned(), json!(name));
    if let Some(scheme) = scheme
        && !map.contains_key("schemes")
    {
        notes
            .moves
            .moved(path.pointer(), "schemes", path.pointer().child("host"));
        map.insert("schemes".to_owned(), json!([scheme]));
    }
}

/// The schemes of URLs are written in small letters, without what follows them in one.
fn schemes(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let place = path.key("schemes");
    for (index, scheme) in map
        .get_mut("schemes")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
        .enumerate()
    {
        let Value::String(text) = scheme else { continue };
        let plain = text.trim_end_matches(['/', ':']).to_ascii_lowercase();
        if plain != *text {
            let message = format!("must be {plain:?}, not {text:?}; it is read as that");
            notes.say(Code::WrongShape, &place.index(index), &message, None);
            *scheme = json!(plain);
        }
    }
}

fn cookie(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    match map.get("in").and_then(Value::as_str) {
        Some("cookie") => later(path, "in", "cookie", notes),
        Some(place) if place != "formData" && place.eq_ignore_ascii_case("formData") => {
            let message = "must be `formData`; it is read as that";
            notes.say(Code::WrongShape, &path.key("in"), message, None);
            map.insert("in".to_owned(), json!("formData"));
        }
        Some(_) | None => {}
    }
}

/// Says of a word that only later versions have it, and that it is read as what it means there.
fn later(path: &Path<'_>, member: &str, word: &str, notes: &mut Notes) {
    let message = format!(
        "is `{word}`, which only {} has, and the document says that it is {}; it is read as what it means there",
        Version::V3_0,
        notes.version
    );
    notes.say(Code::OtherVersion, &path.key(member), &message, None);
}

/// What describes the value of a parameter is its schema.
fn parameter(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if map.contains_key("$ref") {
        return;
    }
    let is_body = map.get("in").is_some_and(|place| place == "body");
    if is_body && map.contains_key("schema") {
        return;
    }
    let inline = take(map);
    if is_body {
        if !inline.is_empty() {
            let message =
                "describes its value beside `schema`, where a body does not have it; it is read as if it stood there";
            notes.say(Code::WrongShape, path, message, None);
            notes.moves.moved(path.pointer(), "schema", path.pointer());
            map.insert("schema".to_owned(), Value::Object(inline));
        }
        return;
    }
    if map.contains_key("schema") {
        notes.other_version(path, "schema", Version::V3_0);
        if let Some(Value::Object(schema)) = map.get_mut("schema") {
            for (name, value) in inline {
                schema.entry(name).or_insert(value);
            }
        }
        return;
    }
    if map.get("in").is_none_or(|place| place != "formData") {
        no_file(&inline, path, notes);
    }
    give("a parameter", inline, map, path, notes);
}

fn header(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if map.contains_key("schema") {
        notes.other_version(path, "schema", Version::V3_0);
        return;
    }
    let inline = take(map);
    no_file(&inline, path, notes);
    give("a header", inline, map, path, notes);
}

/// Nothing before a body, and no header, holds a file.
fn no_file(inline: &Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if inline.get("type").is_some_and(|name| name == "file") {
        let message = "is `file`, which only forms and answers have; it is read as text";
        notes.say(Code::WrongShape, &path.key("type"), message, None);
    }
}

/// Takes out of an object what describes a value.
pub(super) fn take(map: &mut Map<String, Value>) -> Map<String, Value> {
    let mut inline = Map::new();
    for (name, value) in std::mem::take(map) {
        let of_value = OF_VALUE.contains(&name.as_str()) || name.starts_with("x-enum");
        if of_value { &mut inline } else { &mut *map }.insert(name, value);
    }
    inline
}

/// Makes a schema of what describes a value; it stands where that does.
fn give(what: &str, mut schema: Map<String, Value>, map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let place = path.pointer();
    let tells = |name: &str| schema.get(name).is_some_and(|value| !value.is_null());
    if ![
        "type",
        "enum",
        "const",
        "allOf",
        "oneOf",
        "anyOf",
        "items",
        "properties",
    ]
    .into_iter()
    .any(tells)
    {
        let message = format!("lacks `type`, which {what} must have; `string` stands in for it");
        notes.say(Code::MissingMember, path, &message, None);
        schema.insert("type".to_owned(), json!("string"));
    }
    if let Some(example) = schema.shift_remove("x-example") {
        notes.moves.moved(place.clone(), "example", place.child("x-example"));
        schema.entry("example").or_insert(example);
    }
    notes.moves.moved(place.clone(), "schema", place);
    map.insert("schema".to_owned(), Value::Object(schema));
}

/// `http` came with OpenAPI 3.0.
fn http(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if map.get("type").is_some_and(|kind| kind == "http") {
        later(path, "type", "http", notes);
    }
    if map.get("type").is_some_and(|kind| kind == "apiKey") && map.get("in").is_some_and(|place| place == "cookie") {
        later(path, "in", "cookie", notes);
    }
}

/// Scopes are their names with a description each.
fn scopes(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let Some(Value::Array(names)) = map.get("scopes") else {
        return;
    };
    let message = "must be an object, not a list; its elements are read as the names of scopes";
    let scopes: Map<String, Value> = names
        .iter()
        .filter_map(Value::as_str)
        .map(|name| (name.to_owned(), json!("")))
        .collect();
    notes.say(Code::WrongShape, &path.key("scopes"), message, None);
    map.insert("scopes".to_owned(), Value::Object(scopes));
}

fn addresses(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let is_implicit = map.get("flow").is_some_and(|flow| flow == "implicit");
    // What tokens of the other flows need is said where somebody uses them.
    if is_implicit && !map.get("authorizationUrl").is_some_and(Value::is_string) {
        let message = "lacks `authorizationUrl`, which the flow `implicit` must have; an empty text stands in for it";
        notes.say(Code::MissingMember, path, message, None);
        map.insert("authorizationUrl".to_owned(), json!(""));
    }
}

/// A discriminator is the name of a property.
pub(super) fn discriminator(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    match map.get("discriminator") {
        Some(Value::String(property)) => {
            let object = json!({ "propertyName": property });
            let place = path.pointer().child("discriminator");
            notes.moves.moved(place.clone(), "propertyName", place);
            map.insert("discriminator".to_owned(), object);
        }
        Some(object @ Value::Object(_)) => {
            let message = format!(
                "must be the name of a property, not {}; it is read as what {} means by it",
                found(object),
                Version::V3_0
            );
            notes.say(Code::OtherVersion, &path.key("discriminator"), &message, None);
        }
        Some(_) | None => {}
    }
}

/// A file is what a form uploads and an answer downloads.
pub(super) fn file(map: &mut Map<String, Value>, _: &Path<'_>, _: &mut Notes) {
    if map.get("type").is_some_and(|name| name == "file") {
        map.insert("type".to_owned(), json!("string"));
        map.insert("format".to_owned(), json!("binary"));
    }
}
