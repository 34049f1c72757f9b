//! Any bytes in; the promise of the generator held.

#![no_main]

#[path = "../../tests/promise/mod.rs"]
mod promise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = promise::hold("document", bytes);
});
