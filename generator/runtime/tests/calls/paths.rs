//! Where requests go: whatever a caller passes, the server that reads the raw bytes sees one request, for the resource that
//! the operation names, and every value arrives as it was.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use runtime::calls::error::{Kind, Outcome};
use runtime::calls::operation::{Method, Operation};
use runtime::client::builder::ClientBuilder;
use runtime::pace::retry::RetryPolicy;
use runtime::sent::parameter::Parameter;

use super::support::{API, LIST, call};

static NESTED: Operation = Operation {
    method: Method::GET,
    path: "/owners/{owner}/things/{id}/lines",
    ..LIST
};

const OWNER: Parameter = Parameter::path("owner");
const ID: Parameter = Parameter::path("id");
const FILTER: Parameter = Parameter::query("filter");
const SESSION: Parameter = Parameter::cookie("session");
const TRACE: Parameter = Parameter::header("x-trace");

/// Text of all kinds, with what has a meaning in URLs and requests more often than chance would have it.
fn text() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        Just("/"),
        Just("\\"),
        Just("."),
        Just(".."),
        Just("%2e"),
        Just("%2F"),
        Just("?"),
        Just("#"),
        Just("@"),
        Just(":"),
        Just("\r\n"),
        Just("\n"),
        Just("\t"),
        Just(" "),
        Just("\0"),
        Just("&"),
        Just("="),
        Just(";"),
        Just("http://"),
        Just("//"),
        Just("é"),
        Just("\u{202e}"),
        Just("HTTP/1.1"),
        Just("Host: x"),
    ];
    let piece = prop_oneof![3 => sign.prop_map(str::to_owned), 1 => any::<String>()];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// A server that answers every connection once, and hands on what it read.
fn listen() -> (String, mpsc::Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/base", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            let mut request = Vec::new();
            let mut piece = [0; 16 << 10];
            while !request.ends_with(b"\r\n\r\n") {
                match stream.read(&mut piece) {
                    Ok(0) | Err(_) => break,
                    Ok(length) => request.extend_from_slice(&piece[..length]),
                }
            }
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
            if sender.send(request).is_err() || stream.write_all(answer).is_err() {
                return;
            }
        }
    });
    (url, receiver)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

#[test]
fn nothing_that_is_passed_retargets_or_splits_a_request() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (url, requests) = listen();
    let builder = ClientBuilder::new(&API).base_url(url).retry(RetryPolicy::never());
    let core = runtime.block_on(async { builder.build_core().unwrap() });
    let values = (text(), text(), text(), text(), text());
    let sent = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(512));
    runner
        .run(&values, |(owner, id, filter, session, trace)| {
            let result = runtime.block_on(async {
                call(&core, &NESTED)
                    .parameter(&OWNER, &owner)
                    .parameter(&ID, &id)
                    .parameter(&FILTER, &filter)
                    .parameter(&SESSION, &session)
                    .parameter(&TRACE, &trace)
                    .await
            });
            let segment = |text: &str| matches!(text, "" | "." | "..");
            if let Err(error) = result {
                prop_assert!(matches!(error.kind(), Kind::Request(_)), "{}", error);
                prop_assert_eq!(error.outcome(), Outcome::Rejected);
                let has_control = trace.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t');
                prop_assert!(segment(&owner) || segment(&id) || has_control, "{} is refused", error);
                return Ok(());
            }
            sent.set(sent.get() + 1);
            let request = requests.recv().unwrap();
            let request = String::from_utf8_lossy(&request).into_owned();
            let mut lines = request.trim_end_matches("\r\n").split("\r\n");
            let line: Vec<_> = lines.next().unwrap_or_default().split(' ').collect();
            let [method, target, version] = line.as_slice() else {
                return Err(TestCaseError::fail(format!("not a request line: {line:?}")));
            };
            prop_assert_eq!((*method, *version), ("GET", "HTTP/1.1"));
            let (path, query) = target.split_once('?').unwrap_or((target, ""));
            let segments: Vec<_> = path.split('/').map(decoded).collect();
            prop_assert_eq!(segments, ["", "base", "owners", &owner, "things", &id, "lines"]);
            prop_assert_eq!(decoded(query), format!("filter={filter}"));

            let headers: Vec<_> = lines.map(|line| line.split_once(": ").unwrap_or((line, ""))).collect();
            let names: Vec<_> = headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
            let expected = ["user-agent", "accept", "x-trace", "cookie", "accept-encoding", "host"];
            prop_assert!(
                names.iter().all(|name| expected.contains(&name.as_str())),
                "{:?}",
                names
            );
            let value = |name: &str| headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
            prop_assert_eq!(
                value("cookie").map(|(_, value)| decoded(value)),
                Some(format!("session={session}"))
            );
            Ok(())
        })
        .unwrap();
    assert!(sent.get() > 50, "only {sent:?} requests were sent");
}

#[test]
fn credentials_leave_in_the_clear_for_this_machine_only() {
    for (url, is_fine) in [
        ("https://api.example.com", true),
        ("https://api.example.com/v1/", true),
        ("http://localhost:8080", true),
        ("http://127.0.0.1:8080", true),
        ("http://[::1]:8080", true),
        ("http://api.example.com", false),
        ("http://localhost.example.com", false),
        ("http://127.0.0.1.example.com", false),
        ("http://10.0.0.1", false),
        ("https://user:password@api.example.com", false),
        ("https://api.example.com/?key=x", false),
        ("https://api.example.com/#x", false),
        ("ftp://localhost", false),
        ("file:///etc/passwd", false),
        ("api.example.com", false),
        ("", false),
    ] {
        let built = ClientBuilder::new(&API).base_url(url).build_core();
        assert_eq!(built.is_ok(), is_fine, "{url:?}: {built:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (elsewhere, followed) = listen();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let (mut stream, _) = listener.accept().await.unwrap();
        assert_ne!(stream.read(&mut [0; 4096]).await.unwrap(), 0);
        let answer = format!("HTTP/1.1 307 -\r\nLocation: {elsewhere}\r\nContent-Length: 0\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.unwrap();
    });
    let core = ClientBuilder::new(&API).base_url(url).build_core().unwrap();
    let error = call(&core, &LIST).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (307, 1));
    assert!(followed.try_recv().is_err());
}
