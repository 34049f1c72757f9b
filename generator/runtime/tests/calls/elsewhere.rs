//! What is described as lying elsewhere: handed over as bytes, it is fetched from there, and nobody else gets the credentials.

use runtime::AnyCall as _;
use runtime::auth::credentials::Credential;
use runtime::calls::operation::Operation;
use runtime::received::reading::{Arrival, Streaming};

use crate::support::{CREATE, LIST, Script, call, status, with};

static DOWNLOAD: Operation = Operation {
    security: &[&["bearer"]],
    arrivals: &[Arrival::new(302, 302, Streaming::No)],
    ..LIST
};

static UPLOAD: Operation = Operation {
    arrivals: &[Arrival::new(302, 302, Streaming::No)],
    ..CREATE
};

const THERE: &str = "https://files.vendor.test/a?signed=1#part";

fn core(script: &Script) -> runtime::Core {
    let builder = script.builder().base_url("https://api.vendor.test/v1");
    let credential = Credential::from("s3cret");
    builder.credential("bearer", credential).build_core().unwrap()
}

#[tokio::test(start_paused = true)]
async fn bytes_are_fetched_from_where_they_lie() {
    let script = Script::new([with(302, "location", THERE), status(200)]);
    let core = core(&script);
    let download = call(&core, &DOWNLOAD)
        .header("range", "bytes=0-1")
        .header("x-mine", "1");
    let answer = download.bytes().reply().await.unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body.collect(1024).await.unwrap(), "{}");
    let sent = script.sent();
    assert_eq!(sent[0].headers["authorization"], "Bearer s3cret");
    assert_eq!(sent[1].uri, "https://files.vendor.test/a?signed=1");
    let mut names: Vec<_> = sent[1].headers.keys().map(http::HeaderName::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["range", "user-agent"]);
}

#[tokio::test(start_paused = true)]
async fn the_same_origin_is_still_the_server() {
    let script = Script::new([with(302, "location", "../files/a"), status(200)]);
    let core = core(&script);
    call(&core, &DOWNLOAD).bytes().await.unwrap();
    let sent = script.sent();
    assert_eq!(sent[1].uri, "https://api.vendor.test/files/a");
    assert_eq!(sent[1].headers["authorization"], "Bearer s3cret");
}

#[tokio::test(start_paused = true)]
async fn back_at_the_server_there_are_no_credentials_anymore() {
    let back = "https://api.vendor.test/v1/things";
    let script = Script::new([with(302, "location", THERE), with(302, "location", back), status(200)]);
    let core = core(&script);
    call(&core, &DOWNLOAD).bytes().await.unwrap();
    assert!(!script.sent()[2].headers.contains_key("authorization"));
}

#[tokio::test(start_paused = true)]
async fn what_a_stranger_says_is_not_the_word_of_the_api() {
    let refused = with(403, "retry-after", "30");
    let script = Script::new([with(302, "location", THERE), refused, status(200)]);
    let core = core(&script);
    let error = call(&core, &DOWNLOAD).bytes().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("it is files.vendor.test, where the answer is said to lie"),
        "{error}"
    );
    assert!(error.body().is_none());
    // Nor does the API's server have to wait for what another asks.
    call(&core, &LIST).await.unwrap();
    assert_eq!(script.times(), [0, 0, 0]);
}

#[tokio::test(start_paused = true)]
async fn nothing_else_is_followed() {
    let moved = with(302, "location", THERE);
    // What is decoded, what is sent, and what is not described to lie elsewhere.
    let script = Script::new([moved.clone()]);
    let core = core(&script);
    assert!(call(&core, &DOWNLOAD).await.is_ok());
    assert!(call(&core, &UPLOAD).bytes().await.is_ok());
    assert_eq!(call(&core, &LIST).bytes().await.unwrap_err().status().unwrap(), 302);
    assert_eq!(script.sent().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_leads_nowhere_is_an_error() {
    let cases = [
        (with(302, "location", "/again"), 6, "there elsewhere again, 5 times"),
        (
            with(302, "location", "http://files.vendor.test/a"),
            1,
            "not under `https`",
        ),
        (with(302, "location", "https://"), 1, "no URL"),
    ];
    for (step, requests, told) in cases {
        let script = Script::new([step]);
        let core = core(&script);
        let error = call(&core, &DOWNLOAD).bytes().await.unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
        assert_eq!(script.sent().len(), requests);
    }
    let script = Script::new([status(302)]);
    let nothing = call(&core(&script), &DOWNLOAD).bytes().reply().await.unwrap();
    assert_eq!(nothing.status, 302);
}
