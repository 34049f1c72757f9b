//! A package and a user's file in, the text that is written out.

use insta::assert_snapshot;

use super::{create, is_generated, update};
use crate::{Dependency, Entry, EntryValue, Package};

fn dependency(name: &str, version: &str) -> Dependency {
    Dependency {
        name: name.to_owned(),
        version: version.to_owned(),
        default_features: true,
        ..Dependency::default()
    }
}

fn entry(key: &'static str, text: &str, is_kept: bool) -> Entry {
    Entry {
        key,
        value: text.into(),
        is_kept,
        comment: None,
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
        about: vec![
            entry("version", "0.1.0", false),
            entry("description", "A \"client\"\nof pets", false),
            Entry {
                comment: Some("of the API"),
                ..entry("license", "MIT OR Apache-2.0", false)
            },
            Entry {
                value: EntryValue::Flag(false),
                ..entry("publish", "", false)
            },
        ],
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
        ..Package::default()
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

/// The package with a feature for each of `groups`.
fn with_groups(groups: &[&str]) -> Package {
    let mut package = package();
    for group in groups {
        package.features["default"].push((*group).to_owned());
        package.features.insert((*group).to_owned(), Vec::new());
        let comment = format!("The operations of `client.{group}()`.");
        package.comments.insert((*group).to_owned(), comment);
    }
    package
}

#[test]
fn a_feature_for_each_group_says_what_it_is_for() {
    let text = create(&with_groups(&["cats", "dogs"]));
    let shown = text
        .split("\n\n")
        .filter(|table| table.starts_with("[features]") || table.contains("docs.rs"));
    assert_snapshot!(shown.collect::<Vec<_>>().join("\n\n"), @r#"
    [package.metadata.docs.rs]
    all-features = true
    rustdoc-args = ["--cfg", "docsrs"]

    [features]
    default = ["rustls", "cats", "dogs"]
    rustls = ["reqwest/rustls"]
    tracing = ["dep:tracing"]
    # The operations of `client.cats()`.
    cats = []
    # The operations of `client.dogs()`.
    dogs = []
    "#);
}

#[test]
fn a_group_that_comes_is_on_by_default_and_one_that_goes_is_nowhere() {
    let before = create(&with_groups(&["cats", "dogs"]));
    // The user has a program that needs no dogs.
    let edited = before.replace(
        r#"default = ["rustls", "cats", "dogs"]"#,
        r#"default = ["rustls", "cats"]"#,
    );
    let after = update(&edited, &with_groups(&["birds", "dogs"])).expect("a manifest");
    let features = after.split("[features]\n").nth(1).expect("a table");
    assert_snapshot!(features.split("\n\n").next().unwrap_or_default(), @r#"
    default = ["rustls", "birds"]
    rustls = ["reqwest/rustls"]
    tracing = ["dep:tracing"]
    # The operations of `client.dogs()`.
    dogs = []
    # The operations of `client.birds()`.
    birds = []
    "#);
    let without = update(&after, &package()).expect("a manifest");
    assert!(!without.contains("birds") && !without.contains("dogs"), "{without}");
}

#[test]
fn what_is_said_to_docs_rs_stays() {
    let before = "[package.metadata.docs.rs]\nfeatures = [\"dogs\"]\n";
    let after = update(before, &with_groups(&["dogs"])).expect("a manifest");
    assert!(!after.contains("all-features") && after.contains(before), "{after}");
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

#[test]
fn what_the_settings_say_of_the_package_is_kept() {
    let mut package = package();
    package.about = vec![
        entry("version", "2.0.0", true),
        entry("description", "Pets", false),
        entry("license", "MIT", true),
        Entry {
            value: EntryValue::List(vec!["pets".to_owned(), "api".to_owned()]),
            ..entry("keywords", "", true)
        },
        Entry {
            value: EntryValue::Flag(true),
            ..entry("publish", "", true)
        },
    ];
    let text = "[package]\nname = \"mine\"\nversion = \"1.0.0\" # ours\nlicense.workspace = true\nkeywords = [\"pets\"]\n\
                publish = true\nauthors = []\n";
    let written = update(text, &package).expect("an edited file");
    let about = written.split("\n\n").next().unwrap_or_default();
    assert_snapshot!(about, @r#"
    [package]
    name = "mine"
    version = "2.0.0" # ours
    license = "MIT"
    keywords = ["pets", "api"]
    publish = true
    authors = []
    "#);
    assert_eq!(update(&written, &package).as_deref(), Ok(written.as_str()));
}
