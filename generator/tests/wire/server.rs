//! A server on this machine: answers in, requests as they came out.

use std::collections::VecDeque;
use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use it::Client;
use it::prelude::ClientBuilder;

/// A server that takes one request for each connection.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    answers: VecDeque<Vec<u8>>,
    requests: Vec<Request>,
}

/// A request, byte for byte.
#[derive(Debug)]
pub(crate) struct Request {
    /// Method, target and version.
    pub(crate) line: String,
    /// The header fields in their order.
    pub(crate) headers: Vec<(String, String)>,
    /// The body, its chunks joined.
    pub(crate) body: Vec<u8>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            shared: Arc::default(),
        };
        let shared = Arc::clone(&server.shared);
        thread::spawn(move || {
            for connection in listener.incoming() {
                serve(connection.unwrap(), &shared);
            }
        });
        server
    }

    /// A client of it.
    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// A client of it, still to be set up.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(self.url())
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What the next request is answered with, in place of a 204.
    pub(crate) fn answer(&self, status: &str, headers: &[&str], body: impl AsRef<[u8]>) {
        let mut answer = format!("HTTP/1.1 {status}\r\nconnection: close\r\n").into_bytes();
        for header in headers {
            answer.extend_from_slice(header.as_bytes());
            answer.extend_from_slice(b"\r\n");
        }
        answer.extend_from_slice(b"\r\n");
        answer.extend_from_slice(body.as_ref());
        self.shared.lock().unwrap().answers.push_back(answer);
    }

    /// The requests since this was last asked.
    pub(crate) fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.shared.lock().unwrap().requests)
    }

    /// The only request since this was last asked.
    pub(crate) fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }
}

impl Request {
    /// What stands between the method and the version.
    pub(crate) fn target(&self) -> &str {
        self.line.split(' ').nth(1).unwrap()
    }

    /// The values of a header, one for each time that it was sent.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let fields = self
            .headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        fields.map(|(_, value)| value.as_str()).collect()
    }
}

impl fmt::Display for Request {
    /// The line, the header fields about the body, and the body, with the boundary between its parts called `-`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("{}\n", self.line.trim_end_matches(" HTTP/1.1"));
        for name in ["content-type", "content-length", "transfer-encoding"] {
            for value in self.header(name) {
                text.push_str(&format!("{name}: {value}\n"));
            }
        }
        text.push('\n');
        text.push_str(&String::from_utf8_lossy(&self.body).replace("\r\n", "\n"));
        if let [content_type] = self.header("content-type")[..]
            && let Some((_, boundary)) = content_type.split_once("boundary=")
        {
            text = text.replace(boundary, "-");
        }
        formatter.write_str(&text)
    }
}

fn serve(connection: TcpStream, shared: &Mutex<Shared>) {
    let mut reader = BufReader::new(&connection);
    let Some(request) = read(&mut reader) else {
        return;
    };
    let answer = {
        let mut shared = shared.lock().unwrap();
        shared.requests.push(request);
        shared.answers.pop_front()
    };
    let answer = answer.unwrap_or_else(|| b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec());
    (&connection).write_all(&answer).unwrap();
}

fn read(reader: &mut BufReader<&TcpStream>) -> Option<Request> {
    let line = line(reader)?;
    let mut headers = Vec::new();
    loop {
        let field = self::line(reader)?;
        let Some((name, value)) = field.split_once(':') else {
            break;
        };
        headers.push((name.to_owned(), value.strip_prefix(' ').unwrap_or(value).to_owned()));
    }
    let mut request = Request {
        line,
        headers,
        body: Vec::new(),
    };
    if let [length] = request.header("content-length")[..] {
        request.body = vec![0; length.parse().unwrap()];
        reader.read_exact(&mut request.body).unwrap();
    } else if request.header("transfer-encoding") == ["chunked"] {
        loop {
            let size = usize::from_str_radix(&self::line(reader)?, 16).unwrap();
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk).unwrap();
            if size == 0 {
                break;
            }
            request.body.extend_from_slice(&chunk[..size]);
        }
    }
    Some(request)
}

/// A line without its end.
fn line(reader: &mut BufReader<&TcpStream>) -> Option<String> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line).ok()?;
    let text = String::from_utf8(line).unwrap();
    text.strip_suffix("\r\n").map(str::to_owned)
}
