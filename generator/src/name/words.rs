//! Any text in, the words of an identifier out: lower case, every character fit to continue one.

use std::{borrow::Cow, fmt::Write as _};

use super::acronym;
use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_ident::is_xid_continue;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The words of `text`, in order; none where no character of it can stand in an identifier.
///
/// A sign before a number is a word of its own (`+1` → `plus 1`): often it is all that tells two values apart.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = folded(text);
    let sign = sign(&text).map(str::to_owned);
    sign.into_iter()
        .chain(text.split(|char| !is_word(char)).flat_map(split))
        .collect()
}

/// The words of `text` with every other character spelled out: `foo-bar` → `foo dash bar`.
pub(super) fn spelled(text: &str) -> Vec<String> {
    let text = folded(text);
    let mut words = Vec::new();
    for part in text.split_inclusive(|char| !is_word(char)) {
        let (word, other) = match part.chars().next_back() {
            Some(last) if !is_word(last) => (&part[..part.len() - last.len_utf8()], Some(last)),
            Some(_) | None => (part, None),
        };
        words.extend(split(word));
        words.extend(other.into_iter().flat_map(spell));
    }
    if words.is_empty() {
        words.push("empty".to_owned());
    }
    words
}

/// `words` as the name of a type or a variant.
pub(super) fn upper_camel(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        // `1.5` and `15` differ, and so do `2022-11` and `202211`.
        if name.ends_with(is_digit) && word.starts_with(is_digit) {
            name.push('_');
        }
        name.push_str(&word.to_upper_camel_case());
    }
    composed(name)
}

/// `words` as the name of a value, a function or a module.
pub(super) fn snake(words: &[String]) -> String {
    composed(words.join("_"))
}

/// `words` as the name of a file, which is a module: compilers load no others than these. Letters lose their marks, and
/// what is no Latin letter is spelled.
pub(super) fn ascii(words: &[String]) -> String {
    let mut name = String::new();
    for char in words.join("_").nfkd() {
        if char.is_ascii() {
            name.push(char);
        } else if !is_combining_mark(char) {
            let _ = write!(name, "u{:04x}", u32::from(char));
        }
    }
    name
}

/// `text` with compatibility forms folded: `ﬁ`, `𝐀` and `²` are `fi`, `A` and `2` to everybody but a lexer.
fn folded(text: &str) -> Cow<'_, str> {
    // Nearly all texts are, and to look for more takes longer than all else that is done to make names of them.
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfkc().collect())
    }
}

/// `name` with every mark in one character with its letter, as lexers compare names.
fn composed(name: String) -> String {
    if name.is_ascii() { name } else { name.nfc().collect() }
}

fn is_digit(char: char) -> bool {
    char.is_numeric()
}

fn is_word(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_alphanumeric();
    }
    char.is_alphanumeric() && is_xid_continue(char)
}

fn split(segment: &str) -> Vec<String> {
    let parts = |text: &str| {
        let words = text.split('_').filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    // Names are looked at by the hundred thousand, and most have no capital in which a word could begin.
    if segment
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        return parts(segment);
    }
    parts(&apart(&acronym::as_words(segment)).to_snake_case())
}

/// `segment` with a gap between a number and an acronym: `CoreV1API` is `core v1 api`.
fn apart(segment: &str) -> String {
    let mut text = String::with_capacity(segment.len());
    let mut before = [None; 2];
    let mut rest = segment.chars().peekable();
    while let Some(char) = rest.next() {
        let is_acronym = char.is_uppercase() && rest.peek().is_some_and(|next| next.is_uppercase());
        if is_acronym && before[1].is_some_and(char::is_numeric) && before[0].is_some() {
            text.push('_');
        }
        text.push(char);
        before = [before[1], Some(char)];
    }
    text
}

/// What the sign at the start of a word is called that says how to sort by it: `-created`.
pub(super) fn sorting_sign(text: &str) -> Option<&'static str> {
    let (name, rest) = match text.strip_prefix('+') {
        Some(rest) => ("plus", rest),
        None => ("minus", text.strip_prefix('-')?),
    };
    rest.starts_with(char::is_alphabetic).then_some(name)
}

/// What a sign at the start of a number is called.
fn sign(text: &str) -> Option<&'static str> {
    let mut chars = text.chars();
    let name = match chars.next()? {
        '+' => "plus",
        '-' | '\u{2212}' => "minus",
        _ => return None,
    };
    chars.next()?.is_ascii_digit().then_some(name)
}

/// What a character that cannot stand in an identifier is called.
fn spell(char: char) -> Vec<String> {
    let name = match char {
        ' ' => "space",
        '!' => "exclamation",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' | ')' => "parenthesis",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "dash",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' | ']' => "bracket",
        '\\' => "backslash",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' | '}' => "brace",
        '|' => "or",
        '~' => "tilde",
        other => return vec![format!("u{:04x}", u32::from(other))],
    };
    vec![name.to_owned()]
}
