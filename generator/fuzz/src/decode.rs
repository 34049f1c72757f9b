//! Any bytes in, as a server may send them; models, events and waits out, or errors.

// What is not public of the runtime is taken as the file that it is.
#[path = "../../runtime/src/pace/rate.rs"]
mod rate;
#[path = "../../runtime/src/pace/retry_after.rs"]
mod retry_after;

use std::fmt::Debug;

use bytes::Bytes;
use futures_util::{FutureExt, stream};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE};
use hubspot_tickets_batch::models::{BatchError, CreateTicketsRequest, Error, TicketBatchWithErrors, UpsertedTicket};
use jiff::Timestamp;
use runtime::{
    received::{
        decode,
        response::Response,
        stream::ByteStream,
        streams::event::{EventError, EventStream},
    },
    values::unions::{
        arm::{self, Arm, Hint, Known, first},
        union::buffer,
    },
};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::Value;

/// # Panics
///
/// When something is read that does not come out again.
pub(crate) fn run(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else {
        return;
    };
    let variety = usize::from(choice / 4);
    match choice % 4 {
        0 => models(bytes),
        1 => events(bytes, variety + 1),
        2 => headers(bytes),
        _ => answers(bytes, variety),
    }
}

fn models(bytes: &[u8]) {
    round_trip::<TicketBatchWithErrors>(bytes);
    round_trip::<CreateTicketsRequest>(bytes);
    round_trip::<UpsertedTicket>(bytes);
    round_trip::<BatchError>(bytes);
    round_trip::<Error>(bytes);
    round_trip::<Tree>(bytes);
}

/// What is read is written so that the same is read again.
fn round_trip<T: DeserializeOwned + Serialize + PartialEq + Debug>(bytes: &[u8]) {
    let Ok(model) = serde_json::from_slice::<T>(bytes) else {
        return;
    };
    let text = serde_json::to_vec(&model).expect("what was read can be written");
    let again: T = serde_json::from_slice(&text).expect("what was written can be read");
    assert_eq!(model, again);
}

/// A union of unions, whose arms decode what is below them again and again.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Tree {
    Both(Box<[Tree; 2]>),
    List(Vec<Tree>),
    Map(std::collections::BTreeMap<String, Tree>),
    Leaf(String),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const ARMS: &[Arm<Tree>] = &[
            Arm {
                hint: Hint::Members(&["both"]),
                known: &[("kind", &[Known::Text("both"), Known::Null])],
                decode: |value| arm::decode::members(value).map(Tree::Both),
            },
            Arm {
                hint: Hint::Any,
                known: &[],
                decode: |value| arm::decode::any(value).map(Tree::List),
            },
            Arm {
                hint: Hint::Any,
                known: &[],
                decode: |value| arm::decode::any(value).map(Tree::Map),
            },
            Arm {
                hint: Hint::Values(&["leaf"]),
                known: &[],
                decode: |value| arm::decode::values(value).map(Tree::Leaf),
            },
        ];
        let value = buffer(deserializer)?;
        Ok(first(ARMS, &value).unwrap_or_else(|| Self::Unknown(value.into())))
    }
}

/// Where the pieces of a stream end says nothing.
fn events(bytes: &[u8], size: usize) {
    let whole = all(Bytes::copy_from_slice(bytes).into());
    let pieces: Vec<_> = bytes
        .chunks(size)
        .map(|piece| Ok(Bytes::copy_from_slice(piece)))
        .collect();
    let in_pieces = all(ByteStream::new(stream::iter(pieces)));
    assert_eq!(whole, in_pieces);
}

fn all(bytes: ByteStream) -> Vec<String> {
    let mut events = EventStream::<CreateTicketsRequest>::new(bytes);
    let mut seen = Vec::new();
    while let Some(event) = events.next().now_or_never().expect("every piece is there") {
        seen.push(match event {
            Ok(event) => format!("{event:?}"),
            Err(EventError::Data { event, .. }) => format!("{event:?}"),
            Err(error) => panic!("nothing breaks off here: {error}"),
        });
        seen.push(events.last_event_id().to_owned());
    }
    seen.push(format!("{} {:?}", events.last_event_id(), events.retry()));
    seen
}

/// The fields that are read, one a line of the input.
const FIELDS: [&str; 12] = [
    "retry-after",
    "retry-after-ms",
    "x-ms-retry-after-ms",
    "ratelimit",
    "ratelimit-policy",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "x-ratelimit-limit",
    "x-ratelimit-reset",
    "x-hubspot-ratelimit-max",
    "x-hubspot-ratelimit-interval-milliseconds",
];

fn headers(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for (name, value) in FIELDS.into_iter().zip(bytes.split(|byte| *byte == b'\n')) {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    for now in [Timestamp::UNIX_EPOCH, Timestamp::MIN, Timestamp::MAX] {
        let _ = retry_after::retry_after(&headers, now);
        let _ = rate::rate(&headers, now);
    }
    for name in FIELDS {
        let _ = decode::header::<i64>(&headers, name);
        let _ = decode::header::<Vec<bool>>(&headers, name);
        let _ = decode::header::<Timestamp>(&headers, name);
        let _ = decode::header::<String>(&headers, name);
    }
}

/// Bodies in every character set that is read, and in one that is not.
fn answers(bytes: &[u8], variety: usize) {
    const TYPES: [&str; 7] = [
        "application/json",
        "application/json; charset=utf-8",
        "text/plain; charset=\"ISO-8859-1\"",
        "text/plain; charset=utf-16",
        "text/plain; charset=utf-16le",
        "text/plain; charset=utf-16be",
        "text/plain; charset=ebcdic",
    ];
    let answer = || {
        let media_type = HeaderValue::from_static(TYPES[variety % TYPES.len()]);
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, media_type)]);
        Response::new(StatusCode::OK, headers, Bytes::copy_from_slice(bytes))
    };
    let _ = decode::text(answer());
    if let Err(error) = decode::json::<TicketBatchWithErrors>(answer()) {
        let said = format!("{error} {error:?}");
        assert!(!said.is_empty());
    }
    let _ = decode::json::<Tree>(answer());
}
