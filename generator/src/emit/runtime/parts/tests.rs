//! Documents of one idea each in, the parts that their crates have out; and that the table and the runtime name the same.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use super::{Parts, TABLE};
use crate::{
    Config, Source,
    emit::{
        Home,
        runtime::{Files, files::FILES},
    },
};

fn folder(below: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// The parts of a document, by name.
fn parts_of(text: &str, config: &Config) -> Vec<&'static str> {
    let source = Source {
        name: "parts.yaml",
        bytes: text.as_bytes(),
    };
    let understood = crate::understand(&source, config, &|_| ()).expect("a document");
    let parts = Parts::of(understood.subject());
    let all = TABLE.iter().map(|part| part.name);
    all.filter(|name| parts.has(name)).collect()
}

#[test]
fn each_fixture_has_the_part_that_it_is_called_by() {
    let mut shown = String::new();
    let mut seen = BTreeSet::new();
    let files = fs::read_dir(folder("tests/fixtures/parts")).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        // Of this, the settings say that it is there.
        let config = Config {
            mock: name == "mock",
            ..Config::default()
        };
        let parts = parts_of(&fs::read_to_string(&file).unwrap(), &config);
        if TABLE.iter().any(|part| part.name == name) {
            assert!(parts.contains(&name), "{name} has {parts:?}");
            seen.insert(name.to_owned());
        }
        let _ = writeln!(shown, "{name}: {}", parts.join(" "));
    }
    let missing: Vec<_> = TABLE.iter().filter(|part| !seen.contains(part.name)).collect();
    let missing: Vec<_> = missing.iter().map(|part| part.name).collect();
    assert!(missing.is_empty(), "no fixture for {missing:?}");
    insta::assert_snapshot!(shown);
}

#[test]
fn all_is_there_where_the_settings_ask_for_it() {
    let text = fs::read_to_string(folder("tests/fixtures/parts/calls.yaml")).unwrap();
    let config = Config {
        whole_runtime: true,
        ..Config::default()
    };
    assert_eq!(parts_of(&text, &config).len(), TABLE.len());
}

#[test]
fn the_runtime_knows_the_same_parts() {
    let script = fs::read_to_string(folder("runtime/build.rs")).unwrap();
    let (parts, _) = script.split_once("];").unwrap();
    let known: BTreeSet<_> = parts
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","))
        .collect();
    let table: BTreeSet<_> = TABLE.iter().map(|part| part.name).collect();
    assert_eq!(known, table);
}

#[test]
fn what_is_copied_is_all_there_is_and_has_no_mark() {
    let files = Files::of(Parts::ALL, Home::OWN);
    let mut copied: Vec<String> = files.all().map(|(name, _)| format!("{name}.rs")).collect();
    copied.push("lib.rs".to_owned());
    copied.sort();
    let mut there = Vec::new();
    let source = folder("runtime/src");
    let mut open = vec![source.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                there.push(path.strip_prefix(&source).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    there.sort();
    assert_eq!(copied, there);
    for (name, text) in FILES {
        let lines = text.lines().zip(text.lines().skip(1));
        for (before, mark) in lines.filter(|(_, line)| line.contains("cfg(") && line.contains("part = \"")) {
            let is_first = !before.trim_start().starts_with("#[") && !before.trim_end().ends_with(")]");
            let is_alone = mark.trim_start().starts_with("#[cfg(") && mark.ends_with(")]");
            assert!(is_alone && (is_first || before.contains("part = \"")), "{name}: {mark}");
        }
    }
    for parts in [Parts::ALL, Parts(0)] {
        for (name, text) in Files::of(parts, Home::OWN).all() {
            assert!(!text.contains("(part = \"") && !text.contains(" part = \""), "{name}");
        }
    }
}
