//! The fault matrix: `faults.txt` says for each thing that can go wrong on a raw connection what a call makes of it, and how
//! often it is sent. Time is tokio's and paused, so that a minute takes none.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use reqwest::dns::{Name, Resolve, Resolving};
use runtime::calls::call::Call;
use runtime::calls::error::Error;
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::network::Network;
use runtime::received::decode;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

use super::support::{API, CREATE, LIST, PROMISING_CREATE, PROMISING_LIST, Still, call, create};

const MATRIX: &str = include_str!("faults.txt");

/// No call lasts longer than this.
const CALL_TIMEOUT: Duration = Duration::from_mins(2);

/// Faults that come before the server has read anything.
const UNSEEN: [&str; 7] = [
    "name that DNS does not know",
    "DNS that does not answer",
    "connection refused",
    "no TLS",
    "TLS that stalls",
    "accepted and closed",
    "accepted and never read",
];

#[tokio::test(start_paused = true)]
async fn every_fault_has_its_outcome_and_its_number_of_requests() {
    let rows = MATRIX.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut actual = String::new();
    let mut expected = String::new();
    for row in rows {
        let (fault, _) = row.split_once('|').unwrap();
        let fault = fault.trim();
        let once = run(fault, false).await;
        let again = run(fault, true).await;
        writeln!(expected, "{row}").unwrap();
        writeln!(actual, "{fault:<36} | {once:<12} | {again}").unwrap();
    }
    assert!(expected == actual, "what the table should be:\n{actual}");
}

/// What a call makes of a fault, and how many attempts it takes.
async fn run(fault: &str, idempotent: bool) -> String {
    let server = Server::start(fault).await;
    let core = core(&server.url, fault);
    if fault == "keep-alive race" {
        call(&core, &LIST).await.unwrap();
        server.requests.store(0, Ordering::Relaxed);
    }
    let started = Instant::now();
    let result = send(&core, fault, idempotent).await;
    assert!(started.elapsed() <= CALL_TIMEOUT, "{fault}: {:?}", started.elapsed());
    let requests = server.requests.load(Ordering::Relaxed);
    match result {
        Ok(()) => {
            // What came too much on a connection is not taken for the answer to the next request.
            send(&core, fault, idempotent).await.unwrap();
            format!("Done {requests}")
        }
        Err(error) => {
            let seen = if UNSEEN.contains(&fault) { 0 } else { error.attempts() };
            assert_eq!(requests, seen, "{fault}: {error}");
            shown(fault, &error)
        }
    }
}

async fn send(core: &Core, fault: &str, idempotent: bool) -> Result<(), Error<Value>> {
    if fault.ends_with("promised") {
        let operation = if idempotent { &PROMISING_LIST } else { &PROMISING_CREATE };
        return call(core, operation).await.map(drop);
    }
    match (fault, idempotent) {
        ("204 with a body", _) => Call::new(core, &CREATE, decode::empty, decode::json).await,
        (_, true) => call(core, &LIST).await.map(drop),
        (_, false) => create(core).await.map(drop),
    }
}

fn shown(fault: &str, error: &Error<Value>) -> String {
    let text = error.to_string();
    assert_eq!(text.lines().count(), 1, "{fault}: {text}");
    assert!(text.chars().count() < 500, "{fault}: {text}");
    format!("{:?} {}", error.outcome(), error.attempts())
}

fn core(url: &str, fault: &str) -> Core {
    let mut builder = ClientBuilder::new(&API).base_url(url).clock(Still::new());
    if fault.contains("DNS") {
        let network = Network::builder(Duration::from_secs(5));
        let answers = fault == "name that DNS does not know";
        builder = builder.allow_http("somewhere.invalid").transport(Network::from(
            network
                .no_proxy()
                .dns_resolver(Arc::new(Dns { answers }))
                .build()
                .unwrap(),
        ));
    }
    builder.largest_success(1 << 20).build_core().unwrap()
}

/// A name server that knows no name.
struct Dns {
    answers: bool,
}

impl Resolve for Dns {
    fn resolve(&self, _: Name) -> Resolving {
        if self.answers {
            Box::pin(std::future::ready(Err("there is no such name".into())))
        } else {
            Box::pin(std::future::pending())
        }
    }
}

/// A listener that does the same to every connection.
struct Server {
    url: String,
    /// Requests that came whole.
    requests: Arc<AtomicU32>,
}

