//! HTTP/1.1, as little of it as a server for tests needs: bytes of a connection go in, requests come out, and answers
//! become bytes.

use std::io;

use serde_json::Value;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use crate::virtual_time;

/// A request, read to its end.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) authorization: String,
    pub(crate) body: Value,
}

/// Reads the next request; `None` when the client has closed the connection.
pub(crate) async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<Request>> {
    loop {
        if let Some((request, length)) = parse(buffer)? {
            buffer.drain(..length);
            return Ok(Some(request));
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
        virtual_time::something_happened();
    }
}

/// Waits until the client leaves.
pub(crate) async fn left(stream: &mut TcpStream, buffer: &mut Vec<u8>) {
    while let Ok(1..) = stream.read_buf(buffer).await {}
    virtual_time::something_happened();
}

fn parse(buffer: &[u8]) -> io::Result<Option<(Request, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut head = httparse::Request::new(&mut headers);
    let malformed = |_| io::Error::from(io::ErrorKind::InvalidData);
    let httparse::Status::Complete(body) = head.parse(buffer).map_err(malformed)? else {
        return Ok(None);
    };
    let header = |name: &str| {
        let found = head
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name));
        found.map_or("", |header| std::str::from_utf8(header.value).unwrap())
    };
    let length: usize = header("content-length").parse().unwrap();
    let Some(text) = buffer.get(body..body + length) else {
        return Ok(None);
    };
    let request = Request {
        path: head.path.unwrap_or_default().to_owned(),
        authorization: header("authorization").to_owned(),
        body: serde_json::from_slice(text).unwrap(),
    };
    Ok(Some((request, body + length)))
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::of(status, "application/json", body.to_string())
    }

    pub(crate) fn of(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: format!("Content-Type: {media_type}\r\n"),
            body: body.into(),
        }
    }

    pub(crate) fn with(mut self, header: &str) -> Self {
        self.headers.push_str(header);
        self.headers.push_str("\r\n");
        self
    }

    /// Its head, and its body.
    pub(crate) fn bytes(&self) -> (Vec<u8>, &[u8]) {
        // A 204 has neither a length nor a body.
        let (length, body) = match self.status {
            204 => (String::new(), [].as_slice()),
            _ => (format!("Content-Length: {}\r\n", self.body.len()), self.body.as_slice()),
        };
        let head = format!("HTTP/1.1 {} \r\n{}{length}\r\n", self.status, self.headers);
        (head.into_bytes(), body)
    }
}
