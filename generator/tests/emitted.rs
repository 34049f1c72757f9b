//! Documents with one idea each in, the code that says it out.
//!
//! One snapshot for each file of `fixtures/emitted`: what was written for it in `src/api` and `src/models`, or the
//! files that its second line names. To take a change over: `cargo insta review`, or run the tests with
//! `INSTA_UPDATE=always` and read the difference.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{fs, path::Path};

use generator::{Config, Source, generate};

/// How much is enough for a person to read at once.
const LONGEST_SNAPSHOT: usize = 260;

#[test]
fn every_fixture_is_emitted_as_it_was_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/emitted");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 9, "the fixtures are in {}", folder.display());
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let code = emitted(name, &fs::read_to_string(&file).unwrap());
        assert!(
            code.lines().count() <= LONGEST_SNAPSHOT,
            "{name} is more than anybody reads:\n{code}"
        );
        insta::with_settings!({ snapshot_path => "snapshots/emitted", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, code);
        });
    }
}

/// The files that a fixture is about, one after the other.
fn emitted(name: &str, text: &str) -> String {
    let config = Config {
        crate_name: name.to_owned(),
        ..Config::default()
    };
    let bytes = text.as_bytes();
    let generated = generate(&Source { name, bytes }, &config).unwrap();
    let problems: Vec<&str> = generated
        .diagnostics
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    assert_eq!(problems, [""; 0], "in {name}");
    let chosen = text.lines().nth(1).and_then(|line| line.strip_prefix("# Shown: "));
    let is_shown = |path: &str| match chosen {
        Some(chosen) => path == chosen,
        None => (path.starts_with("src/api/") || path.starts_with("src/models/")) && !path.ends_with("/mod.rs"),
    };
    let shown = generated.files.sources.iter().filter(|(path, _)| is_shown(path));
    let files: Vec<String> = shown
        .map(|(path, text)| {
            let (header, code) = text.split_once("\n\n").unwrap();
            assert!(header.contains(generator::MARKER), "{header}");
            format!("// {path}\n\n{code}")
        })
        .collect();
    files.join("\n")
}
