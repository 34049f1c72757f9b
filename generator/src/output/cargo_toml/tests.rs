//! A package and a user's file in, the text that is written out.

use insta::assert_snapshot;

use super::{create, is_generated, update};
use crate::{Dependency, Package};

fn dependency(name: &str, version: &str) -> Dependency {
    Dependency {
        name: name.to_owned(),
        version: version.to_owned(),
        default_features: true,
        ..Dependency::default()
    }
}

fn package() -> Package {
    let reqwest = Dependency {
        features: vec!["stream".to_owned()],
        default_features: false,
        ..dependency("reqwest", "0.13")
    };
    let tracing = Dependency {
        optional: true,
        ..dependency("tracing", "0.1")
    };
    Package {
        name: "pets".to_owned(),
        description: "A \"client\"\nof pets".to_owned(),
        license: Some("MIT OR Apache-2.0".to_owned()),
        standalone: true,
        dependencies: vec![dependency("bytes", "1"), reqwest, tracing],
        dev_dependencies: vec![Dependency {
            features: vec!["macros".to_owned()],
            ..dependency("tokio", "1")
        }],
        features: [
            ("default", vec!["rustls"]),
            ("rustls", vec!["reqwest/rustls"]),
            ("tracing", vec!["dep:tracing"]),
        ]
        .map(|(name, parts)| (name.to_owned(), parts.into_iter().map(str::to_owned).collect()))
        .into(),
    }
}

#[test]
fn a_new_file() {
    let text = create(&package());
    assert!(is_generated(&text));
    assert_snapshot!(text);
    assert_eq!(
        update(&text, &package()).as_deref(),
        Ok(text.as_str()),
        "a second run changes nothing"
    );
}

const EDITED: &str = r#"[package]
name = "my-pets" # renamed
version = "3.1.0"

# ours
[dependencies]
anyhow = "1"   # for the examples
reqwest = { features = ["gzip"], version = "0.13.2", default-features = false } # keep
bytes = "0.9" # too old
gone = "1"

[features]
default = []
extra = ["tracing"]
rustls = [
    # why
    "reqwest/rustls",
    "other",
]

[package.metadata.codegen]
dependencies = ["bytes", "gone"]

[dependencies.tracing]
workspace = true
"#;

#[test]
fn edits_survive() {
    let text = update(EDITED, &package()).expect("a manifest");
    assert_snapshot!(text);
    assert_eq!(
        update(&text, &package()).as_deref(),
        Ok(text.as_str()),
        "a second run changes nothing"
    );
}

#[test]
fn what_an_earlier_version_wrote_does_not_stay() {
    let mut package = package();
    package.features = [("rustls", vec!["dep:rustls".to_owned()])]
        .map(|(name, parts)| (name.to_owned(), parts))
        .into();
    let before = "[features]\nrustls = [\"reqwest/rustls-no-provider\", \"reqwest/hickory-dns\"]\n";
    let after = update(before, &package).expect("a manifest");
    assert!(
        after.contains(r#"rustls = [ "reqwest/hickory-dns", "dep:rustls"]"#),
        "{after}"
    );
}

#[test]
fn what_is_no_manifest_is_refused() {
    for text in [
        "[package",
        "dependencies = 3",
        "[dependencies]\nbytes = 3",
        "[features]\nrustls = 1",
        "package = 1",
    ] {
        let error = update(text, &package()).expect_err(text);
        assert!(!error.is_empty());
    }
}
