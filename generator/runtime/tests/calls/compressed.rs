//! Compressed answers: what a server sends goes in, what the call reads of it comes out.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use runtime::client::builder::ClientBuilder;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::support::{API, LIST, call};

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// Has `body` sent in pieces of `step` bytes, and says what a call makes of it.
async fn read(encoding: &str, body: &[u8], step: usize) -> Result<String, String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let core = ClientBuilder::new(&API)
        .base_url(url)
        .max_attempts(1)
        .build_core()
        .unwrap();
    let answer = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 4096];
        let length = stream.read(&mut request).await.unwrap();
        let request = String::from_utf8_lossy(&request[..length]).to_ascii_lowercase();
        assert!(request.contains("accept-encoding: gzip\r\n"), "{request}");
        let head = format!(
            "HTTP/1.1 200 -\r\nContent-Type: application/json\r\nContent-Encoding: {encoding}\r\n\
             Transfer-Encoding: chunked\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        for piece in body.chunks(step) {
            let head = format!("{:x}\r\n", piece.len());
            stream
                .write_all(&[head.as_bytes(), piece, b"\r\n"].concat())
                .await
                .unwrap();
        }
        stream.write_all(b"0\r\n\r\n").await.unwrap();
        stream
    };
    let (result, _stream) = tokio::join!(call(&core, &LIST), answer);
    result.map(|value| value.to_string()).map_err(|error| error.to_string())
}

#[tokio::test]
async fn a_compressed_answer_is_read_as_what_was_compressed() {
    let long = format!("[{}1]", "1,".repeat(20_000));
    let whole = gzip(&long);
    let two = [gzip("[1,"), gzip("2]")].concat();
    let cut = &whole[..whole.len() - 1];
    let noisy = [&gzip("[1]")[..], b"?"].concat();
    let mut changed = gzip("[1,2,3]");
    let at = changed.len() - 6;
    changed[at] ^= 1;
    let cases = [
        ("gzip", &whole[..], Some(&long[..])),
        ("GZip", &whole[..], Some(&long[..])),
        ("x-gzip", &whole[..], Some(&long[..])),
        ("identity", b"[1]", Some("[1]")),
        ("gzip", &two, Some("[1,2]")),
        ("gzip", cut, None),
        ("gzip", &noisy, None),
        ("gzip", &changed, None),
        ("gzip", b"", None),
        ("gzip", b"[1]", None),
    ];
    for (number, (encoding, body, expected)) in cases.into_iter().enumerate() {
        for step in [1, 7, 1 << 20] {
            let result = read(encoding, body, step).await;
            assert_eq!(result.as_deref().ok(), expected, "{number}, {step}: {result:?}");
        }
    }
}
