//! The sources in, every breach of the house's rules out: who may name what, how long a file may be, how it opens.

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

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
        &["load", "lower", "config", "diagnostics", "input", "lib"],
    ),
    ("crate::lower", &["lower", "lib"]),
    ("crate::refine", &["refine", "lib"]),
    ("crate::name", &["name", "share", "emit", "lib"]),
    ("crate::share", &["share", "lib"]),
    ("crate::gate", &["gate", "emit", "lib"]),
    ("crate::emit", &["emit", "render", "lib"]),
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

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The generator, without its tests.
fn sources() -> Vec<(PathBuf, String)> {
    rust_files("generator/src")
        .into_iter()
        .filter(|(path, _)| !is_test(path))
        .collect()
}

/// The files that people write.
fn own_files() -> Vec<(PathBuf, String)> {
    let generator = ["generator/src", "generator/tests", "generator/runtime", "xtask"];
    let generated = ["generated/handwritten", "generated/tests", "generated/examples"];
    generator
        .iter()
        .chain(&generated)
        .flat_map(|folder| rust_files(folder))
        .collect()
}

/// Every Rust file below `folder`, with its path from the top, sorted.
fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    files.retain(|(path, _)| !path.components().any(|part| part.as_os_str() == "target"));
    files.sort();
    files
}

fn stage(path: &Path) -> String {
    let inside = path.strip_prefix("generator/src").unwrap();
    let first = Path::new(inside.components().next().unwrap().as_os_str());
    first.file_stem().unwrap().to_str().unwrap().to_owned()
}

fn is_test(path: &Path) -> bool {
    path.components()
        .any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs" | "benches")))
}

fn starts_with(named: &str, guarded: &str) -> bool {
    named
        .strip_prefix(guarded)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Every path that a file names outside its tests and outside the code that it emits.
fn paths_named(text: &str) -> Vec<String> {
    let mut paths = Paths(Vec::new());
    paths.visit_file(&syn::parse_file(text).unwrap());
    paths.0
}

struct Paths(Vec<String>);

impl Paths {
    fn tree(&mut self, prefix: &str, tree: &syn::UseTree) {
        let join = |name: &syn::Ident| {
            if prefix.is_empty() {
                name.to_string()
            } else {
                format!("{prefix}::{name}")
            }
        };
        match tree {
            syn::UseTree::Path(path) => self.tree(&join(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.0.push(join(&name.ident)),
            syn::UseTree::Rename(rename) => self.0.push(join(&rename.ident)),
            syn::UseTree::Glob(_) => self.0.push(prefix.to_owned()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(prefix, tree)),
        }
    }

    /// Paths among tokens that nobody has parsed.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = String::new();
        for token in tokens {
            match token {
                TokenTree::Ident(name) if path.is_empty() || path.ends_with("::") => path += &name.to_string(),
                TokenTree::Punct(colon) if colon.as_char() == ':' && !path.is_empty() => path.push(':'),
                TokenTree::Group(group) => {
                    self.flush(&mut path);
                    self.tokens(group.stream());
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => self.flush(&mut path),
            }
        }
        self.flush(&mut path);
    }

    fn flush(&mut self, path: &mut String) {
        let path = std::mem::take(path);
        if path.contains("::") {
            self.0.push(path);
        }
    }
}

fn is_test_only(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let condition = attribute.parse_args::<syn::Ident>();
        attribute.path().is_ident("cfg") && condition.is_ok_and(|condition| condition == "test")
    })
}

impl<'f> Visit<'f> for Paths {
    fn visit_item_use(&mut self, item: &'f syn::ItemUse) {
        if !is_test_only(&item.attrs) {
            self.tree("", &item.tree);
        }
    }

    fn visit_item_mod(&mut self, item: &'f syn::ItemMod) {
        if !is_test_only(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'f syn::Path) {
        if path.segments.len() > 1 {
            let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.0.push(names.join("::"));
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'f syn::Macro) {
        self.visit_path(&call.path);
        if !call
            .path
            .segments
            .last()
            .is_some_and(|name| name.ident.to_string().starts_with("quote"))
        {
            self.tokens(call.tokens.clone());
        }
    }
}
