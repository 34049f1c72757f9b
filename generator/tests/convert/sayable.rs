//! A document in OpenAPI 3.0 in; what of it can be said in 2.0, still in 3.0, out, with what cannot and why.
//!
//! Both forms are made of what is left, so that a document need not be given up for one of its schemas.

use serde_json::{Map, Value, json};

use super::{
    forms::{collection_format, component, is_binary, is_simple},
    walk::{Kind, walk},
};

/// What was left out, and why 2.0 has no words for it.
pub(crate) type Unsaid = Vec<(String, &'static str)>;

/// What can be said in 2.0.
pub(crate) fn sayable_in_2_0(document: &Value) -> (Value, Unsaid) {
    let mut left = document.clone();
    let mut unsaid = Unsaid::new();
    walk(&mut left, &mut |kind, map, pointer| {
        let reason = match kind {
            Kind::Schema => schema(map),
            Kind::Parameter => parameter(map),
            Kind::SecurityScheme => security_scheme(map),
            Kind::PathItem => path_item(map),
            _ => None,
        };
        if let Some(reason) = reason {
            unsaid.push((pointer.to_owned(), reason));
        }
    });
    servers(&mut left, &mut unsaid);
    let known = left.clone();
    walk(&mut left, &mut |kind, map, pointer| match kind {
        Kind::Operation => operation(map, &known, pointer, &mut unsaid),
        Kind::PathItem => drop_parameters(map, &known),
        Kind::Components => {
            map.retain(|key, _| ["schemas", "parameters", "responses", "securitySchemes"].contains(&key.as_str()));
            for members in map.values_mut().filter_map(Value::as_object_mut) {
                members.retain(|_, member| member.get(UNSAID).is_none());
            }
        }
        Kind::Response => response(map, &known),
        _ => {}
    });
    if let Some(root) = left.as_object_mut() {
        for key in ["webhooks", "x-webhooks"] {
            if root.shift_remove(key).is_some() {
                unsaid.push((format!("/{key}"), "2.0 has none"));
            }
        }
        security(root, &known);
    }
    (left, unsaid)
}

/// Marks what goes in the second round, when it is known of everything.
const UNSAID: &str = "x-unsaid";

fn schema(map: &mut Map<String, Value>) -> Option<&'static str> {
    for word in ["writeOnly", "deprecated"] {
        map.shift_remove(word);
    }
    if let Some(discriminator) = map.get_mut("discriminator").and_then(Value::as_object_mut) {
        discriminator.shift_remove("mapping");
    }
    if map.contains_key("$ref") {
        // What stands beside it counts in 2.0 as little as in 3.0, and is taken at its word all the same.
        map.retain(|word, _| word == "$ref");
    }
    let reference = map.get("$ref").and_then(Value::as_str);
    let reason = if ["oneOf", "anyOf", "not"].iter().any(|word| map.contains_key(*word)) {
        "2.0 has neither alternatives nor `not`"
    } else if reference.is_some_and(|target| !target.starts_with("#/components/schemas/")) {
        "it refers to a place that 2.0 does not have"
    } else {
        return None;
    };
    map.clear();
    Some(reason)
}

fn parameter(map: &mut Map<String, Value>) -> Option<&'static str> {
    if map.contains_key("$ref") {
        return None;
    }
    for word in ["deprecated", "example", "examples"] {
        map.shift_remove(word);
    }
    plain(map.get_mut("schema"));
    // In 2.0 both stand in one object.
    if let Some(name) = map.shift_remove("x-ms-enum")
        && let Some(schema) = map.get_mut("schema").and_then(Value::as_object_mut)
    {
        schema.insert("x-ms-enum".to_owned(), name);
    }
    if map.get("required").is_some_and(|flag| !flag.is_boolean()) {
        map.insert("required".to_owned(), json!(true));
    }
    let place = map.get("in").and_then(Value::as_str).unwrap_or_default();
    let reason = if place == "cookie" {
        "2.0 has no cookies"
    } else if map.contains_key("content") {
        "2.0 has no parameters with a media type"
    } else if map.contains_key("allowReserved") {
        "2.0 has no `allowReserved`"
    } else if !map.get("schema").is_some_and(is_simple) {
        "a parameter in 2.0 is a primitive or a list of them, in place"
    } else if collection_format(map).is_none() {
        "2.0 has no such style"
    } else {
        return None;
    };
    map.insert(UNSAID.to_owned(), json!(true));
    Some(reason)
}

/// A value in place has no remarks of its own in 2.0.
fn plain(schema: Option<&mut Value>) {
    let Some(schema) = schema.and_then(Value::as_object_mut) else {
        return;
    };
    for word in [
        "nullable",
        "required",
        "readOnly",
        "example",
        "title",
        "description",
        "externalDocs",
        "xml",
    ] {
        schema.shift_remove(word);
    }
    plain(schema.get_mut("items"));
}

