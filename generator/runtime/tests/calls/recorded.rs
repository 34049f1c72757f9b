//! What is hard to write down or to say again in: cut answers, marks in texts, secrets in odd places; what the file has of it
//! and what its replay says out.

#![cfg(feature = "mock")]

use std::fs;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use runtime::auth::credentials::Credential;
use runtime::calls::call::Call;
use runtime::calls::operation::Operation;
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::network::transport::{Answer, Transport};
use runtime::received::decode;
use runtime::received::stream::ByteStream;
use runtime::sent::body::Body;
use runtime::sent::uploads::multipart::Multipart;
use runtime::{AnyCall as _, Recorded, Recorder};
use serde_json::{Value, json};

use super::recording::{ALL, CANARY, DOWNLOAD, answer, create, file, of};
use super::support::{API, CREATE, LIST, Script, Step, Still, call, status};

const JSON: (&str, &str) = ("content-type", "application/json");

static GUARDED: Operation = Operation {
    security: &[&["bearer"]],
    ..CREATE
};

static BASIC: Operation = Operation {
    security: &[&["basic"]],
    ..LIST
};

/// Sends one piece under a media type, and then nothing for ever.
struct Halting(&'static str);

struct Half(bool);

impl Stream for Half {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Pending;
        }
        Poll::Ready(Some(Ok(Bytes::from_static(b"1\n"))))
    }
}

