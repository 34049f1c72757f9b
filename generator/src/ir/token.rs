//! A text in, whether HTTP calls it a token out.

/// Whether HTTP takes a text for the name of a method, a header or a scheme.
pub(crate) fn is_token(text: &str) -> bool {
    let is_part = |char: char| char.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(char);
    !text.is_empty() && text.chars().all(is_part)
}
