//! Values of what JSON Schema can say and OpenAPI 3.0 cannot in, the same JSON out; and what is wrong is said.

use it::runtime::AnyCall as _;
use it::api::schemas::{EchoHeaders, UploadForm};
use it::models::{
    AnyBeast, Beast, Drawing, DrawingEither, DrawingKind, DrawingLevel, Figure, Outcome, SchemasFindEither, Sketch, Stroke,
};
use it::prelude::{Base64, Base64Url, Maybe, Upload, Value};
use serde_json::json;

use crate::server::Server;

/// A drawing with what is required, and `more`.
fn drawing(more: &Value) -> Value {
    let mut all = json!({ "kind": "drawing", "version": 3, "done": true, "nothing": null, "marker": [1, "a"], "corner": [1, 2] });
    let (Some(members), Some(more)) = (all.as_object_mut(), more.as_object()) else {
        panic!("{more} is no object");
    };
    members.extend(more.clone());
    all
}

#[tokio::test]
async fn what_is_read_is_written_the_same() {
    let server = Server::start();
    let client = server.client();
    let cases = [
        json!({}),
        json!({ "kind": "other", "version": 4, "done": false, "nothing": 1, "marker": {} }),
        json!({ "pair": ["a", 1] }),
        json!({ "pair": ["a", null] }),
        json!({ "pair": null }),
        json!({ "stroke": ["line", 1] }),
        json!({ "stroke": ["line", 1, null] }),
        json!({ "stroke": ["curve", 1, "a", [1, 2], [3, 4]] }),
        json!({ "figure": { "form": "circle", "radius": 1, "more": [] } }),
        json!({ "figure": { "form": "star", "points": 5 } }),
        json!({ "figure": null }),
        json!({ "outcome": { "ok": true, "data": "a" } }),
        json!({ "outcome": { "ok": false, "error": "b" } }),
        json!({ "outcome": { "ok": "neither" } }),
        json!({ "beast": { "kind": "lion", "roar": true } }),
        json!({ "beast": { "kind": "newt", "name": "a" } }),
        json!({ "beast": { "name": "a" } }),
        json!({ "beast": { "kind": "newt" } }),
        json!({ "either": "5" }),
        json!({ "either": 5 }),
        json!({ "either": null }),
        json!({ "either": [true] }),
        json!({ "marks": { "m1": 1, "other": 2 } }),
        json!({ "bytes": "+/8=", "key": "-_8" }),
        json!({ "holes": [1, null, 3] }),
        json!({ "level": 1 }),
        json!({ "level": "high" }),
        json!({ "level": 2.5 }),
        json!({ "more": 1 }),
    ];
    for case in cases {
        let sent = drawing(&case);
        server.answer("200 OK", &[], sent.to_string());
        let read = client.schemas().echo(&Drawing::new((1, 2))).await.unwrap();
        server.request();
        server.answer("200 OK", &[], sent.to_string());
        client.schemas().echo(&read).await.unwrap();
        let written: Value = serde_json::from_slice(&server.request().body).unwrap();
        assert_eq!(written, sent, "{read:?}");
    }
}

#[tokio::test]
async fn what_comes_has_its_type() {
    let server = Server::start();
    let client = server.client();
    let sent = drawing(&json!({
        "pair": ["a", null],
        "stroke": ["line", 1, "a", [3, 4]],
        "figure": { "form": "square", "side": 2 },
        "outcome": { "ok": false, "error": "b" },
        "beast": { "kind": "newt", "name": "c" },
        "either": 5,
        "key": "-_8",
        "level": "high",
    }));
    server.answer("200 OK", &["x-corner: 1, a"], sent.to_string());
    let reply = client.schemas().echo(&Drawing::new((1, 2))).reply().await.unwrap();
    assert_eq!(EchoHeaders::from(&reply.headers).x_corner, Some((1, "a".to_owned())));
    let read = reply.body;
    assert_eq!(read.kind, DrawingKind::Drawing);
    assert_eq!(read.corner, (1, 2));
    assert_eq!(read.pair, Maybe::Value(("a".to_owned(), None)));
    let Some(Stroke(_, 1, Maybe::Value(text), corners)) = read.stroke else {
        panic!("{:?}", read.stroke);
    };
    assert_eq!((text.as_str(), corners.as_slice()), ("a", &[(3, 4)][..]));
    assert!(matches!(read.figure, Maybe::Value(Figure::Square(square)) if square.side == 2));
    assert!(matches!(read.outcome, Some(Outcome::OkFalse(failed)) if failed.error == "b"));
    assert_eq!(
        read.beast,
        Some(Beast::AnyBeast(AnyBeast::new("c").kind("newt").into()))
    );
    assert_eq!(read.either, Maybe::Value(DrawingEither::Integer(5)));
    assert_eq!(read.key.unwrap().as_bytes(), [0xFB, 0xFF]);
    assert_eq!(read.level, Some(DrawingLevel::High));
}

