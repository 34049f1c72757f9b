//! A document and twins of all that it describes in, the names that one who has the crate of the document keeps out: all.

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

use std::{fs, path::Path};

use generator::{Config, Input, Manifest, Refusal, Source, digest, input::NoFiles, manifest};
use serde_json::{Map, Value, json};

/// Does `work` on `document` with `overlay` laid over it, for one who has `earlier`.
fn with<T>(
    document: &[u8],
    overlay: Option<&[u8]>,
    earlier: Option<&Manifest>,
    work: impl FnOnce(Input<'_>) -> Result<T, Refusal>,
) -> T {
    let name = "twins.yaml";
    let overlays: Vec<Source<'_>> = overlay.map(|bytes| Source { name, bytes }).into_iter().collect();
    let input = Input {
        source: Source {
            name: "shop.yaml",
            bytes: document,
        },
        files: &NoFiles,
        overlays: &overlays,
        earlier,
    };
    work(input).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn manifest_of(document: &[u8], overlay: Option<&[u8]>, earlier: Option<&Manifest>) -> Manifest {
    with(document, overlay, earlier, |input| {
        Manifest::of(input, &Config::default())
    })
}

/// What changes for one who has the crate of a schema, and says the same of it in other words beside a twin.
fn changes(before: &Value, after: &Value) -> Vec<String> {
    let document = |meta: &Value| {
        let schemas = json!({ "S": { "type": "object", "properties": { "meta": meta } } });
        let document = json!({ "openapi": "3.1.0", "info": { "title": "Twins", "version": "1" }, "components": { "schemas": schemas } });
        serde_json::to_vec(&document).unwrap()
    };
    let before = manifest_of(&document(before), None, None);
    let after = manifest_of(&document(after), None, Some(&before));
    manifest::changes(&before, &after)
}

fn object(members: &[&str]) -> Value {
    let members: Map<String, Value> = members
        .iter()
        .map(|name| ((*name).to_owned(), json!({ "type": "string" })))
        .collect();
    json!({ "type": "object", "properties": members })
}

#[test]
fn what_is_written_elsewhere_in_the_schema_keeps_its_names() {
    let part = |value: Value| json!({ "allOf": [value, object(&["q"])] });
    let behind = |value: Value| json!({ "allOf": [object(&["q"]), value] });
    let holder = |value: Value| json!({ "type": "object", "properties": { "inside": value } });
    let is_new = "changed `models::SMetaInside`: `foo_bar_lower: Option<String>` is new";
    let (own, twins) = (object(&["foo_bar"]), object(&["fooBar", "foo_bar"]));
    for (before, after) in [
        (part(holder(own.clone())), behind(holder(twins.clone()))),
        (holder(own.clone()), part(holder(twins.clone()))),
        (holder(own), holder(json!({ "allOf": [twins] }))),
    ] {
        let changes = changes(&before, &after);
        assert!(changes.iter().any(|change| change == is_new), "{changes:?}");
        let is_lost = |change: &&String| change.contains(" is sent as ") || change.contains("gone");
        assert_eq!(changes.iter().find(is_lost), None);
    }
}

#[test]
fn an_arm_in_front_takes_no_name_whatever_the_others_are() {
    let text = json!({ "type": "string" });
    let list = |item: Value| json!({ "type": "array", "items": item });
    let nested = |one: Value| json!({ "anyOf": [one, object(&["k"])] });
    let union = |arms: &[Value]| json!({ "oneOf": arms });
    let own = object(&["fooBar"]);
    let twins = object(&["foo_bar", "fooBar"]);
    for (before, after) in [
        (
            vec![list(own.clone()), text.clone()],
            vec![json!({ "type": "integer" }), list(twins.clone()), text.clone()],
        ),
        (
            vec![list(own.clone()), text.clone()],
            vec![list(object(&["wow"])), list(twins.clone()), text.clone()],
        ),
        (
            vec![nested(own.clone()), text.clone()],
            vec![json!({ "type": "integer" }), nested(twins.clone()), text.clone()],
        ),
        (
            vec![nested(own), text.clone()],
            vec![nested(object(&["wow"])), nested(twins), text],
        ),
    ] {
        let changes = changes(&union(&before), &union(&after));
        let is_new = |change: &&String| !change.ends_with(" is new") && !change.starts_with("added ");
        assert_eq!(changes.iter().find(is_new), None, "{changes:?}");
    }
}

#[test]
fn a_twin_takes_nobodys_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/kept");
    let document = fs::read(folder.join("shop.yaml")).unwrap();
    let twins = fs::read(folder.join("twins.yaml")).unwrap();
    let before = manifest_of(&document, None, None);
    let after = manifest_of(&document, Some(&twins), Some(&before));
    let changes = manifest::changes(&before, &after);
    insta::assert_snapshot!(changes.join("\n"));
    // And again, by one who has the crate with the twins.
    let later = manifest_of(&document, Some(&twins), Some(&after));
    assert_eq!(manifest::changes(&after, &later), [""; 0]);
    let files = |earlier| {
        with(&document, Some(&twins), Some(earlier), |input| {
            digest(input, &Config::default())
        })
        .files
    };
    assert_eq!(files(&before), files(&after), "written once, nothing is left to write");
    let without = manifest_of(&document, None, Some(&after));
    let gone = manifest::changes(&before, &without);
    assert_eq!(gone, [""; 0], "when the twins go, all is as it was");
}
