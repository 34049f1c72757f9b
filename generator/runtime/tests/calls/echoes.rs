//! Servers that repeat a secret: in every spelling, in every part of an answer, for every kind of outcome. What is shown of
//! it has `…` in the secret's place, and the rest as it was.

use runtime::AnyCall as _;
use std::collections::BTreeMap;
use std::error::Error as _;
use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicU32, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use runtime::auth::credentials::{Credential, Token};
use runtime::bulk::{
    BatchKey, BatchLayout, BatchOperation, Bulk, Failure, Outcome, Statuses, Success, SuccessBody, Unknown,
};
use runtime::calls::call::Call;
use runtime::calls::error::{Kind, Outside};
use runtime::calls::operation::{Method, Operation, Streaming};
use runtime::client::core::Core;
use runtime::network::transport::{Answer, Transport, TransportError};
use runtime::received::decode;
use runtime::received::streams::event::EventStream;
use runtime::sent::body::Body;
use serde_json::{Value, json};

use super::secrets::shown;
use super::support::{CREATE, LIST, Script, Step, call};

const CANARY: &str = "canary-7f3a9c/+=";

static BEARER: Operation = Operation {
    method: Method::GET,
    security: &[&["bearer"]],
    ..LIST
};

static BASIC: Operation = Operation {
    method: Method::GET,
    security: &[&["basic"]],
    ..LIST
};

static STREAM: Operation = Operation {
    method: Method::GET,
    stream: Streaming::Bytes,
    ..BEARER
};

fn answer(status: u16, body: impl Into<String>) -> Step {
    Step::Answer(status, Vec::new(), body.into())
}

fn with_token(steps: impl Into<Vec<Step>>, token: &str) -> Core {
    let builder = Script::new(steps).builder();
    builder.credential("bearer", token.into()).build_core().unwrap()
}

/// What is shown of an error with this body.
async fn summary(token: &str, body: &str) -> String {
    let core = with_token([answer(400, body)], token);
    let error = call(&core, &BEARER).await.unwrap_err();
    let text = error.to_string();
    let text = text.strip_prefix("GET /things: the server answered 400 Bad Request: ");
    text.unwrap()
        .trim_end_matches(" (the server did not act on it)")
        .to_owned()
}

fn assert_clean(case: impl Debug, text: &str) {
    let plain = text.to_ascii_lowercase();
    for part in ["canary", "7f3a9c", "y2fuyxj5"] {
        assert!(!plain.contains(part), "{case:?} shows {part}: {text}");
    }
}

/// The canary as others write it.
fn spellings() -> Vec<String> {
    let hexadecimal = |prefix: &str| {
        CANARY.bytes().fold(String::new(), |mut text, byte| {
            write!(text, "{prefix}{byte:02x}").unwrap();
            text
        })
    };
    let url = CANARY.replace('/', "%2F").replace('+', "%2b").replace('=', "%3D");
    let mut spellings = vec![
        CANARY.to_owned(),
        CANARY.to_ascii_uppercase(),
        url.clone(),
        url.replace('%', "%25"),
        url.replace('%', "%2525"),
        CANARY.replace('/', r"\/"),
        CANARY.replace('/', r"\\\/"),
        CANARY.replace('c', r"\u0063"),
        CANARY.replace('c', r"\\u0063"),
        CANARY.replace('-', r"\u{2d}"),
        CANARY.replace('-', r"\x2D"),
        CANARY.replace('=', "&#61;").replace('+', "&#x2b;"),
        CANARY.replace('=', "&amp;#61;"),
        CANARY.replace('-', "-\u{200b}"),
        CANARY.replace('-', "-\u{202e}"),
        CANARY.replace('-', "-\r\n"),
        CANARY.replace('-', r"-\n"),
        CANARY.chars().map(String::from).collect::<Vec<_>>().join("\0"),
        hexadecimal(""),
        hexadecimal("%"),
        hexadecimal(r"\x"),
        // Cut off, as logs do it.
        CANARY[..13].to_owned(),
    ];
    for before in ["", "x", "xy", "user:"] {
        let text = format!("{before}{CANARY}");
        spellings.push(STANDARD.encode(&text));
        spellings.push(URL_SAFE_NO_PAD.encode(&text));
    }
    spellings
}

