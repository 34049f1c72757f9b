//! HTTP/1.1, as little of it as the emulator needs: bytes of a connection go in, requests come out, and answers become
//! bytes again.

use std::io;

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::answer::Answer;

/// A request, read to the end of its body.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self
            .headers
            .iter()
            .find(|(candidate, _)| candidate.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(value).ok()
    }
}

const MAX_HEAD: usize = 64 * 1024;
const MAX_BODY: usize = 16 * 1024 * 1024;
const MAX_HEADERS: usize = 64;

/// Reads the next request; `None` when the peer has closed the connection between two.
///
/// `buffer` keeps what was read beyond the request.
///
/// # Errors
///
/// The connection fails, or what arrives is not a request with a `Content-Length`.
pub(super) async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let (mut request, head) = loop {
        if let Some(parsed) = parse_head(buffer)? {
            break parsed;
        }
        if buffer.len() > MAX_HEAD {
            return Err(malformed("the head is too long"));
        }
        if stream.read_buf(buffer).await? == 0 {
            return if buffer.is_empty() {
                Ok(None)
            } else {
                Err(io::ErrorKind::UnexpectedEof.into())
            };
        }
    };
    let length = match (request.header("content-length"), request.header("transfer-encoding")) {
        (None, None) => 0,
        (Some(length), None) => length.parse().map_err(|_| malformed("the length is not a number"))?,
        (_, Some(_)) => return Err(malformed("the emulator reads bodies with a Content-Length only")),
    };
    if length > MAX_BODY {
        return Err(malformed("the body is too long"));
    }
    while buffer.len() < head + length {
        if stream.read_buf(buffer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    let rest = buffer.split_off(head + length);
    request.body = std::mem::replace(buffer, rest).split_off(head);
    Ok(Some(request))
}

/// The request line and the headers, with their length, as soon as all of them have arrived.
fn parse_head(buffer: &[u8]) -> io::Result<Option<(Request, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let status = head.parse(buffer).map_err(|error| malformed(&error.to_string()))?;
    let httparse::Status::Complete(length) = status else {
        return Ok(None);
    };
    let (path, query) = match head.path.unwrap_or_default().split_once('?') {
        Some((path, query)) => (path, query),
        None => (head.path.unwrap_or_default(), ""),
    };
    let request = Request {
        method: head.method.unwrap_or_default().to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: head
            .headers
            .iter()
            .map(|header| (header.name.to_owned(), header.value.to_vec()))
            .collect(),
        body: Vec::new(),
    };
    Ok(Some((request, length)))
}

/// An answer as bytes: the head, then the body.
pub(super) fn encode(answer: &Answer) -> (Vec<u8>, Vec<u8>) {
    let body = answer.body.as_ref().map(|body| body.to_string().into_bytes());
    encode_raw(
        answer.status,
        &answer.headers,
        body.map(|body| ("application/json;charset=utf-8", body)),
    )
}

/// The same with a body of any type.
pub(super) fn encode_raw(
    status: u16,
    headers: &[(&'static str, String)],
    body: Option<(&str, Vec<u8>)>,
) -> (Vec<u8>, Vec<u8>) {
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status));
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    let body = match body {
        Some((content_type, body)) => {
            head.extend(["Content-Type: ", content_type, "\r\n"]);
            body
        }
        None => Vec::new(),
    };
    // RFC 9110 forbids a length with 204.
    if status != 204 {
        head.extend(["Content-Length: ", &body.len().to_string(), "\r\n"]);
    }
    head.push_str("\r\n");
    (head.into_bytes(), body)
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        207 => "Multi-Status",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        415 => "Unsupported Media Type",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        // The phrase may be empty, says RFC 9112.
        _ => "",
    }
}

fn malformed(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.to_owned())
}
