//! What the decoders make of bodies that came in.

use serde_json::json;

use crate::runtime::prelude::*;
use crate::runtime::webhook::{self, LARGEST, WebhookError};

#[derive(Debug, Clone, PartialEq)]
struct Order {
    id: i64,
    paid: Option<bool>,
    tags: Vec<String>,
    buyer: Option<Buyer>,
    at: Maybe<Timestamp>,
    rest: BTreeMap<String, Value>,
}
model! { Order {
    required id = "id", optional paid = "paid", required tags = "tags", optional buyer = "buyer", maybe at = "at",
    additional rest,
} }

#[derive(Debug, Clone, PartialEq)]
struct Buyer {
    name: String,
}
model! { Buyer { required name = "name", } }

fn said(result: Result<Order, WebhookError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn json_says_where_it_does_not_fit() {
    let order: Order = webhook::json(b"\xEF\xBB\xBF{\"id\":1,\"tags\":[\"a\"],\"x\":{}}").unwrap();
    assert_eq!(
        (order.id, order.tags, order.rest["x"].clone()),
        (1, vec!["a".to_owned()], json!({}))
    );
    for (body, message) in [
        (
            &b"{\"id\":1,\"tags\":[\"a\",2]}"[..],
            "at `tags[1]`: invalid type: integer `2`, expected a string at line 1 column 21",
        ),
        (
            b"{\"id\":1,\"tags\":[\"\xFF\"]}",
            "at `tags[0]`: invalid utf-8 sequence of 1 bytes from index 17",
        ),
        (b"", ": EOF while parsing a value at line 1 column 0"),
        (
            b"{\"id\":1,\"tags\":[]} more",
            ": trailing characters at line 1 column 20",
        ),
        (
            b"{\"id\":\"\\u001b[2J\\u202e\",\"tags\":[]}",
            "at `id`: invalid type: string \"\\u{1b}[2J\\u{202e}\", expected i64 at line 1 column 23",
        ),
    ] {
        let text = said(webhook::json(body));
        assert_eq!(
            text.strip_prefix("the webhook cannot be decoded").unwrap().trim_start(),
            message
        );
    }
    let long = format!("{{\"id\":\"{}\",\"tags\":[]}}", "n".repeat(5_000));
    let text = said(webhook::json(long.as_bytes()));
    assert!(text.len() < 600 && text.contains(", expected i64"), "{text}");
}

#[test]
fn what_is_too_deep_or_too_large_is_refused() {
    let deep = format!("{{\"id\":1,\"tags\":[],\"x\":{}", "[".repeat(200));
    assert!(said(webhook::json(deep.as_bytes())).contains("recursion limit exceeded"));
    assert!(webhook::tag(deep.as_bytes(), "id").is_err());
    let large = vec![b' '; LARGEST + 1];
    let refused = [
        webhook::json::<Value>(&large).unwrap_err(),
        webhook::form::<Value>(&large).unwrap_err(),
        webhook::text(&large).unwrap_err(),
        webhook::bytes(&large).unwrap_err(),
        webhook::tag(&large, "a").unwrap_err(),
    ];
    assert!(refused.iter().all(WebhookError::is_too_large));
    assert_eq!(
        refused[0].to_string(),
        "the webhook cannot be decoded: it has 33554433 bytes, more than 33554432"
    );
    assert_eq!(webhook::bytes(&large[1..]).unwrap().len(), LARGEST);
}

#[test]
fn a_tag_is_a_text_or_an_integer() {
    for (body, tag) in [
        (r#"{"a":[{"type":"no"}],"type":"made"}"#, Some("made")),
        (r#" {"type":1}"#, Some("1")),
        (r#"{"type":18446744073709551615}"#, Some("18446744073709551615")),
        (r#"{"type":"a","type":"b"}"#, Some("b")),
        (r#"{"ty\u0070e":"escaped"}"#, Some("escaped")),
        (r#"{"type":1.5}"#, None),
        (r#"{"type":null}"#, None),
        (r#"{"type":{"a":"b"}}"#, None),
        (r#"{"kind":"made"}"#, None),
        (r#"["type"]"#, None),
        (r#""type""#, None),
        ("", None),
    ] {
        assert_eq!(webhook::tag(body.as_bytes(), "type").unwrap().as_deref(), tag, "{body}");
    }
    for body in [" ", "<type>", r#"{"type":"a""#, r#"{"type":"a"} b"#, "[1"] {
        assert!(webhook::tag(body.as_bytes(), "type").is_err(), "{body}");
    }
}

#[test]
fn a_form_is_read_as_its_members_are_typed() {
    let body = b"id=-7&tags=a+b&paid=true&tags=%C3%A9&buyer=%7B%22name%22%3A%22Ann%22%7D&at=2026-03-01T12%3A00%3A00Z&n=1&o=[2]&&e";
    let order: Order = webhook::form(body).unwrap();
    assert_eq!((order.id, order.paid), (-7, Some(true)));
    assert_eq!(order.tags, ["a b", "é"]);
    assert_eq!(order.buyer.unwrap().name, "Ann");
    assert_eq!(order.at.into_value().unwrap().to_string(), "2026-03-01T12:00:00Z");
    assert_eq!(json!(order.rest), json!({"n": "1", "o": [2], "e": ""}));
    for (body, message) in [
        ("id=x&tags=a", "at `id`: invalid value: string \"x\", expected i64"),
        ("id=1&id=2&tags=a", "at `id`: it is there 2 times"),
        ("id=1", ": missing field `tags`"),
        (
            "id=1&tags=a&buyer=%7B%22name%22%3A1%7D",
            "at `buyer`: invalid type: integer `1`, expected a string at line 1 column 10",
        ),
        ("id=%FF", ": invalid utf-8 sequence of 1 bytes from index 0"),
    ] {
        let text = said(webhook::form(body.as_bytes()));
        assert_eq!(
            text.strip_prefix("the webhook cannot be decoded").unwrap().trim_start(),
            message
        );
    }
}

#[test]
fn text_is_utf8_and_a_media_type_has_no_parameters() {
    assert_eq!(webhook::text(b"\xEF\xBB\xBFgr\xC3\xBCn").unwrap(), "grün");
    assert!(webhook::text(b"gr\xFCn").is_err());
    assert_eq!(webhook::essence(" Application/JSON; charset=utf-8"), "application/json");
}

/// What an enum of webhooks looks like.
#[derive(Debug, Clone, PartialEq)]
enum Sent {
    Made(Buyer),
    MadeText(String),
    Gone(Box<Buyer>),
    Ping,
    Unknown { name: String, body: Bytes },
}
webhook::webhooks! { Sent typed by "kind" {
    MADE = "made" as "a" | "b": json Made or text "text/plain" MadeText
        also form "application/x-www-form-urlencoded" Made also text "text/csv" MadeText,
    GONE = "it is gone" as "1": optional_json Gone,
    PING = "ping": none Ping,
} }

#[test]
fn an_enum_is_found_by_name_by_media_type_and_by_tag() {
    let ann = || Buyer { name: "Ann".to_owned() };
    let unknown = |name: &str, body: &'static [u8]| Sent::Unknown {
        name: name.to_owned(),
        body: Bytes::from_static(body),
    };
    assert_eq!(Sent::NAMES, [Sent::MADE, Sent::GONE, Sent::PING]);
    let form = "application/x-www-form-urlencoded; charset=utf-8";
    for (found, expected, name) in [
        (Sent::decode("made", b"{\"name\":\"Ann\"}"), Sent::Made(ann()), "made"),
        (
            Sent::decode("it is gone", b"{\"name\":\"Ann\"}"),
            Sent::Gone(Box::new(ann())),
            "it is gone",
        ),
        (
            Sent::decode("it is gone", b""),
            unknown("it is gone", b""),
            "it is gone",
        ),
        (Sent::decode("ping", b"whatever"), Sent::Ping, "ping"),
        (Sent::decode("Made", b"\xFF"), unknown("Made", b"\xFF"), "Made"),
        (Sent::decode_as("made", form, b"name=Ann"), Sent::Made(ann()), "made"),
        (
            Sent::decode_as("made", "TEXT/plain", b"Ann"),
            Sent::MadeText("Ann".to_owned()),
            "made",
        ),
        (
            Sent::decode_as("made", "application/json", b"{\"name\":\"Ann\"}"),
            Sent::Made(ann()),
            "made",
        ),
        (Sent::decode_as("ping", form, b""), Sent::Ping, "ping"),
        (
            Sent::decode_any(b"{\"kind\":\"b\",\"name\":\"Ann\"}"),
            Sent::Made(ann()),
            "made",
        ),
        (
            Sent::decode_any(b"{\"name\":\"Ann\",\"kind\":1}"),
            Sent::Gone(Box::new(ann())),
            "it is gone",
        ),
        (
            Sent::decode_any(b"{\"kind\":\"c\"}"),
            unknown("c", b"{\"kind\":\"c\"}"),
            "c",
        ),
        (Sent::decode_any(b"[1]"), unknown("", b"[1]"), ""),
        (Sent::decode_any(b""), unknown("", b""), ""),
    ] {
        let found = found.unwrap();
        assert_eq!((&found, found.name()), (&expected, name));
    }
    for refused in [
        Sent::decode("made", b""),
        Sent::decode("made", b"name=Ann"),
        Sent::decode_as("made", form, b"name=Ann&name=Bob"),
        Sent::decode_any(b"{\"kind\":\"a\"}"),
        Sent::decode_any(b"name=Ann"),
    ] {
        assert!(refused.is_err(), "{refused:?}");
    }
}