fn security_scheme(map: &mut Map<String, Value>) -> Option<&'static str> {
    let word = |name: &str| {
        map.get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let reason = match word("type").as_str() {
        "http" if word("scheme") == "basic" => return None,
        "http" => "2.0 has `basic` only",
        "apikey" if word("in") == "cookie" => "2.0 has no cookies",
        "apikey" => return None,
        "oauth2" => {
            // A scheme in 2.0 has one flow.
            if let Some(flows) = map.get_mut("flows").and_then(Value::as_object_mut) {
                let first = flows.keys().find(|name| !name.starts_with("x-")).cloned();
                flows.retain(|name, _| Some(name) == first.as_ref());
                for flow in flows.values_mut().filter_map(Value::as_object_mut) {
                    flow.shift_remove("refreshUrl");
                }
            }
            return None;
        }
        _ => "2.0 has no such scheme",
    };
    map.insert(UNSAID.to_owned(), json!(true));
    Some(reason)
}

fn path_item(map: &mut Map<String, Value>) -> Option<&'static str> {
    let before = map.len();
    map.retain(|key, _| !["trace", "servers", "$ref", "summary", "description"].contains(&key.as_str()));
    (map.len() < before).then_some("2.0 has no `trace`, and no servers but those of the document")
}

/// One host and one base path, of which there may be several schemes.
fn servers(document: &mut Value, unsaid: &mut Unsaid) {
    let Some(servers) = document.get_mut("servers").and_then(Value::as_array_mut) else {
        return;
    };
    let before = servers.len();
    servers.truncate(1);
    servers.retain_mut(|server| {
        if let Some(server) = server.as_object_mut() {
            server.retain(|key, _| key == "url");
        }
        let url = server.get("url").and_then(Value::as_str).unwrap_or_default().to_owned();
        // A slash at the end says nothing, and 2.0 does not keep it.
        server["url"] = json!(url.trim_end_matches('/'));
        let is_whole = url.starts_with("https://") || url.starts_with("http://") || url.starts_with('/');
        is_whole && !url.contains(['{', '?', '#'])
    });
    if servers.len() < before {
        unsaid.push((
            "/servers".to_owned(),
            "2.0 has one host and one base path, and no variables",
        ));
    }
    if servers.is_empty()
        && let Some(root) = document.as_object_mut()
    {
        root.shift_remove("servers");
    }
}

/// Requirements of schemes that are left.
fn security(map: &mut Map<String, Value>, known: &Value) {
    let Some(alternatives) = map.get_mut("security").and_then(Value::as_array_mut) else {
        return;
    };
    let is_left = |name: &String| {
        let scheme = known
            .pointer("/components/securitySchemes")
            .and_then(|schemes| schemes.get(name));
        scheme.is_some_and(|scheme| scheme.get(UNSAID).is_none())
    };
    let before = alternatives.len();
    alternatives.retain(|all| all.as_object().is_some_and(|all| all.keys().all(is_left)));
    if alternatives.is_empty() && before > 0 {
        map.shift_remove("security");
    }
}

fn drop_parameters(map: &mut Map<String, Value>, known: &Value) {
    if let Some(parameters) = map.get_mut("parameters").and_then(Value::as_array_mut) {
        parameters.retain(|parameter| {
            let reference = parameter.get("$ref").and_then(Value::as_str);
            let target = match reference {
                Some(reference) => component(known, reference, "parameters").map(|(_, target)| target),
                None => Some(parameter),
            };
            target.is_some_and(|target| target.get(UNSAID).is_none())
        });
    }
}

fn operation(map: &mut Map<String, Value>, known: &Value, pointer: &str, unsaid: &mut Unsaid) {
    drop_parameters(map, known);
    security(map, known);
    for word in ["callbacks", "servers"] {
        if map.shift_remove(word).is_some() {
            unsaid.push((format!("{pointer}/{word}"), "an operation in 2.0 has none"));
        }
    }
    if let Some(body) = map.shift_remove("requestBody")
        && let Some(body) = request_body(body, known)
    {
        map.insert("requestBody".to_owned(), body);
    }
    // What is answered is said once for all statuses.
    let mut responses = map.get_mut("responses").and_then(Value::as_object_mut);
    if let Some(responses) = &mut responses {
        let before = responses.len();
        responses.retain(|status, _| !status.to_ascii_uppercase().ends_with("XX"));
        if responses.len() < before {
            unsaid.push((format!("{pointer}/responses"), "2.0 has no classes of statuses"));
        }
    }
    let mut produced: Option<Vec<String>> = None;
    for (status, response) in responses.into_iter().flatten() {
        if status.starts_with("x-") {
            continue;
        }
        let reference = response.get("$ref").and_then(Value::as_str).map(str::to_owned);
        let mut target = match &reference {
            Some(reference) => component(known, reference, "responses").map(|(_, target)| target.clone()),
            None => Some(response.clone()),
        }
        .unwrap_or_else(|| json!({ "description": "" }));
        if let Some(target) = target.as_object_mut() {
            self::response(target, known);
        }
        let types: Vec<String> = target
            .get("content")
            .and_then(Value::as_object)
            .map(|content| content.keys().cloned().collect())
            .unwrap_or_default();
        let fits = types.is_empty() || produced.get_or_insert_with(|| types.clone()) == &types;
        if !fits {
            unsaid.push((
                format!("{pointer}/responses/{status}"),
                "2.0 lists media types for all statuses at once",
            ));
            if let Some(target) = target.as_object_mut() {
                target.shift_remove("content");
            }
        }
        if reference.is_none() || !fits {
            *response = target;
        }
    }
}

