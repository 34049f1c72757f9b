//! The name of a header in, whether it frames a request out.

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
