//! A text of Rust in, how long the comment, literal or word is that it begins with out: what must not be taken for code. And a
//! line in, the module that it declares out.
//!
//! Comments in blocks are not known; no text that we work on has any.

/// How long the comment is that a text begins with.
pub(crate) fn comment(text: &str) -> Option<usize> {
    let line = text.starts_with("//");
    line.then(|| text.find('\n').unwrap_or(text.len()))
}

/// How long the literal is that a text begins with: a string of any kind, or a character, which is no lifetime.
pub(crate) fn literal(text: &str) -> Option<usize> {
    let prefix = ["br", "b", "r"].into_iter().find(|prefix| {
        let rest = text.strip_prefix(prefix);
        rest.is_some_and(|rest| rest.starts_with(['"', '#', '\'']))
    });
    let prefix = prefix.unwrap_or_default();
    let rest = &text[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        let open = rest[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", &rest[..hashes]);
        let length = open.find(&end).map_or(open.len(), |at| at + end.len());
        return Some(prefix.len() + hashes + 1 + length);
    }
    let (quote, open) = if let Some(open) = rest.strip_prefix('"') {
        ('"', open)
    } else {
        let open = rest.strip_prefix('\'')?;
        let mut chars = open.chars();
        let is_char = chars.next() == Some('\\') || chars.next() == Some('\'');
        if !is_char {
            return None;
        }
        ('\'', open)
    };
    let mut is_escaped = false;
    for (at, char) in open.char_indices() {
        match char {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if char == quote => return Some(prefix.len() + 1 + at + 1),
            _ => {}
        }
    }
    Some(text.len())
}

/// How long the word is that a text begins with: the rest of a name, or all of it.
pub(crate) fn word(text: &str) -> usize {
    let is_in_word = |char: char| char.is_alphanumeric() || char == '_';
    text.len() - text.trim_start_matches(is_in_word).len()
}

/// The module that a line declares.
pub(crate) fn declared(line: &str) -> Option<&str> {
    let line = line
        .strip_prefix("pub ")
        .or_else(|| line.strip_prefix("pub(crate) "))
        .unwrap_or(line);
    line.strip_prefix("mod ")?.strip_suffix(';')
}
