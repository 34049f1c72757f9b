//! The name of a header or a cookie in, whether it frames a request, and whether there can be one of that name, out.

use crate::ir::{Location, is_token};

/// Headers that decide where a request goes or where it ends: clients set them by themselves, and let nobody else.
const FRAMING: [&str; 8] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "upgrade",
    "te",
    "trailer",
    "expect",
];

/// Whether a header frames a request.
pub(super) fn is_framing(name: &str) -> bool {
    FRAMING.contains(&name.to_ascii_lowercase().as_str())
}

/// Why nothing of a name can travel at a place.
pub(super) fn impossible(location: Location, name: &str) -> Option<String> {
    match location {
        Location::Header if !is_token(name) => Some(format!("`{name}` cannot be the name of a header in HTTP")),
        Location::Cookie if !is_of_cookies(name) => Some(format!("`{name}` cannot be the name of a cookie")),
        Location::Header | Location::Cookie | Location::Path | Location::Query | Location::QueryString => None,
    }
}

/// Browsers and servers are less strict than RFC 6265, which has tokens only; these would end the name.
fn is_of_cookies(name: &str) -> bool {
    let ends_it = |char: char| char.is_whitespace() || char.is_control() || matches!(char, ';' | ',' | '=');
    !name.is_empty() && !name.contains(ends_it)
}