impl Transport for Halting {
    fn send(&self, _: http::Request<Option<Body>>) -> Answer<'_> {
        Box::pin(async move {
            let answer = http::Response::builder().header("content-type", self.0);
            Ok(answer.body(ByteStream::new(Half(false))).unwrap())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_was_cut_is_none() {
    for media_type in [
        "text/plain",
        "application/xml",
        "image/png",
        "application/json",
        "application/x-ndjson",
    ] {
        let path = file("cut");
        let recorder = Recorder::new(Halting(media_type), &path);
        let builder = ClientBuilder::new(&API).transport(recorder.clone()).clock(Still::new());
        let core = builder.timeout(Duration::from_secs(5)).build_core().unwrap();
        let text = Call::new(&core, &LIST, decode::text, decode::json::<Value>).await;
        text.unwrap_err();
        recorder.finish().unwrap_err();
        assert!(!path.exists(), "{media_type}");
        // Another answer is whole, and that of the first call is none.
        drop(core);
        let core = of(Recorder::new(Script::new([status(200)]), &path), "x");
        create(&core, &json!(1)).await.unwrap();
        drop(core);
        let core = of(Recorded::open(&path).unwrap(), "x");
        let said = call(&core, &LIST).await.unwrap_err().to_string();
        assert!(said.contains("`GET /base/things` was not recorded"), "{said}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_recorded_whose_reader_had_enough() {
    for (media_type, pieces, recorded) in [
        ("application/x-ndjson", 0, 1),
        ("text/event-stream", 1, 1),
        ("text/plain", 1, 0),
        ("application/json", 1, 0),
    ] {
        let path = file("enough");
        let recorder = Recorder::new(Halting(media_type), &path);
        let core = of(recorder.clone(), "x");
        let mut stream = Call::new(&core, &DOWNLOAD, decode::bytes, decode::json::<Value>)
            .await
            .unwrap();
        for _ in 0..pieces {
            stream.next().await.unwrap().unwrap();
        }
        drop(stream);
        assert_eq!(recorder.finish().is_ok(), recorded == 1, "{media_type}");
    }
    // What has its whole length is over, whoever sees it.
    let path = file("length");
    let whole = answer(200, &[("content-length", "5")], "whole");
    let recorder = Recorder::new(Script::new([whole]), &path);
    let core = of(recorder.clone(), "x");
    let download = Call::new(&core, &DOWNLOAD, decode::bytes, decode::json::<Value>);
    download.await.unwrap().next().await.unwrap().unwrap();
    recorder.finish().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_text_may_have_the_mark_itself() {
    let bodies = [
        json!({ "name": "Hello…" }),
        json!({ "name": "Hello world" }),
        json!({ "name": "…" }),
        json!({ "name": r"\…\" }),
        json!({ "…": "" }),
        json!({ "name": format!(r"a\{CANARY}…") }),
    ];
    let path = file("mark");
    let steps = (0..bodies.len()).map(|index| answer(200, &[], &format!("\"{index}…\"")));
    let core = of(Recorder::new(Script::new(steps.collect::<Vec<_>>()), &path), CANARY);
    for body in &bodies {
        call(&core, &GUARDED).json(body).await.unwrap();
    }
    drop(core);
    let core = of(Recorded::open(&path).unwrap(), "x");
    // Another secret stands in the place of what was hidden.
    let asked = bodies.clone().map(|body| {
        let text = body.to_string().replace(CANARY, "another");
        serde_json::from_str::<Value>(&text).unwrap()
    });
    for index in (0..asked.len()).rev() {
        let said = call(&core, &GUARDED).json(&asked[index]).await.unwrap();
        assert_eq!(said, json!(format!("{index}…")));
    }
}

#[tokio::test(start_paused = true)]
async fn members_are_replaced_wherever_json_is() {
    for (media_type, body) in [
        ("text/plain", "{\n  \"email\": \"ada@vendor.test\"\n}"),
        ("application/json", "\u{feff}{\n  \"Email\": \"ada@vendor.test\"\n}"),
        (
            "application/json",
            "{\"email\":[\"ada@vendor.test\"],\"email\":{\"at\":\"ada@vendor.test\"}}",
        ),
        ("application/json-seq", "\u{1e}{\n  \"email\": \"ada@vendor.test\"\n}\n"),
        (
            "text/event-stream",
            "data: {\ndata: \"email\":\ndata: \"ada@vendor.test\"\ndata: }\n\n",
        ),
        (
            "text/event-stream",
            "event: \"{x\ndata: {\"email\": \"ada@vendor.test\"}\n\n",
        ),
        ("text/plain", "{\"email\": \"ada@vendor.test"),
        (
            "Multipart/Mixed; Boundary=q",
            "--q\r\nContent-Type: text/plain\r\n\r\n{\r\n\"email\": \"ada@vendor.test\"}\r\n--q--",
        ),
        (
            "application/x-ndjson",
            "{\"email\":\"ada@vendor.test\"}\n[{\"EMAIL\":\"ada@vendor.test\"}]\n",
        ),
    ] {
        let path = file("members");
        let script = Script::new([answer(200, &[("content-type", media_type)], body)]);
        let core = of(Recorder::new(script, &path).replacing("email", "E"), CANARY);
        let stream = Call::new(&core, &DOWNLOAD, decode::bytes, decode::json::<Value>).await;
        stream.unwrap().collect(999).await.unwrap();
        drop(core);
        assert!(
            !fs::read_to_string(&path).unwrap().contains("ada@"),
            "{media_type} {body}"
        );
        let core = of(Recorded::open(&path).unwrap(), "x");
        let stream = Call::new(&core, &DOWNLOAD, decode::bytes, decode::json::<Value>).await;
        let said = stream.unwrap().collect(999).await.unwrap();
        assert!(String::from_utf8_lossy(&said).contains("\"E\""), "{said:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn fields_of_parts_and_urls_are_pairs_too() {
    let path = file("pairs");
    let link =
        "<https://vendor.test/?email=ada@vendor.test&access_token=hunter2>; rel=next, </?page_token=p>; rel=prev";
    let script = Script::new([answer(
        200,
        &[
            JSON,
            (
                "location",
                "https://ada:hunter2@files.vendor.test/a?X-Amz-Signature=hunter2#access_token=hunter2",
            ),
            ("link", link),
            ("content-location", "/x?Email=ada@vendor.test"),
        ],
        "{}",
    )]);
    let parts = || {
        let file = runtime::sent::uploads::upload::Upload::from(&b"\xff\xfe"[..]);
        let fields = Multipart::new()
            .value("email", None, "ada@vendor.test")
            .value("client_secret", None, "hunter2");
        Body::multipart(fields.file("f", None, &file))
    };
    let form = || Body::form(&json!({ "client_secret": "hunter2", "n": 1 }), &[]);
    let core = of(Recorder::new(script, &path).replacing("email", "E"), CANARY);
    call(&core, &CREATE).body(parts()).await.unwrap();
    call(&core, &CREATE).body(form()).await.unwrap();
    call(&core, &LIST).extra_query("access_token", "hunter2").await.unwrap();
    drop(core);
    let text = fs::read_to_string(&path).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    assert!(
        !text.contains("ada@") && !text.contains("hunter2") && text.contains("page_token=p"),
        "{text}"
    );
    let body = file["exchanges"][0]["request"]["base64"].as_str().unwrap();
    // `ada@` and `hunter2`, as base64 may have them.
    for part in ["YWRhQ", "FkYU", "hZGFA", "aHVudGVyM", "h1bnRlcj", "odW50ZXIy"] {
        assert!(!body.contains(part), "{body}");
    }
    let replay = Recorded::open(&path).unwrap();
    let core = of(replay.clone(), "x");
    call(&core, &CREATE).body(form()).await.unwrap();
    call(&core, &CREATE).body(parts()).await.unwrap();
    call(&core, &LIST).extra_query("access_token", "another").await.unwrap();
    assert_eq!(replay.left(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_credential_is_hidden_as_a_name_and_as_a_number() {
    let path = file("number");
    let body = r#"{"pin":12345678,"k":{"12345678":1}}"#;
    let core = of(
        Recorder::new(Script::new([answer(200, &[JSON], body)]), &path),
        "12345678",
    );
    let asked = |secret: u32| json!({ secret.to_string(): secret });
    call(&core, &GUARDED).json(&asked(12_345_678)).await.unwrap();
    drop(core);
    let file: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(
        file["exchanges"][0]["answer"]["json"],
        json!({ "pin": "…", "k": { "…": 1 } })
    );
    let core = of(Recorded::open(&path).unwrap(), "87654321");
    call(&core, &GUARDED).json(&asked(87_654_321)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_short_credential_is_hidden_where_it_was_sent() {
    let path = file("short");
    let core = of(
        Recorder::new(Script::new([answer(200, &[JSON], r#"["X","X marks"]"#)]), &path),
        "X",
    );
    call(&core, &ALL).await.unwrap();
    drop(core);
    let file: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let exchange = &file["exchanges"][0];
    assert_eq!(exchange["request"]["query"], json!(["key=…"]));
    assert_eq!(exchange["request"]["headers"]["x-api-key"], "…");
    assert_eq!(exchange["answer"]["json"], json!(["X", "X marks"]));

    let recorder = Recorder::new(Script::new([status(200)]), &path);
    let builder = ClientBuilder::new(&API).transport(recorder).clock(Still::new());
    let core = builder
        .credential("basic", Credential::basic("apikey", "X"))
        .build_core()
        .unwrap();
    call(&core, &BASIC).await.unwrap();
    drop(core);
    assert!(fs::read_to_string(&path).unwrap().contains("\"authorization\": \"…\""));
}

#[tokio::test(start_paused = true)]
async fn headers_that_a_client_goes_on_by_stay() {
    let path = file("headers");
    let headers = [
        JSON,
        ("x-next-token", "shown"),
        ("x-ms-continuation-token", "shown"),
        ("x-ratelimit-remaining-tokens", "9"),
        ("x-author", "shown"),
        ("x-primary-key", "shown"),
        ("www-authenticate", "Bearer"),
        ("set-cookie", "hidden"),
        ("x-session-token", "hidden"),
        ("x-api-key", "hidden"),
        ("x-accesstoken", "hidden"),
        ("x-new-password", "hidden"),
    ];
    let core = of(Recorder::new(Script::new([answer(200, &headers, "{}")]), &path), CANARY);
    call(&core, &LIST).await.unwrap();
    drop(core);
    let file: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let recorded = &file["exchanges"][0]["answer"]["headers"];
    for (name, value) in headers {
        let expected = if value == "hidden" { "…" } else { value };
        assert_eq!(recorded[name], expected, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn json_is_said_again_as_it_came() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let bodies = [
        r#"{"z":1,"a":12345678901234567890123,"f":0.1234567890123456789012345,"e":1e2,"m":-0.0,"h":1E400,"t":"\"…\\"}"#,
        r#"{"d":1,"d":2}"#,
        deep.as_str(),
        "[1,",
    ];
    let path = file("json");
    let steps = bodies.map(|body| answer(200, &[JSON], body));
    let ask = async |core: &Core| {
        let stream = Call::new(core, &DOWNLOAD, decode::bytes, decode::json::<Value>).await;
        stream.unwrap().collect(1 << 20).await.unwrap()
    };
    let core = of(Recorder::new(Script::new(steps), &path), CANARY);
    for _ in bodies {
        ask(&core).await;
    }
    drop(core);
    let core = of(Recorded::open(&path).unwrap(), "x");
    for body in bodies {
        assert_eq!(ask(&core).await, body.as_bytes());
    }
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("\"a\": 12345678901234567890123,"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn nothing_does_not_take_the_place_of_a_recording() {
    let path = file("kept");
    let core = of(Recorder::new(Script::new([status(200)]), &path), CANARY);
    call(&core, &LIST).await.unwrap();
    drop(core);
    let before = fs::read(&path).unwrap();
    let recorder = Recorder::new(Script::new([Step::Refuse]), &path);
    call(&of(recorder.clone(), CANARY), &LIST).await.unwrap_err();
    let said = recorder.finish().unwrap_err().to_string();
    assert!(said.starts_with("nothing was answered to be recorded, and `"), "{said}");
    drop(recorder);
    assert_eq!(fs::read(&path).unwrap(), before);
}
