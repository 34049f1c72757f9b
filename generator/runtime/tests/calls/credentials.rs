//! Which credential is sent where, and when a new one is fetched.

use runtime::AnyCall as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use runtime::auth::credentials::{Credential, Token, TokenProvider, Tokens};
use runtime::calls::error::{Kind, Outcome};
use runtime::calls::operation::{Method, Operation};
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::pace::retry::RetryPolicy;
use runtime::received::stream::ByteStream;
use runtime::sent::body::Body;
use runtime::sent::parameter::Parameter;
use runtime::sent::uploads::upload::Upload;
use tokio::time::sleep;

use super::support::{CREATE, LIST, Script, Step, call, status};

macro_rules! secured {
    ($($name:ident: $security:expr;)*) => {
        $(pub(crate) static $name: Operation = Operation { security: $security, method: Method::GET, ..LIST };)*
    };
}

secured! {
    BEARER: &[&["bearer"]];
    BASIC: &[&["basic"]];
    HEADER: &[&["header"]];
    QUERY: &[&["query"]];
    COOKIE: &[&["cookie"]];
    ALTERNATIVES: &[&["bearer", "cookie"], &["header"]];
    OPTIONAL: &[&[], &["header"]];
    MISSPELT: &[&["nobody knows"]];
}

/// The headers and the query of a request to `operation` by a client with all of `credentials`.
async fn sent(operation: &'static Operation, credentials: &[(&'static str, Credential)]) -> String {
    let script = Script::new([status(200)]);
    let mut builder = script.builder();
    for (scheme, credential) in credentials {
        builder = builder.credential(scheme, credential.clone());
    }
    let core = builder.build_core().unwrap();
    if let Err(error) = call(&core, operation).await {
        assert!(matches!(error.kind(), Kind::Credentials(_)));
        assert_eq!((error.outcome(), script.sent().len()), (Outcome::Rejected, 0));
        return error.to_string();
    }
    let sent = script.sent().remove(0);
    let mut shown = Vec::new();
    for name in ["authorization", "x-api-key", "cookie"] {
        if let Some(value) = sent.headers.get(name) {
            assert!(value.is_sensitive(), "{name}");
            shown.push(format!("{name}: {}", value.to_str().unwrap()));
        }
    }
    shown.extend(sent.uri.split_once('?').map(|(_, query)| format!("?{query}")));
    shown.join(", ")
}

fn fixed(scheme: &'static str) -> (&'static str, Credential) {
    (scheme, Credential::fixed("s3cr3t;&"))
}

