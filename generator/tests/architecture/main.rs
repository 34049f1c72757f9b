//! The sources in, every breach of the house's rules out: who may name what, how long a file may be, how it opens.

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

mod patterns;
mod scan;

use std::fs;

use scan::{is_test, own_files, paths_named, root, rust_files, sources, stage, starts_with};

/// What only some stages may name. A stage is a folder or file of `src`; `lib` is the map of them all.
const RULES: &[(&str, &[&str])] = &[
    ("serde_yaml", &["load"]),
    ("saphyr_parser", &["load"]),
    ("openapiv3", &["load", "lower"]),
    ("heck", &["name"]),
    ("quote", &["emit"]),
    ("proc_macro2", &["emit", "render"]),
    ("syn", &["render"]),
    ("prettyplease", &["render"]),
    ("annotate_snippets", &["diagnostics"]),
    ("toml_edit", &["build", "config", "emit", "output"]),
    ("similar", &["manifest", "output"]),
    ("tempfile", &["output"]),
    ("std::fs", &["build", "input", "output"]),
    // The same bytes in, the same bytes out: no network, no clock, no environment but that of a build script.
    ("std::net", &[]),
    ("std::time", &[]),
    ("std::env", &["build"]),
    ("std::process", &[]),
    ("std::collections::HashMap", &[]),
    ("std::collections::HashSet", &[]),
    // A stage knows the one before it by its value only.
    (
        "crate::load",
        &["load", "lower", "config", "diagnostics", "input", "lib", "asked"],
    ),
    ("crate::lower", &["lower", "lib", "asked"]),
    ("crate::refine", &["refine", "lib"]),
    ("crate::name", &["name", "share", "emit", "together", "lib"]),
    ("crate::share", &["share", "lib"]),
    ("crate::gate", &["gate", "emit", "lib"]),
    ("crate::emit", &["emit", "render", "together", "lib", "asked"]),
];

/// The rooms of the runtime, and those that each takes something from.
const ROOMS: &[(&str, &[&str])] = &[
    ("values", &[]),
    ("shown", &[]),
    ("xml", &[]),
    ("sent", &["pace", "received", "shown", "values", "xml"]),
    ("received", &["calls", "pace", "sent", "shown", "values", "xml"]),
    // When something is sent again depends on what came of it.
    ("pace", &["calls"]),
    ("webhook", &["received", "shown", "values"]),
    // These four are one client: a call goes through all of them.
    ("auth", &["calls", "client", "network", "pace", "sent", "shown"]),
    (
        "calls",
        &[
            "auth", "client", "network", "pace", "received", "sent", "shown", "values",
        ],
    ),
    ("client", &["auth", "calls", "network", "pace", "received", "shown"]),
    (
        "network",
        &["auth", "calls", "client", "pace", "received", "sent", "shown"],
    ),
    // Nobody knows of these.
    ("bulk", &["calls", "client", "pace", "received", "shown", "values"]),
    ("pages", &["calls", "received", "sent", "shown", "values"]),
    (
        "mock",
        &["calls", "network", "received", "sent", "shown", "values", "xml"],
    ),
];

/// How many files a room may have, rooms within it not counted.
const FILES: usize = 12;

const LIMIT: usize = 400;

#[test]
fn stages_name_only_what_they_may() {
    let mut breaches = Vec::new();
    for (path, text) in sources() {
        let stage = stage(&path);
        for named in paths_named(&text) {
            for (guarded, stages) in RULES {
                if starts_with(&named, guarded) && !stages.contains(&stage.as_str()) {
                    breaches.push(format!("{}: `{named}` is for {stages:?} only", path.display()));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

#[test]
fn every_permission_is_used() {
    let named: Vec<(String, Vec<String>)> = sources()
        .iter()
        .map(|(path, text)| (stage(path), paths_named(text)))
        .collect();
    let is_used = |guarded: &str, stage: &str| {
        named
            .iter()
            .any(|(at, named)| at == stage && named.iter().any(|named| starts_with(named, guarded)))
    };
    for (guarded, stages) in RULES.iter().filter(|(guarded, _)| !guarded.starts_with("crate::")) {
        let idle: Vec<_> = stages.iter().filter(|stage| !is_used(guarded, stage)).collect();
        assert!(idle.is_empty(), "{idle:?} may name `{guarded}` and need not");
    }
}

#[test]
fn rooms_take_from_others_what_they_may() {
    let rooms = root().join("generator/runtime/src");
    for (room, others) in ROOMS {
        let files = rust_files(&format!("generator/runtime/src/{room}"));
        let mut folders: Vec<_> = files.iter().filter_map(|(path, _)| path.parent()).collect();
        folders.sort();
        for folder in folders.chunk_by(|one, other| one == other) {
            assert!(
                folder.len() <= FILES,
                "{} has {} files",
                folder[0].display(),
                folder.len()
            );
        }
        let lines = files.iter().flat_map(|(_, text)| text.lines());
        let code = lines.filter(|line| !line.trim_start().starts_with("//"));
        let mut taken: Vec<_> = code
            .flat_map(|line| line.split("crate::runtime::").skip(1))
            .filter_map(|path| path.split_once("::").map(|(other, _)| other))
            .filter(|other| other != room)
            .collect();
        taken.sort_unstable();
        taken.dedup();
        assert_eq!(taken, *others, "what `{room}` takes from others");
    }
    let rooms = fs::read_dir(rooms)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().is_dir());
    assert_eq!(rooms.count(), ROOMS.len());
}

#[test]
fn every_file_opens_with_what_it_is() {
    let silent: Vec<_> = own_files()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .collect();
    let paths: Vec<_> = silent.iter().map(|(path, _)| path).collect();
    assert!(paths.is_empty(), "these do not open with `//! `: {paths:#?}");
}

#[test]
fn no_file_is_too_long() {
    let mut long = Vec::new();
    for (path, text) in own_files().into_iter().filter(|(path, _)| !is_test(path)) {
        let lines = text.lines().take_while(|line| *line != "#[cfg(test)]").count();
        if lines > LIMIT {
            long.push(format!("{}: {lines} lines", path.display()));
        }
    }
    assert!(
        long.is_empty(),
        "more than {LIMIT} lines without tests:\n{}",
        long.join("\n")
    );
}

#[test]
fn the_top_level_is_what_the_readme_says() {
    let known = [
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "README.md",
        "generated",
        "generator",
        "spec",
        "target",
        "xtask",
    ];
    let entries = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let unknown: Vec<_> = entries
        .filter(|name| !name.starts_with('.') && !name.starts_with("LICENSE") && !known.contains(&name.as_str()))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn the_scanner_sees_every_way_to_name_something() {
    let text = "use std::{fs, io as other}; use ::quote::*; fn f(a: openapiv3::Schema) { heck::x(); g!(a, syn::B); \
                std::env::args(); crate::a::b(); quote! { std::net::x } }\n\
                #[cfg(test)] mod tests { use insta::x; }";
    assert_eq!(
        paths_named(text),
        [
            "std::fs",
            "std::io",
            "quote",
            "openapiv3::Schema",
            "heck::x",
            "syn::B",
            "std::env::args",
            "crate::a::b"
        ]
    );
    assert!(starts_with("std::fs::read", "std::fs") && !starts_with("std::fsx", "std::fs"));
}
