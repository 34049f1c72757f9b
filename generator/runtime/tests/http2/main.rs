//! HTTP/2: `faults.txt` says what a call makes of what a server does with its stream or its connection. Raw frames, with the
//! client's own network over TLS, where the server chooses the version, and with a `reqwest` client in its place.
//!
//! Whom the machine trusts is told by its environment, so the test runs in a process of its own: itself.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::fmt::Write as _;
use std::io;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use runtime::calls::call::Call;
use runtime::calls::error::Error;
use runtime::calls::operation::{Api, Defaults, Method, Operation, Streaming};
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::network::Network;
use runtime::pace::retry::RetryPolicy;
use runtime::received::decode;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

const FAULTS: &str = include_str!("faults.txt");
const AUTHORITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/http2/authority.pem");
const PREFACE: usize = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len();

static API: Api = Api {
    base_url: "https://api.example.com",
    operation_servers: &[],
    placeholders: &[],
    security_schemes: &[],
    user_agent: "tests/1",
    defaults: Defaults::NONE,
};

static CREATE: Operation = Operation {
    id: "create",
    method: Method::POST,
    path: "/things",
    server: "",
    idempotent: false,
    idempotency_key: "",
    defaults: Defaults::NONE,
    security: &[],
    accept: "application/json",
    stream: Streaming::No,
    arrivals: &[],
    #[cfg(feature = "mock")]
    example: None,
    rejected: &[],
};

static LIST: Operation = Operation {
    id: "list",
    method: Method::GET,
    path: "/things",
    server: "",
    idempotent: true,
    idempotency_key: "",
    defaults: Defaults::NONE,
    security: &[],
    accept: "application/json",
    stream: Streaming::No,
    arrivals: &[],
    #[cfg(feature = "mock")]
    example: None,
    rejected: &[],
};

/// Runs `test` in a process that trusts the authority of these tests.
async fn trusting(name: &str, test: impl Future<Output = ()>) {
    if std::env::var_os("SSL_CERT_FILE").is_some_and(|file| file == AUTHORITY) {
        return test.await;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env("SSL_CERT_FILE", AUTHORITY)
        .env_remove("SSL_CERT_DIR")
        .stdin(Stdio::null())
        .output()
        .await
        .unwrap();
    let (out, error) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}{error}");
}

#[tokio::test]
async fn every_fault_has_its_outcome_and_its_number_of_requests() {
    trusting("every_fault_has_its_outcome_and_its_number_of_requests", async {
        for is_own in [true, false] {
            let mut actual = String::new();
            let rows = FAULTS.lines().filter(|line| !line.starts_with('#'));
            for row in rows.clone() {
                let fault = row.split('|').next().unwrap().trim();
                let once = run(fault, false, is_own).await;
                let again = run(fault, true, is_own).await;
                writeln!(actual, "{fault} | {once} | {again}").unwrap();
            }
            let expected: String = rows
                .map(|row| row.split_whitespace().collect::<Vec<_>>().join(" ") + "\n")
                .collect();
            assert_eq!(actual, expected, "the client's own network: {is_own}");
        }
    })
    .await;
}

/// What a call makes of a fault, and how many requests it sends.
async fn run(fault: &'static str, idempotent: bool, is_own: bool) -> String {
    let server = Server::start(fault, is_own).await;
    let core = core(&server, is_own);
    let result = send(&core, if idempotent { &LIST } else { &CREATE }).await;
    let requests = server.requests.load(Ordering::Relaxed);
    match result {
        Ok(_) => format!("Done {requests}"),
        Err(error) => {
            assert_eq!(requests, error.attempts(), "{fault}: {error:?}");
            format!("{:?} {requests}", error.outcome())
        }
    }
}

async fn send(core: &Core, operation: &'static Operation) -> Result<Value, Error<Value>> {
    let call = Call::new(core, operation, decode::json, decode::json);
    match operation.method {
        Method::POST => call.json(&json!({ "name": "x" })).await,
        _ => call.await,
    }
}

/// A client of `server`: by the client's own network, or by a `reqwest` client, which goes without TLS.
fn core(server: &Server, is_own: bool) -> Core {
    let tick = Duration::from_millis(1);
    let retry = RetryPolicy::default().attempts(3).backoff(tick, tick);
    let builder = ClientBuilder::new(&API).retry(retry).timeout(Duration::from_secs(20));
    if is_own {
        return builder
            .base_url(format!("https://localhost:{}", server.port))
            .build_core()
            .unwrap();
    }
    let client = Network::builder(Duration::from_secs(5))
        .no_proxy()
        .http2_prior_knowledge();
    let builder = builder.base_url(format!("http://127.0.0.1:{}", server.port));
    builder
        .transport(Network::from(client.build().unwrap()))
        .build_core()
        .unwrap()
}

/// Calls at the same time share a connection; those that the server does not admit to are sent again on another.
#[tokio::test]
async fn what_a_connection_that_ends_does_not_admit_to_is_sent_again() {
    trusting("what_a_connection_that_ends_does_not_admit_to_is_sent_again", async {
        let server = Server::start("SECOND", true).await;
        let core = core(&server, true);
        // Calls share a connection once it is known to speak HTTP/2.
        send(&core, &CREATE).await.unwrap();
        let (first, second) = tokio::join!(send(&core, &CREATE), send(&core, &CREATE));
        first.unwrap();
        second.unwrap();
        assert_eq!(server.requests.load(Ordering::Relaxed), 4);
        assert_eq!(server.connections.load(Ordering::Relaxed), 2);
    })
    .await;
}

