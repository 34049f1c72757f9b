//! Bytes in, read as a choice of a document and of what to do to it; the promise of the generator held about the result.

#![no_main]

#[path = "../src/mutated.rs"]
mod mutated;
#[allow(dead_code, reason = "shared with targets that have no files")]
#[path = "../../tests/promise/mod.rs"]
mod promise;
#[path = "../src/words.rs"]
mod words;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mutated::run(bytes));
