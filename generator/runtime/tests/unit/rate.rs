//! Rate limits in the headers of an answer.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use proptest::prelude::*;

use crate::runtime::pace::rate::{Rate, rate};

fn read(text: &str) -> Rate {
    let mut headers = HeaderMap::new();
    for line in text.lines() {
        if let Some((name, value)) = line.split_once(':')
            && let Ok(name) = name.trim().parse::<HeaderName>()
            && let Ok(value) = value.trim().parse::<HeaderValue>()
        {
            headers.insert(name, value);
        }
    }
    rate(&headers, "2026-03-01T12:00:00Z".parse().unwrap())
}

fn numbers(requests: usize, window: u64, remaining: usize, reset: u64) -> Rate {
    let time = |seconds| (seconds > 0).then_some(Duration::from_secs(seconds));
    Rate {
        requests: Some(requests),
        window: time(window),
        remaining: Some(remaining),
        reset: time(reset),
    }
}

#[test]
fn forms() {
    let hubspot = "X-HubSpot-RateLimit-Max: 190\nX-HubSpot-RateLimit-Remaining: 7\n\
        X-HubSpot-RateLimit-Interval-Milliseconds: 10000\nX-HubSpot-RateLimit-Daily-Remaining: 5";
    assert_eq!(read(hubspot), numbers(190, 10, 7, 0));
    let present = "RateLimit: \"burst\";r=3;t=30\nRateLimit-Policy: \"daily\";q=5000;w=86400, \"burst\";q=100;w=60";
    assert_eq!(read(present), numbers(100, 60, 3, 30));
    let scarcest = "RateLimit: \"a\";r=50;t=9, \"b\";r=2;t=8\nRateLimit-Policy: \"a\";q=60;w=10, \"b\";q=9;w=60";
    assert_eq!(read(scarcest), numbers(9, 60, 2, 8));
    let former = "RateLimit-Limit: 100, 100;w=60\nRateLimit-Remaining: 50\nRateLimit-Reset: 20";
    assert_eq!(read(former), numbers(100, 60, 50, 20));
    let epoch = "X-RateLimit-Limit: 5000\nX-RateLimit-Remaining: 0\nX-RateLimit-Reset: 1772366410";
    assert_eq!(read(epoch), numbers(5000, 0, 0, 10));
    let milliseconds = "X-Rate-Limit-Limit: 10\nX-Rate-Limit-Remaining: 1\nX-Rate-Limit-Reset: 1772366410000";
    assert_eq!(read(milliseconds), numbers(10, 0, 1, 10));
    assert_eq!(read("X-RateLimit-Limit: many\nRateLimit-Reset: -1"), Rate::default());
    assert_eq!(read("RateLimit-Limit: 0\nRateLimit-Reset: 99999999"), Rate::default());
    assert_eq!(read("Content-Type: text/html"), Rate::default());
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(values in proptest::collection::vec("[ -~]*|[0-9]{1,30}", 9)) {
        let names = [
            "ratelimit", "ratelimit-policy", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset",
            "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "x-hubspot-ratelimit-interval-milliseconds",
        ];
        let lines: Vec<_> = names.iter().zip(&values).map(|(name, value)| format!("{name}: {value}")).collect();
        let text = lines.join("\n");
        let rate = read(&text);
        prop_assert!(rate.requests != Some(0));
        prop_assert!(rate.window != Some(Duration::ZERO));
    }
}
