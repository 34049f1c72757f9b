//! What `model!` decodes and encodes.

use serde_json::json;

use crate::runtime::prelude::*;

#[derive(Debug, Clone, PartialEq)]
struct Ticket {
    id: String,
    archived: Option<bool>,
    note: Option<String>,
    requested_at: Maybe<i64>,
    parent: Option<Box<Self>>,
    r#type: Option<Value>,
    additional_properties: BTreeMap<String, Value>,
}
model! {
    Ticket {
        required id = "id",
        optional archived = "archived",
        nullable note = "note",
        maybe requested_at = "requestedAt",
        optional parent = "parent",
        optional r#type = "type",
        additional additional_properties,
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Closed {
    map: Option<u8>,
    members: Option<u8>,
}
model! { Closed { optional map = "map", optional members = "members", } }

#[derive(Debug, Clone, PartialEq, Default)]
struct Empty {}
model! { Empty {} }

#[derive(Debug, Clone, PartialEq, Default)]
struct Labels {
    additional_properties: BTreeMap<String, u8>,
}
model! { Labels { additional additional_properties, } }

fn error(json: &str) -> String {
    serde_json::from_str::<Ticket>(json).unwrap_err().to_string()
}

#[test]
fn all_members_round_trip() {
    let json = json!({
        "id": "1", "archived": true, "note": "hi", "requestedAt": 3, "parent": { "id": "0", "note": null },
        "type": [1], "colour": "red", "weight": null,
    });
    let ticket: Ticket = serde_json::from_str(&json.to_string()).unwrap();
    assert_eq!(ticket.parent.as_ref().unwrap().id, "0");
    assert_eq!(ticket.additional_properties["colour"], "red");
    assert_eq!(serde_json::to_value(&ticket).unwrap(), json);
    assert_eq!(serde_json::from_value::<Ticket>(json).unwrap(), ticket);
}

#[test]
fn absent_null_and_value_are_three_things() {
    for (json, requested_at) in [
        (r#"{"id":"1","note":null}"#, Maybe::Absent),
        (r#"{"id":"1","note":null,"requestedAt":null}"#, Maybe::Null),
        (r#"{"id":"1","note":null,"requestedAt":7}"#, Maybe::Value(7)),
    ] {
        let ticket: Ticket = serde_json::from_str(json).unwrap();
        assert_eq!(ticket.requested_at, requested_at);
        assert_eq!(ticket.note, None);
        assert_eq!(serde_json::to_string(&ticket).unwrap(), json);
    }
}

#[test]
fn null_is_none_for_an_optional_member() {
    let ticket: Ticket = serde_json::from_str(r#"{"id":"1","note":null,"archived":null}"#).unwrap();
    assert_eq!(ticket.archived, None);
}

#[test]
fn members_may_come_in_any_order() {
    let ticket: Ticket = serde_json::from_str(r#"{"requestedAt":1,"x":2,"note":"n","id":"1"}"#).unwrap();
    assert_eq!((ticket.id.as_str(), ticket.requested_at), ("1", Maybe::Value(1)));
}

#[test]
fn errors_name_the_member() {
    assert_eq!(error(r#"{"id":"1"}"#), "missing field `note` at line 1 column 10");
    assert_eq!(error(r#"{"note":null}"#), "missing field `id` at line 1 column 13");
    assert_eq!(
        error(r#"{"id":"1","id":"2"}"#),
        "duplicate field `id` at line 1 column 14"
    );
    assert_eq!(
        error(r#"{"id":null}"#),
        "invalid type: null, expected a string at line 1 column 10"
    );
    assert_eq!(
        error(r"[]"),
        "invalid type: sequence, expected an object at line 1 column 0"
    );
}

#[test]
fn unknown_members_of_a_closed_model_are_ignored() {
    let closed: Closed = serde_json::from_str(r#"{"map":1,"more":{"deep":[1,2]},"members":2}"#).unwrap();
    assert_eq!(serde_json::to_string(&closed).unwrap(), r#"{"map":1,"members":2}"#);
}

#[test]
fn a_model_without_members_is_an_empty_object() {
    assert_eq!(serde_json::from_str::<Empty>(r#"{"a":1}"#).unwrap(), Empty {});
    assert_eq!(serde_json::to_string(&Empty {}).unwrap(), "{}");
}

#[test]
fn a_repeated_additional_member_keeps_the_last_value() {
    let labels: Labels = serde_json::from_str(r#"{"a":1,"a":2}"#).unwrap();
    assert_eq!(labels.additional_properties, BTreeMap::from([("a".to_owned(), 2)]));
    assert!(serde_json::from_str::<Labels>(r#"{"a":"text"}"#).is_err());
}

#[test]
fn base64_is_read_as_servers_write_it() {
    for text in ["aGk/", "aGk/\n", "aG\r\nk/", "aGk_"] {
        assert_eq!(
            serde_json::from_value::<Base64>(json!(text)).unwrap(),
            Base64::from(&b"hi?"[..]),
            "{text}"
        );
    }
    assert_eq!(serde_json::to_value(Base64::from(&b"hi"[..])).unwrap(), "aGk=");
    assert_eq!(
        serde_json::from_value::<Base64>(json!("aGk")).unwrap().as_bytes(),
        b"hi"
    );
    assert!(serde_json::from_value::<Base64>(json!("a!b")).is_err());
}
