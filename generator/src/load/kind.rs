//! Is this OpenAPI 3.0? If not, what is it? The refusal names it and says what to do about it.

use serde_json::{Map, Value};

use super::{locate, parse::Parsed, refuse_at};
use crate::{
    diagnostics::{Code, Diagnostic, Location},
    ir::Pointer,
};

/// Refuses what can be told without reading it as YAML or JSON.
pub(super) fn refuse_text(text: &str) -> Result<(), Diagnostic> {
    let text = text.trim_start();
    if text.trim_end_matches(['-', '.', '\n', '\r', ' ']).is_empty() {
        return Err(other("an empty file", None));
    }
    let start = text.chars().take(512).collect::<String>().to_ascii_lowercase();
    if start.starts_with("#%raml") {
        return Err(other("a RAML document", Some("convert it to OpenAPI 3.0")));
    }
    if !start.starts_with('<') {
        return Ok(());
    }
    Err(if start.contains("<!doctype html") || start.contains("<html") {
        other(
            "an HTML page",
            Some("a download link may have led to a login or documentation page; fetch the raw document"),
        )
    } else {
        other("an XML document", None)
    })
}

/// Refuses a value that is not OpenAPI 3.0.
pub(super) fn refuse_value(text: &str, parsed: &Parsed) -> Result<(), Diagnostic> {
    let Value::Object(root) = &parsed.root else {
        let kind = match &parsed.root {
            Value::Null => "an empty document",
            Value::Array(_) => "a list",
            Value::String(_) => "plain text",
            Value::Bool(_) | Value::Number(_) | Value::Object(_) => "a single value",
        };
        return Err(other(
            kind,
            Some("an OpenAPI document is an object that begins with `openapi: 3.0.3`"),
        ));
    };
    let Some((member, kind, hint)) = name(root) else {
        return Ok(());
    };
    let pointer = member.map_or_else(Pointer::root, |member| Pointer::root().child(member));
    let location = locate::locate(text, parsed.format, std::iter::once(&pointer))
        .first()
        .copied();
    let mut problem = refuse_at(Code::NotOpenApi, message(&kind), location.unwrap_or(Location::START));
    problem.pointer = pointer;
    problem.hint = hint.map(str::to_owned);
    Err(problem)
}

fn other(kind: &str, hint: Option<&str>) -> Diagnostic {
    let mut problem = refuse_at(Code::NotOpenApi, message(kind), Location::START);
    problem.hint = hint.map(str::to_owned);
    problem
}

fn message(kind: &str) -> String {
    format!("this is {kind}, not an OpenAPI 3.0 document")
}

/// A kind of document: the member that gives it away, and what can be done.
type Name = (Option<&'static str>, String, Option<&'static str>);

fn name(root: &Map<String, Value>) -> Option<Name> {
    if let Some(version) = root.get("openapi") {
        return by_version(version).map(|(kind, hint)| (Some("openapi"), kind, Some(hint)));
    }
    if let Some(version) = root.get("swagger") {
        let kind = format!("a Swagger {} document", plain(version));
        return Some((
            Some("swagger"),
            kind,
            Some("convert it to OpenAPI 3.0, for example with swagger2openapi"),
        ));
    }
    let (member, kind, hint) = OTHERS
        .iter()
        .find(|(member, ..)| member.split('+').all(|member| root.contains_key(member)))
        .map_or(
            (None, "a document without an `openapi` member", Some(VERSION_HINT)),
            |(member, kind, hint)| (member.split('+').next(), *kind, *hint),
        );
    Some((member, kind.to_owned(), hint))
}

const VERSION_HINT: &str = "if it is one, say so with `openapi: 3.0.3` at its top";

/// Members that only one kind of document has at its top (all of those joined by `+`).
const OTHERS: &[(&str, &str, Option<&str>)] = &[
    ("asyncapi", "an AsyncAPI document", None),
    ("arazzo", "an Arazzo document", None),
    (
        "overlay",
        "an OpenAPI overlay",
        Some("hand in the document that it is laid over"),
    ),
    (
        "swaggerVersion",
        "a Swagger 1 document",
        Some("convert it to OpenAPI 3.0"),
    ),
    (
        "info+item",
        "a Postman collection",
        Some("convert it to OpenAPI 3.0, for example with postman-to-openapi"),
    ),
    (
        "discoveryVersion",
        "a Google discovery document",
        Some("convert it to OpenAPI 3.0"),
    ),
    ("__schema", "a GraphQL introspection result", None),
    (
        "_type+resources",
        "an Insomnia export",
        Some("export it as OpenAPI 3.0"),
    ),
    ("log", "an HTTP archive (HAR)", None),
    ("smithy", "a Smithy model", Some("convert it to OpenAPI 3.0")),
    (
        "$schema",
        "a JSON Schema",
        Some("put it under `components.schemas` of an OpenAPI 3.0 document"),
    ),
    (
        "$defs",
        "a JSON Schema",
        Some("put it under `components.schemas` of an OpenAPI 3.0 document"),
    ),
    (
        "definitions",
        "a JSON Schema",
        Some("put it under `components.schemas` of an OpenAPI 3.0 document"),
    ),
    (
        "type+properties",
        "a JSON Schema",
        Some("put it under `components.schemas` of an OpenAPI 3.0 document"),
    ),
    ("apiVersion+kind", "a Kubernetes object", None),
];

fn by_version(version: &Value) -> Option<(String, &'static str)> {
    let text = plain(version);
    let is = |line: &str| text == line || text.strip_prefix(line).is_some_and(|rest| rest.starts_with('.'));
    if is("3.0") {
        return None;
    }
    Some(if is("3.1") || is("3.2") {
        (
            format!("an OpenAPI {text} document"),
            "hand in its OpenAPI 3.0 form, or convert it",
        )
    } else {
        (
            format!("a document whose `openapi` version is {version}"),
            "write the version as text, such as \"3.0.3\"",
        )
    })
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), |text| text.trim().to_owned())
}
