//! What a generated crate sends and what it makes of answers: documents and a program that calls them in, a passing run
//! of that program against a server of its own out.
//!
//! The program lies in `tests/wire`, the documents that it calls in `tests/fixtures/wire`; that for Swagger 2.0 in
//! `tests/swagger`, with one document, `tests/fixtures/swagger.yaml`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod scratch;

use std::fs;

use scratch::{Scratch, merged, tests};

#[test]
fn what_goes_over_the_wire_is_what_the_documents_say() {
    let whole = fs::read_to_string(tests().join("fixtures/swagger.yaml")).unwrap();
    let scratch = Scratch::new("wire", &["it", "swagger"]);
    scratch.write("it", &merged(&tests().join("fixtures/wire")));
    scratch.write("swagger", &serde_yaml::from_str(&whole).unwrap());
    for (member, folders) in [("it", ["wire", "wire"]), ("swagger", ["wire", "swagger"])] {
        let program = scratch.member(member).join("tests/wire");
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
    scratch.cargo(&["test", "--workspace", "--test", "wire", "--features", "it/oauth"]);
}