#[tokio::test]
async fn constants_need_not_be_given() {
    let server = Server::start();
    server.answer("200 OK", &[], drawing(&json!({})).to_string());
    server.client().schemas().echo(&Drawing::new((1, 2))).await.unwrap();
    let written: Value = serde_json::from_slice(&server.request().body).unwrap();
    assert_eq!(written, drawing(&json!({})));
}

#[tokio::test]
async fn what_is_wrong_is_said_with_its_place() {
    let server = Server::start();
    let client = server.client();
    let cases = [
        (json!({ "corner": [1] }), "at `corner`: invalid length 1, expected a tuple of size 2"),
        (json!({ "corner": [1, 2, 3] }), "at `corner[2]`: the list is too long, expected 2 items"),
        (json!({ "corner": {} }), "at `corner`: invalid type: map, expected a tuple of size 2"),
        (json!({ "stroke": ["line"] }), "at `stroke`: invalid length 1, expected a list of at least 2 items"),
        (json!({ "stroke": ["line", 1, "a", [1]] }), "at `stroke[3]`: invalid length 1, expected a tuple of size 2"),
        (json!({ "done": 1 }), "at `done`: invalid type: integer `1`, expected a boolean"),
        (json!({ "version": "3" }), "at `version`: invalid type: string \"3\", expected i64"),
        (json!({ "key": "*" }), "at `key`: invalid value: string \"*\", expected base64 text"),
        (json!({ "marks": { "m1": "a" } }), "at `marks.m1`: invalid type: string \"a\", expected i64"),
        (json!({ "more": "a" }), "at `more`: invalid type: string \"a\", expected i64"),
    ];
    for (case, expected) in cases {
        server.answer("200 OK", &[], drawing(&case).to_string());
        let error = client.schemas().echo(&Drawing::new((1, 2))).await.unwrap_err();
        let mut text = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        assert!(text.contains(expected), "{text}\n{expected}");
        server.request();
    }
}

#[tokio::test]
async fn parameters_and_forms_take_tuples_as_lists() {
    let server = Server::start();
    let client = server.client();
    let mut stroke = Stroke::new(7);
    stroke.3.push((8, 9));
    client
        .schemas()
        .find(&(1, 2))
        .range(&(3, 4))
        .joined(&stroke)
        .x_range(Some(&(5, 6)))
        .either(Some(&SchemasFindEither::Integer(5)))
        .key(&Base64Url::from(vec![0xFB, 0xFF]))
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(
        request.target(),
        "/schemas/find/1,2?range=3&range=4&joined=line,7,%5B8%2C9%5D&either=5&key=-_8"
    );
    assert_eq!(request.header("x-range"), ["5,6"]);
    client
        .schemas()
        .form(&Sketch::new().corner((1, 2)).stroke(Stroke::new(3)))
        .await
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&server.request().body),
        "tool=pen&corner=1&corner=2&stroke=line&stroke=3"
    );
}

#[tokio::test]
async fn a_file_is_sent_as_what_it_is() {
    let server = Server::start();
    let form = UploadForm::new("raw")
        .photo(Upload::from("png").file_name("a.png"))
        .encoded(Base64::from(&b"hi"[..]))
        .corner((1, 2));
    server.client().schemas().upload(form).await.unwrap();
    let body = String::from_utf8_lossy(&server.request().body).replace("\r\n", "\n");
    let parts: Vec<_> = body.split("--").filter(|part| part.contains("Disposition")).collect();
    let heads: Vec<_> = parts.iter().filter_map(|part| part.split_once("Content-")).map(|(_, part)| part.trim()).collect();
    assert_eq!(
        heads,
        [
            "Disposition: form-data; name=\"file\"; filename=\"file\"\nContent-Type: application/octet-stream\n\nraw",
            "Disposition: form-data; name=\"photo\"; filename=\"a.png\"\nContent-Type: image/png\n\npng",
            "Disposition: form-data; name=\"encoded\"\n\naGk=",
            "Disposition: form-data; name=\"corner\"\n\n1",
            "Disposition: form-data; name=\"corner\"\n\n2",
        ]
    );
}
