//! Documents in, crates with a feature for each of their groups out, which rustc takes without a word whichever of them are on,
//! and rustdoc with all of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(dead_code, reason = "shared with tests of documents without settings")]
mod scratch;

use std::fs;

use generator::Config;
use scratch::{Scratch, merged, tests};
use serde_json::Value;

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn any_group_alone_compiles_without_a_warning_at_length() {
    let document = fs::read_to_string(tests().join("fixtures/features.yaml")).unwrap();
    let (scratch, groups) = written("features", &serde_yaml::from_str(&document).unwrap());
    let known = [
        "api-gzip",
        "feed",
        "login",
        "pet-owners",
        "pets",
        "pictures",
        "webhooks",
    ];
    assert_eq!(groups, known);
    for group in groups {
        check(&scratch, &[group.as_str()]);
    }
    check(&scratch, &[]);
    check(&scratch, &["pets", "pictures"]);
    scratch.cargo(&["doc", "--no-deps"]);
}

#[test]
#[ignore = "takes minutes; for changes of what is emitted where"]
fn any_group_of_any_fixture_alone_compiles_without_a_warning() {
    let document = merged(&tests().join("fixtures/emitted"));
    let (scratch, groups) = written("features_of_all", &document);
    assert!(groups.len() > 20, "{groups:?}");
    for group in groups {
        check(&scratch, &[group.as_str()]);
    }
    check(&scratch, &[]);
}

/// A workspace with a crate of its name in it, and the features of its groups: all that are on by default, but for the
/// runtime's.
fn written(name: &str, document: &Value) -> (Scratch, Vec<String>) {
    let scratch = Scratch::new(name, &[name]);
    let config = Config {
        tag_features: true,
        ..Config::default()
    };
    scratch.write_with(name, document, config);
    let manifest = fs::read_to_string(scratch.member(name).join("Cargo.toml")).unwrap();
    let default = manifest
        .lines()
        .find_map(|line| line.strip_prefix("default = "))
        .unwrap();
    let mut groups: Vec<String> = serde_json::from_str(default).unwrap();
    groups.retain(|group| group != "rustls");
    (scratch, groups)
}

fn check(scratch: &Scratch, features: &[&str]) {
    let features = features.join(",");
    scratch.cargo(&["check", "--no-default-features", "--features", &features]);
}
