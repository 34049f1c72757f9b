//! What the fuzz targets of the generator look for, in a small sample that is the same each time.

#[path = "../fuzz/src/mutated.rs"]
mod mutated;
mod promise;
#[path = "../fuzz/src/words.rs"]
mod words;

use std::{fs, path::Path};

use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};

/// Enough of them that every kind of mutation is among them.
const SAMPLE: u32 = 400;

/// Runs `holds` with so many of the values, the same ones each time.
fn sample<S: Strategy>(cases: u32, strategy: &S, holds: impl Fn(S::Value)) {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        // A document takes its time, and what broke is said before it is made smaller.
        max_shrink_iters: 50,
        ..ProptestConfig::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(strategy, |value| {
        holds(value);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn documents_that_were_mutated_are_generated_or_refused() {
    sample(SAMPLE, &vec(any::<u8>(), 0..400), |bytes| mutated::run(&bytes));
}

/// A text with something else at a place, or only what stands before it.
fn damaged(texts: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let place = any::<prop::sample::Index>();
    let other = prop_oneof![vec(any::<u8>(), 0..8), Just(b"{".to_vec()), Just(b"\n- ".to_vec())];
    (prop::sample::select(texts), place, other, any::<bool>()).prop_map(|(mut text, place, other, ends)| {
        let place = place.index(text.len());
        let end = if ends { text.len() } else { place + 1 };
        text.splice(place..end, other);
        text
    })
}

#[test]
fn texts_that_were_damaged_are_generated_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/refusals");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.is_file()).collect();
    files.sort();
    let texts = files.iter().map(|path| fs::read(path).unwrap());
    let texts = texts.filter(|text| !text.is_empty()).collect();
    sample(SAMPLE, &damaged(texts), |bytes| {
        let _ = promise::hold("document", &bytes);
    });
}
