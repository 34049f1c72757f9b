//! Uploads that are not what was promised: streams, parts and files of every wrong length go in; what the call says of it,
//! and whether the server ever had a whole request, comes out. The server is a raw one that counts bytes.

use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use runtime::calls::error::{Error, Kind, Outcome};
use runtime::calls::operation::{Method, Operation};
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::received::stream::ByteStream;
use runtime::sent::body::Body;
use runtime::sent::uploads::multipart::Multipart;
use runtime::sent::uploads::upload::Upload;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::support::{API, CREATE, Still, call};

static PUT: Operation = Operation {
    id: "put",
    method: Method::PUT,
    idempotent: true,
    ..CREATE
};

struct Pieces(std::vec::IntoIter<io::Result<Bytes>>);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

/// A stream of these pieces; `!` is one that cannot be read.
fn stream(pieces: &'static [&'static str]) -> ByteStream {
    let pieces: Vec<_> = pieces
        .iter()
        .map(|piece| match *piece {
            "!" => Err(io::Error::other("the disk is gone")),
            piece => Ok(Bytes::from(piece)),
        })
        .collect();
    ByteStream::new(Pieces(pieces.into_iter()))
}

fn upload(pieces: &'static [&'static str]) -> Upload {
    Upload::reopened(move || stream(pieces))
}

/// What a server does with requests, besides reading them.
#[derive(Clone)]
enum Manner {
    /// It answers each with the next of these statuses, the last for ever, when it has all of it.
    Whole(Vec<u16>),
    /// It answers 200 after this many bytes of a body, and reads on.
    Early(usize),
    /// It does this when it has the head, and reads on.
    First(Arc<dyn Fn() + Send + Sync>),
}

/// A server, and the body of each request that it had: `None` for one that was never whole.
struct Server {
    url: String,
    had: Arc<Mutex<Vec<Option<Vec<u8>>>>>,
}

impl Server {
    async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let had: Arc<Mutex<Vec<Option<Vec<u8>>>>> = Arc::default();
        let log = Arc::clone(&had);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, manner.clone(), Arc::clone(&log)));
            }
        });
        Self { url, had }
    }

    fn core(&self) -> Core {
        let builder = ClientBuilder::new(&API).base_url(&self.url).clock(Still::new());
        builder.build_core().unwrap()
    }

    fn had(&self) -> Vec<Option<Vec<u8>>> {
        self.had.lock().unwrap().clone()
    }
}

async fn answer(stream: &mut TcpStream, status: u16) {
    let answer = format!("HTTP/1.1 {status} -\r\nContent-Length: 2\r\n\r\n{{}}");
    let _ = stream.write_all(answer.as_bytes()).await;
}

