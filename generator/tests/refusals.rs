//! Documents that are wrong in one way each in, what is said about them out, as a person sees it.
//!
//! One snapshot for each file of `fixtures/refusals`. To take a change over: `cargo insta review`, or run the tests with
//! `INSTA_UPDATE=always` and read the difference.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{fs, path::Path};

use generator::{Config, Source, diagnostics::render, generate};

/// How much is enough for a person to read at once.
const LONGEST_SNAPSHOT: usize = 150;

#[test]
fn every_fixture_is_answered_as_it_was_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/refusals");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 50, "the fixtures are in {}", folder.display());
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let answer = answer(name, &fs::read(&file).unwrap());
        assert!(
            answer.lines().count() <= LONGEST_SNAPSHOT,
            "{name} says more than anybody reads:\n{answer}"
        );
        insta::with_settings!({ snapshot_path => "snapshots/refusals", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name.replace('.', "_"), answer);
        });
    }
}

/// What is drawn for a document, and what came of it.
fn answer(name: &str, bytes: &[u8]) -> String {
    let source = Source { name, bytes };
    match generate(&source, &Config::default()) {
        Ok(generated) => {
            let (operations, types) = (generated.api.operations.len(), generated.api.types.iter().count());
            let drawn = render(&generated.diagnostics, &generated.sources, false);
            format!("read: operations {operations}, types {types}\n\n{}", drawn.trim_end())
        }
        Err(refusal) => {
            let drawn = render(&refusal.problems, &refusal.sources, false);
            format!("refused\n\n{}", drawn.trim_end())
        }
    }
}

/// The words of the first problem of a document that is refused.
fn refusal(bytes: &[u8]) -> String {
    match generate(&Source { name: "it", bytes }, &Config::default()) {
        Ok(_) => "read".to_owned(),
        Err(refusal) => {
            let problem = refusal.problems.first().unwrap();
            let place = problem
                .location
                .map(|at| format!(" at {}:{}", at.line, at.column))
                .unwrap_or_default();
            format!("{}{place}", problem.message)
        }
    }
}

const SMALL: &str = "openapi: 3.0.3\r\ninfo: {title: Pets, version: '1'}\r\npaths: {}\r\n";

#[test]
fn every_encoding_with_a_mark_is_read() {
    let utf16 = |unit: fn(u16) -> [u8; 2]| {
        format!("\u{feff}{SMALL}")
            .encode_utf16()
            .flat_map(unit)
            .collect::<Vec<u8>>()
    };
    assert_eq!(refusal(SMALL.as_bytes()), "read");
    assert_eq!(refusal(format!("\u{feff}{SMALL}").as_bytes()), "read");
    assert_eq!(refusal(&utf16(u16::to_le_bytes)), "read");
    assert_eq!(refusal(&utf16(u16::to_be_bytes)), "read");
}

#[test]
fn what_is_no_text_is_named() {
    let mut broken = b"openapi: 3.0.3\ninfo: {title: \xc3\xa9".to_vec();
    broken.extend(b"\xff}");
    let half = [0xff, 0xfe, b'o'];
    insta::assert_snapshot!(
        [refusal(&broken), refusal(&half), refusal(b"\x1f\x8b\x08"), refusal(b"PK\x03\x04"), refusal(b"\0\0\0")].join("\n"),
        @r"
    the text is not UTF-8: the byte 0xFF cannot stand here at 2:16
    the text begins like UTF-16 and is not
    this is a gzip archive, not an OpenAPI 3.0 document
    this is a zip archive, not an OpenAPI 3.0 document
    not valid YAML: control characters are not allowed at 1:1
    "
    );
}

#[test]
fn nesting_without_end_is_refused_at_its_place() {
    let deep = 100_000;
    let lists = format!(
        "{{\"openapi\": \"3.0.3\", \"x\": {}{}}}",
        "[".repeat(deep),
        "]".repeat(deep)
    );
    let unclosed = format!("{{\"openapi\": \"3.0.3\", \"x\": {}", "{\"a\":".repeat(deep));
    let flow = format!("openapi: 3.0.3\nx: {}{}", "[".repeat(deep), "]".repeat(deep));
    let lines = (0..2_000).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>();
    let dashes = format!("openapi: 3.0.3\nx: \n {}a", "- ".repeat(deep));
    insta::assert_snapshot!(
        [lists, unclosed, flow, lines, dashes].map(|text| refusal(text.as_bytes())).join("\n"),
        @r"
    the document is nested more than 100 levels deep at 1:126
    the document is nested more than 100 levels deep at 1:522
    the document is nested more than 100 levels deep at 2:259
    the document is nested more than 100 levels deep at 101:101
    the document is nested more than 100 levels deep at 3:200
    "
    );
}

#[test]
fn the_deepest_schema_that_is_read_fits_every_stack() {
    for (open, close) in [
        ("{\"items\":", "}"),
        ("{\"not\":", "}"),
        ("{\"allOf\":[", "]}"),
        ("{\"properties\":{\"a\":", "}}"),
    ] {
        let levels = open.matches(['{', '[']).count();
        let depth = 96 / levels;
        let schema = format!("{}{{\"type\":5}}{}", open.repeat(depth), close.repeat(depth));
        let text = format!(
            r#"{{"openapi":"3.0.3","info":{{"title":"t","version":"1"}},"paths":{{}},"components":{{"schemas":{{"A":{schema}}}}}}}"#
        );
        assert_eq!(refusal(text.as_bytes()), "read", "{open}");
    }
}

#[test]
fn a_long_line_is_read() {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Pets, version: '1', description: \"{}\"}}\npaths: []\n",
        "a".repeat(20_000_000)
    );
    assert_eq!(refusal(text.as_bytes()), "read");
}