struct Server {
    port: u16,
    connections: Arc<AtomicU32>,
    /// Requests that came whole.
    requests: Arc<AtomicU32>,
}

impl Server {
    async fn start(fault: &'static str, is_encrypted: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            connections: Arc::default(),
            requests: Arc::default(),
        };
        let (connections, requests) = (Arc::clone(&server.connections), Arc::clone(&server.requests));
        let acceptor = acceptor();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let connection = connections.fetch_add(1, Ordering::Relaxed);
                // Only the first connection has the fault that is about two.
                let fault = if fault == "SECOND" && connection > 0 {
                    "ANSWER"
                } else {
                    fault
                };
                let (acceptor, requests) = (acceptor.clone(), Arc::clone(&requests));
                tokio::spawn(async move {
                    if is_encrypted {
                        let stream = acceptor.accept(stream).await?;
                        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
                        serve(stream, fault, &requests).await
                    } else {
                        serve(stream, fault, &requests).await
                    }
                });
            }
        });
        server
    }
}

fn acceptor() -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(include_bytes!("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("server.key.pem")).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    TlsAcceptor::from(Arc::new(config))
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
const ACK: u8 = 1;

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, fault: &str, requests: &AtomicU32) -> io::Result<()> {
    stream.read_exact(&mut [0; PREFACE]).await?;
    write(&mut stream, SETTINGS, 0, 0, &[]).await?;
    let mut whole = 0;
    loop {
        let (kind, flags, id) = read(&mut stream).await?;
        if kind == SETTINGS && flags & ACK == 0 {
            write(&mut stream, SETTINGS, ACK, 0, &[]).await?;
        }
        if !matches!(kind, HEADERS | DATA) || flags & END_STREAM == 0 {
            continue;
        }
        requests.fetch_add(1, Ordering::Relaxed);
        whole += 1;
        if fault == "SECOND" {
            match whole {
                1 => act(&mut stream, "ANSWER", id).await?,
                3 => act(&mut stream, "GOAWAY 3 NO_ERROR ANSWER", 3).await?,
                _ => Some(()),
            };
        } else if act(&mut stream, fault, id).await?.is_none() {
            return Ok(());
        }
    }
}

/// Does what the words of `fault` say with the stream `id`; `None` when the connection is to be closed.
async fn act(stream: &mut (impl AsyncWrite + Unpin), fault: &str, id: u32) -> io::Result<Option<()>> {
    let mut words = fault.split(' ');
    while let Some(word) = words.next() {
        match word {
            "ANSWER" => {
                head(stream, id).await?;
                write(stream, DATA, END_STREAM, id, b"{}").await?;
            }
            "HEAD" => head(stream, id).await?,
            "RESET" => write(stream, RST_STREAM, 0, id, &code(words.next().unwrap())).await?,
            "GOAWAY" => {
                let last = match words.next().unwrap() {
                    "MAX" => u32::MAX >> 1,
                    last => last.parse().unwrap(),
                };
                let mut payload = last.to_be_bytes().to_vec();
                payload.extend(code(words.next().unwrap()));
                write(stream, GOAWAY, 0, 0, &payload).await?;
            }
            "NOISE" => write(stream, DATA, 0, id + 100, b"?").await?,
            "CLOSE" => {
                stream.flush().await?;
                return Ok(None);
            }
            word => panic!("a server cannot {word}"),
        }
    }
    Ok(Some(()))
}

/// The head of an answer: `:status: 200` is the eighth entry of the table that every connection begins with.
async fn head(stream: &mut (impl AsyncWrite + Unpin), id: u32) -> io::Result<()> {
    write(stream, HEADERS, END_HEADERS, id, &[0x80 | 8]).await
}

fn code(name: &str) -> [u8; 4] {
    let code: u32 = match name {
        "NO_ERROR" => 0,
        "INTERNAL_ERROR" => 2,
        "REFUSED_STREAM" => 7,
        "CANCEL" => 8,
        "ENHANCE_YOUR_CALM" => 11,
        "HTTP_1_1_REQUIRED" => 13,
        name => panic!("there is no code {name}"),
    };
    code.to_be_bytes()
}

/// Reads a frame: its kind, its flags and its stream.
async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<(u8, u8, u32)> {
    let mut head = [0; 9];
    stream.read_exact(&mut head).await?;
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    stream
        .read_exact(&mut vec![0; usize::try_from(length).unwrap()])
        .await?;
    let id = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
    Ok((head[3], head[4], id))
}

async fn write(stream: &mut (impl AsyncWrite + Unpin), kind: u8, flags: u8, id: u32, payload: &[u8]) -> io::Result<()> {
    let mut frame = u32::try_from(payload.len()).unwrap().to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(id.to_be_bytes());
    frame.extend(payload);
    stream.write_all(&frame).await?;
    stream.flush().await
}
