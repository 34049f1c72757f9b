//! Values that are several segments of a path: a pattern and a value in, whether it may stand there out.
//!
//! Servers unescape a path before or after they take it apart, and some take backslashes for slashes. A value is looked at
//! as the most willing of them would.

use percent_encoding::percent_decode_str;

/// What any value matches.
pub(crate) const ANY: &str = "**";

/// Whether a `value`, which is not escaped, has the form of `pattern`: segments, of which `*` is any one, and `**` any
/// number.
pub(crate) fn matches(pattern: &str, value: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').collect();
    let value: Vec<&str> = value.split('/').collect();
    matches_all(&pattern, &value)
}

fn matches_all(pattern: &[&str], value: &[&str]) -> bool {
    match (pattern.split_first(), value.split_first()) {
        (None, None) => true,
        (Some((&ANY, rest)), _) => (0..=value.len()).any(|end| matches_all(rest, &value[end..])),
        (Some((&expected, pattern)), Some((&segment, value))) => {
            (expected == "*" || expected == segment) && matches_all(pattern, value)
        }
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Whether a piece of a path, escaped as it is sent, would lead somewhere else: it has an empty segment, `.` or `..`. The
/// last segment of a path may be empty, behind a slash at the end.
pub(crate) fn lead_astray(piece: &str, is_last: bool) -> bool {
    let text = percent_decode_str(piece).decode_utf8_lossy().replace('\\', "/");
    let mut segments: Vec<&str> = text.split('/').collect();
    if is_last && segments.len() > 1 && segments.last() == Some(&"") {
        segments.pop();
    }
    segments.iter().any(|segment| matches!(*segment, "" | "." | ".."))
}
