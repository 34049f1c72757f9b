//! A change to what is called, sent or answered in, whether a fact holds of it that no pattern can say out.

use serde_json::{Map, Value, json};

use super::change::Change;

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Every operation, with the template of its path.
pub(super) fn operations(document: &Value) -> impl Iterator<Item = (&String, &Map<String, Value>)> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let members = item.as_object().into_iter().flatten();
        let operations = members.filter(|(name, _)| METHODS.contains(&name.as_str()) || *name == "$ref");
        operations.filter_map(move |(_, operation)| Some((path, operation.as_object()?)))
    })
}

/// The values around the place, from the document down to what is there.
pub(super) fn around<'d>(document: &'d Value, tokens: &[String]) -> impl Iterator<Item = &'d Value> {
    let mut value = Some(document);
    let tokens: Vec<String> = tokens.to_vec();
    let below = tokens.into_iter().map_while(move |token| {
        value = match value? {
            Value::Object(members) => members.get(&token),
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        };
        value
    });
    below.collect::<Vec<_>>().into_iter()
}

pub(super) fn is_twin(document: &Value, tokens: &[String]) -> bool {
    if let Some(schemes) = document.get("schemes").and_then(Value::as_array) {
        return schemes.iter().any(|scheme| scheme == "https");
    }
    let servers = document.get("servers").and_then(Value::as_array);
    let index = tokens.get(1).and_then(|token| token.parse::<usize>().ok());
    let (Some(servers), Some(index)) = (servers, index) else {
        return false;
    };
    let url = |server: &Value| server.get("url").and_then(Value::as_str).map(str::to_owned);
    let Some(rest) = servers
        .get(index)
        .and_then(url)
        .and_then(|url| url.strip_prefix("http://").map(str::to_owned))
    else {
        return false;
    };
    servers
        .iter()
        .filter_map(url)
        .any(|other| other.strip_prefix("https://") == Some(&rest))
}

pub(super) fn groups_nothing(document: &Value, tokens: &[String]) -> bool {
    let tag = tokens.get(1).and_then(|token| token.parse::<usize>().ok());
    let tag = tag.and_then(|index| document.get("tags")?.get(index)?.get("name")?.as_str());
    let first = |operation: &Map<String, Value>| {
        operation
            .get("tags")
            .and_then(|tags| tags.get(0)?.as_str().map(str::to_owned))
    };
    operations(document).all(|(_, operation)| first(operation).as_deref() != tag)
}

pub(super) fn path_says_tag(document: &Value, tokens: &[String]) -> bool {
    let plain = |text: &str| {
        text.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase()
    };
    let tag = around(document, tokens)
        .last()
        .map(|value| value.get(0).unwrap_or(value));
    let Some(tag) = tag.and_then(Value::as_str).map(plain) else {
        return false;
    };
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    // Which path a shared item is used by takes more to find out.
    let mut paths = paths.filter(|(path, _)| tokens[0] == "components" || tokens.get(1) == Some(path));
    paths.any(|(path, _)| path.split('/').any(|part| plain(part) == tag))
}

pub(super) fn own_operation<'d>(document: &'d Value, tokens: &[String]) -> Option<&'d Map<String, Value>> {
    around(document, tokens.get(..3)?).last()?.as_object()
}

fn parameters(operation: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    parameters.into_iter().flatten()
}

pub(super) fn sends(operation: &Map<String, Value>) -> bool {
    let mut places = parameters(operation).map(|parameter| parameter.get("in").and_then(Value::as_str));
    places.any(|place| matches!(place, Some("body" | "formData") | None))
}

pub(super) fn answers(operation: &Map<String, Value>) -> bool {
    let responses = operation
        .get("responses")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let mut responses = responses.map(|(_, response)| response);
    responses.any(|response| response.get("schema").is_some() || response.get("$ref").is_some())
}

