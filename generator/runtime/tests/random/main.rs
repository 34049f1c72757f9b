//! What the fuzz target of the client looks for, in a small sample that is the same each time.

#[path = "../../../fuzz/src/decode.rs"]
mod decode;
#[path = "../../../tests/sampled/mod.rs"]
mod sampled;

use proptest::{collection::vec, prelude::*};
use sampled::{damaged, sample};

/// What a server may send, by the choice of the target that reads it.
const TEXTS: &[(u8, &str)] = &[
    (
        0,
        r#"{"status":"COMPLETE","results":[{"id":"1","properties":{"subject":null},"createdAt":"2026-01-02T03:04:05.678Z","updatedAt":"2026-01-02T03:04:05Z","archived":false}],"numErrors":1,"errors":[{"status":"error","category":"VALIDATION_ERROR","message":"no","context":{"ids":["2"]},"errors":[]}],"startedAt":"2026-01-02T03:04:05Z","completedAt":"2026-01-02T03:04:06Z"}"#,
    ),
    (0, r#"{"inputs":[{"properties":{"a":"1","b":""},"associations":[]}]}"#),
    (
        0,
        r#"{"both":[[{"a":"leaf"}],{"b":[1e400,-0.0,18446744073709551616]}],"kind":null}"#,
    ),
    (
        5,
        "id: 1\ndata: {\"inputs\":\ndata: []}\nretry: 10\n\nevent: x\r\n: remark\r\ndata:{}\r\n\r\n\u{feff}data\n\n",
    ),
    (
        2,
        "120\n1500\n\"a\";r=5;t=60\n\"a\";q=100;w=60\n100, 100;w=10\n0\n1700000000\nFri, 31 Dec 1999 23:59:59 GMT",
    ),
    (
        3,
        r#"{"status":"PENDING","results":[],"startedAt":"","completedAt":""}"#,
    ),
    (19, "{\u{0}\"\u{0}a\u{0}\"\u{0}"),
];

#[test]
fn what_was_damaged_is_read_or_refused() {
    let texts = TEXTS
        .iter()
        .map(|(choice, text)| [&[*choice], text.as_bytes()].concat());
    let damaged = damaged(texts.collect(), &[b"{", b"[["], 0..4);
    let strategy = prop_oneof![3 => damaged, 1 => vec(any::<u8>(), 0..200)];
    sample(20_000, 1024, &strategy, |bytes| decode::run(&bytes));
}
