//! The words of Swagger 2.0 in a document of a later version, which who turned one into the other left where they were:
//! an object that has them in, the one that says the same in the later words out.

use serde_json::{Map, Value, json};

use super::{
    super::{notes::Notes, path::Path, shape::Rule, version::Version},
    always,
    paths::overloaded_paths,
    since, swagger,
};
use crate::diagnostics::Code;

pub(in super::super) const DOCUMENT: &[Rule] = &[
    always(overloaded_paths),
    since(Version::V3_0, addresses),
    since(Version::V3_0, lost),
];
pub(in super::super) const OPERATION: &[Rule] = &[since(Version::V3_0, bodies)];
pub(in super::super) const PARAMETER: &[Rule] = &[
    since(Version::V3_0, collection),
    since(Version::V3_0, value),
    since(Version::V3_0, names),
];
pub(in super::super) const HEADER: &[Rule] = &[since(Version::V3_0, value), since(Version::V3_0, names)];
pub(in super::super) const RESPONSE: &[Rule] = &[since(Version::V3_0, answer)];

/// What describes the value of a parameter stood beside its name once.
fn value(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let first = ["type", "items", "enum"]
        .into_iter()
        .find(|name| map.contains_key(*name));
    let Some(first) = first.filter(|_| !map.contains_key("schema") && !map.contains_key("content")) else {
        return;
    };
    notes.other_version(path, first, Version::V2_0);
    let mut schema = swagger::take(map);
    // Of these, a parameter has its own.
    for own in ["example", "title"] {
        map.extend(schema.shift_remove_entry(own));
    }
    let place = path.pointer();
    notes.moves.moved(place.clone(), "schema", place);
    map.insert("schema".to_owned(), Value::Object(schema));
}

/// What the values of an `enum` are called stood beside it, and still does where a document was converted.
fn names(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let is_of_values = |name: &String| name == "x-ms-enum" || name.starts_with("x-enum");
    let names: Vec<String> = map.keys().filter(|name| is_of_values(name)).cloned().collect();
    for name in names {
        let schema = map.get("schema").and_then(Value::as_object);
        if schema.is_none_or(|schema| !schema.contains_key("enum") || schema.contains_key(&name)) {
            continue;
        }
        let said = map.shift_remove(&name);
        if let (Some(said), Some(schema)) = (said, map.get_mut("schema").and_then(Value::as_object_mut)) {
            let place = path.pointer();
            notes.moves.moved(place.child("schema"), &name, place.child(&name));
            schema.insert(name, said);
        }
    }
}

/// How a list is written was one word.
fn collection(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let is_query = map.get("in").is_some_and(|place| place == "query");
    let (style, explode) = match map.get("collectionFormat").and_then(Value::as_str) {
        Some("csv") if is_query => ("form", false),
        Some("multi") if is_query => ("form", true),
        Some("ssv") if is_query => ("spaceDelimited", false),
        Some("pipes") if is_query => ("pipeDelimited", false),
        Some("csv") => ("simple", false),
        _ => return,
    };
    notes.other_version(path, "collectionFormat", Version::V2_0);
    map.shift_remove("collectionFormat");
    map.entry("style").or_insert_with(|| json!(style));
    map.entry("explode").or_insert_with(|| json!(explode));
}

/// The schema of an answer stood in it, and its media type was said of the operation.
fn answer(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    if map.contains_key("content") || !map.get("schema").is_some_and(Value::is_object) {
        return;
    }
    notes.other_version(path, "schema", Version::V2_0);
    give_content(map, &[JSON.to_owned()], path, notes);
}

const JSON: &str = "application/json";

