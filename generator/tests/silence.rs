//! Every fixture in, no member of it that could be taken away, or changed, without a word out.
//!
//! A member that shows in nothing is one that was lost. `cargo xtask silence` does the same with real documents. With
//! `SILENCE=all`, every change to every fixture is tried; else a sample of them, the same each time.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod side_by_side;
#[path = "../../xtask/src/silence/law/mod.rs"]
mod silence;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

use serde_json::Value;

use side_by_side::side_by_side;
use silence::{Exceptions, changes, try_changes};

/// How many changes to one fixture are tried.
const SAMPLE: usize = 12;

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn nothing_is_taken_away_or_changed_in_silence_at_length() {
    let exceptions = Exceptions::read(include_str!("../../xtask/src/silence/law/exceptions.yaml")).unwrap();
    let all = env::var_os("SILENCE").is_some();
    let documents = documents();
    let results = side_by_side(&documents, |(name, document)| {
        let mut changes = changes(document);
        if !all {
            // What is tried of one fixture does not depend on others.
            let seed = name
                .bytes()
                .fold(1, |seed: u64, byte| seed.wrapping_mul(31) ^ u64::from(byte));
            fastrand::Rng::with_seed(seed).shuffle(&mut changes);
            changes.truncate(SAMPLE);
        }
        try_changes(document, changes, &exceptions)
    });
    let (mut tried, mut lost, mut silent, mut used) = (0, 0, BTreeMap::<String, Vec<String>>::new(), BTreeSet::new());
    for ((name, _), result) in documents.iter().zip(results) {
        tried += result.changes;
        used.extend(result.excepted);
        lost += result.lost;
        for change in result.silent {
            let said = silent.entry(change.site.clone()).or_default();
            said.push(format!("{name} {change}"));
        }
    }
    println!("{tried} changes, {lost} of them within what is said to be lost");
    let mut kinds: Vec<_> = silent.iter().collect();
    kinds.sort_by_key(|(_, said)| usize::MAX - said.len());
    for (site, said) in &kinds {
        println!("{:5} {site}\n        {}", said.len(), said.join("\n        "));
    }
    assert!(silent.is_empty(), "{} kinds of places are silent", silent.len());
    let unused: BTreeSet<usize> = (0..exceptions.0.len())
        .filter(|position| !used.contains(position))
        .collect();
    let stale = stale(&exceptions, unused, &documents).into_iter();
    let stale: Vec<_> = stale
        .map(|position| &exceptions.0[position])
        .map(|it| (&it.name, &it.reason))
        .collect();
    assert!(
        stale.is_empty(),
        "no fixture needs these exceptions any more: {stale:?}"
    );
}

/// Those of the `unused` exceptions that no change to any document needs.
fn stale(exceptions: &Exceptions, mut unused: BTreeSet<usize>, documents: &[(String, Value)]) -> BTreeSet<usize> {
    for (_, document) in documents {
        if unused.is_empty() {
            break;
        }
        let about = changes(document).into_iter().filter(|change| {
            let exception = exceptions.of(change, document);
            exception.is_some_and(|exception| unused.contains(&exception))
        });
        let about: Vec<_> = about.collect();
        for exception in try_changes(document, about, exceptions).excepted {
            unused.remove(&exception);
        }
    }
    unused
}

/// Every document that another test generates from, and those that are here for the exceptions.
fn documents() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files = vec![folder.join("whole.yaml"), folder.join("swagger.yaml")];
    for name in ["lower", "emitted", "wire", "alone", "silence"] {
        let entries = fs::read_dir(folder.join(name)).unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.sort();
    let documents = files.into_iter().filter_map(|path| {
        let document: Value = serde_yaml::from_str(&fs::read_to_string(&path).unwrap()).ok()?;
        Some((path.file_name()?.to_string_lossy().into_owned(), document))
    });
    documents.collect()
}
