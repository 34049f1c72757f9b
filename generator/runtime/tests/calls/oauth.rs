//! Tokens by OAuth: what is sent to the token endpoint, and what is made of its answers.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::auth::credentials::{Credential, TokenProvider as _};
use runtime::auth::oauth::OAuth;
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
    let form_0 = "grant_type=client_credentials&scope=read%20write&client_id=i%3Ad&client_secret=s%25t&\
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

/// The parameters of a query or a form.
fn pairs(text: &str) -> Vec<(String, String)> {
    let url = url::Url::parse(&format!("https://localhost/?{text}")).unwrap();
    url.query_pairs().into_owned().collect()
}

#[tokio::test(start_paused = true)]
async fn a_user_agrees_in_a_browser() {
    let answer = r#"{"access_token":"a1","expires_in":100,"refresh_token":"r1"}"#;
    let endpoint = Script::new([json(200, answer), json(200, r#"{"access_token":"a2"}"#)]);
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&kept);
    let tokens = || {
        OAuth::authorization_code(
            "https://id.example.com/agree?tenant=t",
            "/token",
            "id",
            "http://127.0.0.1:7878/back",
        )
        .relative_to("https://id.example.com/v1")
        .scope("read write")
        .parameter("prompt", "consent")
        .transport(endpoint.clone())
    };
    let keep = move |token: &runtime::shown::secret::Secret| keep.lock().unwrap().push(token.expose().to_owned());
    let sign_in = tokens().on_refresh_token(keep).sign_in().unwrap();
    let (url, query) = sign_in.url().split_once('?').unwrap();
    assert_eq!(url, "https://id.example.com/agree");
    let query = pairs(query);
    let shown: Vec<_> = query
        .iter()
        .filter(|(name, _)| !["state", "code_challenge"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let expected = [
        "tenant=t",
        "response_type=code",
        "client_id=id",
        "redirect_uri=http://127.0.0.1:7878/back",
        "code_challenge_method=S256",
        "scope=read write",
        "prompt=consent",
    ];
    assert_eq!(shown, expected);
    let value = |name| query.iter().find(|(other, _)| other == name).unwrap().1.clone();
    let (state, challenge) = (value("state"), value("code_challenge"));
    let redirected = format!("http://127.0.0.1:7878/back?code=c%2F1&state={state}");
    sign_in.finish("/favicon.ico").await.unwrap_err();
    let tokens_of_user = sign_in.finish(&redirected).await.unwrap();
    let sent = pairs(&form(&endpoint, 0));
    let verifier = &sent.iter().find(|(name, _)| name == "code_verifier").unwrap().1;
    let hash = sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(verifier));
    assert_eq!(
        base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, hash),
        challenge
    );
    assert_eq!(endpoint.sent()[0].uri, "https://id.example.com/token");
    let exchanged = "grant_type=authorization_code&code=c%2F1&redirect_uri=http%3A%2F%2F127.0.0.1%3A7878%2Fback";
    assert!(form(&endpoint, 0).starts_with(exchanged));
    assert_eq!(*kept.lock().unwrap(), ["r1"]);

    let api = Script::new([status(200)]);
    let core = api
        .builder()
        .credential("bearer", tokens_of_user.into())
        .build_core()
        .unwrap();
    call(&core, &BEARER).await.unwrap();
    sleep(Duration::from_secs(99)).await;
    call(&core, &BEARER).await.unwrap();
    let refreshed = "grant_type=refresh_token&refresh_token=r1&client_id=id&prompt=consent";
    assert_eq!(form(&endpoint, 1), refreshed);

    for (redirected, expected) in [
        (
            "?code=c&state=another",
            "the browser was sent back from another sign-in",
        ),
        ("?code=c", "the browser was sent back from another sign-in"),
    ] {
        assert_eq!(
            tokens()
                .sign_in()
                .unwrap()
                .finish(redirected)
                .await
                .unwrap_err()
                .to_string(),
            expected
        );
    }
    let sign_in = tokens().sign_in().unwrap();
    let state = pairs(sign_in.url().split_once('?').unwrap().1)
        .into_iter()
        .find(|(name, _)| name == "state")
        .unwrap()
        .1;
    let refused = sign_in
        .finish(&format!("error=access_denied&state={state}"))
        .await
        .unwrap_err();
    assert_eq!(refused.to_string(), "the user did not sign in: access_denied");
    assert_eq!(endpoint.sent().len(), 2);
    for authorization in ["http://id.example.com/agree", "javascript:alert(1)"] {
        let tokens =
            OAuth::authorization_code(authorization, "https://id.example.com/token", "id", "http://localhost/");
        tokens.sign_in().unwrap_err();
    }
}

#[tokio::test(start_paused = true)]
async fn a_user_agrees_on_another_device() {
    let code = r#"{"device_code":"d1","user_code":"U-1","verification_uri":"https://id.example.com/u","expires_in":60,"interval":5}"#;
    let pending = r#"{"error":"authorization_pending"}"#;
    let endpoint = Script::new([
        json(200, code),
        json(400, pending),
        // As some servers say it.
        json(200, pending),
        json(400, r#"{"error":"slow_down"}"#),
        Step::Break,
        json(200, r#"{"access_token":"a1"}"#),
        json(200, code),
        json(400, r#"{"error":"access_denied"}"#),
        json(200, code),
        json(400, pending),
    ]);
    let begin = async || {
        let tokens = OAuth::device("https://id.example.com/device", "https://id.example.com/token", "id");
        tokens
            .scope("read")
            .transport(endpoint.clone())
            .sign_in()
            .await
            .unwrap()
    };
    let sign_in = begin().await;
    assert_eq!(
        (sign_in.user_code(), sign_in.verification_url()),
        ("U-1", "https://id.example.com/u")
    );
    assert!(!format!("{sign_in:?}").contains("d1"));
    let tokens = sign_in.finish().await.unwrap();
    let token = tokens.token().await.unwrap();
    assert!(format!("{token:?}").contains("Secret"));
    let seconds: Vec<u128> = endpoint.times().into_iter().map(|time| time / 1000).collect();
    assert_eq!(seconds, [0, 5, 10, 15, 25, 45]);
    assert_eq!(form(&endpoint, 0), "scope=read&client_id=id");
    let asked = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d1&client_id=id";
    assert_eq!(form(&endpoint, 1), asked);
    let Err(expired) = tokens.token().await else {
        panic!("that is no token");
    };
    assert!(expired.to_string().contains("must sign in again"), "{expired}");
    let refused = begin().await.finish().await.unwrap_err();
    assert!(refused.to_string().contains("access_denied"), "{refused}");
    let late = begin().await.finish().await.unwrap_err();
    assert_eq!(late.to_string(), "the user's time to agree is over");
}

#[tokio::test(start_paused = true)]
async fn a_password_is_sent_again_only_where_a_refresh_token_is_refused() {
    let answer = |number: u8| {
        json(
            200,
            &format!(r#"{{"access_token":"a{number}","refresh_token":"r{number}"}}"#),
        )
    };
    let endpoint = Script::new([
        answer(1),
        answer(2),
        json(400, r#"{"error":"invalid_grant"}"#),
        answer(3),
    ]);
    let tokens = OAuth::password("https://id.example.com/token", "id", "", "user", "p4ss").scope("read");
    let tokens = tokens
        .refresh_url("https://id.example.com/fresh")
        .transport(endpoint.clone())
        .build()
        .unwrap();
    for _ in 0..3 {
        tokens.token().await.unwrap();
    }
    let forms: Vec<_> = (0..4)
        .map(|request| (endpoint.sent()[request].uri.clone(), form(&endpoint, request)))
        .collect();
    let password = "grant_type=password&username=user&password=p4ss&scope=read&client_id=id";
    let refresh = |token| {
        let form = format!("grant_type=refresh_token&refresh_token={token}&client_id=id");
        ("https://id.example.com/fresh".to_owned(), form)
    };
    let password = ("https://id.example.com/token".to_owned(), password.to_owned());
    assert_eq!(forms, [password.clone(), refresh("r1"), refresh("r2"), password]);
}

#[tokio::test]
async fn what_a_clients_builder_is_told_holds_for_its_tokens() {
    let network = Script::new([json(200, r#"{"access_token":"a1"}"#)]);
    for (endpoint, expected) in [
        ("token", "https://test.example.com/base/token"),
        ("/token", "https://test.example.com/token"),
        ("https://api.example.com/id/token", "https://test.example.com/id/token"),
        ("https://id.example.com/token", "https://id.example.com/token"),
        ("http://id.svc/token", "http://id.svc/token"),
    ] {
        let tokens = OAuth::client_credentials(endpoint, "id", "s").relative_to("https://api.example.com/base");
        let before = network.sent().len();
        let builder = network
            .builder()
            .allow_http("id.svc")
            .base_url("https://test.example.com/base");
        let core = builder.credential("bearer", tokens.into()).build_core().unwrap();
        call(&core, &BEARER).await.unwrap();
        assert_eq!(network.sent()[before].uri, expected);
    }
    let plain = OAuth::client_credentials("http://id.example.com/token", "id", "s");
    let error = network
        .builder()
        .credential("bearer", plain.into())
        .build_core()
        .unwrap_err();
    assert!(error.to_string().contains("the token endpoint: "), "{error}");
    let lost = OAuth::client_credentials("/token", "id", "s").build().unwrap_err();
    assert!(lost.to_string().contains("`/token` is not a URL"), "{lost}");
}
