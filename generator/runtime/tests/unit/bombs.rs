//! What a hostile peer can make the client keep and do: a table of bombs with their size on the wire and what each may cost
//! at most goes in (`bombs.txt`), the figures of each come out.
//!
//! Each goes off in a process of its own, this test program started once more, so that its peak is its own.
//! `cargo test --release -p runtime --lib bombs -- --nocapture` prints the figures.

use std::io::{self, Read as _, Write as _};
use std::net::TcpListener;
use std::pin::Pin;
use std::process::Command;
use std::task::{Context, Poll};

use flate2::Compression;
use flate2::write::GzEncoder;
use futures_core::Stream;
use http::{StatusCode, header};

use crate::runtime::bulk::{BatchKey, BatchLayout, BatchOperation, Bulk, Statuses, Success, SuccessBody};
use crate::runtime::network::transport::{Answer, Transport};
use crate::runtime::prelude::*;
use crate::runtime::received::decode;
use crate::runtime::received::response::Response;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::received::streams::event::{Event, EventStream};
use crate::runtime::unit::stream_of;
use crate::runtime::xml::node;

const TABLE: &str = include_str!("bombs.txt");
const MEBIBYTE: usize = 1 << 20;

#[derive(Debug, Clone, PartialEq)]
struct Known {
    id: u8,
}
model! { Known { required id = "id", } }

/// Objects that may hold themselves, in ways that look alike.
#[derive(Debug, Clone, PartialEq)]
enum Nested {
    One(Box<One>),
    Other(Box<Other>),
    Text(String),
    List(Vec<Nested>),
    Unknown(Value),
}
untagged_union! { Nested { One: members["inner", "one"], Other: members["inner", "other"], Text: any, List: any } }

#[derive(Debug, Clone, PartialEq)]
struct One {
    inner: Option<Nested>,
    one: u8,
}
model! { One { optional inner = "inner", required one = "one", } }

#[derive(Debug, Clone, PartialEq)]
struct Other {
    inner: Option<Nested>,
    other: u8,
}
model! { Other { optional inner = "inner", required other = "other", } }

/// The same with a tag.
#[derive(Debug, Clone, PartialEq)]
enum Tagged {
    Node(Box<Node>),
    Unknown(Value),
}
tagged_union! { Tagged by "t" { Node = "n" } }

#[derive(Debug, Clone, PartialEq)]
struct Node {
    inner: Option<Tagged>,
    text: Option<String>,
}
model! { Node { optional inner = "inner", optional text = "text", } }

/// The same bytes again and again.
struct Flood {
    piece: Bytes,
    left: usize,
}

impl Stream for Flood {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(left) = self.left.checked_sub(self.piece.len()) else {
            return Poll::Ready(None);
        };
        self.left = left;
        Poll::Ready(Some(Ok(self.piece.clone())))
    }
}

fn flood(piece: impl Into<Bytes>, bytes: usize) -> ByteStream {
    let piece = piece.into();
    ByteStream::new(Flood { piece, left: bytes })
}

/// A transport that answers with a flood.
struct Flooded(u16, usize);

impl Transport for Flooded {
    fn send(&self, _: http::Request<Option<Body>>) -> Answer<'_> {
        let mut answer = http::Response::new(flood(vec![b'['; 64 << 10], self.1));
        *answer.status_mut() = StatusCode::from_u16(self.0).unwrap();
        Box::pin(std::future::ready(Ok(answer)))
    }
}

static API: Api = Api {
    base_url: "https://api.example.com",
    operation_servers: &[],
    placeholders: &[],
    security_schemes: &[],
    user_agent: "tests/1",
    defaults: Defaults::NONE,
};

static CALL: Operation = Operation {
    id: "call",
    method: Method::GET,
    path: "/",
    server: "",
    idempotent: false,
    idempotency_key: "",
    defaults: Defaults::NONE,
    security: &[],
    accept: "application/json",
    stream: Streaming::No,
    arrivals: &[],
    #[cfg(feature = "mock")]
    example: None,
    rejected: &[],
};

async fn events(stream: ByteStream) -> Vec<Event<String>> {
    let mut events = EventStream::<String>::new(stream);
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        all.extend(event.ok());
    }
    all
}

