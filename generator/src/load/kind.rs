//! Which version of OpenAPI is this? If none that is read, what is it? The refusal names it and says what to do about it.

use serde_json::{Map, Value};

use super::{foreign, locate, parse::Parsed, refuse_at, version::Version};
use crate::{
    diagnostics::{Code, Diagnostic, Diagnostics, Location},
    ir::Pointer,
};

/// Refuses what can be told without reading it as YAML or JSON.
pub(super) fn refuse_text(text: &str) -> Result<(), Diagnostic> {
    let text = text.trim_start();
    if text.trim_end_matches(['-', '.', '\n', '\r', ' ']).is_empty() {
        return Err(other("an empty file", None));
    }
    match foreign::of_text(text) {
        Some(kind) => Err(other(kind.name, Some(kind.way_out))),
        None => Ok(()),
    }
}

/// The name of what could not be parsed, where it has one; else what the parser said.
pub(super) fn refuse_syntax(text: &str, problem: Diagnostic) -> Diagnostic {
    match foreign::of_code(text).filter(|_| problem.code == Code::Syntax) {
        Some(kind) => other(kind.name, Some(kind.way_out)),
        None => problem,
    }
}

/// The version that a document is in; refuses a value that is in none.
pub(super) fn version(text: &str, parsed: &Parsed, diagnostics: &mut Diagnostics) -> Result<Version, Diagnostic> {
    if let (Value::String(_), Some(kind)) = (&parsed.root, foreign::of_code(text)) {
        return Err(other(kind.name, Some(kind.way_out)));
    }
    let Value::Object(root) = &parsed.root else {
        let kind = match &parsed.root {
            Value::Null => "an empty document",
            Value::Array(_) => "a list",
            Value::String(_) => "plain text",
            Value::Bool(_) | Value::Number(_) | Value::Object(_) => "a single value",
        };
        return Err(other(
            kind,
            Some("an OpenAPI document is an object that begins with `openapi: 3.1.1`"),
        ));
    };
    if let Some(version) = root.get("openapi").and_then(|version| known(version, diagnostics)) {
        return Ok(version);
    }
    // It was written as a number by many.
    if root
        .get("swagger")
        .is_some_and(|version| matches!(plain(version).as_str(), "2.0" | "2"))
    {
        return Ok(Version::V2_0);
    }
    let (member, kind, hint) = name(root);
    let pointer = member.map_or_else(Pointer::root, |member| Pointer::root().child(member));
    let location = locate::locate(text, parsed.format, std::iter::once(&pointer))
        .first()
        .map(|found| found.value);
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
    format!("this is {kind}, not an OpenAPI document")
}

/// A kind of document: the member that gives it away, and what can be done.
type Name = (Option<&'static str>, String, Option<&'static str>);

fn name(root: &Map<String, Value>) -> Name {
    if let Some(version) = root.get("openapi") {
        let kind = format!("a document whose `openapi` version is {version}");
        let way_out = if version.is_string() {
            "OpenAPI 3.0, 3.1 and 3.2 are read, and Swagger 2.0"
        } else {
            "write the version as text, such as \"3.1.1\""
        };
        return (Some("openapi"), kind, Some(way_out));
    }
    if let Some(version) = root.get("swagger") {
        let kind = format!("a Swagger {} document", plain(version));
        return (
            Some("swagger"),
            kind,
            Some("convert it to Swagger 2.0 or to OpenAPI, for example with api-spec-converter"),
        );
    }
    if let Some((member, kind)) = foreign::of_object(root) {
        return (Some(member), kind.name.to_owned(), Some(kind.way_out));
    }
    let hint = "if it is one, say so with `openapi: 3.1.1` at its top";
    (None, "a document without an `openapi` member".to_owned(), Some(hint))
}

/// The version that a file names for itself, if it is one that is known.
pub(super) fn named_version(root: &Value) -> Option<Version> {
    known(root.get("openapi")?, &mut Diagnostics::default())
}

/// The version that the document names, or the newest where it names one that came later.
fn known(version: &Value, diagnostics: &mut Diagnostics) -> Option<Version> {
    let text = plain(version);
    let mut parts = text.split(['.', '-']);
    let (major, minor) = (parts.next()?, parts.next()?.parse::<u32>().ok()?);
    match (major, minor) {
        ("3", 0) => Some(Version::V3_0),
        ("3", 1) => Some(Version::V3_1),
        ("3", 2) => Some(Version::V3_2),
        ("3", _) => {
            let newest = Version::NEWEST;
            let message = format!("OpenAPI {text} is newer than what is known here; it is read as {newest}");
            diagnostics.report(Code::NewerVersion, &Pointer::root().child("openapi"), message);
            Some(newest)
        }
        _ => None,
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), |text| text.trim().to_owned())
}
