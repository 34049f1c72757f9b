//! Tokens by OAuth: what is sent to the token endpoint, and what is made of its answers.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::credentials::{Credential, TokenProvider as _};
use runtime::oauth::OAuth;
use tokio::time::sleep;

use super::credentials::BEARER;
use super::secrets::shown;
use super::support::{Script, Step, call, status, with};

const ENDPOINT: &str = "https://id.example.com/token?v=1";

fn json(status: u16, body: &str) -> Step {
    Step::Answer(status, Vec::new(), body.to_owned())
}

fn form(script: &Script, request: usize) -> String {
    let body = script.sent()[request].body.clone().unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_is_used_kept_and_replaced() {
    let endpoint = Script::new([
        json(
            200,
            r#"{"access_token":"a1","token_type":"Bearer","expires_in":1800,"refresh_token":"r&2"}"#,
        ),
        json(200, r#"{"access_token":"a2","expires_in":"1800"}"#),
    ]);
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&kept);
    let tokens = OAuth::refresh_token("https://id.example.com/token", "id", "s3cr3t", "r1")
        .on_refresh_token(move |token| keep.lock().unwrap().push(token.expose().to_owned()))
        .transport(endpoint.clone())
        .build()
        .unwrap();
    let api = Script::new([status(200)]);
    let core = api
        .builder()
        .credential("bearer", Credential::provider(tokens))
        .build_core()
        .unwrap();
    call(&core, &BEARER).await.unwrap();
    call(&core, &BEARER).await.unwrap();
    sleep(Duration::from_mins(29)).await;
    call(&core, &BEARER).await.unwrap();

    let sent: Vec<_> = api
        .sent()
        .into_iter()
        .map(|sent| sent.headers["authorization"].clone())
        .collect();
    assert_eq!(sent, ["Bearer a1", "Bearer a1", "Bearer a2"]);
    assert_eq!(endpoint.sent().len(), 2);
    let expected = "grant_type=refresh_token&refresh_token=r1&client_id=id&client_secret=s3cr3t";
    assert_eq!(form(&endpoint, 0), expected);
    assert_eq!(form(&endpoint, 1), expected.replace("=r1", "=r%262"));
    assert_eq!(*kept.lock().unwrap(), ["r&2"]);
    let headers = &endpoint.sent()[0].headers;
    assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
}

#[tokio::test]
async fn client_credentials_go_where_the_server_wants_them() {
    let endpoint = Script::new([json(200, r#"{"access_token":"a"}"#)]);
    let tokens = |scope: &str| {
        let tokens = OAuth::client_credentials("https://id.example.com/token", "i:d", "s%t");
        tokens
            .scope(scope)
            .parameter("audience", "https://api")
            .transport(endpoint.clone())
    };
    tokens("read write").build().unwrap().token().await.unwrap();
    let form_0 = "grant_type=client_credentials&client_id=i%3Ad&client_secret=s%25t&scope=read%20write&\
        audience=https%3A%2F%2Fapi";
    assert_eq!(form(&endpoint, 0), form_0);
    tokens("read").in_header().build().unwrap().token().await.unwrap();
    assert_eq!(
        form(&endpoint, 1),
        "grant_type=client_credentials&scope=read&audience=https%3A%2F%2Fapi"
    );
    let authorization = &endpoint.sent()[1].headers["authorization"];
    assert!(authorization.is_sensitive());
    assert_eq!(authorization, "Basic aSUzQWQ6cyUyNXQ=");
}

#[tokio::test(start_paused = true)]
async fn what_the_endpoint_says_instead_is_told_without_the_secret() {
    let invalid = r#"{"error":"invalid_grant","error_description":"It has expired."}"#;
    let bad = "the token endpoint answered 400 Bad Request";
    for (step, expected) in [
        (json(400, invalid), format!("{bad}: invalid_grant: It has expired.")),
        (json(400, r#"{"error":"s3cr3t is wrong"}"#), bad.to_owned()),
        (json(400, r#"{"error":"r3fr3sh is wrong"}"#), bad.to_owned()),
        (json(400, ""), bad.to_owned()),
        (
            with(302, "location", "https://x"),
            "the token endpoint answered 302 Found: {}".to_owned(),
        ),
        (
            json(200, "s3cr3t"),
            "the token endpoint's answer is not JSON".to_owned(),
        ),
        (
            json(200, "{}"),
            "the token endpoint's answer has no access token".to_owned(),
        ),
        (
            json(200, r#"{"access_token":"s3cr3t","token_type":"mac"}"#),
            "the token endpoint gave another token than a bearer's".to_owned(),
        ),
        (Step::Hang, "no answer of the token endpoint within 30s".to_owned()),
        (Step::Refuse, "no connection to the server".to_owned()),
    ] {
        let tokens = OAuth::refresh_token("https://id.example.com/token", "id", "s3cr3t", "r3fr3sh");
        let tokens = tokens.transport(Script::new([step])).build().unwrap();
        assert!(!format!("{tokens:?} {tokens:#?}").contains("s3cr3t"));
        let core = Script::new([status(200)])
            .builder()
            .credential("bearer", Credential::provider(tokens))
            .build_core()
            .unwrap();
        let error = call(&core, &BEARER).await.unwrap_err();
        let text = shown(&error);
        assert!(text.contains(&expected), "{expected}: {text}");
        assert!(!text.contains("s3cr3t") && !text.contains("r3fr3sh"), "{text}");
    }
}

#[tokio::test]
async fn the_secret_is_not_told_in_the_form_of_the_header_either() {
    let endpoint = Script::new([json(401, r#"{"error":"Basic aWQ6czNjcjN0 is unknown"}"#)]);
    let tokens = OAuth::client_credentials("https://id.example.com/token", "id", "s3cr3t");
    let tokens = tokens.in_header().transport(endpoint.clone()).build().unwrap();
    let Err(error) = tokens.token().await else {
        panic!("that is no token");
    };
    assert_eq!(endpoint.sent()[0].headers["authorization"], "Basic aWQ6czNjcjN0");
    let shown = "the token endpoint answered 401 Unauthorized: Basic … is unknown";
    assert_eq!(error.to_string(), shown);
}

#[tokio::test]
async fn secrets_go_to_https_only() {
    for endpoint in [ENDPOINT, "http://id.example.com/token", "id.example.com", ""] {
        assert!(
            OAuth::client_credentials(endpoint, "id", "s3cr3t").build().is_err(),
            "{endpoint}"
        );
    }
}
