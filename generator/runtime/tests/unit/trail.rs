//! Where in the arm of a union a value is that does not fit.

use std::collections::BTreeMap;

use serde_json::json;

use crate::runtime::prelude::*;
use crate::runtime::received::decode;

use super::decode::response;

#[derive(Debug, Clone, PartialEq)]
struct Money {
    amount: u32,
    per: Option<BTreeMap<String, Vec<u32>>>,
    owner: Option<Box<Owner>>,
}
model! { Money { required amount = "amount", optional per = "per", optional owner = "owner", } }

#[derive(Debug, Clone, PartialEq)]
struct Paid {
    kind: String,
    properties: Money,
}
model! { Paid { required kind = "kind", required properties = "properties", } }

#[derive(Debug, Clone, PartialEq)]
enum Event {
    Paid(Paid),
    Unknown(Value),
}
tagged_union! { Event by "kind" { Paid = "paid" } }

#[derive(Debug, Clone, PartialEq)]
enum Owner {
    Events(Vec<Event>),
    Count(u32),
    Unknown(Value),
}
untagged_union! { Owner { Events: some, Count: some } }

#[derive(Debug, Clone, PartialEq)]
enum Outer {
    Nested(Nested),
    Unknown(Value),
}
tagged_union! { Outer by "type" { Nested = "nested" } }

#[derive(Debug, Clone, PartialEq)]
struct Nested {
    r#type: String,
    events: Vec<Event>,
}
model! { Nested { required r#type = "type", required events = "events", } }

fn paid(properties: &Value) -> Value {
    json!({ "kind": "paid", "properties": properties })
}

fn error<T: serde::de::DeserializeOwned + std::fmt::Debug>(body: &Value) -> (String, String) {
    let error = decode::json::<T>(response("application/json", body.to_string())).unwrap_err();
    (error.path().to_owned(), error.to_string())
}

#[test]
fn a_part_of_an_arm_has_its_place() {
    let page = json!({ "results": [paid(&json!({ "amount": 1 })), paid(&json!({ "amount": "one" }))] });
    let (path, message) = error::<BTreeMap<String, Vec<Event>>>(&page);
    assert_eq!(path, "results[1].properties.amount");
    assert!(
        message.starts_with(
            "the body cannot be decoded at `results[1].properties.amount`: invalid type: string \"one\", expected u32"
        ),
        "{message}"
    );
}

#[test]
fn the_place_is_that_of_the_part_wherever_the_union_is() {
    for (body, place) in [
        (
            paid(&json!({ "amount": 1, "per": { "a.b": [1, null] } })),
            "properties.per.a.b[1]",
        ),
        (paid(&json!({ "amount": 1, "per": [] })), "properties.per"),
        (paid(&json!({})), "properties"),
        (json!({ "kind": "paid" }), ""),
    ] {
        assert_eq!(error::<Event>(&body).0, place, "{body}");
    }
    let nested = json!({ "type": "nested", "events": [paid(&json!({ "amount": 1 })), paid(&json!({ "amount": [] }))] });
    assert_eq!(
        error::<Vec<Outer>>(&json!([nested])).0,
        "[0].events[1].properties.amount"
    );
}

#[test]
fn what_other_arms_failed_at_is_no_place() {
    let owner = json!([paid(&json!({ "amount": "none" }))]);
    let body = json!([
        paid(&json!({ "amount": 1, "owner": owner })),
        paid(&json!({ "amount": 2, "per": 3 }))
    ]);
    assert_eq!(error::<Vec<Event>>(&body).0, "[1].properties.per");
}

#[test]
fn a_name_cannot_pass_for_the_message() {
    let body = paid(&json!({ "amount": 1, "per": { "`: all is well\n\u{202E}": 1 } }));
    let (path, message) = error::<Event>(&body);
    assert!(path.starts_with("properties.per.': all is well"), "{path}");
    assert!(!message.contains(['\n', '\u{202E}']), "{message}");
}

#[test]
fn other_readers_are_told_in_the_message() {
    let error = serde_json::from_value::<Vec<Event>>(json!([paid(&json!({ "amount": "one" }))])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "at `properties.amount`: invalid type: string \"one\", expected u32"
    );
}
