//! Documents with one idea each in, what they are understood as out: the refined IR, and what was reported.
//!
//! One snapshot for each file of `fixtures/lower`. To take a change over: `cargo insta review`, or run the tests with
//! `INSTA_UPDATE=always` and read the difference.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{fmt::Write, fs, path::Path};

use generator::{
    Config, Generated, Source, generate,
    ir::{describe, describe_with_prose},
};

/// How much is enough for a person to read at once.
const LONGEST_SNAPSHOT: usize = 150;

#[test]
fn every_fixture_is_understood_as_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lower");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 30, "the fixtures are in {}", folder.display());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(text.starts_with("# "), "{name} does not say its idea");
        let understood = shown(&read(&text));
        assert!(
            understood.lines().count() <= LONGEST_SNAPSHOT,
            "{name} is more than anybody reads:\n{understood}"
        );
        insta::with_settings!({ snapshot_path => "snapshots/lower", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, understood);
        });
    }
}

#[test]
fn every_diagnostic_is_about_something_that_is_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lower");
    let mut nowhere = Vec::new();
    for file in fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let document: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        for diagnostic in &read(&text).diagnostics {
            let place = diagnostic.pointer.to_string();
            if document.pointer(&place).is_none() {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                nowhere.push(format!("{name}: {place}: {}", diagnostic.message));
            }
        }
    }
    assert_eq!(nowhere, [""; 0]);
}

#[test]
fn prose_is_shown_where_it_is_asked_for() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/prose.yaml");
    let generated = read(&fs::read_to_string(file).unwrap());
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(describe_with_prose(&generated.api));
    });
}

fn read(document: &str) -> Generated {
    // What is written in two places is to be seen in both.
    let config = &Config {
        share: Some(false),
        ..Config::default()
    };
    let source = Source {
        name: "it",
        bytes: document.as_bytes(),
    };
    generate(&source, config).unwrap()
}

/// The IR, then a line for each diagnostic.
fn shown(generated: &Generated) -> String {
    let mut shown = describe(&generated.api);
    for diagnostic in &generated.diagnostics {
        write!(
            shown,
            "\n{} at {}\n  {}",
            diagnostic.code.as_str(),
            diagnostic.pointer,
            diagnostic.message
        )
        .unwrap();
    }
    shown
}