/// Whether an answer that is no error has a body.
fn answers_well(operation: &Map<String, Value>) -> bool {
    let responses = operation.get("responses").and_then(Value::as_object);
    let mut good = responses
        .into_iter()
        .flatten()
        .filter(|(status, _)| status.starts_with(['2', '3']));
    good.any(|(_, response)| response.get("schema").is_some() || response.get("$ref").is_some())
}

pub(super) fn is_inherited(document: &Value, tokens: &[String]) -> bool {
    let Some(item) = tokens
        .get(..2)
        .and_then(|path| around(document, path).last()?.as_object())
    else {
        return false;
    };
    let listed = |holder: &Map<String, Value>| {
        holder
            .get("parameters")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let key = |parameter: &Value| {
        let parameter = end(document, parameter).unwrap_or(parameter);
        (parameter["name"].clone(), parameter["in"].clone())
    };
    // One of the list, or all of it.
    let meant = |holder: &Map<String, Value>, index: Option<&String>| match index.map(|index| index.parse::<usize>()) {
        None => listed(holder),
        Some(index) => index
            .ok()
            .and_then(|index| listed(holder).get(index).cloned())
            .into_iter()
            .collect(),
    };
    let methods = item.iter().filter(|(name, _)| METHODS.contains(&name.as_str()));
    let operations: Vec<_> = methods.filter_map(|(_, operation)| operation.as_object()).collect();
    if tokens.get(2).is_some_and(|name| name == "parameters") {
        let own = meant(item, tokens.get(3));
        operations.iter().all(|operation| {
            let theirs = listed(operation);
            !own.is_empty() && own.iter().all(|own| theirs.iter().any(|other| key(other) == key(own)))
        })
    } else {
        let own = own_operation(document, tokens)
            .map(|own| meant(own, tokens.get(4)))
            .unwrap_or_default();
        !own.is_empty() && own.iter().all(|own| listed(item).contains(own))
    }
}

pub(super) fn is_same_for_all(document: &Value, tokens: &[String]) -> bool {
    let name = tokens
        .iter()
        .find(|token| ["servers", "security", "schemes"].contains(&token.as_str()));
    let end = tokens.iter().position(|token| Some(token) == name);
    let own = end.and_then(|end| around(document, &tokens[..=end]).last());
    let all = name.and_then(|name| document.get(name));
    let shared = all.and_then(Value::as_array).zip(own.and_then(Value::as_array));
    let url = |server: &Value| {
        server
            .get("url")
            .and_then(Value::as_str)
            // It is sent to over https where that is there too.
            .map(|url| url.trim_start_matches("https:").trim_start_matches("http:"))
            .map(|url| url.trim_end_matches('/').to_owned())
    };
    let is_shared = |first: &Value, own: &Value| first == own || url(first).is_some() && url(first) == url(own);
    own.is_some() && all == own
        || shared.is_some_and(|(all, own)| own.iter().any(|own| all.iter().any(|one| is_shared(one, own))))
}

pub(super) fn describes_bytes(document: &Value, tokens: &[String]) -> bool {
    const TEXTS: [&str; 7] = ["json", "text/", "xml", "yaml", "form", "event-stream", "*/*"];
    let list = document
        .get("produces")
        .into_iter()
        .chain(own_operation(document, tokens).and_then(|own| own.get("produces")));
    let listed = list.filter_map(Value::as_array).flatten().filter_map(Value::as_str);
    let content = tokens
        .iter()
        .skip_while(|token| *token != "content")
        .nth(1)
        .map(String::as_str);
    listed
        .chain(content)
        .any(|name| TEXTS.iter().all(|text| !name.contains(text)))
}

/// Whether the path that is at `tokens`, or around it, has no operation.
pub(super) fn calls_nothing(document: &Value, tokens: &[String]) -> bool {
    let item = tokens.get(..2).and_then(|path| around(document, path).last());
    let members = item.and_then(Value::as_object);
    members.is_some_and(|members| {
        members
            .keys()
            .all(|name| !METHODS.contains(&name.as_str()) && name != "$ref")
    })
}

fn is_reserved(value: &Value) -> bool {
    const RESERVED: [&str; 3] = ["accept", "content-type", "authorization"];
    if let Some(list) = value.as_array() {
        return !list.is_empty() && list.iter().all(is_reserved);
    }
    let name = value.get("name").and_then(Value::as_str).unwrap_or_default();
    value.get("in").and_then(Value::as_str) == Some("header") && RESERVED.contains(&name.to_ascii_lowercase().as_str())
}

pub(super) fn has_no_body(tokens: &[String]) -> bool {
    const NONE: [&str; 3] = ["204", "205", "304"];
    let status = tokens.iter().skip_while(|token| *token != "responses").nth(1);
    let is_head = tokens.get(2).is_some_and(|method| method == "head");
    status.is_some_and(|status| is_head || NONE.contains(&status.as_str()) || status.starts_with('1'))
}

pub(super) fn is_overruled(document: &Value, tokens: &[String]) -> bool {
    let Some(name) = tokens.first() else { return false };
    operations(document).all(|(_, operation)| {
        operation.contains_key(name)
            || match name.as_str() {
                "consumes" => !sends(operation),
                // What is an error is read as JSON, whatever it is said to be.
                "produces" => !answers_well(operation),
                _ => false,
            }
    })
}

/// Whether `change` is to what describes headers that have a description of their own elsewhere.
pub(super) fn describes_reserved(change: &Change, document: &Value) -> bool {
    let tokens = change.tokens();
    let of_parts = tokens.iter().any(|token| token == "encoding");
    let is_content_type = |name: &String| {
        name.eq_ignore_ascii_case("content-type") || of_parts && name.eq_ignore_ascii_case("content-disposition")
    };
    let header = tokens.iter().skip_while(|token| *token != "headers").nth(1);
    let all = change
        .value(document)
        .filter(|_| tokens.last().is_some_and(|last| last == "headers"));
    let all = all.and_then(Value::as_object);
    header.is_some_and(is_content_type)
        || all.is_some_and(|all| all.keys().all(is_content_type))
        || around(document, tokens).any(|value| is_reserved(value) || end(document, value).is_some_and(is_reserved))
}

/// Where the reference that `value` is leads to.
pub(super) fn end<'d>(document: &'d Value, value: &Value) -> Option<&'d Value> {
    document.pointer(value.get("$ref")?.as_str()?.strip_prefix('#')?)
}

