//! Where requests go, by environment and settings: `routes.txt` in, what arrived at a server and at a proxy out.
//!
//! The environment is that of a process, so each row has one of its own: this very test, told by `ROW` what to do.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::collections::BTreeMap;
use std::io;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::auth::credentials::{Credential, TokenProvider as _};
use runtime::auth::oauth::OAuth;
use runtime::calls::call::Call;
use runtime::calls::operation::{Api, Defaults, Method, Operation, SecurityKind, SecurityScheme, Streaming};
use runtime::client::builder::ClientBuilder;
use runtime::received::decode;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;

const ROUTES: &str = include_str!("routes.txt");
const TOKEN: &str = "t0k3n";
/// What passwords of proxies have in them.
const WORD: &str = "word";

static API: Api = Api {
    base_url: "https://api.example.com",
    operation_servers: &["https://elsewhere.example.com"],
    placeholders: &[],
    security_schemes: &[SecurityScheme {
        name: "bearer",
        kind: SecurityKind::Bearer,
        setter: "",
    }],
    user_agent: "tests/1",
    defaults: Defaults::NONE,
};

static LIST: Operation = Operation {
    id: "list",
    method: Method::GET,
    path: "/things",
    server: "",
    idempotent: true,
    idempotency_key: "",
    defaults: Defaults::NONE,
    security: &[&["bearer"]],
    accept: "application/json",
    stream: Streaming::No,
    arrivals: &[],
    #[cfg(feature = "mock")]
    example: None,
    rejected: &[],
};

static ELSEWHERE: Operation = Operation {
    method: Method::GET,
    server: "https://elsewhere.example.com",
    ..LIST
};

#[tokio::test]
async fn requests_go_where_the_table_says() {
    if let Ok(row) = std::env::var("ROW") {
        return report(&row).await;
    }
    let mut problems = Vec::new();
    for (number, row) in rows() {
        // The URL of a client, of one of its operations, and of a token endpoint: all obey the same rules.
        for subject in ["client", "operation", "oauth"] {
            let actual = run(&row, subject).await;
            let expected = row[3].replace("GET", if subject == "oauth" { "POST" } else { "GET" });
            let is_met = match expected.strip_prefix("refused: ") {
                Some(reason) => actual.starts_with("refused: ") && actual.contains(reason),
                None => actual == expected,
            };
            if !is_met {
                problems.push(format!("{number}: {subject}: {}\n    {actual}", row.join(" | ")));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn rows() -> impl Iterator<Item = (usize, Vec<String>)> {
    let rows = ROUTES.lines().enumerate();
    rows.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| (number + 1, line.split(" | ").map(str::to_owned).collect()))
}

/// Has the request of a row sent, and says what arrived.
async fn run(row: &[String], subject: &str) -> String {
    let (server, proxy) = (Peer::listen("server").await, Peer::listen("proxy").await);
    let fill = |text: &str| {
        text.replace("{server}", &server.port.to_string())
            .replace("{proxy}", &proxy.port.to_string())
    };
    let variables: BTreeMap<String, String> = words(&fill(&row[0]))
        .map(|(name, value)| (name.to_owned(), value.unwrap_or_default().to_owned()))
        .collect();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "requests_go_where_the_table_says", "--nocapture"])
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .env_remove("HTTPS_PROXY")
        .env_remove("https_proxy")
        .env_remove("ALL_PROXY")
        .env_remove("all_proxy")
        .env_remove("HTTP_PROXY")
        .env_remove("http_proxy")
        .envs(variables)
        .env("ROW", format!("{subject} | {} | {}", fill(&row[1]), fill(&row[2])))
        .stdin(Stdio::null())
        .output();
    let output = tokio::time::timeout(Duration::from_secs(30), output)
        .await
        .unwrap()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{row:?}: {text}");
    assert!(!text.contains(TOKEN) && !text.contains(WORD), "{row:?}: {text}");
    let refused = text
        .lines()
        .find_map(|line| line.split_once("refused: ").map(|(_, reason)| reason));
    let mut arrived: Vec<String> = [server.close(), proxy.close()].into_iter().flatten().collect();
    arrived.extend(refused.map(|reason| format!("refused: {reason}")));
    arrived.join(", ")
}

/// `NAME=value` and `name`, separated by spaces; a dash is none.
fn words(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    text.split(' ')
        .filter(|word| *word != "-")
        .map(|word| match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        })
}

