//! Streams of JSON texts in pieces of any size in, their items out; and items in, the bytes that are sent out.

use std::io;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_util::stream;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::stream_of;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::received::streams::items::{ItemError, ItemStream};
use crate::runtime::sent::body::Body;
use crate::runtime::sent::uploads::item_upload::ItemUpload;

fn items(framing: &str, bytes: ByteStream) -> ItemStream<Value> {
    match framing {
        "lines" => ItemStream::lines(bytes),
        "sequence" => ItemStream::sequence(bytes),
        other => panic!("no such framing: {other}"),
    }
}

/// What is always ready.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits for something"),
    }
}

fn shown(mut items: ItemStream<Value>) -> String {
    let mut shown = Vec::new();
    while let Some(item) = now(items.next()) {
        shown.push(match item {
            Ok(item) => item.to_string(),
            Err(ItemError::Data { .. }) => "!".to_owned(),
            Err(ItemError::Broken(error)) if error.kind() == io::ErrorKind::UnexpectedEof => "✂".to_owned(),
            Err(error) => panic!("{error:?}"),
        });
    }
    shown.join(" ")
}

fn rows() -> impl Iterator<Item = (&'static str, Vec<u8>, &'static str)> {
    let lines = include_str!("items.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let [framing, bytes, expected] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
                panic!("not three columns: {line}");
            };
            let marks = [('␞', "\u{1E}"), ('⏎', "\n"), ('␍', "\r"), ('␠', " "), ('␂', "\u{FEFF}")];
            let bytes = marks
                .iter()
                .fold(bytes.to_owned(), |bytes, (mark, means)| bytes.replace(*mark, means));
            (framing, bytes.into_bytes(), expected)
        })
}

#[test]
fn every_row_of_the_table_however_it_is_cut() {
    for (framing, bytes, expected) in rows() {
        for size in 1..=bytes.len().max(1) {
            let pieces = bytes.chunks(size).map(Bytes::copy_from_slice);
            assert_eq!(
                shown(items(framing, stream_of(pieces))),
                expected,
                "{framing} {bytes:?} by {size}"
            );
        }
    }
}

/// Nothing has to follow before an item is handed out.
#[test]
fn an_item_is_there_as_soon_as_it_has_ended() {
    for (framing, text) in [("lines", "{\"a\":1}\n"), ("sequence", "\u{1E}{\n\"a\":1}\n")] {
        let first = stream::once(async move { Ok(Bytes::from(text)) });
        let bytes = ByteStream::new(Box::pin(stream::select(first, stream::pending())));
        assert_eq!(now(items(framing, bytes).next()).unwrap().unwrap(), json!({ "a": 1 }));
    }
}

#[test]
fn an_item_without_end_does_not_fill_the_memory() {
    for framing in ["lines", "sequence"] {
        let piece = Bytes::from(vec![b'['; 1 << 20]);
        let mut items = items(framing, ByteStream::new(stream::repeat_with(move || Ok(piece.clone()))));
        let Some(Err(ItemError::Broken(error))) = now(items.next()) else {
            panic!("it does not end");
        };
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert!(now(items.next()).is_none());
    }
}

#[test]
fn what_does_not_fit_is_said_with_its_place() {
    let mut items = ItemStream::<Vec<u8>>::lines(stream_of(["[0]\n\n[1, \"a\"]\n[2]\n{"]));
    assert_eq!(now(items.next()).unwrap().unwrap(), [0]);
    let error = now(items.next()).unwrap().unwrap_err();
    assert_eq!(error.to_string(), "item 3 of the stream does not fit: `[1, \"a\"]`");
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("at `[1]`"), "{source}");
    assert_eq!(now(items.next()).unwrap().unwrap(), [2]);
    let Some(Err(ItemError::Data { number: 5, .. })) = now(items.next()) else {
        panic!("it is cut off")
    };
    let mut items = ItemStream::<u8>::sequence(stream_of(["\x1e1\n\x1e\n\x1e\"a\"\n"]));
    assert_eq!(now(items.next()).unwrap().unwrap(), 1);
    assert!(matches!(
        now(items.next()),
        Some(Err(ItemError::Data { number: 2, .. }))
    ));
}

fn bytes_of(body: &Body) -> Bytes {
    now(body.open().unwrap().collect(1 << 20)).unwrap()
}

#[test]
fn a_list_is_sent_whole_and_a_stream_as_it_comes() {
    let list = Body::lines("application/jsonl", vec![json!({ "a": "\n" }), json!(2)]).unwrap();
    assert_eq!((list.length(), list.is_repeatable()), (Some(13), true));
    assert_eq!(bytes_of(&list), "{\"a\":\"\\n\"}\n2\n");
    let empty = Body::sequence("application/json-seq", ItemUpload::<Value>::from(&[][..])).unwrap();
    assert_eq!(empty.length(), Some(0));

    let numbers = || stream::iter([Ok(1), Ok(2)]);
    let once = Body::sequence("application/json-seq", ItemUpload::once(numbers())).unwrap();
    assert_eq!((once.length(), once.is_repeatable()), (None, false));
    assert_eq!(bytes_of(&once), "\u{1E}1\n\u{1E}2\n");
    assert!(once.open().is_none());
    let again = Body::lines("application/jsonl", ItemUpload::reopened(numbers)).unwrap();
    assert!(again.is_repeatable());
    assert_eq!((bytes_of(&again), bytes_of(&again)), ("1\n2\n".into(), "1\n2\n".into()));
}

#[test]
fn an_error_of_a_stream_ends_the_upload() {
    let items = stream::iter([Ok(1), Err(io::ErrorKind::InvalidData.into())]);
    let mut bytes = Body::lines("application/jsonl", ItemUpload::once(items))
        .unwrap()
        .open()
        .unwrap();
    assert_eq!(now(bytes.next()).unwrap().unwrap(), "1\n");
    let error = now(bytes.next());
    assert_eq!(error.unwrap().unwrap_err().kind(), io::ErrorKind::InvalidData);
}

proptest! {
    #[test]
    fn what_is_sent_is_what_is_read(values in prop::collection::vec(any::<String>(), 0..5), size in 1_usize..20) {
        let values: Vec<Value> = values.into_iter().map(|text| json!({ "a": [text] })).collect();
        for framing in ["lines", "sequence"] {
            let body = match framing {
                "lines" => Body::lines("application/jsonl", &values),
                _ => Body::sequence("application/json-seq", &values),
            };
            let sent = bytes_of(&body.unwrap());
            let read = items(framing, stream_of(sent.chunks(size).map(Bytes::copy_from_slice)));
            let shown: Vec<_> = values.iter().map(Value::to_string).collect();
            prop_assert_eq!(self::shown(read), shown.join(" "));
        }
    }
}