fn json<T: serde::de::DeserializeOwned>(body: impl Into<Bytes>) -> String {
    let response = Response::new(StatusCode::OK, HeaderMap::new(), body.into());
    match decode::json::<T>(response) {
        Ok(_) => "decoded".to_owned(),
        Err(error) => format!("{error} {error:?}"),
    }
}

/// A bomb in XML.
fn marked_up(name: &str, size: usize) -> String {
    match name {
        "empty elements in XML" => format!("<r>{}</r>", "<id/>".repeat(size / 5)),
        "attributes in XML" => {
            let attributes: Vec<String> = (0..size / 12).map(|index| format!("a{index:06}=''")).collect();
            format!("<r {}/>", attributes.join(" "))
        }
        "namespaces in XML" => format!("<r>{}</r>", "<id xmlns='u'/>".repeat(size / 15)),
        "a text in XML" => format!("<r><id>{}</id></r>", "x".repeat(size)),
        "open elements in XML" => "<r>".repeat(size / 3),
        _ => {
            let entities = "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>".repeat(size / 44);
            format!("<!DOCTYPE r [<!ENTITY a 'ha'>{entities}]><r><id>&b;</id></r>")
        }
    }
}

fn xml(text: String) -> String {
    static KNOWN: node::Object = node::Object {
        members: &[node::Member::required(
            "id",
            node::Node::element("id", node::Shape::Number),
        )],
        rest: node::Shape::Any,
        text: node::Shape::Text,
    };
    static ROOT: node::Node = node::Node::element("r", node::Shape::Object(&KNOWN));
    let response = Response::new(StatusCode::OK, HeaderMap::new(), text.into());
    match decode::xml::<Known>(response, &ROOT) {
        Ok(_) => "decoded".to_owned(),
        Err(error) => format!("{error} {error:?}"),
    }
}

async fn call(status: u16, bytes: usize) -> String {
    let core = ClientBuilder::new(&API).transport(Flooded(status, bytes)).build_core();
    let core = core.unwrap();
    let call: Call<'_, Value, Value> = Call::new(&core, &CALL, decode::json, decode::json);
    let error = call.await.unwrap_err();
    format!("{error} {error:?}")
}

/// What a call says of a server that sends `head`, and then `piece` again and again.
async fn raw(head: &str, piece: Vec<u8>, bytes: usize) -> usize {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let head = head.to_owned();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4_096]);
        let pieces = std::iter::repeat_n(&piece[..], bytes / piece.len());
        // Until the client has had enough.
        let _ = std::iter::once(head.as_bytes())
            .chain(pieces)
            .try_for_each(|piece| stream.write_all(piece));
    });
    let core = ClientBuilder::new(&API).base_url(url).build_core().unwrap();
    let call: Call<'_, Value, Value> = Call::new(&core, &CALL, decode::json, decode::json);
    let answer = call.max_attempts(1).await;
    format!("{:?}", answer.map(|_| ())).len()
}

/// A transport that answers with this.
struct Answering(Bytes);

impl Transport for Answering {
    fn send(&self, _: http::Request<Option<Body>>) -> Answer<'_> {
        Box::pin(std::future::ready(Ok(http::Response::new(self.0.clone().into()))))
    }
}

#[derive(Debug)]
enum Creation {}

impl BatchOperation for Creation {
    type Request = Value;
    type Input = Value;
    type Output = Value;
    type Failure = Value;
    type Error = Value;
    const OPERATION: &'static Operation = &CALL;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        inputs: "inputs",
        limit: 100,
        results: Some("results"),
        errors: Some("errors"),
        correlation: Some(BatchKey {
            input: "trace",
            result: "trace",
            error: Some("trace"),
        }),
        identity: Some(BatchKey {
            input: "id",
            result: "number",
            error: Some("ids"),
        }),
        property: None,
        complete: false,
        successes: &[Success::new(Statuses::Code(200), SuccessBody::Json)],
        refusal: &["message"],
    };
}

