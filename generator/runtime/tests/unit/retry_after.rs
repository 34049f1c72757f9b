//! `Retry-After` in all its forms.

use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::runtime::pace::retry_after::retry_after;

const NOW: &str = "1994-11-06T08:49:00Z";

fn wait(name: &'static str, value: &str) -> Option<Duration> {
    let mut headers = HeaderMap::new();
    headers.insert(name, HeaderValue::from_bytes(value.as_bytes()).ok()?);
    retry_after(&headers, NOW.parse().unwrap())
}

#[test]
fn forms() {
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    for (value, expected) in [
        ("0", seconds(0)),
        ("120", seconds(120)),
        (" 120 ", seconds(120)),
        ("1.5", Some(Duration::from_millis(1500))),
        ("99999999999999999999999999", Some(Duration::MAX)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", seconds(37)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", seconds(37)),
        ("Sun Nov  6 08:49:37 1994", seconds(37)),
        ("Mon, 06 Nov 1994 08:49:37 GMT", seconds(37)),
        ("Sun, 06 Nov 1994 08:48:59 GMT", seconds(0)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", seconds(0)),
        ("-1", None),
        ("+1", None),
        ("1e3", None),
        (".", None),
        ("", None),
        ("soon", None),
        ("Sun, 36 Nov 1994 08:49:37 GMT", None),
        ("1994-11-06T08:49:37Z", None),
    ] {
        assert_eq!(wait("retry-after", value), expected, "{value:?}");
    }
    assert_eq!(wait("retry-after-ms", "250"), Some(Duration::from_millis(250)));
    assert_eq!(wait("x-ms-retry-after-ms", "250"), Some(Duration::from_millis(250)));
    assert_eq!(wait("retry-after-ms", "-250"), None);
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(value in "\\PC*") {
        wait("retry-after", &value);
    }

    #[test]
    fn seconds_are_themselves(seconds in any::<u32>()) {
        prop_assert_eq!(wait("retry-after", &seconds.to_string()), Some(Duration::from_secs(seconds.into())));
    }

    #[test]
    fn a_date_is_the_time_until_then(offset in -400_000_i64..400_000) {
        let now: Timestamp = NOW.parse().unwrap();
        let then = now + jiff::SignedDuration::from_secs(offset);
        let date = then.strftime("%a, %d %b %Y %T GMT").to_string();
        let expected = Duration::from_secs(offset.max(0).unsigned_abs());
        prop_assert_eq!(wait("retry-after", &date), Some(expected));
    }
}
