//! A document in OpenAPI 3.0 that [can be said](super::sayable_in_2_0) in, the same one in 2.0 out.

use serde_json::{Map, Value, json};

use super::{
    forms::{collection_format, is_binary},
    walk::{Kind, walk},
};

/// The same document in 2.0.
pub(crate) fn to_2_0(document: &Value) -> Value {
    let mut document = document.clone();
    walk(&mut document, &mut |kind, map, _| match kind {
        Kind::Schema => schema(map),
        Kind::Parameter => parameter(map),
        Kind::Header => in_place(map),
        Kind::Response => response(map),
        Kind::Operation => operation(map),
        Kind::SecurityScheme => security_scheme(map),
        Kind::Document => root(map),
        _ => {}
    });
    references(&mut document);
    document
}

fn schema(map: &mut Map<String, Value>) {
    if let Some(flag) = map.shift_remove("nullable") {
        map.insert("x-nullable".to_owned(), flag);
    }
    if let Some(discriminator) = map.get_mut("discriminator") {
        *discriminator = discriminator.get("propertyName").cloned().unwrap_or_default();
    }
}

fn parameter(map: &mut Map<String, Value>) {
    let format = collection_format(map).unwrap_or_default();
    for word in ["style", "explode"] {
        map.shift_remove(word);
    }
    in_place(map);
    // `csv` is the default: said in a query, left out elsewhere.
    let is_default = format == "csv" && map.get("in").is_none_or(|place| place != "query");
    if !format.is_empty() && !is_default {
        map.insert("collectionFormat".to_owned(), json!(format));
    }
}

/// What a parameter, a header or a form's field is, is said in it.
fn in_place(map: &mut Map<String, Value>) {
    if let Some(Value::Object(schema)) = map.shift_remove("schema") {
        map.extend(schema);
    }
}

/// The media types of the operation go to the operation.
const PRODUCED: &str = "x-produced";

fn response(map: &mut Map<String, Value>) {
    let Some(Value::Object(content)) = map.shift_remove("content") else {
        return;
    };
    let is_json = |name: &str| name.contains("json");
    let file = content.keys().all(|name| !is_json(name))
        && content.values().any(|media| media.get("schema").is_none_or(is_binary));
    if file {
        map.insert("schema".to_owned(), json!({ "type": "file" }));
    } else if let Some(schema) = content.values().next().and_then(|media| media.get("schema")) {
        map.insert("schema".to_owned(), schema.clone());
    } else {
        map.insert("schema".to_owned(), json!({}));
    }
    map.insert(PRODUCED.to_owned(), content.keys().cloned().collect());
}

fn operation(map: &mut Map<String, Value>) {
    if let Some(body) = map.shift_remove("requestBody") {
        let (consumes, parameters) = body_parameters(&body);
        map.insert("consumes".to_owned(), consumes);
        let all = map.entry("parameters").or_insert_with(|| json!([]));
        if let Some(all) = all.as_array_mut() {
            all.extend(parameters);
        }
    }
}

/// A body is a parameter, or one for each field of a form.
fn body_parameters(body: &Value) -> (Value, Vec<Value>) {
    let content = body
        .get("content")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let consumes = content.keys().cloned().collect();
    let is_form = content.keys().next().is_some_and(|name| name.contains("form"));
    let schema = content.values().next().and_then(|media| media.get("schema")).cloned();
    let schema = schema.unwrap_or_else(|| json!({}));
    if !is_form {
        let mut parameter = json!({ "name": "body", "in": "body", "schema": schema });
        for word in ["description", "required"] {
            if let Some(value) = body.get(word) {
                parameter[word] = value.clone();
            }
        }
        return (consumes, vec![parameter]);
    }
    let required = schema
        .get("required")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let properties = schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let fields = properties.map(|(name, property)| {
        let mut field = json!({ "name": name, "in": "formData" });
        if required.contains(&json!(name)) {
            field["required"] = json!(true);
        }
        if let (Some(field), Some(property)) = (field.as_object_mut(), property.as_object()) {
            field.extend(property.clone());
        }
        if is_binary(&field) {
            field["type"] = json!("file");
            if let Some(field) = field.as_object_mut() {
                field.shift_remove("format");
            }
        }
        if field["type"] == "array" {
            field["collectionFormat"] = json!("multi");
        }
        field
    });
    (consumes, fields.collect())
}

