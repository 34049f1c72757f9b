//! The canary: a secret goes in by every door, everything goes wrong that can, and nothing that is shown contains it.

use runtime::AnyCall as _;
use std::error::Error as _;
use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::auth::credentials::{Credential, Token};
use runtime::calls::call::Call;
use runtime::calls::error::{Error, Kind};
use runtime::calls::operation::{Method, Operation};
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::network::Network;
use runtime::received::decode;
use runtime::sent::parameter::Parameter;
use runtime::shown::secret::Secret;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};

use super::support::{API, LIST, Script, Step, Still, call, status};

const CANARY: &str = "canary-7f3a9c";

static ALL: Operation = Operation {
    method: Method::GET,
    path: "/things/{id}",
    security: &[&["bearer", "header", "query", "cookie"]],
    ..LIST
};

static BASIC: Operation = Operation {
    method: Method::GET,
    path: "/things/{id}",
    security: &[&["basic"]],
    ..LIST
};

/// The canary as servers write it that escape what they repeat.
const ESCAPED: [&str; 6] = [
    r"\u0063anary-7f3a9c",
    r"canary\u002D7f3a9c",
    r"canary\-7f3a9c",
    "canary%2d7f3a9c",
    "canary&#45;7f3a9c",
    "canary&#x2D;7f3a9c",
];

fn with_canaries(builder: ClientBuilder) -> ClientBuilder {
    builder
        .credential("bearer", Credential::provider(async || Ok(Token::new(CANARY))))
        .credential("basic", Credential::basic(CANARY, CANARY))
        .credential("header", Credential::fixed(CANARY))
        .credential("query", Credential::fixed(CANARY))
        .credential("cookie", Credential::fixed(CANARY))
}

/// Everything that an error shows, and everything behind it.
pub(crate) fn shown(error: &Error<Value>) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n{:?}\n", error.kind());
    let mut source = error.source();
    while let Some(error) = source {
        writeln!(text, "{error}\n{error:?}\n{error:#?}").unwrap();
        source = error.source();
    }
    text
}

fn assert_clean(case: impl Debug, text: &str) {
    let basic = "Y2FuYXJ5";
    let clean = !text.contains(CANARY) && !text.contains(basic);
    assert!(clean, "{case:?} shows the canary: {text}");
}

/// Sends a call with secrets in all its parts, and says all that there is to see of it.
async fn all_that_is_shown(core: &Core) -> String {
    let mut text = format!("{core:?}\n");
    for operation in [&ALL, &BASIC] {
        let call = call(core, operation)
            .parameter(&Parameter::path("id"), CANARY)
            .parameter(&Parameter::query("filter"), CANARY)
            .parameter(&Parameter::header("x-session"), CANARY)
            .parameter(&Parameter::cookie("c"), CANARY)
            .header("authorization-2", CANARY)
            .json(CANARY);
        writeln!(text, "{call:?}").unwrap();
        let error = call.await.unwrap_err();
        text.push_str(&shown(&error));
        text.push_str(&shown(&error.untyped()));
    }
    text
}