fn response(map: &mut Map<String, Value>, known: &Value) {
    map.shift_remove("links");
    if let Some(content) = map.get_mut("content").and_then(Value::as_object_mut) {
        alike(content);
        // What is neither JSON nor text is bytes, whatever its schema says.
        content.retain(|name, media| {
            let is_bytes = !name.contains("json") && !name.starts_with("text/");
            !is_bytes || media.get("schema").is_none_or(is_binary)
        });
        for (name, media) in content {
            // Without a schema it would be an answer without a body.
            if name.starts_with("text/") && media.get("schema").is_none() {
                media["schema"] = json!({ "type": "string" });
            }
        }
    }
    if map.get("content").is_some_and(|content| content == &json!({})) {
        map.shift_remove("content");
    }
    let headers = map.get_mut("headers").and_then(Value::as_object_mut);
    if let Some(headers) = headers {
        headers.retain(|_, header| {
            let reference = header.get("$ref").and_then(Value::as_str).map(str::to_owned);
            if let Some(reference) = reference {
                *header = component(known, &reference, "headers").map_or(Value::Null, |(_, target)| target.clone());
            }
            if let Some(header) = header.as_object_mut() {
                header.retain(|key, _| ["schema", "description"].contains(&key.as_str()));
            }
            plain(header.get_mut("schema"));
            header.get("schema").is_some_and(is_simple)
        });
    }
}

/// Only the media types of the first one's schema, and only the schemas.
fn alike(content: &mut Map<String, Value>) {
    let first = content.values().next().and_then(|media| media.get("schema")).cloned();
    content.retain(|_, media| media.get("schema") == first.as_ref());
    for media in content.values_mut() {
        *media = first
            .as_ref()
            .map_or_else(|| json!({}), |schema| json!({ "schema": schema }));
    }
}

const FORMS: [&str; 2] = ["application/x-www-form-urlencoded", "multipart/form-data"];

fn request_body(body: Value, known: &Value) -> Option<Value> {
    let reference = body.get("$ref").and_then(Value::as_str);
    let mut body = match reference {
        Some(reference) => component(known, reference, "requestBodies")?.1.clone(),
        None => body,
    };
    let content = body.get_mut("content")?.as_object_mut()?;
    alike(content);
    let is_form = |name: &str| FORMS.contains(&name);
    let form = content.keys().next().is_some_and(|name| is_form(name));
    content.retain(|name, _| is_form(name) == form);
    if form {
        let schema = content.values().next()?.get("schema")?;
        let reference = schema.get("$ref").and_then(Value::as_str);
        let schema = match reference {
            Some(reference) => component(known, reference, "schemas")?.1,
            None => schema,
        };
        let fields = fields(schema)?;
        if fields["properties"].as_object()?.values().any(is_binary) {
            content.retain(|name, _| name == FORMS[1]);
        }
        for media in content.values_mut() {
            *media = json!({ "schema": fields });
        }
        body["required"] = json!(fields.get("required").is_some());
    } else {
        for (name, media) in content.iter_mut() {
            let is_bytes = media.get("schema").is_none() && name == "application/octet-stream";
            if is_bytes {
                media["schema"] = json!({ "type": "string", "format": "binary" });
            }
        }
    }
    (!body["content"].as_object()?.is_empty()).then_some(body)
}

/// The members of a form that 2.0 has words for.
fn fields(schema: &Value) -> Option<Value> {
    let mut properties = schema.get("properties")?.as_object()?.clone();
    for property in properties.values_mut() {
        plain(Some(property));
    }
    properties.retain(|_, property| is_simple(property));
    if properties.is_empty() {
        return None;
    }
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    let required: Vec<_> = required
        .filter(|name| name.as_str().is_some_and(|name| properties.contains_key(name)))
        .cloned()
        .collect();
    let mut fields = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        fields["required"] = json!(required);
    }
    Some(fields)
}
