//! Documents and settings, an idea each, in; the code that says it, or what is wrong with the settings, out.
//!
//! One snapshot for each file of `fixtures/settings` and `fixtures/settings_wrong`. The document has its settings under `x-settings`, as they stand
//! below `[targets.NAME]` in a `codegen.toml`. The former are compiled by `compiled.rs`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod configured;

use std::{fmt::Write as _, fs, path::Path};

use configured::settings;
use generator::{Generated, Source, generate, output};

#[test]
fn every_setting_does_what_it_says() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders = ["settings", "settings_wrong"].map(|folder| fs::read_dir(fixtures.join(folder)).unwrap());
    let mut files: Vec<_> = folders
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 8, "{files:?}");
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&file).unwrap();
        insta::with_settings!({ snapshot_path => "snapshots/settings", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, shown(name, &text));
        });
    }
}

fn shown(name: &str, text: &str) -> String {
    let (toml, settings) = settings(name, &serde_yaml::from_str(text).unwrap());
    let source = Source {
        name,
        bytes: text.as_bytes(),
    };
    let generated = generate(&source, &settings.targets[name].config).unwrap();
    if generated.unmatched.is_empty() {
        return code(text, &generated);
    }
    let mut problems = generated.unmatched;
    for problem in &mut problems {
        problem.location = settings.place(name, &problem.pointer);
    }
    problems.sort_by_key(|problem| problem.location);
    let mut shown = String::new();
    for problem in problems {
        let place = problem.location.unwrap();
        let line = toml.lines().nth(place.line - 1).unwrap();
        let hint = problem.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
        let _ = writeln!(
            shown,
            "{line}\n{}^ {}{hint}",
            " ".repeat(place.column - 1),
            problem.message
        );
    }
    shown
}

/// The file that the second line names, or all models.
fn code(text: &str, generated: &Generated) -> String {
    let chosen = text.lines().nth(1).and_then(|line| line.strip_prefix("# Shown: "));
    if chosen == Some("Cargo.toml") {
        let folder = tempfile::tempdir().unwrap();
        output::write(&generated.files, folder.path()).unwrap();
        let manifest = fs::read_to_string(folder.path().join("Cargo.toml")).unwrap();
        // What comes behind is the runtime's.
        let (about, _) = manifest.split_once("[package.metadata.codegen]").unwrap();
        return about.to_owned();
    }
    let is_shown = |path: &str| match chosen {
        Some(chosen) => path == chosen,
        None => path.starts_with("src/models/") && !path.ends_with("/mod.rs"),
    };
    let shown = generated.files.sources.iter().filter(|(path, _)| is_shown(path));
    let files: Vec<String> = shown.map(|(path, text)| format!("// {path}\n\n{text}")).collect();
    files.join("\n")
}
