//! Other users of `reqwest` in the same program: what this crate switches on must not change what they get.

use std::path::Path;
use std::process::Command;

/// Cargo has one `reqwest` for a program, with all the features that anybody asks for.
#[test]
fn nothing_is_switched_on_in_reqwest() {
    let manifest = include_str!("../Cargo.toml");
    let features = manifest.split_once("[features]").unwrap().1;
    let features = features.split_once("\n[").unwrap().0;
    assert!(
        !features.contains("reqwest/") && !features.contains("reqwest?/"),
        "{features}"
    );
    let entry = manifest.lines().find(|line| line.starts_with("reqwest =")).unwrap();
    assert_eq!(
        entry,
        r#"reqwest = { version = "0.13", default-features = false, optional = true }"#
    );
}

/// What a neighbour asks of `reqwest`, what else it does, and what this crate is asked for.
const NEIGHBOURS: [(&str, &str, &str, &str); 7] = [
    ("plain", r#"default-features = false"#, "", ""),
    ("default", "", "", ""),
    (
        "native",
        r#"default-features = false, features = ["native-tls"]"#,
        "",
        "",
    ),
    ("rustls", r#"default-features = false, features = ["rustls"]"#, "", ""),
    (
        "both",
        r#"features = ["native-tls"]"#,
        "",
        r#", features = ["reqwest", "http2", "gzip"]"#,
    ),
    (
        "provided",
        r#"default-features = false, features = ["rustls-no-provider"]"#,
        "rustls::crypto::ring::default_provider().install_default().unwrap();",
        "",
    ),
    (
        "handed",
        r#"default-features = false"#,
        "",
        r#", features = ["reqwest", "http2", "gzip"]"#,
    ),
];

/// Both in one program, one made before the other and after it: each is made, and each sends.
#[test]
#[ignore = "builds every kind of TLS, from the registry: minutes"]
fn a_neighbour_gets_what_it_gets_without_this_crate() {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("neighbours");
    for (name, asked, done, features) in NEIGHBOURS {
        let folder = scratch.join(name);
        std::fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = format!(
            "[package]\nname = \"neighbour-{name}\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             hubspot-tickets-batch = {{ path = {ours:?}{features} }}\n\
             reqwest = {{ version = \"0.13\"{}{asked} }}\n\
             rustls = {{ version = \"0.23\", default-features = false, features = [\"ring\"] }}\n\
             tokio = {{ version = \"1\", features = [\"full\"] }}\n",
            if asked.is_empty() { "" } else { ", " },
        );
        std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        std::fs::write(folder.join("src/main.rs"), PROGRAM.replace("// done", done)).unwrap();
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", scratch.join("target"))
            .env_remove("HTTP_PROXY")
            .env_remove("http_proxy")
            .env_remove("ALL_PROXY")
            .env_remove("all_proxy")
            .output()
            .unwrap();
        let shown = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {shown}");
    }
}

const PROGRAM: &str = r#"
use std::io::{Read, Write};

use hubspot_tickets_batch::Client;

/// Answers every request alike.
fn serve() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut read = Vec::new();
            while !read.windows(4).any(|end| end == b"\r\n\r\n") {
                let mut bytes = [0; 1024];
                let length = stream.read(&mut bytes).unwrap();
                read.extend_from_slice(&bytes[..length]);
            }
            stream.write_all(b"HTTP/1.1 204 -\r\nConnection: close\r\n\r\n").unwrap();
        }
    });
    url
}

async fn neighbour(client: &reqwest::Client, url: &str) {
    assert_eq!(client.get(url).send().await.unwrap().status(), 204);
}

async fn ours(client: &Client) {
    let ids = hubspot_tickets_batch::models::ArchiveTicketsRequest::new(Vec::new());
    client.batch().archive(&ids).await.unwrap();
}

#[tokio::main]
async fn main() {
    // done
    let url = serve();
    let before = reqwest::Client::new();
    let ours_before = Client::builder().base_url(&url).access_token("t").build().unwrap();
    neighbour(&before, &url).await;
    ours(&ours_before).await;
    let after = reqwest::Client::new();
    let encrypted = Client::new("t").unwrap();
    neighbour(&after, &url).await;
    drop(encrypted);
}
"#;
