//! Calls through a recorder in; the file that a person reads, and what it answers to the same calls and to others, out.

#![cfg(feature = "mock")]

use std::fs;
use std::io;
use std::path::PathBuf;

use bytes::Bytes;
use runtime::AnyCall as _;
use runtime::auth::credentials::Credential;
use runtime::calls::call::Call;
use runtime::calls::error::Error;
use runtime::calls::operation::{Arrival, Operation, Streaming};
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::received::decode;
use runtime::received::stream::ByteStream;
use runtime::sent::body::{Body, BodyError};
use runtime::sent::uploads::multipart::Multipart;
use runtime::sent::uploads::upload::Upload;
use runtime::{Mock, Recorded, Recorder};
use serde_json::{Value, json};

use super::support::{API, CREATE, LIST, Script, Step, Still, call, status, with};

pub(super) const CANARY: &str = "canary-7f3a9c";

pub(super) static ALL: Operation = Operation {
    id: "listAll",
    security: &[&["bearer", "header", "query", "cookie"]],
    ..LIST
};

pub(super) static DOWNLOAD: Operation = Operation {
    id: "download",
    path: "/file",
    stream: Streaming::Bytes,
    ..LIST
};

static ELSEWHERE: Operation = Operation {
    arrivals: &[Arrival::new(302, 302, Streaming::No)],
    ..LIST
};