fn security_scheme(map: &mut Map<String, Value>) {
    if map.get("type").is_some_and(|kind| kind == "http") {
        map.insert("type".to_owned(), json!("basic"));
        map.shift_remove("scheme");
    }
    let Some(Value::Object(flows)) = map.shift_remove("flows") else {
        return;
    };
    for (name, flow) in flows {
        let name = match name.as_str() {
            "clientCredentials" => "application",
            "authorizationCode" => "accessCode",
            other => other,
        };
        map.insert("flow".to_owned(), json!(name));
        for (key, value) in flow.as_object().cloned().into_iter().flatten() {
            if key != "refreshUrl" {
                map.insert(key, value);
            }
        }
    }
}

fn root(map: &mut Map<String, Value>) {
    let components = map.shift_remove("components");
    map.shift_remove("openapi");
    map.insert("swagger".to_owned(), json!("2.0"));
    let servers = map.shift_remove("servers");
    let url = servers
        .as_ref()
        .and_then(|servers| servers.get(0)?.get("url")?.as_str());
    if let Some(url) = url {
        let (scheme, rest) = url.split_once("//").unwrap_or(("", url));
        let (host, path) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, ""),
        };
        if !host.is_empty() {
            map.insert("host".to_owned(), json!(host));
        }
        if !scheme.is_empty() {
            map.insert("schemes".to_owned(), json!([scheme.trim_end_matches(':')]));
        }
        if !path.is_empty() {
            map.insert("basePath".to_owned(), json!(path));
        }
    }
    let Some(Value::Object(mut components)) = components else {
        produces(map);
        return;
    };
    for (from, to) in SECTIONS {
        if let Some(section) = components.shift_remove(from) {
            map.insert(to.to_owned(), section);
        }
    }
    produces(map);
}

/// What 2.0 calls what 3.0 keeps under `components`.
const SECTIONS: [(&str, &str); 4] = [
    ("schemas", "definitions"),
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("securitySchemes", "securityDefinitions"),
];

/// Moves the media types from answers to operations.
fn produces(map: &mut Map<String, Value>) {
    let shared = map.get("responses").cloned().unwrap_or_default();
    let items = map
        .get_mut("paths")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten();
    for (_, item) in items {
        let operations = item.as_object_mut().into_iter().flatten();
        for (_, operation) in operations.filter(|(_, operation)| operation.get("responses").is_some()) {
            let mut produced = None;
            for response in operation["responses"]
                .as_object_mut()
                .into_iter()
                .flatten()
                .map(|(_, response)| response)
            {
                let reference = response.get("$ref").and_then(Value::as_str);
                let name = reference.and_then(|reference| reference.rsplit('/').next());
                let of_shared = name.and_then(|name| shared.get(name)?.get(PRODUCED).cloned());
                let own = response
                    .as_object_mut()
                    .and_then(|response| response.shift_remove(PRODUCED));
                produced = produced.or(own).or(of_shared);
            }
            if let Some(produced) = produced {
                operation["produces"] = produced;
            }
        }
    }
    let shared = map
        .get_mut("responses")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten();
    for (_, response) in shared {
        response
            .as_object_mut()
            .and_then(|response| response.shift_remove(PRODUCED));
    }
}

/// References to where things are now.
fn references(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(references),
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get_mut("$ref") {
                for (from, to) in SECTIONS {
                    if let Some(rest) = target.strip_prefix(&format!("#/components/{from}/")) {
                        *target = format!("#/{to}/{rest}");
                        break;
                    }
                }
            }
            members.values_mut().for_each(references);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
