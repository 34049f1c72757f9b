//! A loopback server made of one function: the JSON of a request goes in, a status and the JSON of the answer come out.
//! A text in place of the JSON is a page of somebody in between: it is sent as it stands, as HTML.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

type Answer = Box<dyn FnMut(&Value) -> (u16, Value) + Send>;

pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Value>>>,
}

impl Server {
    pub(crate) async fn start(answer: impl FnMut(&Value) -> (u16, Value) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let recorded = Arc::clone(&requests);
        let answer: Arc<Mutex<Answer>> = Arc::new(Mutex::new(Box::new(answer)));
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let (answer, recorded) = (Arc::clone(&answer), Arc::clone(&recorded));
                tokio::spawn(async move {
                    while let Some(request) = read(&mut stream).await {
                        let (status, body) = (answer.lock().unwrap())(&request);
                        recorded.lock().unwrap().push(request);
                        let (kind, body) = match body {
                            Value::Null => ("application/json", String::new()),
                            Value::String(page) => ("text/html", page),
                            body => ("application/json", body.to_string()),
                        };
                        let head = format!("HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\n");
                        let length = if status == 204 {
                            String::new()
                        } else {
                            format!("Content-Length: {}\r\n", body.len())
                        };
                        stream
                            .write_all(format!("{head}{length}\r\n{body}").as_bytes())
                            .await
                            .unwrap();
                    }
                });
            }
        });
        Self { url, requests }
    }

    /// The bodies of all requests.
    pub(crate) fn requests(&self) -> Vec<Value> {
        self.requests.lock().unwrap().clone()
    }

    /// How many inputs each request had.
    pub(crate) fn sizes(&self) -> Vec<usize> {
        self.requests()
            .iter()
            .map(|request| request["inputs"].as_array().unwrap().len())
            .collect()
    }
}

async fn read(stream: &mut TcpStream) -> Option<Value> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).unwrap().to_lowercase();
    let length = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap_or("0");
    let length: usize = length.trim().parse().unwrap();
    while bytes.len() < head + length {
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "the request is cut");
    }
    Some(serde_json::from_slice(&bytes[head..]).unwrap())
}
