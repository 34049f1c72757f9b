//! What decoders make of an answer.

use http::header::CONTENT_TYPE;

use crate::runtime::prelude::*;
use crate::runtime::received::decode::{self, DecodeError};
use crate::runtime::received::response::Response;
use crate::runtime::received::streams::event::{EventError, EventStream};
use crate::runtime::unit::stream_of;

#[derive(Debug, Clone, PartialEq)]
struct Tick {
    n: u8,
}
model! { Tick { required n = "n", } }

pub(super) fn response(content_type: &str, body: impl Into<Bytes>) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
    Response::new(StatusCode::OK, headers, body.into())
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

#[test]
fn json_is_read_whatever_it_is_called() {
    for (content_type, body) in [
        ("application/json", br#"{"n":1}"#.to_vec()),
        ("text/html", b"\xEF\xBB\xBF{\"n\":1}".to_vec()),
        ("application/json; charset=\"UTF-16BE\"", utf16(r#"{"n":1}"#)),
        ("application/json; charset=windows-1252", br#"{"n":1}"#.to_vec()),
    ] {
        assert_eq!(
            decode::json::<Tick>(response(content_type, body)).unwrap(),
            Tick { n: 1 },
            "{content_type}"
        );
    }
    let name: String = decode::json(response("application/json;charset=ISO-8859-1", &b"\"gr\xFCn\""[..])).unwrap();
    assert_eq!(name, "grün");
    let name: String = decode::json(response("application/json;charset=ISO-8859-1", "\"grün\"")).unwrap();
    assert_eq!(name, "grün");
}

#[test]
fn an_error_says_where() {
    let error = decode::json::<Vec<Tick>>(response("application/json", r#"[{"n":1},{"n":"one"}]"#)).unwrap_err();
    assert_eq!(error.path(), "[1].n");
    assert_eq!(
        error.to_string(),
        "the body cannot be decoded at `[1].n`: invalid type: string \"one\", expected u8 at line 1 column 19"
    );
}

#[test]
fn a_list_of_a_wrong_length_is_an_error_that_says_so() {
    let error = |body: &'static str| {
        let response = response("application/json", body);
        decode::json::<BTreeMap<String, (u8, u8)>>(response)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        error(r#"{"a": [1, 2], "b": [1, 2, {"c": 3}]}"#),
        "the body cannot be decoded at `b[2]`: the list is too long, expected 2 items at line 1 column 27"
    );
    assert_eq!(
        error(r#"{"a": [1]}"#),
        "the body cannot be decoded at `a`: invalid length 1, expected a tuple of size 2 at line 1 column 9"
    );
    assert_eq!(
        error(r#"{"a": [1, 2]} {"#),
        "the body cannot be decoded: trailing characters at line 1 column 15"
    );
}

#[test]
fn json_that_is_not_text_is_an_error_with_a_place() {
    let error = decode::json::<Value>(response("application/json", &b"{\"a\":[1,\"\xFF\"]}"[..])).unwrap_err();
    assert_eq!(error.path(), "a[1]");
    assert!(error.to_string().contains("invalid utf-8"), "{error}");
}

#[test]
fn nesting_is_limited() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    let error = decode::json::<Value>(response("application/json", deep)).unwrap_err();
    assert!(error.to_string().contains("recursion limit"), "{error}");
}

#[test]
fn what_is_ignored_takes_no_stack() {
    let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    let json = format!(r#"{{"n":1,"more":{deep}}}"#);
    assert_eq!(
        decode::json::<Tick>(response("application/json", json)).unwrap(),
        Tick { n: 1 }
    );
}

#[test]
fn text_is_read_in_its_character_set() {
    for (content_type, body, text) in [
        ("text/plain", "grün".as_bytes().to_vec(), Some("grün")),
        ("text/plain", "\u{FEFF}grün".as_bytes().to_vec(), Some("grün")),
        ("text/plain; charset=utf-8", vec![0xFF], None),
        ("text/plain; a=b; Charset=ISO-8859-1", b"gr\xFCn".to_vec(), Some("grün")),
        ("text/plain; charset=utf-16", utf16("\u{FEFF}grün"), Some("grün")),
        ("text/plain; charset=utf-16", vec![b'a'], None),
        ("text/plain; charset=koi8-r", b"a".to_vec(), None),
        ("text/plain", Vec::new(), Some("")),
    ] {
        assert_eq!(
            decode::text(response(content_type, body)).ok().as_deref(),
            text,
            "{content_type}"
        );
    }
}

#[test]
fn nothing_is_made_of_a_body_that_should_be_empty() {
    assert!(decode::empty(response("text/html", "<html>")).is_ok());
}

#[tokio::test]
async fn bytes_come_piece_by_piece() {
    let streamed = Response::streamed(StatusCode::OK, HeaderMap::new(), stream_of(["ab", "c"]));
    let mut bytes = decode::bytes(streamed).unwrap();
    assert_eq!(bytes.next().await.unwrap().unwrap(), "ab");
    assert_eq!(bytes.next().await.unwrap().unwrap(), "c");
    assert!(bytes.next().await.is_none());
    let unread = Response::streamed(StatusCode::OK, HeaderMap::new(), stream_of(["{}"]));
    assert!(decode::json::<Value>(unread).is_err());
}

/// Each event as `kind|data|id`, however the stream is cut.
async fn events(stream: &str) -> Vec<String> {
    let mut cuts = Vec::new();
    for size in [1, 3, stream.len().max(1)] {
        let pieces = stream
            .as_bytes()
            .chunks(size)
            // A piece without a byte ends nothing.
            .flat_map(|piece| [Bytes::copy_from_slice(piece), Bytes::new()])
            .collect::<Vec<_>>();
        let mut events = EventStream::<String>::new(stream_of(pieces));
        let mut seen = Vec::new();
        while let Some(event) = events.next().await {
            let event = event.unwrap();
            seen.push(format!("{}|{}|{}", event.kind, event.data, event.id));
        }
        seen.push(format!(
            "{} {:?}",
            events.last_event_id(),
            events.retry().map(|wait| wait.as_millis())
        ));
        cuts.push(seen);
    }
    assert!(cuts.windows(2).all(|pair| pair[0] == pair[1]), "{cuts:?}");
    cuts.remove(0)
}

#[tokio::test]
async fn events_are_read_as_the_standard_says() {
    for (stream, expected) in [
        (
            "data: YHOO\ndata: +2\ndata: 10\n\n",
            &["message|YHOO\n+2\n10|", " None"][..],
        ),
        (
            ": test\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            &[
                "message|first event|1",
                "message|second event|",
                "message| third event|",
                " None",
            ],
        ),
        ("data\n\ndata\ndata\n\ndata:", &["message||", "message|\n|", " None"]),
        (
            "event: add\r\ndata: 1x\r\rdata: 2x\r\n\r\n",
            &["add|1x|", "message|2x|", " None"],
        ),
        ("\u{FEFF}data: a\n\n\u{FEFF}data: b\n\n", &["message|a|", " None"]),
        ("event: lost\n\ndata: a\n\n", &["message|a|", " None"]),
        (
            "id: 7\nretry: 1500\nretry: 2s\nretry:\n\ndata: a\n\n",
            &["message|a|7", "7 Some(1500)"],
        ),
        ("id: a\0b\ndata: x\nunknown: y\nDATA: z\n\n", &["message|x|", " None"]),
        (
            "data: 7\n\ndata: \"quoted\"\n\n",
            &["message|7|", "message|quoted|", " None"],
        ),
        ("", &[" None"]),
    ] {
        assert_eq!(events(stream).await, expected, "{stream:?}");
    }
}

#[tokio::test]
async fn the_last_id_is_of_what_was_handed_out() {
    let stream = "id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\n\nid: 4\ndata: never ended\n";
    let mut events = EventStream::<String>::new(stream_of([stream]));
    let mut ids = vec![events.last_event_id().to_owned()];
    while events.next().await.is_some() {
        ids.push(events.last_event_id().to_owned());
    }
    ids.push(events.last_event_id().to_owned());
    assert_eq!(ids, ["", "1", "2", "3"]);
}

#[tokio::test]
async fn data_that_does_not_fit_does_not_end_the_stream() {
    let stream = stream_of([
        "data: {\"n\":1}\n\n",
        "event: end\ndata: END\n\n",
        "data: {\"n\":2}\n\n",
    ]);
    let streamed = Response::streamed(StatusCode::OK, HeaderMap::new(), stream);
    let mut events = decode::events::<Tick>(streamed).unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, Tick { n: 1 });
    let Some(Err(EventError::Data { event, error })) = events.next().await else {
        panic!("it fits")
    };
    assert_eq!((event.kind.as_str(), event.data.as_str()), ("end", "END"));
    assert!(matches!(error, DecodeError { .. }));
    assert_eq!(events.next().await.unwrap().unwrap().data, Tick { n: 2 });
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_stream_ends_where_the_server_says_so() {
    for (text, end, expected) in [
        ("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n", None, "1 complete"),
        ("data: 1\n\nevent: end\ndata: [DONE]\n\n", None, "1 complete"),
        ("data: 1\n\ndata: bye\n\ndata: 2\n\n", Some("bye"), "1 complete"),
        ("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n", Some("bye"), "1 [DONE] 2"),
        ("data: 1\n\ndata: [DONE]", None, "1"),
        ("data: [DONE]\ndata: 1\n\n", None, "[DONE]\n1"),
    ] {
        let mut events = EventStream::<String>::new(stream_of([text]));
        if let Some(end) = end {
            events = events.up_to(end);
        }
        let mut seen = Vec::new();
        while let Some(event) = events.next().await {
            seen.push(event.unwrap().data);
        }
        if events.is_complete() {
            seen.push("complete".to_owned());
        }
        assert_eq!(seen.join(" "), expected, "{text:?}");
        assert!(events.next().await.is_none());
    }
}

#[test]
fn a_header_is_read_as_what_it_is_declared_to_be() {
    let mut headers = HeaderMap::new();
    headers.insert("x-left", "12".parse().unwrap());
    headers.insert("x-scopes", "read, write".parse().unwrap());
    headers.insert("x-windows", "1,60".parse().unwrap());
    assert_eq!(decode::header(&headers, "X-Left"), Some(12));
    assert_eq!(decode::header(&headers, "X-Left"), Some("12".to_owned()));
    assert_eq!(
        decode::header(&headers, "X-Scopes"),
        Some(vec!["read".to_owned(), "write".to_owned()])
    );
    assert_eq!(decode::header(&headers, "X-Windows"), Some(vec![1, 60]));
    assert_eq!(decode::header::<bool>(&headers, "X-Left"), None);
    assert_eq!(decode::header::<String>(&headers, "X-Other"), None);
}
