//! A book of a thousand pages on this machine: what a request asks for in, a page out; and now and then nothing, or 503.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

/// How many pages there are, with one item on each.
pub(crate) const PAGES: u64 = 1000;

/// Of what was asked for, the values of the query and the header `Authorization`.
pub(crate) struct Asked {
    pub(crate) query: Vec<(String, String)>,
    #[allow(dead_code, reason = "for those who need it")]
    pub(crate) authorization: Option<String>,
}

impl Asked {
    /// The number in a pair of the query.
    #[allow(dead_code, reason = "for those who need it")]
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        let value = self.query.iter().find(|(own, _)| own == name)?;
        value
            .1
            .trim_start_matches(|char: char| !char.is_ascii_digit())
            .parse()
            .ok()
    }
}

/// A server whose pages are `told`, with a header each: its URL, and what was asked for.
pub(crate) fn open(told: fn(&str, &Asked) -> (String, String)) -> (String, Arc<Mutex<Vec<Asked>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let all = Arc::new(Mutex::new(Vec::new()));
    let (own, asked) = (url.clone(), Arc::clone(&all));
    thread::spawn(move || {
        for (number, connection) in listener.incoming().enumerate() {
            let connection = connection.unwrap();
            let lines = BufReader::new(&connection).lines().map_while(Result::ok);
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let Some(line) = head.first() else { continue };
            let target = line.split(' ').nth(1).unwrap_or_default();
            let query = target.split_once('?').map_or("", |(_, query)| query);
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let authorization = head
                .iter()
                .find_map(|line| line.to_lowercase().strip_prefix("authorization: ").map(str::to_owned));
            let request = Asked {
                query: pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
                authorization,
            };
            let answer = match number % 97 {
                // Nobody knows whether it was read.
                41 => continue,
                83 => "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n".to_owned(),
                _ => {
                    let (header, body) = told(&own, &request);
                    let length = body.len();
                    format!(
                        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n{header}\
                         content-length: {length}\r\n\r\n{body}"
                    )
                }
            };
            asked.lock().unwrap().push(request);
            (&connection).write_all(answer.as_bytes()).unwrap();
        }
    });
    (url, all)
}

/// The page behind `page`, if there is one.
pub(crate) fn next(page: u64) -> Option<u64> {
    (page + 1 < PAGES).then_some(page + 1)
}
