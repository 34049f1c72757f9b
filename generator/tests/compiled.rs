//! Every fixture in, crates that rustc, clippy and rustdoc take without a word out.
//!
//! The fixtures of one idea each become one document, so that one crate is enough for all of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod hazards;
mod scratch;

use std::{fs, process::Command};

use scratch::{Scratch, merged, tests};

#[test]
fn what_is_emitted_compiles_without_a_warning() {
    let names: Vec<String> = hazards::HAZARDS.iter().map(|text| (*text).to_owned()).collect();
    let whole = fs::read_to_string(tests().join("fixtures/whole.yaml")).unwrap();
    let documents = [
        ("ideas", merged(&tests().join("fixtures/emitted"))),
        ("names", hazards::document_of(&names)),
        ("whole", serde_yaml::from_str(&whole).unwrap()),
    ];
    let scratch = Scratch::new("compiled", &["ideas", "names", "whole"]);
    for (name, document) in &documents {
        scratch.write(name, document);
    }
    if Command::new(env!("CARGO"))
        .args(["clippy", "--version"])
        .output()
        .is_ok_and(|output| output.status.success())
    {
        scratch.cargo(&[
            "clippy",
            "--workspace",
            "--",
            "--deny=warnings",
            "--deny=clippy::pedantic",
        ]);
    } else {
        eprintln!("this toolchain has no clippy; what clippy would say is not known");
        scratch.cargo(&["check", "--workspace"]);
    }
    scratch.cargo(&["doc", "--workspace", "--no-deps"]);
    scratch.cargo(&["test", "--workspace", "--doc"]);
}
