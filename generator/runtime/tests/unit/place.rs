//! Where a decoding error is said to be.

use serde::de::DeserializeOwned;

use crate::runtime::prelude::*;
use crate::runtime::received::place::{before, path};
use crate::runtime::shown::excerpt::Shown;
use crate::runtime::shown::secret::Secrets;

#[derive(Debug, Clone, PartialEq)]
struct Page {
    results: Vec<Item>,
    names: BTreeMap<String, Vec<u8>>,
}
model! { Page { required results = "results", required names = "names", } }

#[derive(Debug, Clone, PartialEq)]
struct Item {
    id: u8,
    note: Option<String>,
}
model! { Item { required id = "id", optional note = "note", } }

fn place<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> String {
    let error = serde_json::from_str::<T>(json).unwrap_err();
    let read = before(json.as_bytes(), error.line(), error.column());
    path(read, &|name, limit| {
        Shown::new(name, &Secrets::NONE).at_most(limit).to_string()
    })
}

#[test]
fn errors_of_values() {
    for (json, place_of_error) in [
        (r#"{"results":[{"id":1},{"id":"x"}],"names":{}}"#, "results[1].id"),
        (
            r#"{"results":[{"id":1},{"id":300,"note":"a"}],"names":{}}"#,
            "results[1].id",
        ),
        (
            "{\n  \"results\": [\n    {\"id\": 1, \"note\": {}}\n  ]\n}",
            "results[0].note",
        ),
        (
            r#"{"results":[{"id":1,"note":"a,\"b]}\\"},{"id":null}]}"#,
            "results[1].id",
        ),
        (r#"{"results":[{"id":1},{"note":"a"}],"names":{}}"#, "results[1]"),
        (r#"{"results":[],"names":{"a.b":[1,2,[]]}}"#, "names.a.b[2]"),
        (r#"{"results":[]}"#, ""),
        (r#"{"results":{}}"#, "results"),
        ("[]", ""),
        ("", ""),
    ] {
        assert_eq!(place::<Page>(json), place_of_error, "{json}");
    }
}

#[test]
fn errors_of_syntax() {
    for (json, place_of_error) in [
        (r#"{"a":[1,2"#, "a[1]"),
        (r#"{"a":{"b":@}}"#, "a.b"),
        (r#"{"a":"\q"}"#, "a"),
        ("<html>", ""),
    ] {
        assert_eq!(place::<Value>(json), place_of_error, "{json}");
    }
}

#[test]
fn a_path_is_short_and_printable() {
    assert_eq!(place::<Value>("{\"a\u{202e}\":x"), "a\\u{202e}");
    let deep = format!("{}x", "{\"member\":".repeat(100));
    let path = place::<Value>(&deep);
    assert!(
        path.starts_with('…') && path.ends_with(".member") && path.len() < 210,
        "{path}"
    );
}