async fn serve(mut stream: TcpStream, manner: Manner, log: Arc<Mutex<Vec<Option<Vec<u8>>>>>) {
    let mut buffer = Vec::new();
    loop {
        let Some(head) = until(&mut stream, &mut buffer, |bytes| {
            find(bytes, b"\r\n\r\n").map(|at| at + 4)
        })
        .await
        else {
            return;
        };
        let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
        let entry = {
            let mut log = log.lock().unwrap();
            log.push(None);
            log.len() - 1
        };
        match &manner {
            Manner::First(act) => act(),
            Manner::Early(after) => {
                if until(&mut stream, &mut buffer, |bytes| (bytes.len() >= *after).then_some(0))
                    .await
                    .is_none()
                {
                    return;
                }
                answer(&mut stream, 200).await;
            }
            Manner::Whole(_) => {}
        }
        let length = head.split("content-length: ").nth(1).map(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<usize>().unwrap()
        });
        let body = match length {
            Some(length) => {
                until(&mut stream, &mut buffer, |bytes| {
                    (bytes.len() >= length).then_some(length)
                })
                .await
            }
            None => {
                until(&mut stream, &mut buffer, |bytes| {
                    find(bytes, b"0\r\n\r\n").map(|at| at + 5)
                })
                .await
            }
        };
        let Some(body) = body else {
            return;
        };
        log.lock().unwrap()[entry] = Some(body);
        let status = match &manner {
            Manner::Whole(statuses) => *statuses.get(entry).or(statuses.last()).unwrap(),
            Manner::First(_) => 200,
            Manner::Early(_) => continue,
        };
        answer(&mut stream, status).await;
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// What comes first, as long as `end` says; `None` when the connection ends before.
async fn until(stream: &mut TcpStream, buffer: &mut Vec<u8>, end: impl Fn(&[u8]) -> Option<usize>) -> Option<Vec<u8>> {
    loop {
        if let Some(end) = end(buffer) {
            return Some(buffer.drain(..end).collect());
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

async fn send(core: &Core, body: Body) -> Result<Value, Error<Value>> {
    call(core, &PUT).body(Ok(body)).await
}

fn raw(upload: Upload) -> Body {
    Body::raw("application/octet-stream", upload).unwrap()
}

fn form(parts: [Upload; 2]) -> Body {
    let [one, two] = parts;
    let parts = Multipart::new()
        .file("one", None, &one)
        .file("two", None, &two)
        .value("last", None, "kept");
    Body::multipart(parts).unwrap()
}

#[tokio::test]
async fn a_length_that_was_promised_is_kept_or_the_call_fails() {
    let more = "the upload has more than the 3 bytes that were promised";
    let unread = "the upload cannot be read: the disk is gone";
    for (body, expected) in [
        (raw(upload(&["ab", "cd"]).length(3)), more),
        (raw(upload(&["abc", "d"]).length(3)), more),
        (raw(upload(&["abc", "", "d"]).length(3)), more),
        (raw(upload(&["abcd"]).length(3)), more),
        (
            raw(upload(&["a", "b"]).length(3)),
            "the upload ended after 2 of the 3 bytes that were promised",
        ),
        (
            raw(upload(&[]).length(3)),
            "the upload ended after 0 of the 3 bytes that were promised",
        ),
        (raw(upload(&["a", "!"]).length(3)), unread),
        (raw(upload(&["a", "!"])), unread),
        (form([upload(&["abc", "d"]).length(3), Upload::from("e")]), more),
        (form([upload(&["abcd"]).length(3), upload(&["e"]).length(2)]), more),
        (form([upload(&["abcd"]).length(3), upload(&["e"])]), more),
        (
            form([upload(&["e"]), upload(&["ab"]).length(3)]),
            "the upload ended after 2 of the 3 bytes that were promised",
        ),
        (form([upload(&["a", "!"]), Upload::from("e")]), unread),
    ] {
        let server = Server::start(Manner::Whole(vec![200])).await;
        let error = send(&server.core(), body).await.unwrap_err();
        let expected = format!("PUT /things: the request was broken off: {expected} (the server may have acted on it)");
        assert_eq!(error.to_string(), expected);
        let source = std::error::Error::source(&error);
        assert!(
            source.is_none_or(|source| !expected.contains(&source.to_string())),
            "twice: {expected}"
        );
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
        assert!(
            matches!(error.kind(), Kind::Transport(error) if error.upload_error().is_some()),
            "{error:?}"
        );
        assert!(server.had().iter().all(Option::is_none), "{expected}");
    }
}

#[tokio::test]
async fn a_promise_of_nothing_is_one_too() {
    for body in [
        raw(upload(&["a"]).length(0)),
        form([upload(&["a"]).length(0), Upload::from("b")]),
    ] {
        let server = Server::start(Manner::Whole(vec![200])).await;
        let error = send(&server.core(), body).await.unwrap_err();
        let more = "the upload has more than the 0 bytes that were promised";
        assert!(error.to_string().contains(more), "{error}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 0));
        assert_eq!(server.had().len(), 0);
    }
    let server = Server::start(Manner::Whole(vec![200])).await;
    send(&server.core(), raw(upload(&[""]).length(0))).await.unwrap();
    assert_eq!(server.had(), [Some(Vec::new())]);
}

#[tokio::test]
async fn a_length_that_is_kept_is_sent_whole() {
    let server = Server::start(Manner::Whole(vec![200])).await;
    let core = server.core();
    send(&core, raw(upload(&["ab", "c"]).length(3))).await.unwrap();
    send(&core, raw(upload(&["ab", "", "c", ""]).length(3))).await.unwrap();
    send(&core, form([upload(&["ab", "c"]).length(3), Upload::from("e")]))
        .await
        .unwrap();
    let had = server.had();
    assert_eq!(had[..2], [Some(b"abc".to_vec()), Some(b"abc".to_vec())]);
    let form = String::from_utf8(had[2].clone().unwrap()).unwrap();
    assert!(
        form.contains("\r\n\r\nabc\r\n--") && form.contains("\r\n\r\nkept\r\n--"),
        "{form}"
    );
}

#[tokio::test]
async fn a_server_that_is_content_with_less_does_not_make_it_a_success() {
    let server = Server::start(Manner::Early(1)).await;
    let error = send(&server.core(), raw(upload(&["ab"]).length(3))).await.unwrap_err();
    assert!(error.to_string().contains("after 2 of the 3 bytes"), "{error}");
    assert_eq!(error.outcome(), Outcome::Unknown);
}

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("uploads-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[tokio::test]
async fn a_file_is_opened_for_every_attempt() {
    let folder = folder("attempts");
    let path = folder.join("report.csv");
    let content = "0123456789".repeat(20_000);
    std::fs::write(&path, &content).unwrap();
    let server = Server::start(Manner::Whole(vec![500, 200])).await;
    let core = server.core();
    let body = raw(Upload::path(&path));
    assert!(body.is_repeatable() && body.length().is_none());
    call(&core, &PUT).body(Ok(body)).await.unwrap();
    assert_eq!(server.had(), vec![Some(content.clone().into_bytes()); 2]);
    send(
        &core,
        form([Upload::path(&path), Upload::path(&path).file_name("b.csv")]),
    )
    .await
    .unwrap();
    let form = String::from_utf8(server.had()[2].clone().unwrap()).unwrap();
    for part in ["filename=\"report.csv\"", "filename=\"b.csv\"", "name=\"last\""] {
        assert!(form.contains(part), "{part}");
    }
    assert_eq!(form.matches(&content).count(), 2);
    std::fs::write(&path, "").unwrap();
    send(&core, raw(Upload::path(&path))).await.unwrap();
    assert_eq!(server.had()[3], Some(Vec::new()));
    let same = Body::raw("text/plain", Upload::path(&path)).unwrap();
    assert_eq!(same.open().unwrap().collect(10).await.unwrap(), "");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn what_is_no_file_is_an_error_before_anything_is_sent() {
    let folder = folder("no-file");
    for (path, expected) in [
        (folder.join("missing"), "No such file"),
        (folder.clone(), "it is not a regular file"),
        (PathBuf::from("/dev/zero"), "it is not a regular file"),
    ] {
        let server = Server::start(Manner::Whole(vec![200])).await;
        for body in [raw(Upload::path(&path)), form([Upload::from("a"), Upload::path(&path)])] {
            let error = send(&server.core(), body).await.unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
            assert!(matches!(error.kind(), Kind::Request(_)), "{error:?}");
            assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 0));
        }
        assert_eq!(server.had().len(), 0);
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_file_that_changes_under_way_is_an_error() {
    // More than the buffers between client and server hold, so that the end is read after the change.
    const LONG: u64 = 64 << 20;
    let folder = folder("changes");
    for (change, expected) in [
        (LONG + 1, "the upload has more than the 67108864 bytes"),
        (LONG - 1, "the upload ended after 67108863 of the 67108864 bytes"),
        (0, "of the 67108864 bytes"),
    ] {
        let path = folder.join(change.to_string());
        std::fs::File::create(&path).unwrap().set_len(LONG).unwrap();
        let changed = path.clone();
        let act = move || {
            let file = std::fs::OpenOptions::new().write(true).open(&changed).unwrap();
            file.set_len(change).unwrap();
        };
        let server = Server::start(Manner::First(Arc::new(act))).await;
        let error = send(&server.core(), raw(Upload::path(&path))).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
        assert_eq!(server.had(), [None]);
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn bytes_and_files_of_another_length_than_promised_are_not_sent() {
    let script = super::support::Script::new([super::support::status(200)]);
    let core = script.core();
    let path = std::env::temp_dir().join(format!("ten-bytes-{}", std::process::id()));
    std::fs::write(&path, "0123456789").unwrap();
    for promised in [5, 50] {
        for upload in [Upload::from("0123456789"), Upload::path(&path)] {
            let body = Body::raw("text/plain", upload.length(promised));
            let error = call(&core, &PUT).body(body).await.unwrap_err();
            assert!(matches!(error.kind(), Kind::Request(_)), "{promised}: {error}");
            assert_eq!((error.outcome(), script.sent().len()), (Outcome::Rejected, 0));
        }
    }
    for upload in [Upload::from("0123456789"), Upload::path(&path)] {
        let body = Body::raw("text/plain", upload.length(10));
        call(&core, &PUT).body(body).await.unwrap();
    }
    std::fs::remove_file(path).unwrap();
}
