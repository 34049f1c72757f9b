//! The bytes of a file in; what kind of document it is, and how much it holds, out.

use serde_json::{Map, Value};

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// What there is to know of a document before it is read by the generator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Survey {
    /// What it says that it is: the value of `openapi`, `swagger` or `overlay`.
    pub(super) version: String,
    /// An overlay of a document, not one itself.
    pub(super) is_overlay: bool,
    pub(super) operations: usize,
    pub(super) webhooks: usize,
    /// Parts of it lie in other files.
    pub(super) has_files: bool,
}

/// Nothing where it is no document.
pub(super) fn survey(bytes: &[u8]) -> Option<Survey> {
    let root = value(bytes)?;
    let root = root.as_object()?;
    let (key, version) = ["openapi", "swagger", "overlay"]
        .iter()
        .find_map(|key| Some((*key, text(root.get(*key)?)?)))?;
    let size = |key: &str| root.get(key).and_then(Value::as_object).map_or(0, Map::len);
    Some(Survey {
        version,
        is_overlay: key == "overlay",
        operations: operations(root),
        webhooks: size("webhooks"),
        has_files: root.values().any(has_files),
    })
}

/// `2.0` is a number in YAML.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn operations(root: &Map<String, Value>) -> usize {
    let paths = root.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flat_map(Map::values);
    let methods = |item: &Value| METHODS.iter().filter(|method| item.get(method).is_some()).count();
    items.map(methods).sum()
}

fn has_files(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_files),
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str);
            target.is_some_and(|target| !target.is_empty() && !target.starts_with('#') && !target.contains("://"))
                || members.values().any(has_files)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// JSON or YAML; keys are texts, as `200` is meant to be.
fn value(bytes: &[u8]) -> Option<Value> {
    if bytes.trim_ascii_start().starts_with(b"{") {
        // What is broken or nests too deep as JSON is so as YAML, which takes its time to find out.
        return serde_json::from_slice(bytes).ok();
    }
    serde_yaml::from_slice(bytes).ok().map(json)
}

fn json(value: serde_yaml::Value) -> Value {
    use serde_yaml::Value as Yaml;
    match value {
        Yaml::Sequence(items) => items.into_iter().map(json).collect(),
        Yaml::Mapping(members) => {
            let members = members.into_iter().map(|(key, value)| {
                let key = key.as_str().map_or_else(
                    || serde_yaml::to_string(&key).unwrap_or_default().trim().to_owned(),
                    str::to_owned,
                );
                (key, json(value))
            });
            Value::Object(members.collect())
        }
        Yaml::Tagged(tagged) => json(tagged.value),
        scalar => serde_json::to_value(scalar).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::survey;

    #[test]
    fn what_a_document_is_and_holds() {
        let yaml =
            b"swagger: 2.0\npaths:\n  /a: { get: { responses: { 200: {} } }, parameters: [] }\nwebhooks: { b: {} }";
        let found = survey(yaml).unwrap();
        assert_eq!(
            (found.version.as_str(), found.operations, found.webhooks),
            ("2.0", 1, 1)
        );
        assert!(!found.has_files && !found.is_overlay);
        assert!(survey(b"overlay: 1.0.0\nactions: []").unwrap().is_overlay);
        assert_eq!(survey(b"a: 1"), None);
        assert_eq!(survey(b"{"), None);
    }

    #[test]
    fn only_references_to_files_are_to_files() {
        for (target, has_files) in [
            ("a.yaml#/b", true),
            ("../c", true),
            ("#/d", false),
            ("https://example.test/e", false),
        ] {
            let yaml = format!("openapi: 3.1.0\nx: [{{ $ref: '{target}' }}]");
            assert_eq!(survey(yaml.as_bytes()).unwrap().has_files, has_files, "{target}");
        }
    }
}