#[tokio::test]
async fn each_scheme_has_its_place() {
    assert_eq!(
        sent(&BEARER, &[fixed("bearer")]).await,
        "authorization: Bearer s3cr3t;&"
    );
    let basic = [("basic", Credential::basic("Aladdin", "open sesame"))];
    assert_eq!(
        sent(&BASIC, &basic).await,
        "authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    );
    assert_eq!(sent(&HEADER, &[fixed("header")]).await, "x-api-key: s3cr3t;&");
    assert_eq!(sent(&QUERY, &[fixed("query")]).await, "?key=s3cr3t%3B%26");
    assert_eq!(sent(&COOKIE, &[fixed("cookie")]).await, "cookie: session=s3cr3t%3B%26");
}

#[tokio::test]
async fn the_first_alternative_that_is_complete_is_sent() {
    let all = [fixed("bearer"), fixed("cookie"), fixed("header")];
    let both = "authorization: Bearer s3cr3t;&, cookie: session=s3cr3t%3B%26";
    assert_eq!(sent(&ALTERNATIVES, &all).await, both);
    assert_eq!(sent(&ALTERNATIVES, &all[1..]).await, "x-api-key: s3cr3t;&");
    assert_eq!(sent(&OPTIONAL, &all).await, "x-api-key: s3cr3t;&");
    assert_eq!(sent(&OPTIONAL, &[]).await, "");
    assert_eq!(sent(&CREATE, &all).await, "", "nothing is sent that is not asked for");
}

#[tokio::test]
async fn a_credential_that_is_missing_is_named() {
    let missing = "GET /things: no credential could be had: the operation needs a credential that the client does not \
        have; its builder takes it by `credential(\"bearer\", …)` and `credential(\"cookie\", …)`, or by \
        `credential(\"header\", …)`";
    assert_eq!(sent(&ALTERNATIVES, &[fixed("query")]).await, missing);
    assert!(
        sent(&MISSPELT, &[fixed("nobody knows")])
            .await
            .contains("is not a security scheme")
    );
    let broken = [("header", Credential::fixed("a\r\nb: c"))];
    assert!(
        sent(&HEADER, &broken)
            .await
            .contains("characters that no header may have")
    );
}

#[tokio::test]
async fn what_the_call_itself_has_stands_in_for_a_credential() {
    static NEEDY: Operation = Operation {
        security: &[&["query", "cookie"]],
        ..LIST
    };
    static EITHER: Operation = Operation {
        security: &[&["header"], &["bearer"]],
        ..LIST
    };
    const KEY: Parameter = Parameter::query("key");
    const SESSION: Parameter = Parameter::cookie("session");
    let script = Script::new([status(200)]);
    let core = script.builder().build_core().unwrap();
    let shown = |sent: super::support::Sent| {
        let header = |name| sent.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        (sent.uri, header("authorization"), header("cookie"))
    };
    call(&core, &NEEDY).header("authorization", "Own o").await.unwrap();
    call(&core, &NEEDY)
        .parameter(&KEY, "k 1")
        .parameter(&SESSION, "s")
        .await
        .unwrap();
    call(&core, &NEEDY).parameter(&KEY, "k").await.unwrap_err();
    let sent: Vec<_> = script.sent().into_iter().map(shown).collect();
    let url = "https://api.example.com/base/things";
    let own = (url.to_owned(), Some("Own o".to_owned()), None);
    let parameters = (format!("{url}?key=k%201"), None, Some("session=s".to_owned()));
    assert_eq!(sent, [own, parameters]);
    let script = Script::new([status(200)]);
    let builder = script.builder().credential("header", Credential::fixed("h1"));
    let core = builder.build_core().unwrap();
    call(&core, &EITHER).header("authorization", "Own o").await.unwrap();
    call(&core, &EITHER).await.unwrap();
    let keys: Vec<_> = script
        .sent()
        .into_iter()
        .map(|sent| sent.headers.contains_key("x-api-key"))
        .collect();
    assert_eq!(keys, [false, true], "the alternative of the call's own goes first");
}

/// Tokens with a number each, after a second's wait.
struct Numbered {
    given: Arc<AtomicU32>,
    expires_in: Option<Duration>,
    fails: bool,
}

impl TokenProvider for Numbered {
    fn token(&self) -> Tokens<'_> {
        Box::pin(async {
            sleep(Duration::from_secs(1)).await;
            let number = self.given.fetch_add(1, Ordering::Relaxed);
            if self.fails {
                return Err(format!("no token {number}").into());
            }
            let token = Token::new(format!("token-{number}"));
            Ok(match self.expires_in {
                Some(time) => token.expires_in(time),
                None => token,
            })
        })
    }
}

fn provided(builder: ClientBuilder, expires_in: Option<Duration>, fails: bool) -> (Core, Arc<AtomicU32>) {
    let given = Arc::new(AtomicU32::new(0));
    let numbered = Numbered {
        given: Arc::clone(&given),
        expires_in,
        fails,
    };
    let builder = builder.credential("bearer", Credential::provider(numbered));
    (builder.build_core().unwrap(), given)
}

