//! The IR as stable text, for `cargo xtask ir` and for the snapshots of `lower`.

use super::Api;

/// Prints the whole of `api`, one definition or operation a paragraph.
#[must_use]
pub fn describe(api: &Api) -> String {
    format!("{api:#?}")
}