static SHOW: Operation = Operation {
    id: "show",
    example: Some((200, "application/json", r#"{"id":7}"#)),
    ..LIST
};

/// A file of this test's own, which is not there yet.
pub(super) fn file(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("recordings-{}", std::process::id()));
    let file = folder.join(name).with_extension("json");
    let _ = fs::remove_file(&file);
    file
}

fn client(builder: ClientBuilder, secret: &str) -> Core {
    let mut builder = builder;
    for scheme in ["bearer", "header", "query", "cookie"] {
        builder = builder.credential(scheme, Credential::from(secret));
    }
    builder.build_core().unwrap()
}

pub(super) fn of(transport: impl runtime::network::transport::Transport, secret: &str) -> Core {
    client(
        ClientBuilder::new(&API).transport(transport).clock(Still::new()),
        secret,
    )
}

/// An answer with these headers.
pub(super) fn answer(status: u16, headers: &[(&'static str, &str)], body: &str) -> Step {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned()));
    Step::Answer(status, headers.collect(), body.to_owned())
}

pub(super) fn create<'c>(core: &'c Core, body: &Value) -> Call<'c, Value, Value> {
    call(core, &CREATE).json(body)
}

#[tokio::test(start_paused = true)]
async fn a_person_reads_what_was_said_and_no_secret() {
    let path = file("read");
    let json = ("content-type", "application/json");
    let script = Script::new([
        answer(503, &[("date", "Sun, 01 Mar 2026 12:00:00 GMT")], "busy"),
        answer(
            200,
            &[json, ("set-cookie", "session=abcdef"), ("x-page", "1")],
            &format!(r#"{{"token":"{CANARY}","owner":{{"email":"ada@vendor.test"}},"id":7}}"#),
        ),
    ]);
    let recorder = Recorder::new(script, &path).replacing("email", "somebody@vendor.test");
    let core = of(recorder.clone(), CANARY);
    call(&core, &ALL).extra_query("email", "ada@vendor.test").await.unwrap();
    recorder.finish().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(
        text,
        r#"{
  "replaced": {
    "email": "somebody@vendor.test"
  },
  "exchanges": [
    {
      "request": {
        "operation": "listAll",
        "method": "GET",
        "path": "/base/things",
        "query": [
          "email=somebody@vendor.test",
          "key=…"
        ],
        "headers": {
          "accept": "application/json",
          "authorization": "…",
          "x-api-key": "…",
          "cookie": "…"
        }
      },
      "answer": {
        "status": 503,
        "headers": {},
        "text": "busy"
      }
    },
    {
      "request": {
        "operation": "listAll",
        "method": "GET",
        "path": "/base/things",
        "query": [
          "email=somebody@vendor.test",
          "key=…"
        ],
        "headers": {
          "accept": "application/json",
          "authorization": "…",
          "x-api-key": "…",
          "cookie": "…"
        }
      },
      "answer": {
        "status": 200,
        "headers": {
          "content-type": "application/json",
          "set-cookie": "…",
          "x-page": "1"
        },
        "json": {
          "token": "…",
          "owner": {
            "email": "somebody@vendor.test"
          },
          "id": 7
        }
      }
    }
  ]
}
"#
    );
    // Whoever asks: the first answer is that of the first attempt.
    let replay = Recorded::open(&path).unwrap();
    let core = of(replay.clone(), "x");
    let value = call(&core, &ALL)
        .extra_query("email", "grace@vendor.test")
        .await
        .unwrap();
    assert_eq!(value["owner"]["email"], "somebody@vendor.test");
    assert_eq!(replay.left(), [""; 0]);
}

/// What comes of a call that was not recorded.
async fn unrecorded(replay: &Recorded, ask: impl FnOnce(&Core) -> Call<'_, Value, Value>) -> String {
    let core = of(replay.clone(), "x");
    let error: Error<Value> = ask(&core).await.unwrap_err();
    assert_eq!(error.attempts(), 1, "{error}");
    error.to_string()
}

#[tokio::test(start_paused = true)]
async fn what_was_not_recorded_names_what_is_nearest() {
    let path = file("nearest");
    let recorder = Recorder::new(Script::new([status(200)]), &path);
    let core = of(recorder, "x");
    create(&core, &json!({ "name": "x", "tags": [1, 2] })).await.unwrap();
    create(&core, &json!({ "name": "y", "tags": [] })).await.unwrap();
    call(&core, &LIST).extra_query("limit", "10").await.unwrap();
    drop(core);

    let replay = Recorded::open(&path).unwrap();
    let mut said = Vec::new();
    said.push(unrecorded(&replay, |core| create(core, &json!({ "name": "y", "tags": [3] }))).await);
    said.push(unrecorded(&replay, |core| create(core, &json!({ "name": "x", "tags": [1, 3] }))).await);
    said.push(unrecorded(&replay, |core| create(core, &json!({ "name": "x" }))).await);
    said.push(unrecorded(&replay, |core| call(core, &LIST).extra_query("limit", "20")).await);
    said.push(unrecorded(&replay, |core| call(core, &DOWNLOAD)).await);
    create(&of(replay.clone(), "x"), &json!({ "tags": [1, 2], "name": "x" }))
        .await
        .unwrap();
    said.push(unrecorded(&replay, |core| create(core, &json!({ "name": "x", "tags": [1, 2] }))).await);
    let place = path.display().to_string();
    let said = said.join("\n").replace(&place, "FILE");
    for (said, expected) in said.lines().zip([
        "`POST /base/things` was not recorded; nearest is number 2, `POST /base/things`: the list at `/tags` has 1 items, and had 0",
        "`POST /base/things` was not recorded; nearest is number 1, `POST /base/things`: `/tags/1` of the body is `3`, and was `2`",
        "`POST /base/things` was not recorded; nearest is number 1, `POST /base/things`: the body has no `/tags`, and had",
        "`GET /base/things?limit=20` was not recorded; nearest is number 3, `GET /base/things?limit=10`: `limit` in the query is `20`, and was `10`",
        "`GET /base/file` was not recorded; nearest is number 3, `GET /base/things?limit=10`: the path is another; the query has no `limit=10`, and had",
        "`POST /base/things` was not recorded once more: it was recorded once",
    ]) {
        assert!(said.contains(&format!(": {expected} (in `FILE`)")), "{said}");
    }
    assert_eq!(replay.left(), ["POST /base/things", "GET /base/things?limit=10"]);
}

#[tokio::test(start_paused = true)]
async fn equal_calls_are_answered_in_their_order_and_once_each() {
    let path = file("order");
    let script = Script::new([answer(200, &[], "1"), Step::Break, answer(200, &[], "2")]);
    let recorder = Recorder::new(script, &path);
    let core = of(recorder, "x");
    for _ in 0..2 {
        call(&core, &LIST).await.unwrap();
    }
    drop(core);
    let replay = Recorded::open(&path).unwrap();
    let core = of(replay.clone(), "x");
    let mut values = Vec::new();
    for _ in 0..2 {
        values.push(call(&core, &LIST).await.unwrap());
    }
    assert_eq!(values, [json!(1), json!(2)]);
    assert_eq!(replay.left(), [""; 0]);
}

fn send(core: &Core, body: Result<Body, BodyError>) -> Call<'_, ByteStream, Value> {
    Call::new(core, &DOWNLOAD, decode::bytes, decode::json).body(body)
}