fn bearers(script: &Script) -> Vec<String> {
    let bearer = |sent: super::support::Sent| sent.headers["authorization"].to_str().unwrap().to_owned();
    script.sent().into_iter().map(bearer).collect()
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_token_gets_the_same_one() {
    let script = Script::new([status(200)]);
    let (core, given) = provided(script.builder(), None, false);
    let calls = (0..10).map(|_| async { call(&core, &BEARER).await.unwrap() });
    futures_util::future::join_all(calls).await;
    assert_eq!(given.load(Ordering::Relaxed), 1);
    assert_eq!(bearers(&script), ["Bearer token-0"; 10]);
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_token_that_cannot_be_had_gets_the_same_error() {
    let script = Script::new([status(200)]);
    let (core, given) = provided(script.builder(), None, true);
    let calls = (0..10).map(|_| async { call(&core, &BEARER).await.unwrap_err() });
    let errors = futures_util::future::join_all(calls).await;
    assert_eq!(given.load(Ordering::Relaxed), 1);
    assert!(errors.iter().all(|error| error.to_string().contains("no token 0")));
    call(&core, &BEARER).await.unwrap_err();
    assert_eq!(given.load(Ordering::Relaxed), 2, "a later call asks again");
}

#[tokio::test]
async fn what_a_provider_says_is_shown_in_a_line() {
    let fails = async || Err("<html>\r\n\u{1b}[2J</html>".into());
    let builder = Script::new([status(200)])
        .builder()
        .credential("bearer", Credential::provider(fails));
    let error = call(&builder.build_core().unwrap(), &BEARER).await.unwrap_err();
    let expected = "GET /things: no credential could be had: <html>\\r\\n\\u{1b}[2J</html>";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_refused_is_replaced_once() {
    let script = Script::new([status(200), status(401), status(200), status(401)]);
    let (core, given) = provided(script.builder(), None, false);
    call(&core, &BEARER).await.unwrap();
    call(&core, &BEARER).await.unwrap();
    let error = call(&core, &BEARER).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    let expected = ["0", "0", "1", "1", "2"].map(|number| format!("Bearer token-{number}"));
    assert_eq!(bearers(&script), expected);
    assert_eq!(given.load(Ordering::Relaxed), 3);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_replaced_for_the_next_call_where_this_one_must_not_be_repeated() {
    let script = Script::new([status(401), status(401), status(200)]);
    let (core, given) = provided(script.builder(), None, false);
    let error = call(&core, &BEARER).retry(RetryPolicy::never()).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 1));
    let once = || Upload::once(ByteStream::from(bytes::Bytes::from("x")));
    let upload = || call(&core, &BEARER).body(Body::raw("text/plain", once()));
    assert_eq!(upload().await.unwrap_err().attempts(), 1);
    upload().await.unwrap();
    assert_eq!(given.load(Ordering::Relaxed), 3);
    assert_eq!(
        bearers(&script),
        ["0", "1", "2"].map(|number| format!("Bearer token-{number}"))
    );
}

#[tokio::test(start_paused = true)]
async fn many_calls_whose_token_is_refused_replace_it_once() {
    let script = Script::new([vec![status(401); 10], vec![status(200)]].concat());
    let (core, given) = provided(script.builder(), None, false);
    let calls = (0..10).map(|_| async { call(&core, &BEARER).await.unwrap() });
    futures_util::future::join_all(calls).await;
    assert_eq!(given.load(Ordering::Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_replaced_before_it_expires() {
    let script = Script::new([status(200)]);
    let (core, given) = provided(script.builder(), Some(Duration::from_mins(30)), false);
    for (minutes, expected) in [(0, 1), (28, 1), (1, 2)] {
        sleep(Duration::from_mins(minutes)).await;
        call(&core, &BEARER).await.unwrap();
        assert_eq!(given.load(Ordering::Relaxed), expected, "{minutes}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_while_it_waits_for_a_token_blocks_nobody() {
    let script = Script::new([status(200)]);
    let (core, given) = provided(script.builder(), None, false);
    let abandoned = tokio::time::timeout(Duration::from_millis(500), call(&core, &BEARER).into_future());
    abandoned.await.unwrap_err();
    call(&core, &BEARER).await.unwrap();
    assert_eq!(given.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_takes_longer_than_a_call_may_last_is_asked_for_once() {
    let script = Script::new([status(200)]);
    let given = Arc::new(AtomicU32::new(0));
    let asked = Arc::clone(&given);
    let slow = move || {
        asked.fetch_add(1, Ordering::Relaxed);
        async {
            sleep(Duration::from_millis(2_500)).await;
            Ok(Token::new("slow"))
        }
    };
    let builder = script.builder().credential("bearer", Credential::provider(slow));
    let core = builder.build_core().unwrap();
    for _ in 0..2 {
        let error = call(&core, &BEARER).timeout(Duration::from_secs(1)).await.unwrap_err();
        assert!(matches!(error.kind(), Kind::Timeout(_)), "{error}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 0));
    }
    call(&core, &BEARER).timeout(Duration::from_secs(1)).await.unwrap();
    assert_eq!(
        (given.load(Ordering::Relaxed), bearers(&script)),
        (1, vec!["Bearer slow".to_owned()])
    );
}

#[tokio::test(start_paused = true)]
async fn a_fixed_token_that_is_refused_is_not_sent_again() {
    let script = Script::new([status(401), Step::Break]);
    let core = script
        .builder()
        .credential("bearer", Credential::fixed("x"))
        .build_core();
    call(&core.unwrap(), &BEARER).await.unwrap_err();
    assert_eq!(script.sent().len(), 1);
}

/// A client whose provider gives what `tokens` says, one after the other; the last one for ever.
fn giving(script: &Script, tokens: &'static [fn() -> Tokens<'static>]) -> (Core, Arc<AtomicU32>) {
    let asked = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&asked);
    let provider = Credential::provider(move || {
        let round = usize::try_from(counted.fetch_add(1, Ordering::Relaxed)).unwrap();
        tokens.get(round).or(tokens.last()).unwrap()()
    });
    let core = script.builder().credential("bearer", provider).build_core().unwrap();
    (core, asked)
}

fn good() -> Tokens<'static> {
    Box::pin(async { Ok(Token::new("good")) })
}

#[tokio::test(start_paused = true)]
async fn what_went_wrong_once_is_tried_again_by_the_next_call() {
    let bad: [&'static [fn() -> Tokens<'static>]; 5] = [
        &[|| Box::pin(std::future::pending()), good],
        &[|| Box::pin(async { Err("down".into()) }), good],
        &[|| Box::pin(async { Ok(Token::new("two\nlines")) }), good],
        &[|| Box::pin(async { Ok(Token::new("")) }), good],
        &[|| panic!("a bug"), good],
    ];
    for tokens in bad {
        let script = Script::new([status(200)]);
        let (core, asked) = giving(&script, tokens);
        let error = call(&core, &BEARER).await.unwrap_err();
        assert!(matches!(error.kind(), Kind::Credentials(_)), "{error}");
        assert_eq!((error.outcome(), script.sent().len()), (Outcome::Rejected, 0));
        call(&core, &BEARER).await.unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_the_server_never_takes_costs_no_more_than_other_failures() {
    let script = Script::new([status(401)]);
    let fresh = AtomicU32::new(0);
    let provider = Credential::provider(move || {
        let number = fresh.fetch_add(1, Ordering::Relaxed);
        async move { Ok(Token::new(number.to_string())) }
    });
    let core = script.builder().credential("bearer", provider).build_core().unwrap();
    for _ in 0..200 {
        call(&core, &BEARER).await.unwrap_err();
    }
    let sent = script.sent().len();
    assert!(sent <= 200 + 50 + 40, "{sent} requests for 200 calls");
}

#[tokio::test(start_paused = true)]
async fn the_same_token_again_is_not_sent_again() {
    let script = Script::new([status(401)]);
    let (core, asked) = giving(&script, &[good]);
    let error = call(&core, &BEARER).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 1));
    assert_eq!((script.sent().len(), asked.load(Ordering::Relaxed)), (1, 2));
}
