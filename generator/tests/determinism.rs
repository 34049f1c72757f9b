//! One document in many guises in, the same crate out.
//!
//! Order is documented to matter where the document lists things that get a name: paths, the members of components,
//! properties, responses and the like follow it. Everywhere else it must not show.

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

use std::fs;

use generator::{Config, Files, Source, generate, output};
use indexmap::IndexMap;
use serde_json::{Map, Value};

const DOCUMENT: &str = include_str!("../../spec/tickets-batch.yaml");

/// The members of an object under these keys are listed, not looked up.
const LISTS: [&str; 17] = [
    "paths",
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "properties",
    "content",
    "mapping",
    "variables",
    "encoding",
    "scopes",
    "security",
];

fn files_of(name: &str, text: &str) -> Files {
    let config = Config {
        crate_name: "tickets".to_owned(),
        ..Config::default()
    };
    generate(
        &Source {
            name,
            bytes: text.as_bytes(),
        },
        &config,
    )
    .unwrap()
    .files
}

fn files(text: &str) -> Files {
    files_of("tickets.yaml", text)
}

fn value() -> Value {
    serde_yaml::from_str(DOCUMENT).unwrap()
}

#[track_caller]
fn assert_same(one: &Files, other: &Files) {
    assert_eq!(
        one.sources.keys().collect::<Vec<_>>(),
        other.sources.keys().collect::<Vec<_>>()
    );
    for (path, text) in &one.sources {
        assert!(
            *text == other.sources[path],
            "{path}:\n{text}\n---\n{}",
            other.sources[path]
        );
    }
    assert_eq!(one.package, other.package);
}

#[test]
fn two_runs_in_two_folders_agree() {
    let one = files_of("/here/tickets.yaml", DOCUMENT);
    assert_same(&one, &files_of("there/tickets.yaml", DOCUMENT));
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for folder in &folders {
        output::write(&one, folder.path()).unwrap();
    }
    for path in one.sources.keys().map(String::as_str).chain(["Cargo.toml"]) {
        let [left, right] = folders
            .each_ref()
            .map(|folder| fs::read(folder.path().join(path)).unwrap());
        assert_eq!(left, right, "{path}");
    }
}

#[test]
fn json_says_what_yaml_says() {
    let value = value();
    assert_same(&files(DOCUMENT), &files(&serde_json::to_string(&value).unwrap()));
    assert_same(&files(DOCUMENT), &files(&serde_json::to_string_pretty(&value).unwrap()));
}

#[test]
fn line_endings_and_a_byte_order_mark_do_not_show() {
    assert_same(&files(DOCUMENT), &files(&DOCUMENT.replace('\n', "\r\n")));
    assert_same(&files(DOCUMENT), &files(&format!("\u{feff}{DOCUMENT}")));
}

#[test]
fn the_order_of_keys_does_not_show() {
    let expected = files(DOCUMENT);
    for seed in 0..4 {
        let shuffled = shuffle(value(), &mut fastrand::Rng::with_seed(seed), false, &LISTS);
        assert_same(&expected, &files(&shuffled.to_string()));
    }
}

#[test]
fn the_order_of_lists_names_nothing_otherwise() {
    let lines = |files: &Files| -> IndexMap<String, Vec<String>> {
        let mut sorted: IndexMap<_, _> = files
            .sources
            .iter()
            .filter(|(path, _)| path.starts_with("src/models/") || path.starts_with("src/api/"))
            .map(|(path, text)| {
                // Punctuation depends on what stands last in a list; names do not.
                let words = text.split(|char: char| !(char.is_alphanumeric() || char == '_'));
                let mut words: Vec<_> = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
                words.sort_unstable();
                (path.clone(), words)
            })
            .collect();
        sorted.sort_keys();
        sorted
    };
    let expected = lines(&files(DOCUMENT));
    assert!(!expected.is_empty());
    for seed in 0..4 {
        let shuffled = shuffle(value(), &mut fastrand::Rng::with_seed(seed), false, &[]);
        assert_eq!(lines(&files(&shuffled.to_string())), expected, "seed {seed}");
    }
}

/// Shuffles the members of every object that is not under one of the keys `kept`.
fn shuffle(value: Value, random: &mut fastrand::Rng, keep: bool, kept: &[&str]) -> Value {
    match value {
        Value::Array(items) => items
            .into_iter()
            .map(|item| shuffle(item, random, false, kept))
            .collect(),
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> = members.into_iter().collect();
            if !keep {
                random.shuffle(&mut members);
            }
            let inner = members.into_iter().map(|(key, value)| {
                // An example is shown as it is written.
                if matches!(key.as_str(), "example" | "default") {
                    return (key, value);
                }
                // A member of a list may be called like a list: a property `content` is a schema.
                let is_list = !keep && kept.contains(&key.as_str());
                (key, shuffle(value, random, is_list, kept))
            });
            Value::Object(inner.collect::<Map<_, _>>())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}