impl Server {
    async fn start(fault: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(AtomicU32::new(0));
        let scheme = if fault.contains("TLS") { "https" } else { "http" };
        let url = if fault.contains("DNS") {
            "http://somewhere.invalid".to_owned()
        } else {
            format!("{scheme}://{address}")
        };
        let (fault, counted) = (fault.to_owned(), Arc::clone(&requests));
        if fault != "connection refused" {
            tokio::spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let (fault, counted) = (fault.clone(), Arc::clone(&counted));
                    // The client hangs up when it has had enough.
                    tokio::spawn(async move { serve(stream, &fault, &counted).await.ok() });
                }
            });
        }
        Self { url, requests }
    }
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

async fn serve(mut stream: TcpStream, fault: &str, requests: &AtomicU32) -> std::io::Result<()> {
    match fault {
        // Once something has come: a close that the client sees before it writes proves that nothing was sent.
        "accepted and closed" => return stream.readable().await,
        "no TLS" => return stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await,
        "accepted and never read" | "TLS that stalls" => return stall().await,
        "error before the body is read" => {
            stream.read_u8().await?;
            requests.fetch_add(1, Ordering::Relaxed);
            stream.write_all(&answer("413 Content Too Large", "", b"")).await?;
            return stall().await;
        }
        _ => {}
    }
    let mut first = true;
    while read_request(&mut stream).await? {
        requests.fetch_add(1, Ordering::Relaxed);
        if let Some(answer) = whole_answer(fault) {
            stream.write_all(&answer).await?;
            continue;
        }
        match fault {
            "reset before the head" => return reset(stream, "").await,
            "reset inside the head" => return reset(stream, "HTTP/1.1 200 OK\r\nContent-").await,
            "reset after the head" => return reset(stream, &format!("{HEAD}Content-Length: 9\r\n\r\n")).await,
            "reset inside the body" => return reset(stream, &format!("{HEAD}Content-Length: 9\r\n\r\n{{\"a\"")).await,
            "reset inside the body of an error" => {
                return reset(stream, "HTTP/1.1 400 Bad Request\r\nContent-Length: 9\r\n\r\n{\"a\"").await;
            }
            "body shorter than Content-Length" => {
                return stream
                    .write_all(format!("{HEAD}Content-Length: 9\r\n\r\n{{}}").as_bytes())
                    .await;
            }
            "chunked body that is cut" => {
                let head = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{{\"a\"");
                return stream.write_all(head.as_bytes()).await;
            }
            "one byte a second" => {
                for byte in HEAD.bytes().chain(*b"Content-Length: 2\r\n\r\n{}") {
                    stream.write_all(&[byte]).await?;
                    sleep(Duration::from_secs(1)).await;
                }
            }
            "stalled before the head" => return stall().await,
            "stalled inside the body" => {
                let head = format!("{HEAD}Content-Length: 9\r\n\r\n{{\"a\"");
                stream.write_all(head.as_bytes()).await?;
                return stall().await;
            }
            "stalled inside the body of an error" => {
                stream
                    .write_all(b"HTTP/1.1 400 -\r\nContent-Length: 9\r\n\r\n{")
                    .await?;
                return stall().await;
            }
            "flood of 1xx" => loop {
                let hints = "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100);
                stream.write_all(hints.as_bytes()).await?;
                sleep(Duration::from_secs(1)).await;
            },
            "keep-alive race" if first => {
                first = false;
                stream
                    .write_all(format!("{HEAD}Content-Length: 2\r\n\r\n{{}}").as_bytes())
                    .await?;
            }
            "keep-alive race" => return Ok(()),
            other => panic!("the table has a fault that nobody makes: {other}"),
        }
    }
    Ok(())
}

/// An answer that is wrong although it comes whole.
fn whole_answer(fault: &str) -> Option<Vec<u8>> {
    let json = |body: &[u8]| answer("200 OK", "Content-Type: application/json\r\n", body);
    let unavailable = |header: &str| answer("503 Service Unavailable", &format!("{header}\r\n"), b"{}");
    let fault = fault.split_once(", promised").map_or(fault, |(fault, _)| fault);
    let fault = fault
        .split_once(", another is promised")
        .map_or(fault, |(fault, _)| fault);
    if let Some(status) = fault.strip_suffix(" after it was applied") {
        return Some(answer(&format!("{status} -"), "", b"{\"message\":\"Oops.\"}"));
    }
    if let Some(status) = fault.strip_suffix(" to another place") {
        return Some(answer(&format!("{status} -"), "Location: /elsewhere\r\n", b""));
    }
    if let Some(status) = fault.strip_prefix("status ") {
        return Some(answer(&format!("{status} -"), "", b""));
    }
    Some(match fault {
        "no fault" => json(b"{}"),
        "garbage for a status line" => b"!!! what ???\r\n\r\n".to_vec(),
        "body longer than Content-Length" => format!("{HEAD}Content-Length: 2\r\n\r\n{{}}{{}}").into_bytes(),
        "header of 64 KB" => answer("200 OK", &format!("x-long: {}\r\n", "x".repeat(64 << 10)), b"{}"),
        "1,000 headers" => answer("200 OK", &"x-many: x\r\n".repeat(1000), b"{}"),
        "gzip bomb" => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            std::io::Write::write_all(&mut encoder, &vec![b' '; 4 << 20]).unwrap();
            answer("200 OK", "Content-Encoding: gzip\r\n", &encoder.finish().unwrap())
        }
        "gzip that is none" => answer("200 OK", "Content-Encoding: gzip\r\n", b"{}"),
        "body over the limit" => json(&vec![b' '; (1 << 20) + 1]),
        "error body over the limit" => answer("400 Bad Request", "", &vec![b' '; 1 << 20]),
        "JSON that is not UTF-8" => json(b"{\"a\":\"\xFF\xFE\"}"),
        "JSON that is cut" => json(b"{\"a\":"),
        "JSON twice" => json(b"{}{}"),
        "JSON with a member twice" => json(b"{\"a\":1,\"a\":2}"),
        "JSON 200 levels deep" => json("[".repeat(200).as_bytes()),
        "200 with HTML" => answer("200 OK", "Content-Type: text/html\r\n", b"<h1>Sign in</h1>"),
        "200 without a body" => json(b""),
        "204 with a body" => b"HTTP/1.1 204 No Content\r\n\r\n{\"a\":1}".to_vec(),
        "503" => unavailable("x-nothing: to say"),
        "503, Retry-After: 0" => unavailable("Retry-After: 0"),
        "503, Retry-After: 1.5" => unavailable("Retry-After: 1.5"),
        "503, Retry-After: 2" => unavailable("Retry-After: 2"),
        "503, Retry-After: 61" => unavailable("Retry-After: 61"),
        "503, Retry-After: -1" => unavailable("Retry-After: -1"),
        "503, Retry-After: 1e400" => unavailable(&format!("Retry-After: 1{}", "0".repeat(400))),
        "503, Retry-After: soon" => unavailable("Retry-After: soon"),
        "503, Retry-After in 9 s as a date" => unavailable("Retry-After: Sun, 01 Mar 2026 12:00:09 GMT"),
        "503, Retry-After in 1 h as a date" => unavailable("Retry-After: Sun, 01 Mar 2026 13:00:00 GMT"),
        "503, Retry-After as RFC 850 has it" => unavailable("Retry-After: Sunday, 01-Mar-26 12:00:09 GMT"),
        "503, Retry-After as asctime has it" => unavailable("Retry-After: Sun Mar  1 12:00:09 2026"),
        "477, Retry-After: 5" => answer("477 Migration", "Retry-After: 5\r\n", b""),
        "503, Retry-After in the past" => unavailable("Retry-After: Sun, 01 Mar 2020 12:00:00 GMT"),
        "503, Retry-After-Ms: 1500" => unavailable("Retry-After-Ms: 1500"),
        "429 storm" => answer("429 Too Many Requests", "", b"{}"),
        "429 for the day" => answer("429 Too Many Requests", "", b"{\"policyName\":\"DAILY\"}"),
        _ => return None,
    })
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut answer = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n").into_bytes();
    answer.extend_from_slice(body);
    answer
}

/// Says something, and hangs up the hard way.
async fn reset(mut stream: TcpStream, text: &str) -> std::io::Result<()> {
    stream.write_all(text.as_bytes()).await?;
    stream.set_zero_linger()
}

async fn stall() -> std::io::Result<()> {
    std::future::pending().await
}

/// Reads a request, or says that there is none.
async fn read_request(stream: &mut TcpStream) -> std::io::Result<bool> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return Ok(true);
            }
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(false);
        }
    }
}