#[tokio::test(start_paused = true)]
async fn no_error_shows_a_secret() {
    let echo = |code, body: &str| Step::Answer(code, vec![("x-echo", CANARY.to_owned())], body.to_owned());
    let in_message = format!(r#"{{"message":"the token {CANARY} is no good","category":"{CANARY}"}}"#);
    for step in [
        Step::Refuse,
        Step::Break,
        Step::Hang,
        status(400),
        status(401),
        status(500),
        echo(400, &in_message),
        echo(400, CANARY),
        echo(429, &in_message),
        echo(200, CANARY),
        echo(200, &format!("{{\"{CANARY}\":")),
        echo(302, &in_message),
    ] {
        let core = with_canaries(Script::new([step.clone()]).builder())
            .build_core()
            .unwrap();
        assert_clean(&step, &all_that_is_shown(&core).await);
    }
    for escaped in ESCAPED {
        for (code, body) in [
            (400, escaped.to_owned()),
            (400, format!(r#"{{"message":"{escaped}"}}"#)),
            (200, format!(r#"{{"message":"{escaped}""#)),
        ] {
            let script = Script::new([echo(code, &body)]);
            let core = with_canaries(script.builder()).build_core().unwrap();
            let text = all_that_is_shown(&core).await;
            assert_clean(escaped, &text);
            assert!(text.contains('…') && !text.contains("7f3a9c"), "{text}");
        }
    }
    let small = with_canaries(Script::new([echo(200, CANARY)]).builder()).largest_success(13);
    assert_clean("too large", &all_that_is_shown(&small.build_core().unwrap()).await);
}

#[tokio::test(start_paused = true)]
async fn every_kind_of_error_shows_as_little() {
    let used_up = vec![
        ("ratelimit-remaining", "0".to_owned()),
        ("ratelimit-reset", "3600".to_owned()),
    ];
    let steps = [
        Step::Refuse,
        Step::Hang,
        Step::Answer(400, Vec::new(), CANARY.to_owned()),
        Step::Answer(200, used_up, CANARY.to_owned()),
    ];
    let mut kinds = Vec::new();
    for credential in [
        Credential::fixed(CANARY),
        Credential::provider(async || Ok(Token::new(CANARY))),
        Credential::provider(async || Err("there is none".into())),
        Credential::fixed("\0"),
    ] {
        for step in &steps {
            let script = Script::new([step.clone()]);
            let builder = with_canaries(script.builder()).credential("bearer", credential.clone());
            let core = builder.build_core().unwrap();
            let whole = || call(&core, &ALL).parameter(&Parameter::path("id"), CANARY);
            for call in [whole(), whole(), call(&core, &ALL)] {
                let error = call.await.unwrap_err();
                assert_clean(step, &shown(&error));
                kinds.push(match error.kind() {
                    Kind::Request(_) => "request",
                    Kind::Credentials(_) => "credentials",
                    Kind::Limited(_) => "limited",
                    Kind::Transport(_) => "transport",
                    Kind::Timeout(_) => "timeout",
                    Kind::Api(_) => "api",
                    Kind::Unreadable(_) => "unreadable",
                    other => panic!("a new kind: {other:?}"),
                });
            }
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    let all = [
        "api",
        "credentials",
        "limited",
        "request",
        "timeout",
        "transport",
        "unreadable",
    ];
    assert_eq!(kinds, all);
}

#[tokio::test]
async fn no_error_shows_what_the_caller_sends_in_place_of_a_credential() {
    let script = Script::new([Step::Answer(403, Vec::new(), CANARY.to_owned())]);
    let core = script.core();
    for value in [format!("Bearer {CANARY}"), CANARY.to_owned()] {
        let error = call(&core, &LIST).header("authorization", &value).await.unwrap_err();
        assert_clean("authorization", &shown(&error));
    }
}

#[tokio::test]
async fn no_hook_and_no_reply_shows_a_secret() {
    let text = Arc::new(Mutex::new(String::new()));
    let seen = Arc::clone(&text);
    let body = format!("[\"{CANARY}\"]");
    let script = Script::new([Step::Answer(200, vec![("set-cookie", CANARY.to_owned())], body)]);
    let core = with_canaries(script.builder())
        .after_attempt(move |attempt, ending| writeln!(seen.lock().unwrap(), "{attempt:?} {ending:?}").unwrap())
        .build_core()
        .unwrap();
    let nothing: Call<'_, (), Value> = Call::new(&core, &ALL, decode::empty, decode::json);
    let reply = nothing.parameter(&Parameter::path("id"), CANARY).reply().await.unwrap();
    assert_clean("reply", &format!("{reply:?}"));
    let text = text.lock().unwrap();
    assert!(text.contains("set-cookie") && text.contains("200"), "{text}");
    assert_clean("hook", &text);
}

#[tokio::test(start_paused = true)]
async fn no_error_shows_a_password_as_it_was_sent() {
    let body = r#"{"message":"Basic Y2FuYXJ5LTdmM2E5YzpjYW5hcnktN2YzYTlj is no good"}"#;
    let script = Script::new([Step::Answer(401, Vec::new(), body.to_owned())]);
    let core = with_canaries(script.builder()).build_core().unwrap();
    let call = call(&core, &BASIC).parameter(&Parameter::path("id"), "1");
    assert_clean("basic", &shown(&call.await.unwrap_err()));
}

#[tokio::test(start_paused = true)]
async fn no_request_that_cannot_be_built_shows_a_secret() {
    let core = with_canaries(Script::new([status(200)]).builder())
        .build_core()
        .unwrap();
    let long = format!("{CANARY}\r\n{CANARY}");
    for broken in [
        call(&core, &ALL),
        call(&core, &ALL).parameter(&Parameter::path("id"), ".."),
        call(&core, &ALL).header("x", &long),
        call(&core, &ALL).header(&long, "x"),
        call(&core, &ALL).parameter(&Parameter::header("x"), long.as_str()),
    ] {
        let mut text = format!("{broken:?}");
        text.push_str(&shown(&broken.await.unwrap_err()));
        assert_clean("request", &text);
    }
    let broken = Script::new([status(200)])
        .builder()
        .credential("basic", Credential::fixed(long));
    let core = broken.build_core().unwrap();
    let call = call(&core, &BASIC).parameter(&Parameter::path("id"), "1");
    assert_clean("credential", &shown(&call.await.unwrap_err()));
}

#[tokio::test]
async fn no_setting_shows_a_secret() {
    let builder = with_canaries(ClientBuilder::new(&API));
    let secret = Secret::new(CANARY);
    let credential = Credential::fixed(CANARY);
    let token = Token::new(CANARY);
    assert_clean("debug", &format!("{builder:?} {secret:?} {credential:?} {token:?}"));
    let with_user = format!("https://user:{CANARY}@api.example.com");
    for url in [
        with_user,
        format!("http://{CANARY}.example.com"),
        format!("{CANARY}://"),
    ] {
        let error = ClientBuilder::new(&API).base_url(url).build_core().unwrap_err();
        assert_clean("base URL", &format!("{error} {error:?} {:?}", error.source()));
    }
}

/// Everything that is traced, at every level, by whomever.
#[derive(Clone, Default)]
struct Capture(Arc<Mutex<String>>);

impl Visit for Capture {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        writeln!(self.0.lock().unwrap(), "{field}: {value:?}").unwrap();
    }
}

impl<S: Subscriber> Layer<S> for Capture {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        writeln!(self.0.lock().unwrap(), "{}", attributes.metadata().name()).unwrap();
        attributes.record(&mut self.clone());
    }

    fn on_record(&self, _: &Id, values: &Record<'_>, _: Context<'_, S>) {
        values.record(&mut self.clone());
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut self.clone());
    }
}

/// Libraries below this one log in their own way.
impl log::Log for Capture {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        writeln!(self.0.lock().unwrap(), "log of {}: {}", record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}

#[tokio::test(start_paused = true)]
async fn no_trace_shows_a_secret() {
    // For the whole process: tests that run meanwhile have nothing to hide either.
    let capture = Capture::default();
    let subscriber = tracing_subscriber::registry().with(capture.clone());
    tracing::subscriber::set_global_default(subscriber).unwrap();
    log::set_boxed_logger(Box::new(capture.clone())).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            assert_ne!(stream.read(&mut [0; 4096]).await.unwrap(), 0);
            let answer = "HTTP/1.1 503 -\r\nx-request-id: r-1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let reqwest = || Network::builder(Duration::from_secs(5)).no_proxy();
    for network in [
        Network::new(Duration::from_secs(5)).unwrap(),
        Network::from(reqwest().build().unwrap()),
        Network::from(reqwest().http2_prior_knowledge().build().unwrap()),
    ] {
        let builder = with_canaries(ClientBuilder::new(&API).base_url(&url).clock(Still::new()));
        let builder = builder.timeout(Duration::from_mins(1)).transport(network);
        let core = builder.build_core().unwrap();
        assert_clean("all", &all_that_is_shown(&core).await);
    }
    let traced = capture.0.lock().unwrap().clone();
    assert_clean("trace", &traced);
    for expected in [
        "HTTP request",
        "otel.kind: \"client\"",
        "otel.name: \"GET /things/{id}\"",
        "otel.status_code: \"ERROR\"",
        "http.request.method: \"GET\"",
        "http.request.resend_count: 3",
        "http.response.status_code: 503",
        "url.template: \"/things/{id}\"",
        "error.type: \"503\"",
        "correlation_id: \"r-1\"",
        "log of reqwest",
    ] {
        assert!(traced.contains(expected), "{expected} is missing: {traced}");
    }
}