/// What a run of 100 inputs makes of an answer with `item` again and again in this list.
async fn run(list: &str, item: impl Fn(usize) -> String, bytes: usize) -> usize {
    let count = (bytes / item(100_000).len()).max(1);
    let items: Vec<String> = (0..count).map(item).collect();
    let body = format!("{{\"{list}\":[{}]}}", items.join(","));
    let core = ClientBuilder::new(&API).transport(Answering(body.into())).build_core();
    let core = core.unwrap();
    let inputs: Vec<Value> = (0..100)
        .map(|index| serde_json::json!({ "trace": format!("{index}"), "id": format!("{index}") }))
        .collect();
    let records = Bulk::<Creation>::new(&core, inputs).collect().await;
    format!("{records:?}").len()
}

/// Sets a bomb off, and says what is left to look at.
async fn explode(name: &str, size: usize) -> usize {
    match name {
        "event ids" => {
            let id = format!("id: {}\n", "i".repeat(size / 2));
            let count = size / 2 / 7;
            // Nobody needs more of them to see where it leads.
            let data = "data:x\n\n".repeat(count.min(2_000));
            events(stream_of([id, data])).await.len()
        }
        "events without data" => events(stream_of(["id:1\n\nid:2\n\n".repeat(size / 12)])).await.len(),
        "events in one piece" => events(stream_of(["data\n\n".repeat(size / 6)]))
            .await
            .first()
            .map_or(0, |event| event.data.len()),
        "an endless line" => events(flood(vec![b'x'; 64 << 10], size)).await.len(),
        "an endless line of no text" => {
            let mut piece = b"data:".to_vec();
            piece.resize(size, 0xFF);
            piece.extend(b"\n\n");
            events(stream_of([piece])).await.len()
        }
        "endless data" => events(flood("data:xxxxxxxxxx\n".repeat(4_096), size)).await.len(),
        "a long kind and a long id" => {
            let part = "x".repeat(size / 2);
            events(stream_of([
                format!("event:{part}\nid:{part}\n"),
                "data:x\n\n".to_owned(),
            ]))
            .await
            .len()
        }
        "brackets in an ignored member" => json::<Known>(format!("{{\"more\":{}", "[".repeat(size))).len(),
        "braces in an ignored member" => json::<Known>(format!("{{\"more\":{}", "{\"\":".repeat(size / 4))).len(),
        "a long name" => json::<Known>(format!("{{\"{}\":x", "\u{7f}".repeat(size))).len(),
        "a long value of another type" => json::<Known>(format!("{{\"id\":\"{}\"", "\u{7f}".repeat(size))).len(),
        "empty lists as any value" => json::<Value>(format!("[{}[]]", "[],".repeat(size / 3))).len(),
        name if name.ends_with(" in XML") => xml(marked_up(name, size)).len(),
        "a text below 120 unions" => {
            let (open, close) = ("[".repeat(120), "]".repeat(120));
            json::<Nested>(format!("{open}\"{}\"{close}", "x".repeat(size))).len()
        }
        "a text below 120 tags" => {
            let open = r#"{"t":"n","inner":"#.repeat(120);
            let text = "x".repeat(size);
            let inner = format!(r#"{{"t":"n","text":"{text}"}}"#);
            json::<Tagged>(format!("{open}{inner}{}", "}".repeat(120))).len()
        }
        "unions that fail late" => {
            let open = r#"{"inner":"#.repeat(120);
            let values = "[0],".repeat(size / 4);
            json::<Nested>(format!("{open}[{values}0]{}", "}".repeat(120))).len()
        }
        "many unions that fail late" => {
            let one = format!("{}0{}", r#"{"inner":"#.repeat(40), "}".repeat(40));
            let count = size / one.len();
            json::<Nested>(format!("[{}0]", format!("{one},").repeat(count))).len()
        }
        "a header of commas" => {
            let mut headers = HeaderMap::new();
            headers.insert(header::VIA, "1,".repeat(size / 2).parse().unwrap());
            decode::header::<Vec<u64>>(&headers, "via").map_or(0, |list| list.len())
        }
        "headers without end" => raw("HTTP/1.1 200 OK\r\nA: ", vec![b'x'; 64 << 10], size).await,
        "many headers" => raw("HTTP/1.1 200 OK\r\n", b"A: x\r\n".repeat(10_000), size).await,
        "informational answers" => raw("", b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1_000), size).await,
        "extensions of a chunk" => {
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=";
            raw(head, vec![b'x'; 64 << 10], size).await
        }
        "trailers" => {
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nA: ";
            raw(head, vec![b'x'; 64 << 10], size).await
        }
        "a compressed body" => {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
            // More than the largest body that is read.
            (0..48).for_each(|_| gzip.write_all(&vec![b'['; MEBIBYTE]).unwrap());
            let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
            raw(head, gzip.finish().unwrap(), size).await
        }
        "results for one input" => {
            let result = |index| format!("{{\"trace\":\"1\",\"id\":{index}}}");
            run("results", result, size).await
        }
        "results for nobody" => run("results", |index| format!("{{\"id\":{index}}}"), size).await,
        "one error about everybody" => {
            let everybody: Vec<String> = (0..100).map(|index| format!("\"{index}\"")).collect();
            let error = format!("{{\"trace\":[{}],\"text\":\"\"}}", everybody.join(","));
            run("errors", |_| error.clone(), size).await
        }
        "an error about one input again and again" => {
            let times = size / 8;
            let traces = format!("{}\"1\"", "\"0\",".repeat(times));
            let ids = format!("{}\"1\"", "\"1\",".repeat(times));
            run("errors", |_| format!("{{\"trace\":[{traces}],\"ids\":[{ids}]}}"), size).await
        }
        "a body without end" => call(200, size).await.len(),
        "an error without end" => call(400, size).await.len(),
        other => panic!("{other} is no bomb"),
    }
}

/// The most memory that this process ever had, in KiB.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// The time that processors gave to this process, in hundredths of a second: what others do meanwhile does not count.
fn used() -> usize {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    // The name of the program comes second, and may have anything in it.
    let (_, fields) = stat.rsplit_once(") ").unwrap();
    let mut times = fields.split(' ').skip(11).map(|field| field.parse::<usize>().unwrap());
    times.next().unwrap() + times.next().unwrap()
}

/// What [`every_bomb_costs_what_it_may`] starts.
#[tokio::test]
#[ignore = "the other half of `every_bomb_costs_what_it_may`, which starts it itself"]
async fn explode_in_this_process() {
    let Ok(name) = std::env::var("BOMB") else {
        println!("nobody asked for it: `every_bomb_costs_what_it_may` does");
        return;
    };
    let size = std::env::var("BOMB_SIZE").unwrap().parse().unwrap();
    let left = explode(&name, size).await;
    println!("\nfigures={} {} {left}", peak(), used());
}

/// A row of the table: a name, and MiB on the wire, of memory, and seconds of a processor.
fn row(line: &str) -> (&str, [f64; 3]) {
    let mut cells = line.split('|').map(str::trim);
    let name = cells.next().unwrap();
    let mut number = || cells.next().unwrap().parse().unwrap();
    (name, [number(), number(), number()])
}

#[test]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "figures to be looked at"
)]
fn every_bomb_costs_what_it_may() {
    let mut broken = Vec::new();
    println!("| bomb | sent, MiB | memory, MiB | at most | time, s | at most |\n|---|---|---|---|---|---|");
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let (name, [sent, memory, time]) = row(line);
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args([
                "--exact",
                "unit::bombs::explode_in_this_process",
                "--ignored",
                "--nocapture",
            ])
            .env("BOMB", name)
            .env("BOMB_SIZE", ((sent * MEBIBYTE as f64) as usize).to_string());
        let output = command.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        let figures = text.lines().find_map(|line| line.split_once("figures="));
        let Some((_, figures)) = figures else {
            broken.push(format!(
                "{name} fails: {text} {}",
                String::from_utf8_lossy(&output.stderr)
            ));
            continue;
        };
        let mut figures = figures.split(' ').map(|figure| figure.parse::<f64>().unwrap());
        let (peak, took) = (figures.next().unwrap() / 1024.0, figures.next().unwrap() / 100.0);
        println!("| {name} | {sent} | {peak:.0} | {memory} | {took:.2} | {time} |");
        if peak > memory || took > time {
            broken.push(format!("{name}: {peak:.0} MiB, {took:.2} s"));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}