/// Whether each entry of `encoding` says what is so without it.
pub(super) fn are_default_encodings(encodings: Option<&Value>) -> bool {
    let defaults = [
        json!({}),
        json!({"style": "form"}),
        json!({"style": "form", "explode": true}),
        json!({"explode": true}),
        json!({"contentType": "text/plain"}),
    ];
    let entries = encodings.and_then(Value::as_object);
    entries.is_some_and(|entries| entries.values().all(|entry| defaults.contains(entry)))
}

/// Whether the operation has fields of a form, none of them a file.
pub(super) fn has_only_fields(operation: &Map<String, Value>) -> bool {
    let mut fields = parameters(operation)
        .filter(|parameter| parameter["in"] == "formData")
        .peekable();
    fields.peek().is_some() && fields.all(|field| field["type"] != "file")
}

/// Whether a field of the operation's form is a file.
pub(super) fn sends_a_file(operation: &Map<String, Value>) -> bool {
    parameters(operation).any(|field| field["in"] == "formData" && field["type"] == "file")
}

/// Whether it is a header with a key for repetitions.
pub(super) fn is_repetition_key(parameter: &Value) -> bool {
    let name = parameter["name"].as_str().unwrap_or_default().to_ascii_lowercase();
    parameter["in"] == "header" && ["idempotency-key", "x-idempotency-key"].contains(&name.as_str())
}
