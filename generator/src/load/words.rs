//! The words of messages about shapes: what a value is, what it should be, and what it was meant to be.

use serde_json::Value;

use super::path::Path;

/// How a message begins: with the name of what it is about.
pub(super) fn subject(path: &Path<'_>) -> String {
    match path {
        Path::Root => "the document ".to_owned(),
        Path::Key(_, key) => format!("`{key}` "),
        Path::Moved(_, source) => source
            .tokens()
            .last()
            .map_or_else(|| "the file ".to_owned(), |key| format!("`{key}` ")),
        Path::Index(_, index) => format!("`{}[{index}]` ", path.name().unwrap_or_default()),
    }
}

/// What a value is, in words.
pub(super) fn found(value: &Value) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) if text.chars().count() > 40 => format!("a text of {} bytes", text.len()),
        Value::String(text) => format!("the text {text:?}"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The one of `words` that `text` was meant to be.
pub(crate) fn nearest<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    // None of the words is half as long, and the time it takes to compare grows with the product of the lengths.
    const LONGEST: usize = 64;
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    words
        .map(|word| (strsim::damerau_levenshtein(&lower, &word.to_ascii_lowercase()), word))
        .filter(|(distance, word)| *distance <= word.len() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}
