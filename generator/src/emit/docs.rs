//! Prose of a stranger's in, documentation that rustdoc takes without a warning out.
//!
//! Nothing in it may become code: what stands indented or in a fence would be compiled as a test, brackets would be
//! links to items, tags would be HTML. So the text keeps its lines, lists and emphasis, and loses all else.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Docs;

/// Documentation, a line each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text(Vec<String>);

impl Text {
    /// A text of ours, as it stands.
    pub(super) fn ours(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().lines().map(str::to_owned).collect())
    }

    /// A text of the document's.
    pub(super) fn theirs(text: &str) -> Self {
        let mut lines: Vec<String> = Vec::new();
        let mut in_list = false;
        for line in text.lines().map(str::trim) {
            // Rustdoc takes one empty line for many.
            if line.is_empty() && lines.last().is_none_or(String::is_empty) {
                continue;
            }
            match line.strip_prefix(['-', '*', '+']) {
                Some(item) if item.starts_with(' ') => {
                    lines.push(format!("* {}", tame(item.trim_start())));
                    in_list = true;
                }
                _ => {
                    in_list &= !line.is_empty();
                    lines.push(if in_list {
                        format!("  {}", tame(line))
                    } else {
                        tame(line)
                    });
                }
            }
        }
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        Self(lines)
    }

    /// This text, and `other` as a paragraph of its own.
    pub(super) fn and(mut self, other: Self) -> Self {
        if !self.0.is_empty() && !other.0.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(other.0);
        self
    }

    /// This text, or `other` where it is empty.
    pub(super) fn or(self, other: impl AsRef<str>) -> Self {
        if self.0.is_empty() { Self::ours(other) } else { self }
    }

    /// As attributes of an item.
    pub(super) fn outer(&self) -> TokenStream {
        let lines = self.0.iter().map(|line| spaced(line));
        quote!(#(#[doc = #lines])*)
    }

    /// As attributes of the file.
    pub(super) fn inner(&self) -> TokenStream {
        let lines = self.0.iter().map(|line| spaced(line));
        quote!(#(#![doc = #lines])*)
    }
}

fn spaced(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// All that a document says about something that is not an operation.
pub(super) fn of(docs: &Docs) -> Text {
    let prose = |text: &Option<String>| text.as_deref().map(Text::theirs).unwrap_or_default();
    let (summary, description) = (prose(&docs.summary), prose(&docs.description));
    let text = if summary == description {
        description
    } else {
        summary.and(description)
    };
    let constraints = Text::theirs(&docs.constraints.join(" "));
    let example = docs
        .example
        .as_ref()
        .map(|example| Text::ours(format!("Example: {}", code(&example.to_string()))));
    let link = docs
        .link
        .as_deref()
        .filter(|link| is_plain_link(link))
        .map(|link| Text::ours(format!("See <{link}>.")));
    text.and(constraints)
        .and(example.unwrap_or_default())
        .and(link.unwrap_or_default())
}

fn is_plain_link(link: &str) -> bool {
    link.starts_with("https://")
        && link
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"<>\"`".contains(&byte))
}

/// `text` as code, cut where it is long.
pub(super) fn code(text: &str) -> String {
    const LONGEST: usize = 120;
    let mut shown: String = text
        .chars()
        .map(|char| {
            if is_hidden(char) || char.is_control() {
                '\u{fffd}'
            } else {
                char
            }
        })
        .take(LONGEST)
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    let longest_run = shown.split(|char| char != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest_run + 1);
    let pad = if shown.starts_with('`') || shown.ends_with('`') || shown.is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

/// One line with every character that rustdoc or a reader could take for something else escaped.
fn tame(line: &str) -> String {
    let mut tamed = String::with_capacity(line.len() + 8);
    let mut in_code = false;
    let closes = line.matches('`').count().is_multiple_of(2);
    for char in line.chars() {
        match char {
            // A run of backticks that nothing closes on this line would reach into the next.
            '`' if closes && !line.contains("``") => {
                in_code = !in_code;
                tamed.push('`');
            }
            '`' => tamed.push_str("\\`"),
            '[' | ']' | '<' | '>' | '\\' | '~' | '|' | '$' if !in_code => {
                tamed.push('\\');
                tamed.push(char);
            }
            ':' if !in_code && (tamed.ends_with("http") || tamed.ends_with("https")) => tamed.push_str("\\:"),
            char if is_hidden(char) || char.is_control() => tamed.push('\u{fffd}'),
            char => tamed.push(char),
        }
    }
    // At the start of a line a few characters mean a heading, a table, a rule or a list.
    match tamed.chars().next() {
        Some('#' | '=' | '+' | '-' | '*') if !tamed.starts_with("**") => format!("\\{tamed}"),
        Some(digit) if digit.is_ascii_digit() => {
            let end = tamed.find(|char: char| !char.is_ascii_digit()).unwrap_or(tamed.len());
            match tamed.as_bytes().get(end) {
                Some(b'.' | b')') => format!("{}\\{}", &tamed[..end], &tamed[end..]),
                _ => tamed,
            }
        }
        _ => tamed,
    }
}

/// Characters that no reader sees, or that turn the text around them.
fn is_hidden(char: char) -> bool {
    matches!(char,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

impl Text {
    /// This text on one line.
    pub(super) fn single_line(&self) -> String {
        self.0.join(" ")
    }

    /// This text and one more line.
    pub(super) fn with_line(mut self, line: String) -> Self {
        self.0.push(line);
        self
    }
}
