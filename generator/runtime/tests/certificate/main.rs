//! A client's certificate: a server of `https` that asks for one, and what it sees out.
//!
//! Whom the machine trusts is told by its environment, so the test runs in a process of its own: itself.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use runtime::AnyCall as _;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use runtime::auth::certificate::ClientCertificate;
use runtime::auth::credentials::Credential;
use runtime::auth::oauth::OAuth;
use runtime::calls::call::Call;
use runtime::calls::error::{Error, Outcome};
use runtime::calls::operation::{Api, Defaults, Method, Operation, SecurityKind, SecurityScheme, Streaming};
use runtime::client::builder::ClientBuilder;
use runtime::network::Network;
use runtime::received::decode;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

const AUTHORITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/http2/authority.pem");
const CERTIFICATE: &str = include_str!("client.pem");
const KEY: &str = include_str!("client.key.pem");

static API: Api = Api {
    base_url: "https://api.example.com",
    operation_servers: &[],
    placeholders: &[],
    security_schemes: &[
        SecurityScheme {
            name: "office",
            kind: SecurityKind::MutualTls,
            setter: "",
        },
        SecurityScheme {
            name: "token",
            kind: SecurityKind::Bearer,
            setter: "",
        },
    ],
    user_agent: "tests/1",
    defaults: Defaults::NONE,
};

static GET: Operation = Operation {
    id: "get",
    method: Method::GET,
    path: "/things",
    server: "",
    idempotent: false,
    idempotency_key: "",
    defaults: Defaults::NONE,
    security: &[&["office"]],
    accept: "application/json",
    stream: Streaming::No,
    arrivals: &[],
    #[cfg(feature = "mock")]
    example: None,
    rejected: &[],
};

static BOTH: Operation = Operation {
    security: &[&["office", "token"]],
    ..GET
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
    let [out, error] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(output.status.success(), "{out}{error}");
}

/// A server that answers every request with whether a certificate was shown, in the clear by `authorization`.
async fn server(asks: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let acceptor = acceptor(asks);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut request = [0; 4096];
            let length = stream.read(&mut request).await.unwrap_or_default();
            let request = String::from_utf8_lossy(&request[..length]).to_ascii_lowercase();
            let shown = stream.get_ref().1.peer_certificates().map_or(0, <[_]>::len);
            let body = json!({ "shown": shown, "token": request.contains("authorization: bearer t"),
                               "access_token": "t", "token_type": "bearer" });
            let body = body.to_string();
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            _ = stream.write_all(answer.as_bytes()).await;
            _ = stream.shutdown().await;
        }
    });
    url
}

fn acceptor(asks: bool) -> TlsAcceptor {
    let provider = Arc::new(ring::default_provider());
    let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .unwrap();
    let config = if asks {
        let mut roots = RootCertStore::empty();
        roots
            .add(CertificateDer::from_pem_slice(include_bytes!("clients.pem")).unwrap())
            .unwrap();
        let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider)
            .build()
            .unwrap();
        config.with_client_cert_verifier(verifier)
    } else {
        config.with_no_client_auth()
    };
    let chain = vec![CertificateDer::from_pem_slice(include_bytes!("../http2/server.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("../http2/server.key.pem")).unwrap();
    Arc::new(config.with_single_cert(chain, key).unwrap()).into()
}

fn certificate() -> ClientCertificate {
    ClientCertificate::pem(CERTIFICATE, KEY)
}

async fn get(builder: ClientBuilder, operation: &'static Operation) -> Result<Value, Error<Value>> {
    let core = builder.no_proxy().max_attempts(1).build_core().unwrap();
    Call::new(&core, operation, decode::json, decode::json).await
}

#[tokio::test]
async fn a_server_that_asks_for_a_certificate_gets_it() {
    trusting("a_server_that_asks_for_a_certificate_gets_it", async {
        let url = server(true).await;
        let builder = || ClientBuilder::new(&API).base_url(&url);
        let answer = get(builder().client_certificate(certificate()), &GET).await.unwrap();
        assert_eq!((&answer["shown"], &answer["token"]), (&json!(1), &json!(false)));
        let with_token = builder()
            .client_certificate(certificate())
            .credential("token", Credential::fixed("t"));
        let answer = get(with_token, &BOTH).await.unwrap();
        assert_eq!((&answer["shown"], &answer["token"]), (&json!(1), &json!(true)));
        let url = server(false).await;
        let answer = get(
            ClientBuilder::new(&API).base_url(url).client_certificate(certificate()),
            &GET,
        )
        .await;
        assert_eq!(answer.unwrap()["shown"], 0);
    })
    .await;
}

#[tokio::test]
async fn without_it_nothing_is_sent() {
    trusting("without_it_nothing_is_sent", async {
        let url = server(true).await;
        let error = get(ClientBuilder::new(&API).base_url(&url), &GET).await.unwrap_err();
        assert!(error.to_string().contains("office"), "{error}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 0));
    })
    .await;
}

#[tokio::test]
async fn a_token_endpoint_may_ask_for_one_too() {
    trusting("a_token_endpoint_may_ask_for_one_too", async {
        let endpoint = server(true).await;
        let tokens = OAuth::client_credentials(endpoint, "id", "secret-of-client").no_proxy();
        let tokens = tokens.client_certificate(certificate()).build().unwrap();
        let builder = ClientBuilder::new(&API).base_url(server(true).await);
        let builder = builder
            .client_certificate(certificate())
            .credential("token", Credential::provider(tokens));
        assert_eq!(get(builder, &BOTH).await.unwrap()["token"], true);
    })
    .await;
}

/// Whoever sends requests otherwise has certificates of their own, and is asked for none.
#[tokio::test]
async fn a_transport_of_ones_own_has_its_own() {
    let network = || Network::new(Duration::from_secs(1)).unwrap();
    let both = ClientBuilder::new(&API)
        .transport(network())
        .client_certificate(certificate());
    let error = both.build_core().unwrap_err().to_string();
    assert!(error.contains("certificates itself"), "{error}");
    let core = ClientBuilder::new(&API)
        .base_url("https://localhost:1")
        .transport(network())
        .build_core()
        .unwrap();
    let call: Call<'_, Value> = Call::new(&core, &GET, decode::json, decode::json);
    let error = call.max_attempts(1).await.unwrap_err();
    assert_eq!(error.attempts(), 1, "{error}");
}

#[test]
fn what_is_no_certificate_is_said_without_the_key() {
    let cases = [
        ("", KEY, "there is none in it"),
        (
            "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
            KEY,
            "cannot be read",
        ),
        (CERTIFICATE, "s3cr3t-and-no-key", "no private key in PEM"),
        (CERTIFICATE, include_str!("../http2/server.key.pem"), ""),
    ];
    for (chain, key, said) in cases {
        let builder = ClientBuilder::new(&API).client_certificate(ClientCertificate::pem(chain, key));
        assert!(!format!("{builder:?}").contains("s3cr3t"));
        let error = builder.build_core().unwrap_err().to_string();
        assert!(error.contains(said) && !error.contains("s3cr3t"), "{error}");
    }
}
