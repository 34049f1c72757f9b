//! What a caller adds to calls: headers of all, what the description lacks, keys, compression, limits by default.

use runtime::AnyCall as _;
use std::io::Read as _;
use std::time::Duration;

use flate2::read::GzDecoder;
use http::HeaderMap;
use runtime::auth::credentials::Credential;
use runtime::calls::call::Call;
use runtime::calls::error::Kind;
use runtime::calls::operation::{Api, Defaults, Method, Operation};
use runtime::client::builder::ClientBuilder;
use runtime::pace::clock::Clock;
use runtime::pace::retry::RetryPolicy;
use runtime::sent::body::Body;
use runtime::sent::parameter::Parameter;
use runtime::sent::uploads::multipart::Multipart;
use serde_json::{Value, json};

use super::support::{API, CREATE, LIST, Script, Step, call, create, status};

static SECURED: Operation = Operation {
    security: &[&["bearer"]],
    ..LIST
};

static KEYED: Operation = Operation {
    method: Method::POST,
    idempotency_key: "idempotency-key",
    ..CREATE
};

fn header<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

/// How a call is refused before anything is sent.
async fn refused(call: Call<'_, Value, Value>, script: &Script) -> String {
    let error = call.await.unwrap_err();
    assert!(script.sent().is_empty());
    match error.kind() {
        Kind::Request(problem) => problem.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn headers_of_all_calls_give_way_to_those_of_one() {
    const OWN: Parameter = Parameter::header("x-own");
    let script = Script::new([status(200)]);
    let builder = script.builder().user_agent("program/2").default_header("X-Own", "all");
    let builder = builder
        .default_header("accept", "text/all")
        .default_header("x-tenant", "t 1");
    let core = builder.build_core().unwrap();
    call(&core, &LIST).await.unwrap();
    call(&core, &LIST)
        .header("x-own", "header")
        .header("user-agent", "program/3")
        .await
        .unwrap();
    call(&core, &LIST).parameter(&OWN, "parameter").await.unwrap();
    let shown = |sent: super::support::Sent| {
        ["user-agent", "x-own", "accept", "x-tenant"].map(|name| header(&sent.headers, name).to_owned())
    };
    let sent: Vec<_> = script.sent().into_iter().map(shown).collect();
    let expected = [
        ["program/2", "all", "application/json", "t 1"],
        ["program/3", "header", "application/json", "t 1"],
        ["program/2", "parameter", "application/json", "t 1"],
    ];
    assert_eq!(sent, expected);
    for (name, value) in [("content-length", "1"), ("a b", "c"), ("a", "b\r\nc: d")] {
        script.builder().default_header(name, value).build_core().unwrap_err();
    }
}

#[tokio::test]
async fn a_header_of_all_calls_stands_in_for_a_credential() {
    let script = Script::new([status(200)]);
    let builder = script.builder().credential("bearer", Credential::fixed("b1"));
    let core = builder.default_header("authorization", "Own o1").build_core().unwrap();
    call(&core, &SECURED).await.unwrap();
    assert_eq!(header(&script.sent()[0].headers, "authorization"), "Own o1");
}

#[tokio::test]
async fn pairs_that_the_description_lacks() {
    const PAGE: Parameter = Parameter::query("page");
    let script = Script::new([status(200)]);
    let core = script.core();
    let call = || call(&core, &LIST).parameter(&PAGE, &2);
    let doubled = refused(call().extra_query("page", "3"), &script).await;
    assert_eq!(doubled, "the query has `page` already; an extra one would double it");
    call().extra_query("a b", "c&d").extra_query("a b", "é").await.unwrap();
    let uri = "https://api.example.com/base/things?page=2&a%20b=c%26d&a%20b=%C3%A9";
    assert_eq!(script.sent()[0].uri, uri);
}

#[tokio::test]
async fn members_that_the_description_lacks() {
    let script = Script::new([status(200)]);
    let core = script.core();
    let new = |body| call(&core, &CREATE).body(body);
    let form = || Body::form(&json!({ "a": 1 }), &[]);
    let parts = Body::multipart(Multipart::new());
    let cases = [
        (
            create(&core).extra_member("name", "y"),
            "the body has `name` already; an extra one would double it",
        ),
        (
            new(form()).extra_member("a", &2),
            "the body has `a` already; an extra one would double it",
        ),
        (
            create(&core).extra_member("x", "y").extra_member("x", "z"),
            "the extra member `x` is given twice",
        ),
        (
            call(&core, &CREATE).extra_member("x", "y"),
            "the call has no body that extra members could be added to",
        ),
        (
            call(&core, &CREATE).json(&[1]).extra_member("x", "y"),
            "extra members cannot be added to a body that is no JSON object",
        ),
    ];
    for (call, expected) in cases {
        assert_eq!(refused(call, &script).await, expected);
    }
    let unfit = refused(new(parts).extra_member("x", "y"), &script).await;
    assert!(
        unfit.starts_with("extra members cannot be added to a body of the media type `multipart/form-data"),
        "{unfit}"
    );
    create(&core)
        .extra_member("x", &json!({ "n": 1.50 }))
        .extra_member("é\"", &[1])
        .await
        .unwrap();
    let exact = Body::raw("application/json", " {\"n\": 1.10, \"n\": 12345678901234567890123} ");
    new(exact).extra_member("x", &None::<u8>).await.unwrap();
    call(&core, &CREATE)
        .json(&json!({}))
        .extra_member("x", "y")
        .await
        .unwrap();
    new(form()).extra_member("b c", "d&e").await.unwrap();
    let bodies: Vec<_> = script.sent().into_iter().map(|sent| sent.body.unwrap()).collect();
    let expected = [
        "{\"name\":\"x\",\"x\":{\"n\":1.5},\"é\\\"\":[1]}",
        " {\"n\": 1.10, \"n\": 12345678901234567890123,\"x\":null}",
        "{\"x\":\"y\"}",
        "a=1&b+c=d%26e",
    ];
    assert_eq!(bodies, expected);
}

/// Another number each time.
#[derive(Debug, Default)]
struct Counting(std::sync::atomic::AtomicU32);

impl Clock for Counting {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }

    fn random(&self) -> f64 {
        let number = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        f64::from(number) / 64.0
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_is_the_same_for_all_attempts_of_a_call_and_another_for_the_next() {
    let script = Script::new([Step::Break, status(502), status(200)]);
    let core = script.builder().clock(Counting::default()).build_core().unwrap();
    call(&core, &KEYED).await.unwrap();
    call(&core, &KEYED).await.unwrap();
    call(&core, &KEYED).header("Idempotency-Key", "mine").await.unwrap();
    let keys: Vec<String> = script
        .sent()
        .iter()
        .map(|sent| header(&sent.headers, "idempotency-key").to_owned())
        .collect();
    let first = "00000000-0400-4000-8800-00000c000000";
    assert_eq!(keys[..3], [first; 3]);
    assert_ne!(keys[3], first);
    assert_eq!(keys[4], "mine");
}

#[tokio::test(start_paused = true)]
async fn who_says_that_repetitions_do_harm_goes_before_a_key() {
    let script = Script::new([Step::Break]);
    call(&script.core(), &KEYED).idempotent(false).await.unwrap_err();
    assert_eq!(script.sent().len(), 1);
    call(&script.core(), &CREATE).await.unwrap_err();
    assert_eq!(script.sent().len(), 2, "without a key");
}

#[tokio::test(start_paused = true)]
async fn large_bodies_are_compressed_where_that_is_asked_for() {
    let large = "a".repeat(2000);
    let script = Script::new([Step::Refuse, status(200)]);
    let core = script.builder().gzip_above(1000).build_core().unwrap();
    let body = |text: &str| Body::raw("text/plain", text.to_owned());
    call(&core, &CREATE).body(body(&large)).await.unwrap();
    call(&core, &CREATE).body(body("small")).await.unwrap();
    call(&core, &CREATE)
        .body(body(&large))
        .header("content-encoding", "identity")
        .await
        .unwrap();
    call(&core, &CREATE).body(body(&large)).gzip_above(5000).await.unwrap();
    let sent = script.sent();
    let encodings: Vec<&str> = sent
        .iter()
        .map(|sent| header(&sent.headers, "content-encoding"))
        .collect();
    assert_eq!(encodings, ["gzip", "gzip", "", "identity", ""]);
    for sent in &sent[..2] {
        let mut text = String::new();
        GzDecoder::new(&sent.body.as_ref().unwrap()[..])
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(
            (text == large, header(&sent.headers, "content-type")),
            (true, "text/plain")
        );
    }
}

/// How often each is sent, and after which time each gives up.
#[tokio::test(start_paused = true)]
async fn the_builder_goes_before_the_operation_and_that_before_the_api() {
    static PATIENT: Api = Api {
        defaults: Defaults {
            attempt_timeout: Some(Duration::from_secs(3)),
            max_attempts: Some(2),
            backoff_base: Some(Duration::ZERO),
            ..Defaults::NONE
        },
        ..API
    };
    static SLOW: Operation = Operation {
        defaults: Defaults {
            attempt_timeout: Some(Duration::from_secs(7)),
            ..Defaults::NONE
        },
        ..LIST
    };
    let tried = async |builder: fn(ClientBuilder) -> ClientBuilder, operation: &'static Operation| {
        let script = Script::new([Step::Hang]);
        let began = tokio::time::Instant::now();
        let plain = ClientBuilder::new(&PATIENT).transport(script.clone());
        call(&builder(plain).build_core().unwrap(), operation)
            .await
            .unwrap_err();
        (script.sent().len(), began.elapsed().as_secs())
    };
    assert_eq!(tried(|plain| plain, &LIST).await, (2, 6));
    assert_eq!(tried(|plain| plain, &SLOW).await, (2, 14));
    assert_eq!(
        tried(|plain| plain.attempt_timeout(Duration::from_secs(1)), &SLOW).await,
        (2, 2)
    );
    assert_eq!(tried(|plain| plain.retry(RetryPolicy::never()), &SLOW).await, (1, 7));
}

#[test]
fn a_description_without_a_server_leaves_it_to_the_caller() {
    static ANYWHERE: Api = Api { base_url: "", ..API };
    let error = ClientBuilder::new(&ANYWHERE).build_core().unwrap_err();
    let expected = "the client cannot be set up: the description names no server to send to; set `base_url`";
    assert_eq!(error.to_string(), expected);
    ClientBuilder::new(&ANYWHERE)
        .base_url("https://a.example.com")
        .build_core()
        .unwrap();
}
