//! The runtime by itself has all of its parts. A generated crate has those that its document needs: there these marks are gone.

/// What may be left out. The generator's table says when.
const PARTS: [&str; 37] = [
    "base64",
    "bodies",
    "builders",
    "bulk",
    "calls",
    "collected",
    "conversions",
    "credentials",
    "denied",
    "elsewhere",
    "enums",
    "events",
    "floating",
    "forms",
    "headers",
    "idempotency",
    "item_uploads",
    "items",
    "maybe",
    "mixed_enums",
    "mock",
    "multipart",
    "oauth",
    "objects",
    "pages",
    "plain",
    "segments",
    "styles",
    "text_enums",
    "texts",
    "time",
    "tuples",
    "unions",
    "uploads",
    "webhook_forms",
    "webhooks",
    "xml",
];

/// What the runtime of a crate is not by itself: one of several crates, or of several modules of one.
const HOMES: [&str; 2] = ["apart", "shared"];

fn main() {
    println!("cargo::rerun-if-changed=../build.rs");
    let names = PARTS.iter().chain(&HOMES).map(|part| format!("{part:?}"));
    println!(
        "cargo::rustc-check-cfg=cfg(part, values({}))",
        names.collect::<Vec<_>>().join(", ")
    );
    for part in PARTS {
        println!("cargo::rustc-cfg=part={part:?}");
    }
}