#[tokio::test(start_paused = true)]
async fn every_spelling_is_masked_where_it_stands() {
    for spelling in spellings() {
        for (before, after) in [("token ", " is no good"), ("\"", "\""), ("%20(", ")"), ("<b>", "</b>")] {
            let text = summary(CANARY, &format!("{before}{spelling}{after}")).await;
            assert_eq!(text, format!("{before}…{after}"), "{spelling}");
        }
        let body = json!({ "category": format!("X {spelling}"), "message": format!("{spelling}, and {spelling}") });
        assert_eq!(summary(CANARY, &body.to_string()).await, "X …: …, and …", "{spelling}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_secret_is_masked_before_the_text_is_cut() {
    for length in 150..220 {
        let body = format!("{} {CANARY} {}", "x".repeat(length), "y".repeat(300));
        assert_clean(length, &summary(CANARY, &body).await);
    }
    for kept in 5..40 {
        let builder = Script::new([answer(400, format!("0123456789 {CANARY}"))]).builder();
        let builder = builder.credential("bearer", CANARY.into()).largest_error(kept);
        let core = builder.build_core().unwrap();
        assert_clean(kept, &shown(&call(&core, &BEARER).await.unwrap_err()));
    }
}

#[tokio::test(start_paused = true)]
async fn a_secret_of_a_few_letters_hides_only_itself() {
    for (token, body, expected) in [
        ("a", "a tab has a handle: a", "… tab has … handle: …"),
        ("ab", "ab, about, tab: \"ab\"", "…, about, tab: \"…\""),
        ("abc", "abc xabc abcx %3Aabc ABC", "… xabc abcx %3A… ABC"),
        ("abc", r"\nabc\n", r"\n…\n"),
        ("ü", "ü über &#252; \\u00fc", "… über … …"),
        ("12345", "12345 and 112345", "… and 112345"),
        ("123456", "123456 and 112345678", "… and 1…78"),
        ("1", "1 of 11", "… of 11"),
    ] {
        assert_eq!(basic(token, body).await, expected, "{token}");
    }
}

/// What is shown of an error to a user with this password.
async fn basic(password: &str, body: &str) -> String {
    let builder = Script::new([answer(400, body)]).builder();
    let core = builder.credential("basic", Credential::basic("u", password));
    let error = call(&core.build_core().unwrap(), &BASIC).await.unwrap_err();
    let text = error.to_string();
    let text = text.strip_prefix("GET /things: the server answered 400 Bad Request: ");
    text.unwrap()
        .trim_end_matches(" (the server did not act on it)")
        .to_owned()
}

#[tokio::test(start_paused = true)]
async fn a_password_in_another_character_set_is_masked() {
    assert_eq!(basic("grün-und-gelb", "it is gr%FCn-und-gelb").await, "it is …");
    assert_eq!(basic("grün-und-gelb", r"it is gr\u00fcn-und-gelb").await, "it is …");
    assert_eq!(basic("grün und gelb", "it is gr%C3%BCn+und+gelb").await, "it is …");
    assert_eq!(basic("🔑-und-gelb", r"it is \ud83d\udd11-und-gelb").await, "it is …");
}

#[tokio::test(start_paused = true)]
async fn no_part_of_an_answer_shows_it() {
    let headers = || {
        vec![
            ("x-canary-7f3a9c", CANARY.to_owned()),
            ("x-request-id", format!("r-1-{CANARY}")),
            ("www-authenticate", format!("Bearer {CANARY}")),
        ]
    };
    for (status, body) in [
        (400, json!({ "requestId": CANARY, "message": "no" }).to_string()),
        (400, json!({ CANARY: { CANARY: CANARY } }).to_string()),
        (500, CANARY.to_owned()),
        (200, format!("[{{\"{CANARY}\": {{\"{CANARY}\"")),
        (200, format!("\"{CANARY}")),
    ] {
        let core = with_token([Step::Answer(status, headers(), body.clone())], "canary-7f3a9c");
        let error = call(&core, &BEARER).await.unwrap_err();
        assert_clean(&body, &shown(&error));
        assert_clean(&body, &format!("{:?}", error.correlation_id()));
        assert_clean(&body, &shown(&error.untyped()));
    }
    let typed: fn(_) -> Result<BTreeMap<String, u8>, _> = decode::json;
    for body in [
        json!({ "a": CANARY }),
        json!({ "a": { CANARY: 1 } }),
        json!({ CANARY: [] }),
    ] {
        let core = with_token([answer(200, body.to_string())], "canary-7f3a9c");
        let call: Call<'_, BTreeMap<String, u8>, Value> = Call::new(&core, &BEARER, typed, decode::json);
        assert_clean(&body, &shown(&call.await.unwrap_err()));
    }
    let core = with_token(
        [answer(200, "{}"), Step::Answer(200, headers(), format!("\"{CANARY}\""))],
        CANARY,
    );
    call(&core, &BEARER).await.unwrap();
    let reply = call(&core, &BEARER).reply().await.unwrap();
    assert_eq!(reply.body, CANARY);
    assert_clean(
        "reply",
        &format!("{:?}", reply.body.as_str().map(|_| &reply)).replace("x-canary-7f3a9c", ""),
    );
}

#[tokio::test(start_paused = true)]
async fn tokens_of_all_attempts_are_secrets_of_the_call() {
    let round = std::sync::Arc::new(AtomicU32::new(0));
    let provider = Credential::provider(move || {
        let round = round.fetch_add(1, Ordering::Relaxed);
        async move { Ok(Token::new(format!("token-of-round-{round}"))) }
    });
    let both = "token-of-round-0 and token-of-round-1 are no good";
    let script = Script::new([answer(401, both), answer(400, both)]);
    let core = script.builder().credential("bearer", provider).build_core().unwrap();
    let text = shown(&call(&core, &BEARER).await.unwrap_err());
    assert!(
        text.contains("… and … are no good") && !text.contains("round"),
        "{text}"
    );
}

#[tokio::test(start_paused = true)]
async fn what_a_provider_says_is_shown_without_the_token_before() {
    let round = std::sync::Arc::new(AtomicU32::new(0));
    let provider = Credential::provider(move || {
        let first = round.fetch_add(1, Ordering::Relaxed) == 0;
        async move {
            if first {
                return Ok(Token::new(CANARY));
            }
            Err(std::io::Error::other(format!("{CANARY} has expired\u{202e}\n")).into())
        }
    });
    let core = Script::new([answer(401, "")]).builder().credential("bearer", provider);
    let core = core.build_core().unwrap();
    let error = call(&core, &BEARER).await.unwrap_err();
    let text = shown(&error);
    assert_clean("provider", &text);
    assert!(
        text.contains(r"no credential could be had: … has expired\u{202e}\n"),
        "{text}"
    );
    let Kind::Credentials(error) = error.kind() else {
        panic!("{error:?}");
    };
    let original = error.downcast_ref::<Outside>().unwrap().original().unwrap();
    assert!(original.to_string().contains(CANARY), "whoever asks by name gets it");
}

/// A transport whose errors repeat what was sent.
struct Telltale(bool);

impl Transport for Telltale {
    fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_> {
        let text = format!("sent {:?}", request.headers()["authorization"].to_str().unwrap());
        let error = std::io::Error::other(text);
        let error = if self.0 {
            TransportError::after_sending(error)
        } else {
            TransportError::before_sending(error)
        };
        Box::pin(std::future::ready(Err(error)))
    }
}

#[tokio::test(start_paused = true)]
async fn no_error_of_a_transport_shows_it() {
    for sent in [false, true] {
        let builder = Script::new([answer(200, "")]).builder().transport(Telltale(sent));
        let core = builder.credential("bearer", CANARY.into()).build_core().unwrap();
        let error = call(&core, &BEARER).await.unwrap_err();
        let text = shown(&error);
        assert_clean("transport", &text);
        assert!(text.contains("sent \"Bearer …\""), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_caller_sends_in_place_of_a_credential_is_a_secret_too() {
    for (name, value) in [
        ("authorization", format!("Bearer {CANARY}")),
        (
            "authorization",
            format!("Basic {}", STANDARD.encode(format!("u:{CANARY}"))),
        ),
        ("x-api-key", CANARY.to_owned()),
        ("x-auth-token", CANARY.to_owned()),
        ("cookie", format!("a=b; session={CANARY}; c")),
        ("proxy-authorization", format!("Bearer {CANARY}")),
        ("x-hub-signature-secret", CANARY.to_owned()),
    ] {
        let core = Script::new([answer(400, format!("{CANARY} is no good"))]).core();
        let error = call(&core, &LIST).header(name, &value).await.unwrap_err();
        assert_clean(name, &shown(&error));
        assert!(error.to_string().contains("… is no good"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_event_that_does_not_fit_shows_it() {
    let body = format!("event: {CANARY}\nid: {CANARY}\ndata: {{\"a\":\"{CANARY}\"}}\n\ndata: {CANARY}\n\n");
    let core = with_token([answer(200, body)], CANARY);
    let events: fn(_) -> Result<EventStream<BTreeMap<String, u8>>, _> = decode::events;
    let call: Call<'_, EventStream<BTreeMap<String, u8>>, Value> = Call::new(&core, &STREAM, events, decode::json);
    let mut events = call.await.unwrap();
    for _ in 0..2 {
        let error = events.next().await.unwrap().unwrap_err();
        let source = error.source().unwrap();
        let text = format!("{error} {error:?} {error:#?} {source} {source:?} {events:?}");
        assert_clean("event", &text);
        assert!(text.contains('…'), "{text}");
    }
}

#[derive(Debug)]
enum Creation {}

impl BatchOperation for Creation {
    type Request = Value;
    type Input = Value;
    type Output = BTreeMap<String, String>;
    type Failure = BTreeMap<String, String>;
    type Error = Value;
    const OPERATION: &'static Operation = &Operation {
        method: Method::POST,
        security: &[&["bearer"]],
        ..CREATE
    };
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        inputs: "inputs",
        limit: 4,
        results: Some("results"),
        errors: Some("errors"),
        correlation: Some(BatchKey {
            input: "trace",
            result: "trace",
            error: Some("trace"),
        }),
        identity: None,
        property: None,
        complete: false,
        successes: &[Success::new(Statuses::Code(200), SuccessBody::Json)],
        refusal: &["message"],
    };
}

#[tokio::test(start_paused = true)]
async fn no_outcome_of_a_run_shows_it() {
    let body = json!({
        "results": [{ "trace": "a", "text": { CANARY: CANARY } }],
        "errors": [
            { "trace": "b", "message": format!("{CANARY} is no good") },
            { "trace": "c", "message": { "text": CANARY } },
        ],
    });
    let core = with_token([answer(207, body.to_string())], CANARY);
    let inputs = ["a", "b", "c"].map(|trace| json!({ "trace": trace }));
    let records = Bulk::<Creation>::new(&core, inputs).collect().await;
    let mut seen = Vec::new();
    for record in &records {
        let text = match &record.outcome {
            Outcome::Unknown(unknown @ Unknown::Undescribed(said)) => {
                assert_eq!(said["text"][CANARY], CANARY);
                format!("{unknown}")
            }
            Outcome::Failed(failure) => {
                if let Failure::Reported(said) = failure {
                    assert!(said["message"].contains(CANARY));
                }
                format!("{failure:?}")
            }
            other => panic!("{other:?}"),
        };
        seen.push(text.clone());
        assert_clean(
            "outcome",
            &format!("{text} {record:?} {record:#?} {:?}", record.outcome),
        );
    }
    assert!(seen[1].contains("… is no good"), "{seen:?}");
    assert!(seen[2].contains("Undescribed"), "{seen:?}");
}
