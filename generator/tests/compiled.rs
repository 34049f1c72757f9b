//! Every fixture in, crates that rustc, clippy and rustdoc take without a word out.
//!
//! The fixtures of one idea each become one document, so that one crate is enough for all of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(dead_code, reason = "shared with the test of what comes of each")]
mod cases;
mod configured;
mod hazards;
mod scratch;

use std::{fs, process::Command};

use generator::{Config, config::Mount};
use scratch::{Scratch, merged, tests};
use serde_json::Value;

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn what_is_emitted_compiles_without_a_warning_at_length() {
    let cases::Merged { usual, modern, .. } = cases::merged();
    let read = |name: &str| {
        let text = fs::read_to_string(tests().join(format!("fixtures/{name}.yaml"))).unwrap();
        serde_yaml::from_str(&text).unwrap()
    };
    let alone = ["models", "webhooks", "bare_webhooks", "nothing"];
    let alone = alone.map(|name| (name, read(&format!("alone/{name}"))));
    let documents = [
        ("ideas", merged(&tests().join("fixtures/emitted"))),
        ("hazards", usual),
        ("modern", modern),
        ("names", cases::names::together()),
        ("whole", read("whole")),
        ("signed_in", read("signed_in")),
    ];
    let mut members = vec!["settings", "marked"];
    members.extend(documents.iter().chain(&alone).map(|(name, _)| *name));
    let scratch = Scratch::new("compiled", &members);
    for (name, document) in documents.iter().chain(&alone) {
        scratch.write_with(name, document, with_readme(&scratch, name));
    }
    write_settings(&scratch);
    if has_clippy() {
        scratch.cargo(&[
            "clippy",
            "--workspace",
            // Some hazards are what pedantry warns of, such as a function of three thousand arguments.
            "--exclude=hazards",
            "--exclude=modern",
            "--",
            "--deny=warnings",
            "--deny=clippy::pedantic",
        ]);
        scratch.cargo(&["check", "--package=hazards", "--package=modern"]);
    } else {
        eprintln!("this toolchain has no clippy; what clippy would say is not known");
        scratch.cargo(&["check", "--workspace"]);
    }
    scratch.cargo(&["fmt", "--all", "--check"]);
    scratch.cargo(&["doc", "--workspace", "--no-deps"]);
    // What the names are is of no interest to an example, and there are hundreds of them.
    // A README has a program with tokens by OAuth 2 where the API has such.
    scratch.cargo(&["test", "--workspace", "--exclude=names", "--doc", "--features=oauth"]);
}

/// Examples of what stands behind a feature, such as tokens by OAuth 2.
#[test]
#[ignore = "minutes; for changes of examples: `cargo test -p openapi-crate-generator --test compiled -- --ignored behind_features`"]
fn examples_of_what_is_behind_features_compile() {
    let scratch = Scratch::new("examples", &["ideas"]);
    let document = merged(&tests().join("fixtures/emitted"));
    scratch.write_with("ideas", &document, with_readme(&scratch, "ideas"));
    scratch.cargo(&["test", "--workspace", "--doc", "--all-features"]);
}

/// Settings with a module that has the programs of the README among the documentation's tests.
fn with_readme(scratch: &Scratch, name: &str) -> Config {
    let path = "handwritten/readme.rs";
    let folder = scratch.member(name).join("handwritten");
    fs::create_dir_all(&folder).unwrap();
    let text = "//! The README.\n\n#![cfg_attr(doctest, doc = include_str!(\"../README.md\"))]\n";
    fs::write(folder.join("readme.rs"), text).unwrap();
    let mount = Mount {
        path: path.to_owned(),
        feature: None,
    };
    Config {
        modules: [("readme".to_owned(), mount)].into(),
        ..Config::default()
    }
}

#[test]
#[ignore = "minutes; for changes of how types become Rust: `cargo test -p openapi-crate-generator --test compiled -- --ignored vast`"]
fn what_is_vast_compiles_without_a_warning() {
    let cases::Merged { vast, .. } = cases::merged();
    let scratch = Scratch::new("vast", &["vast"]);
    scratch.write("vast", &vast);
    scratch.cargo(&["check", "--workspace"]);
}

fn has_clippy() -> bool {
    let version = Command::new(env!("CARGO")).args(["clippy", "--version"]).output();
    version.is_ok_and(|output| output.status.success())
}

/// The fixtures with settings as one crate that has all the settings, with what these name.
fn write_settings(scratch: &Scratch) {
    let folder = tests().join("fixtures/settings");
    let mut all = Config::default();
    for entry in fs::read_dir(&folder).unwrap() {
        let document: Value = serde_yaml::from_str(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
        let (_, settings) = configured::settings("settings", &document);
        let config = settings.targets["settings"].config.clone();
        all.formats.extend(config.formats);
        all.fields.extend(config.fields);
        all.bodies.extend(config.bodies);
        all.optional_bodies.extend(config.optional_bodies);
        all.operations.extend(config.operations);
        all.rename.types.extend(config.rename.types);
        all.rename.fields.extend(config.rename.fields);
        all.rename.variants.extend(config.rename.variants);
        all.rename.operations.extend(config.rename.operations);
        all.rename.parameters.extend(config.rename.parameters);
        all.rename.tags.extend(config.rename.tags);
        all.rename.webhooks.extend(config.rename.webhooks);
        all.relax.extend(config.relax);
        all.skip.extend(config.skip);
        all.derives.extend(config.derives);
        all.tag_features |= config.tag_features;
        all.whole_runtime |= config.whole_runtime;
        all.modules.extend(config.modules);
    }
    scratch.write_with("settings", &merged(&folder), all);
    let settings = scratch.member("settings");
    fs::create_dir_all(settings.join("handwritten")).unwrap();
    fs::copy(
        tests().join("configured/money.rs"),
        settings.join("handwritten/money.rs"),
    )
    .unwrap();
    let manifest = fs::read_to_string(settings.join("Cargo.toml")).unwrap();
    if !manifest.contains("marked") {
        let manifest = manifest.replacen("[dependencies]", "[dependencies]\nmarked.path = \"../marked\"", 1);
        fs::write(settings.join("Cargo.toml"), manifest).unwrap();
    }

    let marked = scratch.member("marked");
    fs::create_dir_all(marked.join("src")).unwrap();
    fs::write(marked.join("Cargo.toml"), MARKED_MANIFEST).unwrap();
    fs::write(marked.join("src/lib.rs"), MARKED).unwrap();
}

const MARKED_MANIFEST: &str = "\
[package]
name = \"marked\"
version = \"0.0.0\"
edition = \"2024\"

[lib]
proc-macro = true
";

/// A derive that is there.
const MARKED: &str = "\
//! A derive.

/// Derives nothing.
#[proc_macro_derive(Marked)]
pub fn marked(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    proc_macro::TokenStream::new()
}
";
