//! Documents of every kind in, what is said about them out.

use proptest::{collection::vec, prelude::*};
use serde_json::{Map, Value, json};

use super::{Document, Source, load};
use crate::{
    diagnostics::{Code, Diagnostics, Location, Refusal},
    input::Input,
    ir::Pointer,
};

fn read(text: &str) -> (Document, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let document = load_bytes(text.as_bytes(), &mut diagnostics).unwrap();
    (document, diagnostics)
}

fn load_bytes(bytes: &[u8], diagnostics: &mut Diagnostics) -> Result<Document, Refusal> {
    let source = Source { name: "it", bytes };
    load(&Input::from(&source), diagnostics)
}

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).unwrap()
}

fn places(text: &str, pointers: &[&str]) -> Vec<String> {
    let (document, _) = read(text);
    let pointers = pointers.iter().map(|text| pointer(text)).collect::<Vec<_>>();
    let locations = document.texts.locate(pointers.iter());
    locations
        .into_iter()
        .map(|found| found.value)
        .map(|Location { line, column }| format!("{line}:{column}"))
        .collect()
}

const ASKED: &[&str] = &[
    "",
    "/info/title",
    "/paths/~1a~0b",
    "/paths/~1a~0b/get/tags/1",
    "/paths/~1a~0b/get/tags/2",
    "/paths/~1a~0b/get/nowhere/at/all",
    "/elsewhere",
];

#[test]
fn a_place_in_yaml_is_the_values_or_its_keys_where_that_is_on_a_line_before() {
    let text = "openapi: 3.0.3\ninfo:\n  title: é ñ\n  version: '1'\npaths:\n  /a~b:\n    get:\n      tags:\n        - one\n        - two\n      responses: {}\n";
    assert_eq!(
        places(text, ASKED),
        ["1:1", "3:10", "6:3", "10:11", "8:7", "7:5", "1:1"]
    );
    let crlf = text.replace('\n', "\r\n");
    assert_eq!(places(&crlf, ASKED), places(text, ASKED));
    let marked = format!("\u{feff}{text}");
    assert_eq!(places(&marked, ASKED), places(text, ASKED));
}

#[test]
fn a_place_in_json_is_the_values() {
    let text = "{\"openapi\": \"3.0.3\",\n \"info\": {\"é\": \"ñ\", \"title\": \"t\\u00e9\", \"version\": \"1\"},\n \"paths\": {\"\\/a~b\": {\n\t\"get\": {\"tags\": [\"one\",\n\"two\"], \"responses\": {}}}}}";
    assert_eq!(
        places(text, ASKED),
        ["1:1", "2:30", "3:21", "5:1", "4:18", "4:9", "1:1"]
    );
}

#[test]
fn an_alias_and_what_it_brings_stand_where_it_does() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\nx-a: &a {b: {c: 1}}\nx-d: *a\n";
    assert_eq!(places(text, &["/x-a/b/c", "/x-d", "/x-d/b/c"]), ["4:17", "5:6", "5:6"]);
}

#[test]
fn yaml_and_json_are_the_same_document() {
    let yaml = "openapi: 3.0.3\ninfo: {title: on, version: '1'}\npaths:\n  /a:\n    get: {responses: {200: {description: ok}}}\nx-values: [0x10, 0o17, 1e3, ~, 1.5, true, .inf, '1', 2020-01-01, 18446744073709551615]\n";
    let json = json!({
        "openapi": "3.0.3",
        "info": { "title": "on", "version": "1" },
        "paths": { "/a": { "get": { "responses": { "200": { "description": "ok" } } } } },
        "x-values": [16, 15, 1000.0, null, 1.5, true, "inf", "1", "2020-01-01", u64::MAX],
    });
    let (yaml, json) = (read(yaml).0, read(&json.to_string()).0);
    assert_eq!(yaml.value_at(&Pointer::root()), json.value_at(&Pointer::root()));
}

#[test]
fn document_order_is_kept() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    Z: {type: object, properties: {z: {}, a: {}, m: {}}}\n    A: {}\n    M: {}\n";
    let (document, _) = read(text);
    let schemas = document
        .value_at(&pointer("/components/schemas"))
        .and_then(Value::as_object)
        .unwrap();
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["Z", "A", "M"]);
    let properties = document
        .value_at(&pointer("/components/schemas/Z/properties"))
        .and_then(Value::as_object)
        .unwrap();
    assert_eq!(properties.keys().collect::<Vec<_>>(), ["z", "a", "m"]);
}

#[test]
fn later_stages_speak_of_the_repaired_document_and_readers_see_the_source() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  pets:\n    get:\n      responses: {}\n      parameters:\n        - nonsense\n        - {name: a, in: query, schema: {}}\n";
    let (document, mut diagnostics) = read(text);
    let place = pointer("/paths/~1pets/get/parameters/0/name");
    assert_eq!(document.value_at(&place), Some(&json!("a")));
    diagnostics.report(Code::UnsupportedParameter, &place, "for a test");
    document.place(&mut diagnostics);
    let seen = diagnostics
        .iter()
        .find(|diagnostic| diagnostic.code == Code::UnsupportedParameter)
        .unwrap();
    assert_eq!(seen.pointer.as_str(), "/paths/pets/get/parameters/1/name");
    assert_eq!(seen.location, Some(Location { line: 9, column: 18 }));
}

#[test]
fn diagnostics_are_sorted_by_place_and_twins_are_one() {
    let (document, mut diagnostics) = read("openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ntags: []\n");
    for place in ["/tags", "/info", "/paths", "/info", "/tags"] {
        diagnostics.report(Code::WrongShape, &pointer(place), "for a test");
    }
    document.place(&mut diagnostics);
    let order = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.pointer.as_str())
        .collect::<Vec<_>>();
    assert_eq!(order, ["/info", "/paths", "/tags"]);
}

