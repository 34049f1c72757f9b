//! What the fuzz targets of the generator look for, in a small sample that is the same each time.

#[path = "../fuzz/src/mutated.rs"]
mod mutated;
mod promise;
mod sampled;
#[path = "../fuzz/src/words.rs"]
mod words;

use std::{fs, path::Path};

use proptest::{collection::vec, prelude::*};
use sampled::{damaged, sample};

/// Enough of them that every kind of mutation is among them.
const SAMPLE: u32 = 400;

/// A document takes its time, and what broke is said before it is made smaller.
const SMALLER: u32 = 50;

#[test]
fn documents_that_were_mutated_are_generated_or_refused() {
    sample(SAMPLE, SMALLER, &vec(any::<u8>(), 0..400), |bytes| mutated::run(&bytes));
}

#[test]
fn texts_that_were_damaged_are_generated_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/refusals");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.is_file()).collect();
    files.sort();
    let texts = files.iter().map(|path| fs::read(path).unwrap());
    let texts = texts.filter(|text| !text.is_empty()).collect();
    sample(SAMPLE, SMALLER, &damaged(texts, &[b"{", b"\n- "], 1), |bytes| {
        let _ = promise::hold("document", &bytes);
    });
}
