//! A document in, a crate with a feature for each of its groups out, which rustc takes without a word whichever of them are
//! on, and rustdoc with all of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(dead_code, reason = "shared with tests of many documents")]
mod scratch;

use std::fs;

use generator::Config;
use scratch::{Scratch, tests};

const GROUPS: [&str; 7] = [
    "api-gzip",
    "feed",
    "login",
    "pet-owners",
    "pets",
    "pictures",
    "webhooks",
];

#[test]
fn any_group_alone_compiles_without_a_warning() {
    let scratch = Scratch::new("features", &["features"]);
    let document = fs::read_to_string(tests().join("fixtures/features.yaml")).unwrap();
    let config = Config {
        tag_features: true,
        ..Config::default()
    };
    scratch.write_with("features", &serde_yaml::from_str(&document).unwrap(), config);
    let manifest = fs::read_to_string(scratch.member("features").join("Cargo.toml")).unwrap();
    let default = manifest.lines().find(|line| line.starts_with("default = ")).unwrap();
    assert_eq!(default, format!("default = {:?}", [&["rustls"][..], &GROUPS].concat()));
    let check = |features: &[&str]| {
        let features = features.join(",");
        scratch.cargo(&["check", "--no-default-features", "--features", &features]);
    };
    check(&[]);
    for group in GROUPS {
        check(&[group]);
    }
    check(&["pets", "pictures"]);
    scratch.cargo(&["doc", "--no-deps"]);
}