#[test]
fn what_the_grammar_lets_through_can_be_typed() {
    let schema = json!({
        "type": "integer", "multipleOf": 0.5, "minimum": 1.5, "enum": [1, u64::MAX, null], "nullable": true,
        "properties": { "$ref": { "type": "string" }, "x-a": {} }, "required": [], "items": { "$ref": "" },
        "discriminator": { "propertyName": "a", "mapping": {} }, "additionalProperties": { "not": {} },
    });
    let parameter = json!({ "name": "", "in": "cookie", "content": {} });
    let response =
        json!({ "description": "", "headers": { "a": { "content": {} } }, "content": { "a/b": { "schema": schema } } });
    let text = json!({
        "openapi": "3.0.3", "info": { "title": "", "version": "" },
        "paths": { "/": { "get": { "parameters": [parameter], "responses": { "200": response, "default": response } } } },
        "components": {
            "schemas": { "A": schema }, "parameters": { "P": parameter }, "responses": { "R": { "$ref": "#/nowhere" } },
            "examples": { "E": {} }, "requestBodies": { "B": { "content": {} } },
            "securitySchemes": { "S": { "type": "oauth2", "flows": {} } },
        },
    });
    let (document, diagnostics) = read(&text.to_string());
    assert_eq!(diagnostics.iter().collect::<Vec<_>>(), Vec::<&crate::Diagnostic>::new());
    assert_eq!(operations(&document), 1);
    let typed = document.typed_at::<openapiv3::ReferenceOr<openapiv3::Schema>>(&pointer(
        "/paths/~1/get/responses/200/content/a~1b/schema",
    ));
    assert!(matches!(typed, Some(openapiv3::ReferenceOr::Item(_))));
}

/// How many operations of paths can be typed.
fn operations(document: &Document) -> usize {
    let items = document.value_at(&pointer("/paths")).and_then(Value::as_object);
    let places = items.into_iter().flatten().flat_map(|(path, item)| {
        let item_place = Pointer::root().child("paths").child(path);
        let members = item.as_object().into_iter().flat_map(Map::keys);
        members
            .filter(|name| super::METHODS.contains(&name.as_str()))
            .map(move |name| item_place.child(name))
    });
    places
        .filter(|place| document.typed_at::<openapiv3::Operation>(place).is_some())
        .count()
}

/// A document with one of nearly everything, to be broken at random.
const WHOLE: &str = include_str!("../../tests/fixtures/whole.yaml");

#[test]
fn the_whole_fixture_has_nothing_wrong() {
    let (_, diagnostics) = read(WHOLE);
    // That no type can say `not` is no fault of the document's.
    let wrong = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code != Code::UnsupportedSchema);
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&crate::Diagnostic>::new());
}

/// Every place in a value, from the root down.
fn all_places(value: &Value, here: &Pointer, places: &mut Vec<Pointer>) {
    places.push(here.clone());
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, value)| all_places(value, &here.child(key), places)),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| all_places(item, &here.item(index), places));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        Just(json!(true)),
        Just(json!(-1)),
        Just(json!(1.5)),
        Just(json!("text")),
        Just(json!("")),
        Just(json!([])),
        Just(json!({})),
        Just(json!([null, 1, "a", {}, []])),
        Just(json!({ "$ref": 1 })),
        Just(json!({ "a": { "b": null } })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in vec(any::<u8>(), 0..200)) {
        let _ = load_bytes(&bytes, &mut Diagnostics::default());
    }

    #[test]
    fn any_text_is_answered(text in "(openapi: 3\\.0\\.3\n)?[-{}\\[\\]:,&*!|>'\"%@` \n\ta-c0-9~<é\u{feff}]{0,80}") {
        let _ = load_bytes(text.as_bytes(), &mut Diagnostics::default());
    }

    #[test]
    fn a_document_with_bytes_changed_is_answered(changes in vec((0..WHOLE.len(), any::<u8>()), 1..6), cut in 0..WHOLE.len()) {
        let mut bytes = WHOLE.as_bytes().to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        for bytes in [&bytes[..], &bytes[..cut]] {
            let _ = load_bytes(bytes, &mut Diagnostics::default());
        }
    }

    /// Whatever stands wherever: it is read, everything that is lost is said, and all that is said has a place.
    #[test]
    fn a_document_with_values_changed_is_read(changes in vec((any::<prop::sample::Index>(), anything()), 1..6)) {
        let mut root = read(WHOLE).0.value_at(&Pointer::root()).unwrap().clone();
        for (index, value) in changes {
            let mut places = Vec::new();
            all_places(&root, &Pointer::root(), &mut places);
            let place = index.get(&places);
            if !place.as_str().is_empty() && place.as_str() != "/openapi" {
                *root.pointer_mut(place.as_str()).unwrap() = value;
            }
        }
        let (document, mut diagnostics) = read(&root.to_string());
        document.place(&mut diagnostics);
        for diagnostic in &diagnostics {
            prop_assert!(diagnostic.location.is_some());
            prop_assert!(!diagnostic.message.contains("cannot be read"), "the grammar lets through: {diagnostic:?}");
        }
        let described = |value: &Value| value["paths"].as_object().into_iter().flat_map(|paths| paths.values())
            .filter(|item| item.get("$ref").is_none())
            .flat_map(|item| item.as_object().into_iter().flatten())
            .filter(|(key, value)| super::METHODS.contains(&key.as_str()) && value.is_object()).count();
        let skipped = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::SkippedOperation).count();
        let read = operations(&document);
        prop_assert!(read + skipped >= described(&root), "{read} read, {skipped} skipped of {}", described(&root));
    }
}