#[tokio::test(start_paused = true)]
async fn files_forms_and_parts_are_bodies_like_others() {
    let path = file("bodies");
    let bodies = || {
        let stream = || ByteStream::from(Bytes::from_static(b"\xff\xfe"));
        [
            Body::raw("image/png", Upload::reopened(stream)),
            Body::form(&json!({ "email": "ada@vendor.test", "n": 1 }), &[]),
            Body::multipart(Multipart::new().value("email", None, "x").file(
                "f",
                None,
                &Upload::from(&b"\x00\xff"[..]),
            )),
            Body::raw(
                "application/x-ndjson",
                Upload::from(&b"{\"email\":\"a\"}\n{\"n\":1}\n"[..]),
            ),
        ]
    };
    let recorder = Recorder::new(Script::new([answer(200, &[], "\u{1F600}")]), &path).replacing("email", "e");
    let core = of(recorder, "x");
    for body in bodies() {
        let answer = send(&core, body).await.unwrap();
        assert!(!answer.collect(9).await.unwrap().is_empty());
    }
    drop(core);
    let file: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let requests: Vec<&Value> = (0..4).map(|index| &file["exchanges"][index]["request"]).collect();
    assert_eq!(requests[0]["base64"], "//4=");
    assert_eq!(requests[1]["text"], "email=e&n=1");
    assert_eq!(
        requests[2]["headers"]["content-type"],
        "multipart/form-data; boundary=boundary"
    );
    assert_eq!(requests[3]["text"], "{\"email\":\"e\"}\n{\"n\":1}\n");
    let replay = Recorded::open(&path).unwrap();
    let core = of(replay.clone(), "x");
    for body in bodies() {
        let answer = send(&core, body).await.unwrap().collect(9).await.unwrap();
        assert_eq!(answer, "\u{1F600}".as_bytes());
    }
    assert_eq!(replay.left(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn what_lies_elsewhere_is_recorded_there() {
    let path = file("elsewhere");
    let script = Script::new([
        with(302, "location", "https://files.vendor.test/a?signed=1"),
        status(200),
    ]);
    let core = of(Recorder::new(script, &path).replacing("signed", 0), "x");
    let file = call(&core, &ELSEWHERE).bytes().await.unwrap();
    file.collect(9).await.unwrap();
    drop(core);
    let replay = Recorded::open(&path).unwrap();
    assert_eq!(replay.left(), ["GET /base/things", "GET /a?signed=0"]);
    assert!(!fs::read_to_string(&path).unwrap().contains("signed=1"));
    call(&of(replay.clone(), "x"), &ELSEWHERE).bytes().await.unwrap();
    assert_eq!(replay.left(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_run_without_calls_leaves_a_recording_alone() {
    let path = file("alone");
    let said = Recorded::open(&path).unwrap_err();
    assert_eq!(said.kind(), io::ErrorKind::NotFound);
    assert!(said.to_string().contains("alone.json` cannot be read: "), "{said}");
    drop(Recorder::new(Script::new([status(200)]), &path));
    assert!(!path.exists());
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    for (text, why) in [
        ("", "EOF"),
        ("{}", "there is no list of `exchanges`"),
        (r#"{"exchanges":[{"request":{}}]}"#, "number 1 is no exchange"),
    ] {
        fs::write(&path, text).unwrap();
        let said = Recorded::open(&path).unwrap_err();
        assert_eq!(said.kind(), io::ErrorKind::InvalidData);
        assert!(said.to_string().contains(why), "{said}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_documents_examples_answer_where_there_are_any() {
    let api = Mock::with_examples();
    let core = of(api.clone(), "x");
    assert_eq!(call(&core, &SHOW).await.unwrap(), json!({ "id": 7 }));
    api.verify();
    let error = call(&core, &LIST).await.unwrap_err();
    assert!(error.is_status(501), "{error}");
    let said = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| api.verify())).unwrap_err();
    let said = said.downcast_ref::<String>().unwrap();
    assert_eq!(
        said,
        "\nnobody expected, and the document has no example of: GET /base/things"
    );
}
