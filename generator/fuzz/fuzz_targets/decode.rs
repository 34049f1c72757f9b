//! Any bytes in, as a server may send them; models, events and waits out, or errors.

#![no_main]

#[path = "../src/decode.rs"]
mod decode;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| decode::run(bytes));
