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
    additional_properties: BTreeMap<String, Value>,
}
model! { Closed { optional map = "map", optional members = "members", denied additional_properties, } }

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
fn members_that_there_should_not_be_are_kept() {
    let closed: Closed = serde_json::from_str(r#"{"map":1,"more":{"deep":[1,2]},"members":2}"#).unwrap();
    assert_eq!(closed.additional_properties["more"], json!({ "deep": [1, 2] }));
    let written = serde_json::to_string(&closed).unwrap();
    assert_eq!(written, r#"{"map":1,"members":2,"more":{"deep":[1,2]}}"#);
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

#[test]
fn base64_for_urls_is_written_without_what_is_not_safe_there() {
    let bytes = Base64Url::from(&b"\xfb\xef?hi"[..]);
    assert_eq!(serde_json::to_value(&bytes).unwrap(), "--8_aGk");
    assert_eq!(format!("{bytes:?}"), "Base64Url(5 bytes)");
    for text in ["--8_aGk", "--8_aGk=", "++8/aGk=", "++8/ aGk"] {
        assert_eq!(serde_json::from_value::<Base64Url>(json!(text)).unwrap(), bytes);
    }
    assert!(serde_json::from_value::<Base64Url>(json!("a!b")).is_err());
}

/// More members than a machine word has bits, and than are searched one by one.
#[rustfmt::skip]
mod wide {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Wide {
        f0: Option<u8>, f1: Option<u8>, f2: Option<u8>, f3: Option<u8>, f4: Option<u8>, f5: Option<u8>, f6: Option<u8>,
        f7: Option<u8>, f8: Option<u8>, f9: Option<u8>, f10: Option<u8>, f11: Option<u8>, f12: Option<u8>, f13: Option<u8>,
        f14: Option<u8>, f15: Option<u8>, f16: Option<u8>, f17: Option<u8>, f18: Option<u8>, f19: Option<u8>, f20: Option<u8>,
        f21: Option<u8>, f22: Option<u8>, f23: Option<u8>, f24: Option<u8>, f25: Option<u8>, f26: Option<u8>, f27: Option<u8>,
        f28: Option<u8>, f29: Option<u8>, f30: Option<u8>, f31: Option<u8>, f32: Option<u8>, f33: Option<u8>, f34: Option<u8>,
        f35: Option<u8>, f36: Option<u8>, f37: Option<u8>, f38: Option<u8>, f39: Option<u8>, f40: Option<u8>, f41: Option<u8>,
        f42: Option<u8>, f43: Option<u8>, f44: Option<u8>, f45: Option<u8>, f46: Option<u8>, f47: Option<u8>, f48: Option<u8>,
        f49: Option<u8>, f50: Option<u8>, f51: Option<u8>, f52: Option<u8>, f53: Option<u8>, f54: Option<u8>, f55: Option<u8>,
        f56: Option<u8>, f57: Option<u8>, f58: Option<u8>, f59: Option<u8>, f60: Option<u8>, f61: Option<u8>, f62: Option<u8>,
        f63: Option<u8>, f64: Option<u8>, f65: Option<u8>, f66: Option<u8>, f67: Option<u8>, f68: Option<u8>, f69: Option<u8>,
    }
    model! { Wide {
        optional f0 = "f0", optional f1 = "f1", optional f2 = "f2", optional f3 = "f3", optional f4 = "f4",
        optional f5 = "f5", optional f6 = "f6", optional f7 = "f7", optional f8 = "f8", optional f9 = "f9",
        optional f10 = "f10", optional f11 = "f11", optional f12 = "f12", optional f13 = "f13", optional f14 = "f14",
        optional f15 = "f15", optional f16 = "f16", optional f17 = "f17", optional f18 = "f18", optional f19 = "f19",
        optional f20 = "f20", optional f21 = "f21", optional f22 = "f22", optional f23 = "f23", optional f24 = "f24",
        optional f25 = "f25", optional f26 = "f26", optional f27 = "f27", optional f28 = "f28", optional f29 = "f29",
        optional f30 = "f30", optional f31 = "f31", optional f32 = "f32", optional f33 = "f33", optional f34 = "f34",
        optional f35 = "f35", optional f36 = "f36", optional f37 = "f37", optional f38 = "f38", optional f39 = "f39",
        optional f40 = "f40", optional f41 = "f41", optional f42 = "f42", optional f43 = "f43", optional f44 = "f44",
        optional f45 = "f45", optional f46 = "f46", optional f47 = "f47", optional f48 = "f48", optional f49 = "f49",
        optional f50 = "f50", optional f51 = "f51", optional f52 = "f52", optional f53 = "f53", optional f54 = "f54",
        optional f55 = "f55", optional f56 = "f56", optional f57 = "f57", optional f58 = "f58", optional f59 = "f59",
        optional f60 = "f60", optional f61 = "f61", optional f62 = "f62", optional f63 = "f63", optional f64 = "f64",
        optional f65 = "f65", optional f66 = "f66", optional f67 = "f67", optional f68 = "f68", optional f69 = "f69",
    } }
}

#[test]
fn many_members_in_any_order() {
    let backwards: Vec<String> = (0..70).rev().map(|index| format!(r#""f{index}":{index}"#)).collect();
    let wide: wide::Wide = serde_json::from_str(&format!("{{{}}}", backwards.join(","))).unwrap();
    let forwards: Vec<String> = (0..70).map(|index| format!(r#""f{index}":{index}"#)).collect();
    assert_eq!(
        serde_json::to_string(&wide).unwrap(),
        format!("{{{}}}", forwards.join(","))
    );
    for name in ["f0", "f63", "f64", "f69"] {
        let twice = format!(r#"{{"{name}":1,"{name}":1}}"#);
        let error = serde_json::from_str::<wide::Wide>(&twice).unwrap_err();
        assert!(
            error.to_string().starts_with(&format!("duplicate field `{name}`")),
            "{error}"
        );
    }
}

#[test]
fn a_number_is_the_one_that_its_digits_are_nearest_to() {
    for digits in [
        "31.245270191439438",
        "121.48791951161945",
        "0.30000000000000004",
        "5e-324",
        "1.7976931348623157e308",
    ] {
        let number: f64 = serde_json::from_str(digits).unwrap();
        assert_eq!(number.to_bits(), digits.parse::<f64>().unwrap().to_bits(), "{digits}");
    }
}
