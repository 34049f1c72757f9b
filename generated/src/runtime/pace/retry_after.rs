// @generated from an OpenAPI description: the runtime, the same for every API.

//! When a server wants to be asked again: headers in, a duration out.

use std::time::Duration;

use http::{HeaderMap, header};
use jiff::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

/// The forms of a date in HTTP (RFC 9110, section 5.6.7). The name of the day is passed over: it says nothing, and a
/// wrong one is no reason to come back too early.
const DATES: [&str; 3] = ["%d %b %Y %T", "%d-%b-%y %T", "%b %e %T %Y"];

/// The wait that `headers` ask for. Junk and negative numbers ask for nothing; a date that has passed asks for none.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let milliseconds = ["retry-after-ms", "x-ms-retry-after-ms"]
        .iter()
        .find_map(|name| number(text(name)?));
    if let Some(milliseconds) = milliseconds {
        return Some(seconds(milliseconds / 1000.0));
    }
    let value = text(header::RETRY_AFTER.as_str())?;
    if let Some(number) = number(value) {
        return Some(seconds(number));
    }
    let date = date(value)?;
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

/// More seconds than a duration holds are still a wish to wait.
fn seconds(number: f64) -> Duration {
    Duration::try_from_secs_f64(number).unwrap_or(Duration::MAX)
}

/// A number without a sign or an exponent.
fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    plain.then(|| text.parse().ok()).flatten()
}

fn date(text: &str) -> Option<Timestamp> {
    let (_, rest) = text.split_once([',', ' '])?;
    let rest = rest.trim().trim_end_matches("GMT").trim_end_matches("UTC").trim_end();
    DATES.iter().find_map(|format| {
        let date = strtime::parse(format, rest).ok()?.to_datetime().ok()?;
        TimeZone::UTC.to_timestamp(date).ok()
    })
}
