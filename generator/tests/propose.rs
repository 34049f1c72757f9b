//! Documents whose pages nobody described in, the rules that are proposed for them out; and that these are true.
//!
//! One snapshot for each file of `fixtures/propose`. To take a change over: `cargo insta review`, or run the tests with
//! `INSTA_UPDATE=always` and read the difference.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{fmt::Write as _, fs, path::Path};

use generator::{
    Config, Generated, Input, Source, generate,
    input::NoFiles,
    propose::{Proposals, Rule, Uncertain},
    propose_pages,
};

#[test]
fn every_fixture_gets_the_same_rules_as_before() {
    for (name, text) in fixtures() {
        assert!(text.starts_with("# "), "{name} does not say its idea");
        let mut shown = String::new();
        let proposals = proposed(&text);
        shown.push_str(&proposals.overlay().unwrap_or_default());
        for Uncertain { operation, why } in &proposals.uncertain {
            write!(shown, "\n{operation}\n  {why}").unwrap();
        }
        insta::with_settings!({ snapshot_path => "snapshots/propose", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, shown);
        });
    }
}

#[test]
fn what_is_proposed_is_followed_and_changes_no_other() {
    for (name, text) in fixtures() {
        let before = generated(&text, None);
        let proposals = proposed(&text);
        let Some(overlay) = proposals.overlay() else { continue };
        let after = generated(&text, Some(&overlay));
        let said: Vec<_> = after.diagnostics.iter().map(|it| &it.message).collect();
        let known: Vec<_> = before.diagnostics.iter().map(|it| &it.message).collect();
        assert_eq!(said, known, "{name}");
        let operations = before.api.operations.iter().zip(&after.api.operations);
        for (before, after) in operations {
            let key = format!("{} {}", after.method.as_str(), after.template);
            if proposals.rules.iter().any(|rule| rule.operations.contains(&key)) {
                assert!(after.pagination.is_some(), "{name}: {key} has no pages");
            } else {
                assert_eq!(before.pagination, after.pagination, "{name}: {key}");
            }
        }
        let Proposals { rules, uncertain, .. } = proposed_with(&text, Some(&overlay));
        assert_eq!(
            (rules, uncertain.len()),
            (Vec::<Rule>::new(), open(&proposals)),
            "{name}"
        );
    }
}

#[test]
fn what_is_no_document_is_refused() {
    let refusal = propose_pages(&source(b"[]"), &Config::default()).unwrap_err();
    assert_eq!(refusal.problems.len(), 1);
}

/// How many operations stay uncertain: those with an exception are done with.
fn open(proposals: &Proposals) -> usize {
    let excepted = proposals.exception.as_ref().map_or(&[][..], |rule| &rule.operations);
    let uncertain = proposals.uncertain.iter();
    uncertain.filter(|it| !excepted.contains(&it.operation)).count()
}

fn fixtures() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/propose");
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut fixtures: Vec<_> = files
        .map(|file| {
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(&file).unwrap())
        })
        .collect();
    fixtures.sort();
    assert!(fixtures.len() > 4, "the fixtures are in {}", folder.display());
    fixtures
}

fn source(bytes: &[u8]) -> Source<'_> {
    Source { name: "it.yaml", bytes }
}

fn proposed(text: &str) -> Proposals {
    proposed_with(text, None)
}

fn proposed_with(text: &str, overlay: Option<&str>) -> Proposals {
    with(text, overlay, |input| propose_pages(input, &Config::default())).unwrap()
}

fn generated(text: &str, overlay: Option<&str>) -> Generated {
    with(text, overlay, |input| generate(input, &Config::default())).unwrap()
}

fn with<T>(text: &str, overlay: Option<&str>, work: impl FnOnce(Input<'_>) -> T) -> T {
    let overlays: Vec<Source<'_>> = overlay.iter().map(|text| source(text.as_bytes())).collect();
    work(Input {
        source: source(text.as_bytes()),
        files: &NoFiles,
        overlays: &overlays,
        earlier: None,
    })
}