/// Sends the request of a row; says why where the client cannot be built.
async fn report(row: &str) {
    let parts: Vec<&str> = row.split(" | ").collect();
    let result = match parts[0] {
        "oauth" => fetch(parts[1], parts[2]).await,
        subject => list(subject, parts[1], parts[2]).await,
    };
    if let Err(reason) = result {
        println!("refused: {reason}");
    }
}

async fn list(subject: &str, settings: &str, url: &str) -> Result<(), String> {
    let is_one = subject == "operation";
    let mut builder = ClientBuilder::new(&API)
        .credential("bearer", Credential::fixed(TOKEN))
        .connect_timeout(Duration::from_secs(2))
        .attempt_timeout(Duration::from_secs(5))
        .max_attempts(1);
    builder = if is_one {
        // The client's own must not be what is refused.
        let builder = builder.base_url("http://127.0.0.1");
        builder.operation_server(API.operation_servers[0], url)
    } else {
        builder.base_url(url)
    };
    for setting in words(settings) {
        builder = match setting {
            ("proxy", Some(url)) => builder.proxy(url),
            ("no_proxy", None) => builder.no_proxy(),
            ("allow_http", Some(pattern)) => builder.allow_http(pattern),
            setting => panic!("there is no setting {setting:?}"),
        };
    }
    println!("{builder:?}");
    let core = builder.build_core().map_err(|error| error.to_string())?;
    let operation = if is_one { &ELSEWHERE } else { &LIST };
    let result = Call::<Value, Value>::new(&core, operation, decode::json, decode::json).await;
    println!("{result:?}");
    Ok(())
}

async fn fetch(settings: &str, url: &str) -> Result<(), String> {
    let mut builder = OAuth::client_credentials(format!("{url}/things"), "id", TOKEN);
    for setting in words(settings) {
        builder = match setting {
            ("proxy", Some(url)) => builder.proxy(url),
            ("no_proxy", None) => builder.no_proxy(),
            ("allow_http", Some(pattern)) => builder.allow_http(pattern),
            setting => panic!("there is no setting {setting:?}"),
        };
    }
    println!("{builder:?}");
    let tokens = builder.build().map_err(|error| error.to_string())?;
    let result = tokens.token().await;
    println!("{:?}", result.map(|_| "a token"));
    Ok(())
}

/// A listener that notes what arrives.
struct Peer {
    port: u16,
    arrived: Arc<Mutex<Vec<String>>>,
    accepting: tokio::task::JoinHandle<()>,
}

impl Peer {
    async fn listen(name: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&arrived);
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // The next connection comes when this one is done.
                let _ = serve(stream, name, &noted).await;
            }
        });
        Self {
            port,
            arrived,
            accepting,
        }
    }

    fn close(self) -> Vec<String> {
        self.accepting.abort();
        self.arrived.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, name: &str, arrived: &Mutex<Vec<String>>) -> io::Result<()> {
    let Some(head) = head(&mut stream).await? else {
        return Ok(());
    };
    note(arrived, &format!("{name} {head}"));
    if head.starts_with("CONNECT") {
        stream.write_all(b"HTTP/1.1 200 -\r\n\r\n").await?;
        if let Some(head) = self::head(&mut stream).await? {
            note(arrived, &head);
        }
    } else if head != "TLS" {
        let answer =
            "HTTP/1.1 200 -\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
        stream.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}

fn note(arrived: &Mutex<Vec<String>>, text: &str) {
    arrived.lock().unwrap().push(text.to_owned());
}

/// Reads the head of a request, and says of it what matters: method, target, and what is said to a proxy.
async fn head(stream: &mut TcpStream) -> io::Result<Option<String>> {
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await? == 0 {
            return Ok(None);
        }
        read.push(byte[0]);
        // A handshake of TLS (22) in any version (3, ·).
        if read.starts_with(&[22, 3]) {
            return Ok(Some("TLS".to_owned()));
        }
    }
    let text = String::from_utf8_lossy(&read);
    let mut shown: Vec<&str> = text.split(' ').take(2).collect();
    for line in text.lines() {
        match line.to_ascii_lowercase().split_once(": ") {
            Some(("proxy-authorization", _)) => shown.extend(line.split_once(": ").map(|(_, value)| value)),
            Some(("authorization", value)) if shown[0] == "CONNECT" => panic!("the proxy was told {value}"),
            Some(_) | None => {}
        }
    }
    Ok(Some(shown.join(" ")))
}
