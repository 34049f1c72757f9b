//! Settings of calls in, time limits, retries and keys out: of a target, or of one of its operations.

use indexmap::IndexMap;

use super::reader::{Reader, Section};
use crate::ir::is_token;

/// How calls are made where the client's builder is not told otherwise. Times are in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calls {
    /// How long a call may take, with all its attempts and waits.
    pub timeout: Option<u64>,
    /// How long one attempt may take.
    pub attempt_timeout: Option<u64>,
    /// How long a stream may be silent.
    pub idle_timeout: Option<u64>,
    /// How often a request is sent at most, the first time included.
    pub max_attempts: Option<u32>,
    /// The wait before the second attempt is a random part of this, doubled with every further one.
    pub backoff: Option<u64>,
    /// No random wait is longer.
    pub longest_backoff: Option<u64>,
    /// A server that asks for a longer wait than this is not asked again by the same call.
    pub longest_retry_after: Option<u64>,
    /// Whether every 503 says that the server did not act.
    pub unavailable_is_rejected: Option<bool>,
    /// The header with a random key by which the server knows a repeated request.
    pub idempotency_key: Option<String>,
}

const CALLS: [&str; 9] = [
    "timeout_seconds",
    "attempt_timeout_seconds",
    "idle_timeout_seconds",
    "max_attempts",
    "backoff_seconds",
    "longest_backoff_seconds",
    "longest_retry_after_seconds",
    "unavailable_is_rejected",
    "idempotency_key",
];

/// More than anybody waits for an answer: a week, in milliseconds.
const LONGEST: u64 = 7 * 24 * 3600 * 1000;

/// The settings in the table under `key`.
pub(super) fn calls<'t>(reader: &mut Reader<'t>, parent: &Section<'t>, key: &str) -> Calls {
    let Some(table) = reader.section(parent, key) else {
        return Calls::default();
    };
    reader.only(&table, &CALLS);
    let mut seconds = |key| duration(reader, &table, key);
    Calls {
        timeout: seconds("timeout_seconds"),
        attempt_timeout: seconds("attempt_timeout_seconds"),
        idle_timeout: seconds("idle_timeout_seconds"),
        backoff: seconds("backoff_seconds"),
        longest_backoff: seconds("longest_backoff_seconds"),
        longest_retry_after: seconds("longest_retry_after_seconds"),
        max_attempts: attempts(reader, &table),
        unavailable_is_rejected: reader.said(&table, "unavailable_is_rejected"),
        idempotency_key: header(reader, &table),
    }
}

/// The settings of single operations, by what they are called.
pub(super) fn operations<'t>(reader: &mut Reader<'t>, section: &Section<'t>) -> IndexMap<String, Calls> {
    let Some(table) = reader.section(section, "operations") else {
        return IndexMap::new();
    };
    let names: Vec<&str> = table.keys().collect();
    names
        .into_iter()
        .map(|name| (name.to_owned(), calls(reader, &table, name)))
        .collect()
}

fn duration<'t>(reader: &mut Reader<'t>, table: &Section<'t>, key: &str) -> Option<u64> {
    let seconds = reader.number(table, key)?;
    let millis = format!("{:.0}", seconds * 1000.0).parse().ok();
    let millis = millis.filter(|millis| (1..=LONGEST).contains(millis));
    if millis.is_none() {
        let message = format!("`{key}` is a number of seconds, from 0.001 to 604800, a week");
        reader.reject(table, key, message);
    }
    millis
}

fn attempts<'t>(reader: &mut Reader<'t>, table: &Section<'t>) -> Option<u32> {
    let key = "max_attempts";
    let given = reader.number(table, key)?;
    let whole = format!("{given}").parse().ok().filter(|attempts| *attempts > 0);
    if whole.is_none() {
        let message = "`max_attempts` is a whole number, 1 or more: the first attempt counts".to_owned();
        reader.reject(table, key, message);
    }
    whole
}

fn header<'t>(reader: &mut Reader<'t>, table: &Section<'t>) -> Option<String> {
    let key = "idempotency_key";
    let name = reader.string(table, key)?;
    if !is_token(&name) {
        reader.reject(table, key, format!("`{name}` cannot be the name of a header"));
        return None;
    }
    Some(name)
}
