//! What comes back when it went wrong: whatever the body is, the error keeps the status, the headers and the bytes.

use hubspot_tickets_batch::runtime::AnyCall as _;
use std::error::Error as _;

use hubspot_tickets_batch::models::CreateTicketsRequest;
use hubspot_tickets_batch::runtime::Outcome;
use serde_json::json;

use super::recorder::{Recorder, answer_with};
use super::{TOKEN, client};

const STATUSES: [u16; 6] = [400, 401, 403, 409, 429, 500];

/// The kinds of bodies that servers and proxies answer with: a name, a content type, a text.
fn bodies() -> [(&'static str, Option<&'static str>, String); 6] {
    let error = json!({
        "status": "error",
        "message": "No.",
        "correlationId": "0a1b2c3d-0000-4000-8000-00000000c0de",
        "category": "SOME_CATEGORY",
        "context": { "ids": ["1", "2"] },
    })
    .to_string();
    [
        ("json", Some("application/json"), error.clone()),
        ("json without a type", None, error),
        ("html", Some("text/html"), "<html><h1>No.</h1></html>".to_owned()),
        ("empty", Some("application/json"), String::new()),
        ("empty without a type", None, String::new()),
        ("cut", Some("application/json"), "{\"message\": \"N".to_owned()),
    ]
}

#[tokio::test]
async fn every_error_keeps_status_headers_and_bytes() {
    for status in STATUSES {
        for (name, content_type, body) in bodies() {
            let recorder = Recorder::answering([answer_with(status, content_type, &body)]).await;
            let client = client(&recorder);
            let inputs = CreateTicketsRequest::new(Vec::new());
            let error = client.batch().create(&inputs).max_attempts(1).await.unwrap_err();
            let case = format!("{status}, {name}");

            assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{case}");
            assert_eq!(error.headers().unwrap()["x-trace"], "t-1", "{case}");
            assert_eq!(error.raw_body().unwrap(), body.as_bytes(), "{case}");
            let typed = error.body();
            assert_eq!(typed.is_some(), name.starts_with("json"), "{case}");
            if let Some(typed) = typed {
                assert_eq!(typed.message, "No.", "{case}");
                assert_eq!(typed.category.as_deref(), Some("SOME_CATEGORY"), "{case}");
                assert_eq!(
                    error.correlation_id(),
                    Some("0a1b2c3d-0000-4000-8000-00000000c0de"),
                    "{case}"
                );
            }
            let expected = if status == 500 {
                Outcome::Unknown
            } else {
                Outcome::Rejected
            };
            assert_eq!(error.outcome(), expected, "{case}");
        }
    }
}

#[tokio::test]
async fn no_error_shows_the_token() {
    for (name, content_type, body) in bodies() {
        let recorder = Recorder::answering([answer_with(400, content_type, &body)]).await;
        let inputs = CreateTicketsRequest::new(Vec::new());
        let error = client(&recorder).batch().create(&inputs).await.unwrap_err();
        let mut shown = vec![format!("{error} {error:?} {error:#?}")];
        let mut source = error.source();
        while let Some(error) = source {
            shown.push(format!("{error} {error:?}"));
            source = error.source();
        }
        let shown = shown.concat();
        assert!(!shown.contains(TOKEN), "{name}: {shown}");
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_says_that_it_may_have_been_applied() {
    let recorder = Recorder::answering([answer_with(201, Some("application/json"), "{\"results\": [")]).await;
    let error = client(&recorder)
        .batch()
        .create(&CreateTicketsRequest::new(Vec::new()))
        .await
        .unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(201));
    assert_eq!(recorder.requests().len(), 1);
}
