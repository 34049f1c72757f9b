//! What a generated crate sends and what it makes of answers: documents and a program that calls them in, a passing run
//! of that program against a server of its own out.
//!
//! The program lies in `tests/wire`, the documents that it calls in `tests/fixtures/wire`; that for Swagger 2.0 in
//! `tests/swagger`, with one document, `tests/fixtures/swagger.yaml`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod scratch;

use std::{fs, path::Path};

use scratch::{Scratch, merged, tests};

/// What runs the programs.
const PROGRAM: [&str; 6] = ["test", "--workspace", "--test", "wire", "--features", "it/oauth"];

#[test]
fn what_goes_over_the_wire_is_what_the_documents_say() {
    let whole = fs::read_to_string(tests().join("fixtures/swagger.yaml")).unwrap();
    let scratch = Scratch::new("wire", &["it", "swagger"]);
    scratch.write("it", &merged(&tests().join("fixtures/wire")));
    scratch.write("swagger", &serde_yaml::from_str(&whole).unwrap());
    for (member, folders) in [("it", &["wire"][..]), ("swagger", &["wire", "swagger"])] {
        lay(&scratch.member(member), folders);
    }
    scratch.cargo(&PROGRAM);
}

/// Features of a dependency hold for the whole of a program, whoever in it switches them on.
#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn what_goes_over_the_wire_is_the_same_with_every_feature_of_serde_json_at_length() {
    let scratch = Scratch::new("wire_with_features", &["it", "features"]);
    scratch.write("it", &merged(&tests().join("fixtures/wire")));
    lay(&scratch.member("it"), &["wire"]);
    let features = scratch.member("features");
    fs::create_dir_all(features.join("src")).unwrap();
    fs::write(features.join("src/lib.rs"), "").unwrap();
    let manifest = "[package]\nname = \"features\"\nedition = \"2024\"\n\n[dependencies]\nserde_json = { version = \"1\", features = \
        [\"arbitrary_precision\", \"float_roundtrip\", \"preserve_order\", \"raw_value\", \"unbounded_depth\"] }\n";
    fs::write(features.join("Cargo.toml"), manifest).unwrap();
    scratch.cargo_with(&PROGRAM, &[("EVERY_FEATURE", "1")]);
}

/// Puts the program of `folders` into a crate; of files of the same name, the last.
fn lay(member: &Path, folders: &[&str]) {
    let program = member.join("tests/wire");
    fs::create_dir_all(&program).unwrap();
    for path in folders
        .iter()
        .flat_map(|folder| fs::read_dir(tests().join(folder)).unwrap())
    {
        let path = path.unwrap().path();
        let name = path.file_name().unwrap();
        // Under its real name cargo would take it for a test of this package.
        let name = if name == "program.rs" { "main.rs".as_ref() } else { name };
        fs::copy(&path, program.join(name)).unwrap();
    }
    let table = tests().join("../runtime/tests/unit/styles.txt");
    fs::copy(table, program.join("styles.txt")).unwrap();
}
