// @generated from an OpenAPI description: the runtime, the same for every API.

//! What an answer says of the server's rate limit: headers in, numbers out.
//!
//! Understood are the IETF's fields (`RateLimit` and `RateLimit-Policy` of the present draft, `RateLimit-Limit` and so on
//! of the former ones), the `X-RateLimit-*` and `X-Rate-Limit-*` fields in common use, and `HubSpot`'s.

use std::time::Duration;

use http::HeaderMap;
use jiff::Timestamp;

/// What an answer says of a limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Rate {
    /// So many requests are permitted …
    pub(crate) requests: Option<usize>,
    /// … in this time.
    pub(crate) window: Option<Duration>,
    /// So many of them are left.
    pub(crate) remaining: Option<usize>,
    /// After this time there are more.
    pub(crate) reset: Option<Duration>,
}

/// Names of fields, and what they say: requests, remaining, reset.
const FIELDS: [[&str; 3]; 4] = [
    ["x-hubspot-ratelimit-max", "x-hubspot-ratelimit-remaining", ""],
    ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"],
    ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"],
    ["x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset"],
];

/// Windows and waits beyond this are no business of a limiter's.
const LONGEST: Duration = Duration::from_hours(24);

/// Reads the limit off the headers of an answer that came at `now`.
pub(crate) fn rate(headers: &HeaderMap, now: Timestamp) -> Rate {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let mut rate = structured(text("ratelimit"), text("ratelimit-policy"));
    for [requests, remaining, reset] in FIELDS {
        let number = |name| text(name).and_then(first_number);
        rate.requests = rate.requests.or_else(|| number(requests)?.try_into().ok());
        rate.remaining = rate.remaining.or_else(|| number(remaining)?.try_into().ok());
        rate.reset = rate.reset.or_else(|| until(number(reset)?, now));
    }
    let milliseconds = text("x-hubspot-ratelimit-interval-milliseconds").and_then(first_number);
    rate.window = rate
        .window
        .or(milliseconds.map(Duration::from_millis))
        .or_else(|| text("ratelimit-limit").and_then(former_policy))
        .filter(|window| !window.is_zero() && *window <= LONGEST);
    rate.requests = rate.requests.filter(|&requests| requests > 0);
    rate.reset = rate.reset.filter(|reset| *reset <= LONGEST);
    rate
}

/// The number that a field begins with.
fn first_number(text: &str) -> Option<u64> {
    let digits = text.split(|char: char| !char.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// A reset is a number of seconds, or the time of day in seconds or milliseconds since 1970: no field says which, but
/// they are far apart.
fn until(number: u64, now: Timestamp) -> Option<Duration> {
    const LATE_IN_SECONDS: u64 = 100_000_000;
    const EARLY_IN_MILLISECONDS: u64 = 100_000_000_000;
    let milliseconds = if number < LATE_IN_SECONDS {
        return Some(Duration::from_secs(number));
    } else if number < EARLY_IN_MILLISECONDS {
        number.checked_mul(1000)?
    } else {
        number
    };
    let then = Timestamp::from_millisecond(milliseconds.try_into().ok()?).ok()?;
    Some(Duration::try_from(then.duration_since(now)).unwrap_or_default())
}

/// The window in a `RateLimit-Limit: 100, 100;w=60` of the former drafts.
fn former_policy(text: &str) -> Option<Duration> {
    let (_, seconds) = text.split_once("w=")?;
    first_number(seconds).map(Duration::from_secs)
}

/// `RateLimit: "name";r=50;t=30` with `RateLimit-Policy: "name";q=100;w=60`. Of several limits, the one with the least
/// left, and else the one with the shortest window.
fn structured(limits: Option<&str>, policies: Option<&str>) -> Rate {
    let limit = limits.and_then(|text| items(text).min_by_key(|item| item.parameter("r").unwrap_or(u64::MAX)));
    let window = |item: &Item<'_>| item.parameter("w").unwrap_or(u64::MAX);
    let mut policy = policies.and_then(|text| items(text).min_by_key(window));
    if let (Some(limit), Some(text)) = (limit, policies) {
        policy = items(text).find(|item| item.name == limit.name).or(policy);
    }
    let of_limit = |key| limit.and_then(|limit| limit.parameter(key));
    let of_policy = |key| policy.and_then(|policy| policy.parameter(key));
    Rate {
        requests: of_policy("q").and_then(|requests| requests.try_into().ok()),
        window: of_policy("w").map(Duration::from_secs),
        remaining: of_limit("r").and_then(|remaining| remaining.try_into().ok()),
        reset: of_limit("t").map(Duration::from_secs),
    }
}

/// An item of a structured list: a name and parameters.
#[derive(Clone, Copy)]
struct Item<'a> {
    name: &'a str,
    parameters: &'a str,
}

fn items(text: &str) -> impl Iterator<Item = Item<'_>> {
    text.split(',').map(|item| {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        Item {
            name: name.trim(),
            parameters,
        }
    })
}

impl Item<'_> {
    fn parameter(&self, key: &str) -> Option<u64> {
        self.parameters.split(';').find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            (name.trim() == key).then(|| first_number(value.trim())).flatten()
        })
    }
}