/// What is sent was a parameter; its media types, and those of the answers, were lists.
fn bodies(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let consumed = media_types(map, "consumes", path, notes);
    let produced = media_types(map, "produces", path, notes);
    if let Some(produced) = produced {
        answers(map, &produced, path, notes);
    }
    let place = path.pointer().child("parameters");
    let Some(Value::Array(parameters)) = map.get_mut("parameters") else {
        return;
    };
    let body = parameters
        .iter()
        .position(|parameter| parameter.get("in").is_some_and(|place| place == "body"));
    let Some(position) = body else { return };
    let Some(Value::Object(mut body)) = parameters.get(position).cloned() else {
        return;
    };
    if map.contains_key("requestBody") || !body.contains_key("schema") {
        return;
    }
    if let Some(Value::Array(parameters)) = map.get_mut("parameters") {
        let kept = (0..parameters.len()).filter(|index| *index != position);
        notes.moves.remaining(place.clone(), kept.collect());
        parameters.remove(position);
    }
    let source = place.item(position);
    notes.value_of_other_version(&Path::Moved("in", &source.child("in")), "body", Version::V2_0);
    body.retain(|name, _| name.starts_with("x-") || ["description", "required", "schema"].contains(&name.as_str()));
    give_content(
        &mut body,
        &consumed.unwrap_or_else(|| vec![JSON.to_owned()]),
        &Path::Moved("", &source),
        notes,
    );
    notes.moves.moved(path.pointer(), "requestBody", source);
    map.insert("requestBody".to_owned(), Value::Object(body));
}

/// The media types that an operation lists under `name`, which is no member of it any more.
fn media_types(
    map: &mut Map<String, Value>,
    name: &'static str,
    path: &Path<'_>,
    notes: &mut Notes,
) -> Option<Vec<String>> {
    let list = map.get(name)?.as_array()?;
    let media_types: Vec<String> = list.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    notes.other_version(path, name, Version::V2_0);
    map.shift_remove(name);
    (!media_types.is_empty()).then_some(media_types)
}

/// Gives the answers whose schema stands in them the media types of the operation.
fn answers(map: &mut Map<String, Value>, media_types: &[String], path: &Path<'_>, notes: &mut Notes) {
    let Some(Value::Object(responses)) = map.get_mut("responses") else {
        return;
    };
    let list = path.key("responses");
    for (status, response) in responses {
        let Value::Object(response) = response else { continue };
        if response.contains_key("schema") && !response.contains_key("content") {
            let place = list.key(status);
            notes.other_version(&place, "schema", Version::V2_0);
            give_content(response, media_types, &place, notes);
        }
    }
}

/// Puts the schema of an object into a content of these media types; it stands where it did.
fn give_content(map: &mut Map<String, Value>, media_types: &[String], path: &Path<'_>, notes: &mut Notes) {
    let Some(schema) = map.shift_remove("schema") else {
        return;
    };
    let place = path.pointer();
    notes.moves.moved(place.clone(), "content", place.clone());
    let content = media_types.iter().map(|media_type| {
        notes.moves.moved(place.clone(), media_type.as_str(), place.clone());
        (media_type.clone(), json!({ "schema": schema }))
    });
    let content: Map<String, Value> = content.collect();
    map.insert("content".to_owned(), Value::Object(content));
}

/// What no object of a later version can take over.
fn lost(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    const LOST: [(&str, &str); 3] = [
        ("securityDefinitions", "describe them in `components.securitySchemes`"),
        ("consumes", "give each `requestBody` a `content` by media type"),
        ("produces", "give each response a `content` by media type"),
    ];
    for (name, hint) in LOST {
        if map.shift_remove(name).is_some() {
            let message = format!("is a word of {}; it is ignored", Version::V2_0);
            notes.say(Code::WrongShape, &path.key(name), &message, Some(hint));
        }
    }
}

/// Where an API is served was said in three words.
fn addresses(map: &mut Map<String, Value>, path: &Path<'_>, notes: &mut Notes) {
    let Some(host) = map.get("host").and_then(Value::as_str).map(str::to_owned) else {
        return;
    };
    if map.contains_key("servers") {
        let message = "is a word of Swagger 2.0, and there are `servers`; it is ignored";
        notes.say(Code::UnknownMember, &path.key("host"), message, None);
        return;
    }
    let base = map
        .get("basePath")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let schemes = map.get("schemes").and_then(Value::as_array);
    let schemes: Vec<&str> = schemes.into_iter().flatten().filter_map(Value::as_str).collect();
    let scheme = if schemes.is_empty() || schemes.contains(&"https") {
        "https"
    } else {
        "http"
    };
    let url = format!("{scheme}://{host}{}", base.trim_end_matches('/'));
    notes.other_version(path, "host", Version::V2_0);
    for name in ["host", "basePath", "schemes"] {
        map.shift_remove(name);
    }
    let place = path.pointer();
    notes.moves.moved(place.clone(), "servers", place.child("host"));
    map.insert("servers".to_owned(), json!([{ "url": url }]));
}
